"""Importing a programme from a workbook or CSV files: reading, checking, planning.

Importing this package declares the sheets of this room; rooms above declare theirs in their own
`importing`, which every app is asked for when Django starts.
"""

from programmes.importing import own_plans, own_sheets, people

__all__ = ["own_plans", "own_sheets", "people"]
