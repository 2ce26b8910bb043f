from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.urls import reverse

from accounts.models.who_and_when import who_and_when
from evaluation.models.evidence import TextVersion, attribution
from programmes.models import Project

SHOWN = 300  # characters of a quote in a list
# What pages say of an excerpt and of where it was cut from.
QUOTED = (
    "project",
    "number",
    "start",
    "end",
    "speaker_role",
    "created_at",
    "created_by_name",
    "removed_at",
    "version__number",
    "version__evidence__number",
    "version__evidence__title",
    "version__evidence__speaker_role",
    "version__evidence__speaker_place",
    "version__evidence__withdrawn_at",
    "version__evidence__source__kind",
)
# Less: what is said where it is quoted, and what a document's thread says of it beside that.
_ALONE = (
    "project",
    "number",
    "speaker_role",
    "removed_at",
    "version__evidence__number",
    "version__evidence__speaker_role",
    "version__evidence__speaker_place",
    "version__evidence__withdrawn_at",
)
_THREAD = (
    *_ALONE,
    "start",
    "end",
    "version__number",
    "version__sha256",
    "version__evidence__collected_on",
    "version__evidence__source__kind",
)


class Excerpts(models.QuerySet["Excerpt"]):
    def standing(self) -> Excerpts:
        """Those that were not taken back, of evidence that was not withdrawn."""
        return self.filter(removed_at=None, version__evidence__withdrawn_at=None)

    def with_quotes(self) -> Excerpts:
        """What `quote` and `attribution` need, cut by the database: whole texts stay there."""
        return self.annotate(cut=_cut()).select_related("version__evidence__source").only(*QUOTED)

    def quotes_alone(self) -> Excerpts:
        """Just `quote`, `attribution`, and what tells whether they stand: for those of one page."""
        return (
            self.annotate(cut=Substr("version__text", F("start") + 1, F("end") - F("start")))
            .select_related("version__evidence")
            .only(*_ALONE)
        )

    def with_threads(self) -> Excerpts:
        """The same with what documents say of where each was cut."""
        return self.quotes_alone().select_related("version__evidence__source").only(*_THREAD)

    def with_words(self) -> Excerpts:
        """With `cut`, its quote, for the first of many."""
        return self.annotate(cut=_cut())

    def saying(self, words: str) -> Excerpts:
        """Those whose quote has these words in it, in any case."""
        return self.annotate(cut=_cut()).filter(cut__icontains=words)


def _cut() -> Subquery:
    """A subquery, which PostgreSQL puts off until a page's few rows are known: texts are long."""
    start, end = OuterRef("start"), OuterRef("end")
    text = TextVersion.objects.filter(pk=OuterRef("version")).order_by()
    return Subquery(text.values(cut=Substr("text", start + 1, end - start)))


class Excerpt(models.Model):
    """A span of code points [start, end) in one version of a text. The quote is always cut from it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="excerpts")
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="excerpts")
    number = models.PositiveIntegerField()  # in the project: Q1, Q2, ...
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker_role = models.CharField(  # only where it differs from the evidence's
        "role of who spoke", max_length=200, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = Excerpts.as_manager()

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="excerpt_number_once"),
            models.UniqueConstraint(
                fields=["version", "start", "end"],
                condition=Q(removed_at__isnull=True),
                name="excerpt_span_once",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="excerpt_not_empty"),
            who_and_when("removed"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.project.place}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:excerpt", kwargs={"pk": self.pk})

    @property
    def reference(self) -> str:
        return f"Q{self.number}"

    @property
    def quote(self) -> str:
        """Cut from the text, by the database if `with_quotes` asked it to, else here."""
        cut: str | None = self.__dict__.get("cut")
        return self.version.text[self.start : self.end] if cut is None else cut

    @property
    def beginning(self) -> str:
        """Enough of the quote to know it by, for a list."""
        return self.quote if len(self.quote) <= SHOWN else f"{self.quote[:SHOWN]}…"

    @property
    def attribution(self) -> str:
        """A role and a place, never a name: "project partner, Dudley"."""
        evidence = self.version.evidence
        return attribution(self.speaker_role or evidence.speaker_role, evidence.speaker_place)
