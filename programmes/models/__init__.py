from programmes.models.cohort import Cohort
from programmes.models.lens import Dimension, Lens, LensVersion
from programmes.models.programme import Programme
from programmes.models.programme_import import ProgrammeImport
from programmes.models.project import Project

__all__ = [
    "Cohort",
    "Dimension",
    "Lens",
    "LensVersion",
    "Programme",
    "ProgrammeImport",
    "Project",
]
