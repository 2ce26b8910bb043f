"""The sheets and columns of this room."""

from evaluation.models import CaseStudyType, Evidence, Excerpt, SourceKind
from evaluation.texts import LONGEST
from programmes.importing.kinds import (
    Choice,
    Day,
    Names,
    Reference,
    Text,
    Whole,
    choices_of,
    text_of,
)
from programmes.importing.own_sheets import COHORT
from programmes.importing.sheets import Column, Sheet, add_columns, add_sheet

PLACE = Column(
    "place", Reference("places", "place"), "Whose project it is.", required=True, example="Dudley"
)
WHICH_COHORT = Column(
    "cohort",
    COHORT,
    "The number of the cohort: needed only where the place has projects in several.",
    example="1",
)
KIND = Choice(
    "a kind of source",
    choices_of(SourceKind),
    {
        "MOU": SourceKind.MOU,
        "interviews": SourceKind.INTERVIEW,
        "survey": SourceKind.SURVEY_RESPONSES,
    },
)

add_columns(
    "projects",
    Column(
        "case_study_type",
        Choice("a type of case study", choices_of(CaseStudyType)),
        "Which type of case study is written of it, if one is.",
        example="full",
    ),
)

add_sheet(
    Sheet(
        "sources",
        "How many sources of each kind a project has, those whose text is on the sheet “evidence”"
        " included.",
        [
            PLACE,
            WHICH_COHORT,
            Column(
                "source",
                KIND,
                "What kind of source.",
                required=True,
                example="interview",
                other_headings=("kind",),
            ),
            Column(
                "count",
                Whole(1, 100_000),
                "How many there are.",
                required=True,
                example="5",
                other_headings=("quantity", "number"),
            ),
        ],
        key=("place", "cohort", "source"),
        order=110,
    )
)

add_sheet(
    Sheet(
        "evidence",
        "Texts: interviews, minutes, agreements and so on, one in each row. Who spoke is a role and"
        " a place, never a name.",
        [
            PLACE,
            WHICH_COHORT,
            Column(
                "source",
                KIND,
                "What kind of source.",
                required=True,
                example="interview",
                other_headings=("kind",),
            ),
            Column(
                "title",
                text_of(Evidence, "title"),
                "What to call it. By its title we know whether we hold it already.",
                required=True,
                example="Interview with a project partner",
            ),
            Column("date", Day(), "When it was collected.", example="2024-05-14"),
            Column(
                "speaker_role",
                text_of(Evidence, "speaker_role"),
                "The role of who spoke.",
                example="project partner",
                other_headings=("role",),
            ),
            Column(
                "speaker_place",
                text_of(Evidence, "speaker_place"),
                "The place of who spoke. If empty, the project's.",
                example="Dudley",
            ),
            Column(
                "text",
                Text(LONGEST, many_lines=True),
                "The text itself. A cell of a workbook holds at most 32,767 characters.",
                example="We had worked beside each other for years. Now we work together.",
            ),
            Column(
                "text_file",
                Text(200),
                "Instead of the text: the name of a .txt or .md file beside the CSV files.",
            ),
        ],
        key=("place", "cohort", "title"),
        order=120,
    )
)

add_sheet(
    Sheet(
        "excerpts",
        "Passages of the texts, each coded to one or more dimensions of a lens.",
        [
            Column(
                "place",
                Reference("places", "place"),
                "Whose project it is: needed only where two texts have one title.",
                example="Dudley",
            ),
            WHICH_COHORT,
            Column(
                "evidence",
                text_of(Evidence, "title"),
                "The title of the text.",
                required=True,
                example="Interview with a project partner",
            ),
            Column(
                "passage",
                Text(LONGEST, many_lines=True),
                "The words as they stand in the text, where they stand only once.",
                example="Now we work together.",
                other_headings=("quote", "excerpt"),
            ),
            Column(
                "start", Whole(0), "Instead of the passage: how many characters stand before it."
            ),
            Column("end", Whole(1), "With “start”: how many characters stand before its end."),
            Column(
                "speaker_role",
                text_of(Excerpt, "speaker_role"),
                "The role of who speaks here, where it is another than in the rest of the text.",
            ),
            Column(
                "dimensions",
                Names("dimensions"),
                "What it is coded to: names or keys of dimensions, with semicolons between. Those of"
                " another lens as “Strategic triangle: Public value”.",
                required=True,
                example="Building trust",
                other_headings=("dimension", "codes"),
            ),
        ],
        key=("place", "cohort", "evidence", "passage", "start", "end"),
        order=130,
    )
)
