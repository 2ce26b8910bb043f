"""What this room holds about people."""

from accounts.personal import RECORD, WHO, Held, Term, declare
from programmes.actions.uploads import delete_old_imports

PROGRAMMES = "Programmes and lenses"
UNTIL_IMPORTED = Term("Until it is imported, or 30 days", delete_old_imports)

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
        "application",
        "is_invented",
        "search",
    ],
)
SPONSOR = Held(
    "Your name, job title and organisation, as you confirmed your support of an application",
    "So that everyone who works on the project knows who stands behind it",
    RECORD,
)
declare(
    "programmes.Sponsor",
    PROGRAMMES,
    name=SPONSOR,
    post=SPONSOR,
    organisation=SPONSOR,
    role=SPONSOR,
    support=SPONSOR,
    not_personal=["id", "project"],
)
declare(
    "programmes.Funding",
    PROGRAMMES,
    source=SPONSOR,
    not_personal=["id", "project", "amount", "support"],
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
        "To check it, and to import it when its uploader says so",
        UNTIL_IMPORTED,
    ),
    faults=Held(
        "What was wrong with the file, with the words it stood beside",
        "So that it can be put right",
        UNTIL_IMPORTED,
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
