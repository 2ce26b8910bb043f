"""From the last signature to a version in force: one PDF, sealed once, verified, and only then complete.

The work may be done twice or die half-way at any step: the reference that was fixed when the version
was sent makes the seal one, and the version's row is changed last.
"""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from documents.actions.jobs import request_job
from documents.actions.sealing import seal_document, supersede
from documents.manuscript import as_pdf
from documents.models import Job, SealedFile
from documents.queries.jobs import jobs_about
from documents.registry import JobFailed
from documents.sealing.faults import NoSealKey, NotSealed
from programmes.actions.mou.chain import tell
from programmes.actions.mou.links import (
    check_address,
    sealed_address,
    signing_address,
    version_address,
)
from programmes.actions.mou.mails import write
from programmes.actions.mou.states import change_version_state, locked_version
from programmes.manuscripts.mou import files_inside, mou_manuscript
from programmes.models import MOUVersion, Representative, Signing, VersionState
from programmes.mou_links import LASTS
from programmes.queries.mou.touched import in_force

KIND = "programmes.seal_mou"
AGAIN_AFTER = timedelta(minutes=2)  # a failed attempt, for as long as it takes
TELL_STAFF_AFTER = timedelta(minutes=5)
NO_KEY = "Placework has no key that can seal. Whoever runs it has to make one."

log = structlog.get_logger(__name__)


def ask_to_seal(version: MOUVersion) -> Job:
    """After the last signature, in its transaction: the worker is told once that is committed."""
    by = version.signing.sent_by
    assert by is not None  # people who sent something stay
    return request_job(KIND, by=by, subject=version)


def seal_version(version: MOUVersion) -> SealedFile:
    """Seal what all have signed, or find that it is sealed. Not to be called in a transaction.

    Raises JobFailed with what stands in the way; the version then still says “not sealed yet”.
    """
    current = MOUVersion.objects.select_related("sealed", "signing__version__mou").get(
        pk=version.pk
    )
    if current.sealed is not None:
        return current.sealed
    if current.state != VersionState.SIGNED:
        raise JobFailed("This version is not signed by all any more, so there is nothing to seal.")
    sealed = _sealed_before(current.signing) or _seal(current.signing)
    put_in_force(current, sealed)
    return sealed


def _seal(signing: Signing) -> SealedFile:
    title = f"{signing.version.mou}, version {signing.version.number}"
    has_trusted_time = bool(settings.SEAL_TIMESTAMP_URL)  # without it nothing is sealed then
    manuscript = mou_manuscript(signing, has_trusted_time=has_trusted_time)
    pdf = as_pdf(manuscript, inside=files_inside(signing))
    try:
        return seal_document(
            pdf=pdf, title=title, reason="Signed by all parties", reference=signing.reference
        )
    except NoSealKey as fault:
        log.error("no_seal_key", reason=str(fault))
        raise JobFailed(NO_KEY) from fault
    except NotSealed as fault:
        raise JobFailed(str(fault)) from fault
    except IntegrityError:
        other = _sealed_before(signing)  # by another worker, a moment ago
        if other is None:
            raise
        return other


def _sealed_before(signing: Signing) -> SealedFile | None:
    return SealedFile.objects.filter(reference=signing.reference).first()


@transaction.atomic
def put_in_force(version: MOUVersion, sealed: SealedFile) -> None:
    """The version stands from now on, and the one before it is superseded. Everybody is told."""
    current = locked_version(version)
    if current.state != VersionState.SIGNED:
        return
    earlier = in_force(current)
    if earlier is not None:
        change_version_state(version=earlier, to=VersionState.SUPERSEDED, by=None)
        if earlier.sealed is not None:
            supersede(earlier=earlier.sealed, later=sealed)
    current.sealed = sealed
    current.save(update_fields=["sealed"])
    change_version_state(version=current, to=VersionState.SEALED, by=None)
    signing = Signing.objects.get(version=current)
    signing.version = current
    tell(signing, "sealed", who=SYSTEM, sha256=sealed.sha256)
    _tell_everybody(signing, sealed)


def _tell_everybody(signing: Signing, sealed: SealedFile) -> None:
    """Each once: those who came by a link by a link, those with an account where they sign in."""
    version = signing.version
    seats = Representative.objects.filter(
        party__mou=version.mou, party__left_on=None, ended_at=None
    )
    by_link = [
        *signing.signatories.order_by("pk").values_list("name", "email"),
        *signing.copied_in.order_by("pk").values_list("name", "email"),
    ]
    by_account = seats.order_by("pk").values_list("person__name", "person__email")
    told: set[str] = set()
    for rows, is_link in ((by_link, True), (by_account, False)):
        for name, email in rows:
            if email.lower() not in told:
                told.add(email.lower())
                _tell_of_seal(signing, sealed, name, email, is_link=is_link)


def _tell_of_seal(
    signing: Signing, sealed: SealedFile, name: str, email: str, *, is_link: bool
) -> None:
    version = signing.version
    address = sealed_address if is_link else version_address
    write(
        email,
        f"Signed by all and sealed: {version.mou}",
        "sealed",
        secret_until=timezone.now() + LASTS if is_link else None,
        name=name,
        version=version,
        sealed=sealed,
        is_link=is_link,
        address=address(signing.site, version),
        lasts=LASTS.days,
        check=check_address(signing.site, sealed),
    )


def see_to_the_unsealed() -> int:
    """Try again what could not be sealed, and tell staff of what waits too long; how many wait."""
    waiting = MOUVersion.objects.filter(state=VersionState.SIGNED).order_by("pk")
    for version in waiting:
        _tell_staff(version)
        _try_again(version)
    return len(waiting)


def _try_again(version: MOUVersion) -> None:
    last = _last_job(version)
    if last is None or (
        last.is_finished
        and last.finished_at is not None
        and last.finished_at < timezone.now() - AGAIN_AFTER
    ):
        ask_to_seal(version)


@transaction.atomic
def _tell_staff(version: MOUVersion) -> None:
    """Once for each version."""
    current = locked_version(version)
    signed = current.changes.filter(new=VersionState.SIGNED).first()
    if (
        current.state != VersionState.SIGNED
        or current.staff_told_at is not None
        or signed is None
        or signed.changed_at > timezone.now() - TELL_STAFF_AFTER
    ):
        return
    current.staff_told_at = timezone.now()
    current.save(update_fields=["staff_told_at"])
    last = _last_job(current)
    why = last.error_for_people if last else ""
    for person in _staff_of(current):
        write(
            person.email,
            f"Signed, and not sealed yet: {current.mou}",
            "unsealed",
            person=person,
            version=current,
            why=why,
            address=signing_address(current.signing.site, current),
        )


def _last_job(version: MOUVersion) -> Job | None:
    return jobs_about(version, kinds=[KIND]).first()


def _staff_of(version: MOUVersion) -> list[Person]:
    rows = memberships_in(Role.STAFF, version.mou.project.programme_id)
    active = rows.filter(person__is_active=True).select_related("person")
    return [row.person for row in active.order_by("pk")]
