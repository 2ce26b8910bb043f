"""Coding: saying that a span of a text speaks to a dimension, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person
from evaluation.actions.evidence import LONGEST_LINE, WITHHELD, lock
from evaluation.events import CodingEvent
from evaluation.models import Coding, Evidence, Excerpt, TextVersion
from evaluation.queries.carrying import Fate, fates
from programmes.models import Dimension


@dataclass(frozen=True)
class Coded:
    """What came of it: the excerpt, whether it is new, and the codings that are."""

    excerpt: Excerpt
    is_new: bool
    codings: list[Coding]


@transaction.atomic
def code(
    *,
    version: TextVersion,
    start: int,
    end: int,
    dimensions: Sequence[Dimension],
    by: Person,
    speaker_role: str = "",
) -> Coded:
    """Code the code points [start, end) to each dimension. The excerpt of a span is made once."""
    version = _locked_version(version)
    excerpt = Excerpt.objects.filter(version=version, start=start, end=end, removed_at=None).first()
    is_new = excerpt is None
    if excerpt is None:
        excerpt = _cut(version, start, end, speaker_role=speaker_role, by=by)
    return Coded(excerpt, is_new, _add_codings(excerpt, dimensions, by=by))


@transaction.atomic
def code_excerpt(*, excerpt: Excerpt, dimensions: Sequence[Dimension], by: Person) -> Coded:
    """Code an excerpt to further dimensions, also one that lies in an earlier version."""
    excerpt = _locked_excerpt(excerpt)
    return Coded(excerpt, False, _add_codings(excerpt, dimensions, by=by))


@transaction.atomic
def uncode(*, coding: Coding, by: Person) -> Coding:
    """Take back one coding. The excerpt stays."""
    excerpt = _locked_excerpt(coding.excerpt)
    coding = Coding.objects.select_related("created_by", "dimension").get(pk=coding.pk)
    if coding.removed_at:
        return coding
    if not may_take_back(coding, by):
        raise ValidationError(f"{coding.created_by_name} coded this. Only they can take it back.")
    _remove(coding, by=by)
    record(
        CodingEvent.UNCODED,
        by=by,
        subject=excerpt,
        scope=excerpt.project.programme,
        changes={"dimension": [coding.dimension.name, ""]},
    )
    return coding


@transaction.atomic
def remove_excerpt(*, excerpt: Excerpt, by: Person) -> Excerpt:
    """Remove an excerpt and its codings, unless a case study quotes it or someone else coded it."""
    excerpt = _locked_excerpt(excerpt)
    if excerpt.placements.exists():
        raise ValidationError(
            f"A case study quotes {excerpt.reference}. Take the quote out of it first."
        )
    codings = list(
        excerpt.codings.filter(removed_at=None).select_related("created_by", "excerpt__project")
    )
    for coding in codings:
        if not may_take_back(coding, by):
            raise ValidationError(
                f"{coding.created_by_name} coded {excerpt.reference} too."
                " They must take their coding back first."
            )
    for coding in codings:
        _remove(coding, by=by)
    excerpt.removed_at = timezone.now()
    excerpt.removed_by = by
    excerpt.save(update_fields=["removed_at", "removed_by"])
    record(CodingEvent.REMOVED, by=by, subject=excerpt, scope=excerpt.project.programme)
    return excerpt


@transaction.atomic
def set_speaker_role(*, excerpt: Excerpt, speaker_role: str, by: Person) -> Excerpt:
    """Say who speaks in this excerpt, where it is not who speaks in the rest of the evidence."""
    if len(speaker_role) > LONGEST_LINE:
        raise ValidationError({"speaker_role": f"Shorten this to {LONGEST_LINE} characters."})
    excerpt = _locked_excerpt(excerpt)
    if excerpt.speaker_role == speaker_role:
        return excerpt
    excerpt.speaker_role = speaker_role
    excerpt.save(update_fields=["speaker_role"])
    record(
        CodingEvent.SPEAKER_CHANGED,
        by=by,
        subject=excerpt,
        scope=excerpt.project.programme,
        changes={"speaker_role": [WITHHELD, WITHHELD]},
    )
    return excerpt


@transaction.atomic
def carry_over(*, evidence: Evidence, by: Person) -> list[Fate]:
    """Move excerpts of earlier versions whose passage stands unchanged, and once, in the latest text.

    An excerpt keeps its number, its codings and so its place in case studies; its quote is the same by
    definition. Returns what became of each, those that could not be moved included.
    """
    lock(evidence.project)
    latest = evidence.latest_version()
    result = fates(latest)
    for fate in result:
        if fate.start is None:
            continue
        old = fate.excerpt.version.number
        fate.excerpt.version = latest
        fate.excerpt.end = fate.start + (fate.excerpt.end - fate.excerpt.start)
        fate.excerpt.start = fate.start
        fate.excerpt.save(update_fields=["version", "start", "end"])
        record(
            CodingEvent.CARRIED,
            by=by,
            subject=fate.excerpt,
            scope=evidence.project.programme,
            changes={"version": [str(old), str(latest.number)]},
        )
    return result


def may_take_back(coding: Coding, person: Person) -> bool:
    """A coding is its coder's own, for as long as they evaluate the programme."""
    if coding.created_by_id == person.pk:  # most often, and nobody needs to be fetched
        return True
    coder = coding.created_by
    return coder is None or not coder.has_perm("evaluation.change_evidence", coding.excerpt.project)


def _locked_version(version: TextVersion) -> TextVersion:
    lock(version.evidence.project)
    version = TextVersion.objects.select_related(
        "evidence__project__programme", "evidence__project__place"
    ).get(pk=version.pk)
    _refuse_withdrawn(version.evidence)
    if version.evidence.versions.filter(number__gt=version.number).exists():
        raise ValidationError(
            "This text has a newer version. Open it and select the passage there."
        )
    return version


def _locked_excerpt(excerpt: Excerpt) -> Excerpt:
    lock(excerpt.project)
    excerpt = (
        Excerpt.objects.with_quotes()
        .select_related("project__programme", "project__place")
        .get(pk=excerpt.pk)
    )
    _refuse_withdrawn(excerpt.version.evidence)
    if excerpt.removed_at:
        raise ValidationError(f"{excerpt.reference} was removed. Select the passage again.")
    return excerpt


def _refuse_withdrawn(evidence: Evidence) -> None:
    if evidence.is_withdrawn:
        raise ValidationError(f"{evidence.reference} was withdrawn and can no longer be coded.")


def _cut(version: TextVersion, start: int, end: int, *, speaker_role: str, by: Person) -> Excerpt:
    if not 0 <= start < end <= version.length:
        raise ValidationError("The passage does not lie in the text. Select it again.")
    if not version.text[start:end].strip():
        raise ValidationError("Select a passage that holds words, not just spaces.")
    project = version.evidence.project
    highest = Excerpt.objects.filter(project=project).aggregate(highest=Max("number"))["highest"]
    return Excerpt.objects.create(
        project=project,
        version=version,
        number=(highest or 0) + 1,
        start=start,
        end=end,
        speaker_role=speaker_role,
        created_by=by,
        created_by_name=str(by),
    )


def _add_codings(excerpt: Excerpt, dimensions: Sequence[Dimension], *, by: Person) -> list[Coding]:
    if not dimensions:
        raise ValidationError("Choose a dimension to code this passage to.")
    frame = excerpt.project.programme.frame_id
    if any(d.version_id != frame and d.version.published_at is None for d in dimensions):
        raise ValidationError("Choose dimensions of a lens that is published.")
    codings = []
    for dimension in dimensions:
        coding, is_new = Coding.objects.get_or_create(
            excerpt=excerpt,
            dimension=dimension,
            created_by=by,
            removed_at=None,
            defaults={"created_by_name": str(by)},
        )
        if is_new:
            codings.append(coding)
    if codings:
        record(
            CodingEvent.CODED,
            by=by,
            subject=excerpt,
            scope=excerpt.project.programme,
            changes={"dimensions": ["", ", ".join(c.dimension.name for c in codings)]},
        )
    return codings


def _remove(coding: Coding, *, by: Person) -> None:
    coding.removed_at = timezone.now()
    coding.removed_by = by
    coding.save(update_fields=["removed_at", "removed_by"])
