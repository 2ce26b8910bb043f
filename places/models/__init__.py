from places.models.organisation import Organisation, Sector
from places.models.partnership import Partnership
from places.models.place import Place

__all__ = ["Organisation", "Partnership", "Place", "Sector"]
