"""The pages that offer a sealed MOU; and the form to send one, of a draft in which all is filled in."""

from django.utils import timezone

from documents.files import keep
from documents.models import SealedFile
from programmes.actions.mou.sealing import put_in_force
from programmes.actions.mou.states import change_version_state
from programmes.models import MOUVersion, Project, VersionState
from programmes.mou_links import token_of_sealed
from tests import builders
from tests.programmes.mou.agreeing import agreement
from tests.programmes.mou.scans import scanned
from tests.programmes.walk_mou_sign import PUBLIC, READERS, STAFF
from tests.walk import Row, World


def furnish(world: World) -> None:
    """Two more projects of the place."""
    made = agreement(of=_project(world, "sealed", 12), parties=1)
    made.send()
    version = made.version
    change_version_state(version=version, to=VersionState.SIGNED, by=None)
    put_in_force(version, _sealed(world, made.signing.reference))
    world.extra.sealed_version = made.version
    world.extra.to_send = agreement(of=_project(world, "sends", 13), parties=0).mou.project


def _project(world: World, slug: str, number: int) -> Project:
    cohort = builders.cohort(world.programme, number)
    return builders.project(world.programme, place=world.place, slug=slug, cohort=cohort)


def _sealed(world: World, reference: str) -> SealedFile:
    """A row as sealing writes it, of a file that nobody looks into here."""
    kept = keep(scanned(), folder="sealed")
    return SealedFile.objects.create(
        reference=reference,
        title="An MOU",
        file=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        certificate=world.extra.certificate,
        sealed_at=timezone.now(),
        verified_at=timezone.now(),
    )


def mou(world: World) -> dict[str, object]:
    version: MOUVersion = world.extra.sealed_version
    return {"slug": world.programme.slug, "project_slug": version.mou.project.slug}


def version(world: World) -> dict[str, object]:
    return mou(world) | {"number": 1}


def by_link(world: World) -> dict[str, object]:
    return {"token": token_of_sealed(world.extra.sealed_version.pk)}


def to_send(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.extra.to_send.slug}


ROWS = [
    Row("programmes:mou_sealed", version, get=READERS),
    Row("programmes:mou", mou, get=READERS),
    Row("programmes:mou_version", version, get=READERS),
    Row("programmes:mou_signing", version, get=READERS),
    Row("programmes:mou_sealed_by_link", by_link, get=PUBLIC),
    Row("programmes:mou_sealed_by_link_file", by_link, get=PUBLIC),
    Row("programmes:mou_send", to_send, get=STAFF, post=STAFF),
]
