from django.db.models.functions import Lower
from django.urls import reverse

from documents.tables import Column, Empty, Search, Table
from places.tables import INVENTED
from programmes.models import Programme

PROGRAMMES = Table[Programme](
    noun="programme",
    nouns="programmes",
    columns=[
        Column(
            "name",
            "Programme",
            lambda programme: programme.name,
            link=lambda programme: reverse("programmes:programme", args=[programme.slug]),
            tag=lambda programme: INVENTED if programme.is_invented else "",
            sort=[Lower("name")],
        ),
        Column("run_by", "Run by", lambda programme: programme.run_by, sort=[Lower("run_by")]),
        Column(
            "on_behalf_of",
            "On behalf of",
            lambda programme: programme.on_behalf_of,
            sort=[Lower("on_behalf_of")],
        ),
        Column("country", "Country", lambda programme: programme.country, sort=[Lower("country")]),
        Column(
            "started",
            "Started",
            lambda programme: programme.started,
            sort=["started"],
            is_number=True,
        ),
        Column("is_invented", "Invented", lambda programme: programme.is_invented, on_page=False),
    ],
    sort="name",
    search=Search(hint="Words of its name, who runs it or its country"),
    empty=Empty("You belong to no programme yet. Its staff can invite you."),
)
