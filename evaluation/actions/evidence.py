"""Evidence: adding an item, a new version of its text, its details, its withdrawal; sources by number.

Each write locks the project's row first, so that numbers are given out once and counts stay true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import changes_between, record
from accounts.models import Person
from documents.texts import normalise
from evaluation.events import EvidenceEvent
from evaluation.models import Evidence, Source, SourceKind, TextVersion
from evaluation.texts import LONGEST, digest
from programmes.models import Project

# What the audit trail says in place of words that may tell who somebody is.
WITHHELD = "(kept with the evidence)"
LONGEST_LINE = 200
WITHHELD_FIELDS = ("title", "speaker_role")


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file that already lies in the storage."""

    name: str  # in the storage
    file_name: str  # as it was uploaded
    sha256: str


class Details(TypedDict):
    """What is said of an item beside its text."""

    kind: str
    title: str
    collected_on: date | None
    speaker_role: str
    speaker_place: str


def lock(project: Project) -> Project:
    """Hold the project's row until the transaction ends. References to it are not held up."""
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


@transaction.atomic
def add_evidence(
    *,
    project: Project,
    kind: str,
    title: str,
    text: str,
    by: Person,
    collected_on: date | None = None,
    speaker_role: str = "",
    speaker_place: str = "",
    already_listed: bool = False,
    file: StoredFile | None = None,
    warnings: Sequence[str] = (),
) -> Evidence:
    """One item with its text. It is one of the sources already listed, or one more of its kind."""
    _check_words(title=title, speaker_role=speaker_role, speaker_place=speaker_place)
    project = lock(project)
    source = _source_for_one(project, kind, already_listed=already_listed)
    highest = Evidence.objects.filter(project=project).aggregate(highest=Max("number"))["highest"]
    evidence = Evidence.objects.create(
        project=project,
        source=source,
        number=(highest or 0) + 1,
        title=title,
        collected_on=collected_on,
        speaker_role=speaker_role,
        speaker_place=speaker_place,
        created_by=by,
        created_by_name=str(by),
    )
    _write_version(evidence, number=1, text=text, by=by, file=file, warnings=warnings)
    record(
        EvidenceEvent.ADDED,
        by=by,
        subject=evidence,
        scope=project.programme,
        changes={"kind": ["", source.get_kind_display()], "sources": _sources(source)},
    )
    return evidence


@transaction.atomic
def add_version(
    *,
    evidence: Evidence,
    text: str,
    by: Person,
    file: StoredFile | None = None,
    warnings: Sequence[str] = (),
) -> TextVersion:
    """The text as it stands now. Excerpts stay on the version they were cut from."""
    evidence = _locked(evidence)
    latest = evidence.latest_version()
    if normalise(text).text == latest.text:
        raise ValidationError({"text": "This is the text as it stands. Change it, or leave it."})
    version = _write_version(
        evidence, number=latest.number + 1, text=text, by=by, file=file, warnings=warnings
    )
    record(
        EvidenceEvent.TEXT_REPLACED,
        by=by,
        subject=evidence,
        scope=evidence.project.programme,
        changes={"version": [str(latest.number), str(version.number)]},
    )
    return version


@transaction.atomic
def change_details(
    *,
    evidence: Evidence,
    by: Person,
    kind: str,
    title: str,
    collected_on: date | None,
    speaker_role: str,
    speaker_place: str,
    already_listed: bool = False,
) -> Evidence:
    """Change what is said of an item. With its kind it moves from one count of sources to another."""
    _check_words(title=title, speaker_role=speaker_role, speaker_place=speaker_place)
    evidence = _locked(evidence)
    new: dict[str, Any] = {
        "title": title,
        "collected_on": collected_on,
        "speaker_role": speaker_role,
        "speaker_place": speaker_place,
    }
    changes = changes_between(evidence, new)
    for field in WITHHELD_FIELDS:
        if field in changes:
            changes[field] = [WITHHELD, WITHHELD]
    if kind != evidence.source.kind:
        source = _source_for_one(evidence.project, kind, already_listed=already_listed)
        changes["kind"] = [evidence.source.get_kind_display(), source.get_kind_display()]
        left, evidence.source = evidence.source, source
        evidence.save(update_fields=["source"])
        _count_one_less(left)
    for field, value in new.items():
        setattr(evidence, field, value)
    evidence.save(update_fields=list(new))
    if changes:
        record(
            EvidenceEvent.CHANGED,
            by=by,
            subject=evidence,
            scope=evidence.project.programme,
            changes=changes,
        )
    return evidence


@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str, by: Person) -> Evidence:
    """Take an item out of the evidence. It no longer counts as a source; what was cut from it stays."""
    evidence = _locked(evidence)
    if not reason.strip():
        raise ValidationError({"reason": "Enter why this evidence is withdrawn."})
    evidence.withdrawn_at = timezone.now()
    evidence.withdrawn_by = by
    evidence.withdrawn_reason = reason
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _count_one_less(evidence.source)
    record(
        EvidenceEvent.WITHDRAWN,
        by=by,
        subject=evidence,
        scope=evidence.project.programme,
        changes={"kind": [evidence.source.get_kind_display(), ""]},
    )
    return evidence


@transaction.atomic
def declare_sources(*, project: Project, kind: str, quantity: int, by: Person) -> Source | None:
    """Say how many sources of a kind a project has, those whose text is held here included."""
    project = lock(project)
    source = Source.objects.filter(project=project, kind=_valid_kind(kind)).first()
    old = source.quantity if source else 0
    held = items_held(source) if source else 0
    if quantity < held:
        raise ValidationError(
            {"quantity": f"Enter {held} or more: so many have their text here. Or withdraw one."}
        )
    if quantity == old:
        return source
    source = source or Source(project=project, kind=kind)
    source.quantity = quantity
    source.save()
    record(
        EvidenceEvent.SOURCES_DECLARED,
        by=by,
        subject=project,
        scope=project.programme,
        changes={source.get_kind_display(): [str(old), str(quantity)]},
    )
    if quantity == 0 and not source.evidence.exists():
        source.delete()
        return None
    return source


def items_held(source: Source) -> int:
    """How many of these sources have their text here."""
    return source.evidence.filter(withdrawn_at=None).count()


def _locked(evidence: Evidence) -> Evidence:
    lock(evidence.project)
    evidence = Evidence.objects.select_related(
        "project__programme", "project__place", "source"
    ).get(pk=evidence.pk)
    if evidence.is_withdrawn:
        raise ValidationError(f"{evidence.reference} was withdrawn and can no longer be changed.")
    return evidence


def _check_words(**words: str) -> None:
    """For callers that come without a form: an import, a command."""
    faults = {
        field: f"Shorten this to {LONGEST_LINE} characters."
        for field, line in words.items()
        if len(line) > LONGEST_LINE
    }
    if not words["title"].strip():
        faults["title"] = "Enter a title."
    if faults:
        raise ValidationError(faults)


def _valid_kind(kind: str) -> str:
    if kind not in SourceKind.values:
        raise ValidationError({"kind": "Choose what kind of source this is."})
    return kind


def _source_for_one(project: Project, kind: str, *, already_listed: bool) -> Source:
    """The count that one more item belongs to, raised by one unless the item was in it already."""
    source, _ = Source.objects.get_or_create(
        project=project, kind=_valid_kind(kind), defaults={"quantity": 0}
    )
    if not already_listed:
        source.quantity += 1
        source.save(update_fields=["quantity"])
    elif items_held(source) >= source.quantity:
        raise ValidationError(
            {
                "already_listed": f"{_all_of(source)} Say that this is one more,"
                " or raise the number of sources first."
            }
        )
    return source


def _all_of(source: Source) -> str:
    name = source.get_kind_display().lower()
    if not source.quantity:
        return f"No {name} is listed yet."
    return f"All {source.quantity} sources of the kind “{name}” have their text here already."


def _count_one_less(source: Source) -> None:
    source.quantity -= 1
    source.save(update_fields=["quantity"])
    if source.quantity == 0 and not source.evidence.exists():
        source.delete()


def _sources(source: Source) -> list[str]:
    return ["", f"{source.quantity} {source.get_kind_display().lower()}"]


def _write_version(
    evidence: Evidence,
    *,
    number: int,
    text: str,
    by: Person,
    file: StoredFile | None,
    warnings: Sequence[str],
) -> TextVersion:
    normalised = normalise(text)
    if not normalised.text.strip():
        raise ValidationError({"text": "Enter the text. Without one, declare the source instead."})
    if len(normalised.text) > LONGEST:
        raise ValidationError(
            {"text": f"Cut the text into parts of at most {LONGEST:,} characters each."}
        )
    return TextVersion.objects.create(
        evidence=evidence,
        number=number,
        text=normalised.text,
        length=len(normalised.text),
        sha256=digest(normalised.text),
        warnings=[*warnings, *normalised.warnings],
        file=file.name if file else "",
        file_name=file.file_name if file else "",
        file_sha256=file.sha256 if file else "",
        created_by=by,
        created_by_name=str(by),
    )
