"""Lists, each declared once: the same columns make the page, the CSV file and the Excel workbook."""

from documents.tables.column import Column
from documents.tables.filter import Filter, choice
from documents.tables.search import Search
from documents.tables.table import Empty, Table
from documents.tables.view import listing_page

__all__ = ["Column", "Empty", "Filter", "Search", "Table", "choice", "listing_page"]
