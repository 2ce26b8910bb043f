"""Links to a sealed MOU for people without an account: signed, so that no row has to hold a secret.

They end by themselves. Rotating SECRET_KEY ends them too, unless the old key is among the fallbacks.
"""

from datetime import timedelta

from django.core import signing

SALT = "programmes.sealed_mou"
LASTS = timedelta(days=90)


def token_of_sealed(version: int) -> str:
    """For the id of a version that is sealed."""
    return signing.dumps(version, salt=SALT)


def sealed_version_of(token: str) -> int | None:
    """The id that a link names, if it is ours and has not ended."""
    try:
        version = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:  # SignatureExpired is one too
        return None
    return version if isinstance(version, int) else None
