"""What this room holds about people."""

from accounts.personal import RECORD, WHO, Held, declare

PROGRAMMES = "Programmes and lenses"

declare(
    "programmes.Programme",
    PROGRAMMES,
    not_personal=[
        "id",
        "name",
        "slug",
        "run_by",
        "on_behalf_of",
        "country",
        "started",
        "frame",
        "is_invented",
        "search",
    ],
)
declare(
    "programmes.Cohort",
    PROGRAMMES,
    not_personal=["id", "programme", "number", "started_on", "note"],
)
declare(
    "programmes.Project",
    PROGRAMMES,
    not_personal=[
        "id",
        "programme",
        "cohort",
        "place",
        "slug",
        "focus",
        "note",
        "is_invented",
        "search",
    ],
)
declare("programmes.Lens", PROGRAMMES, not_personal=["id", "name", "slug", "is_shipped"])
declare(
    "programmes.LensVersion",
    PROGRAMMES,
    published_by=WHO,
    published_by_name=WHO,
    published_at=WHO,
    not_personal=["id", "lens", "number", "purpose", "source", "created_at"],
)
declare(
    "programmes.Dimension",
    PROGRAMMES,
    not_personal=["id", "version", "parent", "key", "name", "meaning", "position"],
)

declare(
    "programmes.ProgrammeImport",
    "Files that are imported",
    uploaded_by=WHO,
    uploaded_by_name=WHO,
    uploaded_at=WHO,
    file=Held(
        "The file as it was uploaded, with the names and e-mail addresses in it, if it has any",
        "To show what a programme was made from",
        RECORD,
    ),
    faults=Held(
        "What was wrong with the file, with the words it stood beside",
        "So that it can be put right",
        RECORD,
    ),
    not_personal=[
        "id",
        "file_name",
        "sha256",
        "checked_at",
        "saved_at",
        "programme",
        "fault_count",
        "warnings",
        "counts",
    ],
)
