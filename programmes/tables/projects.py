from collections.abc import Iterable
from functools import cache
from operator import attrgetter

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from documents.tables import Column, Empty, Filter, Search, Table, choice
from places.models import Partnership
from places.tables import INVENTED
from programmes.models import ApplicationState, Programme, Project

WITHDRAWN = "Withdrawn"


def _partners_field() -> forms.Field:
    choices = [("", "All"), ("some", "Has partners"), ("none", "Has no partners yet")]
    return forms.ChoiceField(label="Partners", required=False, choices=choices)


def _by_partners(rows: QuerySet[Project], value: str) -> QuerySet[Project]:
    now = Exists(Partnership.objects.filter(place=OuterRef("place"), left_on__isnull=True))
    return rows.filter(now if value == "some" else ~now)


def _has_withdrawn(project: Project) -> bool:
    return bool(vars(project)["application_state"] == ApplicationState.WITHDRAWN)


def _tag(project: Project) -> str:
    if _has_withdrawn(project):
        return WITHDRAWN
    return INVENTED if project.is_invented else ""


def projects_of(programme: Programme) -> Table[Project]:
    """The projects of one programme, as `programmes.queries.programmes.listed` reads them."""

    @cache
    def cohorts_and_regions() -> list[tuple[int, str]]:
        pairs = programme.projects.order_by().values_list("cohort__number", "place__region")
        return list(pairs.distinct())

    def cohorts() -> Iterable[tuple[str, str]]:
        numbers = sorted({number for number, _ in cohorts_and_regions()})
        return [(str(number), f"Cohort {number}") for number in numbers]

    def regions() -> Iterable[tuple[str, str]]:
        regions = {region for _, region in cohorts_and_regions()} - {""}
        return [(region, region) for region in sorted(regions, key=str.lower)]

    return Table[Project](
        noun="project",
        nouns="projects",
        columns=[
            Column(
                "place",
                "Place",
                attrgetter("place_name"),
                link=lambda project: reverse(
                    "programmes:project", args=[programme.slug, project.slug]
                ),
                tag=_tag,
                sort=[Lower("place__name")],
            ),
            Column("focus", "Focus", lambda project: project.focus, sort=[Lower("focus")]),
            Column(
                "cohort",
                "Cohort",
                attrgetter("cohort_number"),
                sort=["cohort__number"],
                is_number=True,
            ),
            Column(
                "region",
                "Region",
                attrgetter("region"),
                sort=[Lower("place__region")],
            ),
            Column("area_code", "ONS area code", attrgetter("area_code"), on_page=False),
            Column("started_on", "Cohort started", attrgetter("started_on"), on_page=False),
            Column("note", "Note", lambda project: project.note, on_page=False),
            Column("has_withdrawn", "Place has withdrawn", _has_withdrawn, on_page=False),
            Column("is_invented", "Invented", lambda project: project.is_invented, on_page=False),
        ],
        sort="place",
        search=Search(
            ["search", "place__search"], hint="Words of its focus or note, or of its place"
        ),
        filters=[
            choice("cohort", "Cohort", cohorts, "cohort__number"),
            choice("region", "Region", regions, "place__region"),
            Filter("partners", _partners_field, _by_partners),
        ],
        empty=Empty("There is no project here yet. Programme staff add or import them."),
    )
