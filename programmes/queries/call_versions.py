"""The version of a call that applicants are asked by."""

from programmes.models import Call, CallVersion


def published_version(call: Call) -> CallVersion | None:
    """What applicants are asked now."""
    return call.versions.filter(published_at__isnull=False).order_by("-number").first()
