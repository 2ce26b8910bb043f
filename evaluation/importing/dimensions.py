"""Which dimension a name means: of the programme's frame first, else of another lens."""

from programmes.importing.faults import quoted
from programmes.importing.words import bare, suggestion
from programmes.models import Dimension, LensVersion, Programme


class Unknown(Exception):
    """No dimension, or more than one, has the name; the message says what to write."""


class Dimensions:
    """The dimensions of a programme's frame, and of the latest published version of other lenses."""

    def __init__(self, programme: Programme) -> None:
        frame = programme.frame
        latest = (
            LensVersion.objects.filter(published_at__isnull=False)
            .exclude(lens=frame.lens_id)
            .order_by("lens_id", "-number")
            .distinct("lens_id")
        )
        wanted = [frame.pk, *latest.values_list("pk", flat=True)]
        self.frame: dict[str, list[Dimension]] = {}
        self.others: dict[str, list[Dimension]] = {}
        self.names: list[str] = []
        dimensions = Dimension.objects.filter(version__in=wanted).select_related("version__lens")
        for dimension in dimensions:
            by_name = self.frame if dimension.version_id == frame.pk else self.others
            lens = dimension.version.lens.name
            for name in {dimension.key, dimension.name, f"{lens}: {dimension.name}"}:
                by_name.setdefault(bare(name), []).append(dimension)
            if by_name is self.frame:
                self.names.append(dimension.name)

    def called(self, name: str) -> Dimension:
        """The one dimension of this name or key. Raises Unknown."""
        for by_name in (self.frame, self.others):
            found = list(
                {dimension.pk: dimension for dimension in by_name.get(bare(name), [])}.values()
            )
            if len(found) == 1:
                return found[0]
            if found:
                ways = ", ".join(quoted(self._exact(dimension)) for dimension in found)
                raise Unknown(
                    f"{len(found)} dimensions are called {quoted(name)}. Write one of: {ways}."
                )
        raise Unknown(
            f"There is no dimension called {quoted(name)}.{suggestion(name, self.names)}"
            " Write a name or key as it stands on the page of its lens."
        )

    def _exact(self, dimension: Dimension) -> str:
        """What is sure to mean this one: in the frame its key, else its lens and name."""
        if dimension in self.frame.get(bare(dimension.key), []):
            return dimension.key
        return f"{dimension.version.lens.name}: {dimension.name}"
