"""Whether pages tell what a document tells."""

from documents.manuscript import Block, DataTable, Picture, Prose, Quote, Subheading, Thread


def is_told(block: Block, pages: str) -> bool:
    """Whether each word of the block stands on the pages, whose entities are read already."""
    match block:
        case Prose():
            return block.markdown.strip("*") in pages
        case Quote():
            return block.text in pages and f">{block.reference}</a>)" in pages
        case Subheading():
            return f">{block.text}</h" in pages
        case DataTable():
            return all(f">{cell}</t" in pages for row in block.rows for cell in row)
        case Picture():
            return block.svg in pages
        case Thread():
            return all(f">{cell}</t" in pages for each in block.entries for cell in each.cells)
