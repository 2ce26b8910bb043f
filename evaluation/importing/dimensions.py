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
        # Keys and names apart: “Adaptive space: Linking up” and its key differ in punctuation alone.
        self.frame = _Index()
        self.others = _Index()
        self.names: list[str] = []
        dimensions = Dimension.objects.filter(version__in=wanted).select_related("version__lens")
        for dimension in dimensions:
            if dimension.version_id == frame.pk:
                self.frame.add(dimension)
                self.names.append(dimension.name)
            else:
                self.others.add(dimension)

    def called(self, name: str) -> Dimension:
        """The one dimension of this name or key. Raises Unknown."""
        for index in (self.frame, self.others):
            found = index.called(name)
            if len(found) == 1:
                return found[0]
            if found:
                ways = ", ".join(quoted(index.exact(dimension)) for dimension in found)
                raise Unknown(
                    f"{len(found)} dimensions are called {quoted(name)}. Write one of: {ways}."
                )
        raise Unknown(
            f"There is no dimension called {quoted(name)}.{suggestion(name, self.names)}"
            " Write a name or key as it stands on the page of its lens."
        )


class _Index:
    """Dimensions by their keys, and by their names with and without that of their lens."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[Dimension]] = {}
        self.by_name: dict[str, list[Dimension]] = {}

    def add(self, dimension: Dimension) -> None:
        self.by_key.setdefault(dimension.key.casefold(), []).append(dimension)
        for name in (dimension.name, _in_full(dimension)):
            self.by_name.setdefault(bare(name), []).append(dimension)

    def called(self, name: str) -> list[Dimension]:
        return self.by_key.get(name.casefold()) or self.by_name.get(bare(name), [])

    def exact(self, dimension: Dimension) -> str:
        """What is sure to mean this one: its lens and name, or its key if the lens has the name twice."""
        full = _in_full(dimension)
        return full if len(self.by_name[bare(full)]) == 1 else dimension.key


def _in_full(dimension: Dimension) -> str:
    return f"{dimension.version.lens.name}: {dimension.name}"
