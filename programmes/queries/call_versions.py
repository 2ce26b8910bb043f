"""The version of a call that applicants are asked by."""

from django.db.models import BigIntegerField, Func, Value

from programmes.models import Call, CallVersion


def published_version(call: Call) -> CallVersion | None:
    """What applicants are asked now."""
    return call.versions.filter(published_at__isnull=False).order_by("-number").first()


def published_of(call: int) -> Func:
    """The id of the same for a condition on its questions and other parts.

    In Django's own expressions it takes longer to put together than to answer.
    """
    return Func(
        Value(call),
        template="""(
            SELECT id FROM programmes_callversion
            WHERE call_id = %(expressions)s AND published_at IS NOT NULL
            ORDER BY number DESC LIMIT 1)""",
        output_field=BigIntegerField(),
    )
