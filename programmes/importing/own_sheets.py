"""The sheets of this room: a programme, its places, projects, organisations and partnerships."""

from places.models import Organisation, Partnership, Place, Sector
from programmes.importing.kinds import (
    Choice,
    Day,
    Reference,
    Whole,
    YesNo,
    choices_of,
    text_of,
)
from programmes.importing.sheets import Column, Sheet, add_sheet
from programmes.models import Lens, Programme, Project

COHORT = Whole(1, 999)

INVENTED = Column(
    "invented",
    YesNo(),
    "Whether it is made up, for practice or a demonstration. Its pages say so.",
    example="no",
)

add_sheet(
    Sheet(
        "programme",
        "The programme itself: one row. If it is held already, the file adds to it.",
        [
            Column(
                "name",
                text_of(Programme, "name"),
                "What the programme is called. By its name we know whether we hold it already.",
                required=True,
                example="Better Ageing Together",
            ),
            Column(
                "slug",
                text_of(Programme, "slug"),
                "How it is written in the addresses of its pages. If empty, made from the name.",
                example="better-ageing-together",
                other_headings=("short name",),
            ),
            Column(
                "run_by",
                text_of(Programme, "run_by"),
                "The organisation that runs it.",
                example="Northern Leadership Network",
            ),
            Column(
                "on_behalf_of",
                text_of(Programme, "on_behalf_of"),
                "Who has it run.",
                example="Ageing Well Board",
            ),
            Column("country", text_of(Programme, "country"), "Where it runs.", example="England"),
            Column("started", Whole(1900, 2100), "The year in which it started.", example="2024"),
            Column(
                "lens",
                text_of(Lens, "name"),
                "The lens by which findings are ordered. If empty, the one of Crosby and Bryson.",
                other_headings=("frame",),
            ),
            INVENTED,
        ],
        key=("name",),
        order=10,
        other_names=("programmes",),
    )
)

add_sheet(
    Sheet(
        "places",
        "The places that take part. A place that is held already, also for another programme, is"
        " the same place.",
        [
            Column(
                "place",
                text_of(Place, "name"),
                "What the place is called. By its name we know whether we hold it already.",
                required=True,
                example="Dudley",
                other_headings=("name",),
            ),
            Column(
                "region",
                text_of(Place, "region"),
                "The region it lies in.",
                example="West Midlands",
            ),
            Column(
                "area_code",
                text_of(Place, "area_code"),
                "The code of the Office for National Statistics.",
                example="E08000027",
                other_headings=("ONS area code",),
            ),
            Column(
                "area_type",
                text_of(Place, "area_type"),
                "What kind of area it is.",
                example="metropolitan district",
                other_headings=("kind of area",),
            ),
            Column("note", text_of(Place, "note"), "Anything to remember about it."),
            INVENTED,
        ],
        key=("place",),
        order=20,
    )
)

add_sheet(
    Sheet(
        "projects",
        "What each place works on: one row for each place in each cohort.",
        [
            Column(
                "place",
                Reference("places", "place"),
                "Whose project it is.",
                required=True,
                example="Dudley",
            ),
            Column(
                "cohort",
                COHORT,
                "The number of the cohort. A cohort that is not held yet is added.",
                required=True,
                example="1",
            ),
            Column(
                "focus",
                text_of(Project, "focus"),
                "The problem it works on.",
                required=True,
                example="Older people staying well at home",
            ),
            Column("note", text_of(Project, "note"), "Anything to remember about it."),
            INVENTED,
        ],
        key=("place", "cohort"),
        order=30,
    )
)

add_sheet(
    Sheet(
        "organisations",
        "Organisations that take part. One that is held already is the same organisation.",
        [
            Column(
                "organisation",
                text_of(Organisation, "name"),
                "What it is called. By its name we know whether we hold it already.",
                required=True,
                example="Dudley Voluntary Action",
                other_headings=("name",),
            ),
            Column(
                "sector",
                Choice("a sector", choices_of(Sector)),
                "The sector it belongs to.",
                required=True,
                example="Voluntary and community",
            ),
            Column(
                "website",
                text_of(Organisation, "website"),
                "Its address on the web.",
                example="https://example.org/",
            ),
            Column("note", text_of(Organisation, "note"), "Anything to remember about it."),
            INVENTED,
        ],
        key=("organisation",),
        order=40,
    )
)

add_sheet(
    Sheet(
        "partnerships",
        "Which organisation belongs to which place, as what, and from when to when.",
        [
            Column(
                "place", Reference("places", "place"), "The place.", required=True, example="Dudley"
            ),
            Column(
                "organisation",
                Reference("organisations", "organisation"),
                "The organisation.",
                required=True,
                example="Dudley Voluntary Action",
            ),
            Column(
                "part",
                text_of(Partnership, "part"),
                "The part it plays.",
                example="convenes the voluntary sector",
            ),
            Column("joined", Day(), "When it joined.", example="2024-03-01"),
            Column("left", Day(), "When it left."),
        ],
        key=("place", "organisation"),
        order=50,
    )
)
