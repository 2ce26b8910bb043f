from django.db.models.functions import Lower
from django.urls import reverse

from documents.tables import Column, Empty, Table
from programmes.models import Lens

LENSES = Table[Lens](
    noun="lens",
    nouns="lenses",
    columns=[
        Column(
            "name",
            "Lens",
            lambda lens: lens.name,
            link=lambda lens: reverse("programmes:lens", args=[lens.slug]),
            tag=lambda lens: "Draft" if getattr(lens, "has_draft", False) else "",
            sort=[Lower("name")],
        ),
        Column("purpose", "What it is for", lambda lens: getattr(lens, "purpose", "")),
        Column(
            "dimensions",
            "Dimensions",
            lambda lens: getattr(lens, "dimension_count", None),
            sort=["dimension_count"],
            is_number=True,
        ),
        Column(
            "version",
            "Version",
            lambda lens: getattr(lens, "last_number", None),
            sort=["last_number"],
            is_number=True,
        ),
    ],
    sort="name",
    empty=Empty("No lens is here yet. An operator brings them in with manage.py ship_lenses."),
)
