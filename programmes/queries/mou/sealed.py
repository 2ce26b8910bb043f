"""The sealed file of a version, for the pages that offer it."""

from documents.models import SealedFile
from programmes.models import MOUVersion, VersionState

WITH_SEAL = frozenset({VersionState.SEALED, VersionState.SUPERSEDED})


def sealed_of(version: MOUVersion) -> SealedFile | None:
    """What was sealed stays, also when a later version has taken its place. It asks the database only
    about a version that has one.
    """
    if version.state not in WITH_SEAL:
        return None
    return SealedFile.objects.filter(mou_version=version).first()


def sealed_version_by(pk: int) -> MOUVersion | None:
    rows = MOUVersion.objects.select_related("mou__project__place", "mou__project__programme")
    return rows.filter(pk=pk, state__in=WITH_SEAL).first()
