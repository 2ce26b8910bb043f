from documents.tables import Column, Empty, Table
from programmes.models import ProgrammeImport


def _outcome(row: ProgrammeImport) -> str:
    if row.saved_at:
        return "Imported"
    if row.checked_at is None:
        return "Not checked yet"
    if row.fault_count:
        return "1 fault" if row.fault_count == 1 else f"{row.fault_count:,} faults"
    return "Changes nothing" if row.changes_nothing else "Checked, not imported"


IMPORTS = Table[ProgrammeImport](
    noun="import",
    nouns="imports",
    columns=[
        Column(
            "file_name",
            "File",
            lambda row: row.file_name,
            link=lambda row: row.get_absolute_url(),
            sort=["file_name"],
        ),
        Column("uploaded_at", "Uploaded", lambda row: row.uploaded_at, sort=["uploaded_at"]),
        Column("outcome", "What came of it", _outcome),
        Column("programme", "Programme", lambda row: str(row.programme) if row.programme else ""),
    ],
    sort="-uploaded_at",
    empty=Empty("You have not imported anything yet."),
)
