"""This room holds nothing about people: places and organisations, not who works there (ADR 0003)."""

from accounts.personal import declare

PLACES = "Places and organisations"

declare(
    "places.Place",
    PLACES,
    not_personal=[
        "id",
        "name",
        "slug",
        "region",
        "area_type",
        "area_code",
        "note",
        "is_invented",
        "search",
    ],
)
declare(
    "places.Organisation",
    PLACES,
    not_personal=["id", "name", "slug", "sector", "website", "note", "is_invented", "search"],
)
declare(
    "places.Partnership",
    PLACES,
    not_personal=["id", "place", "organisation", "part", "joined_on", "left_on"],
)
