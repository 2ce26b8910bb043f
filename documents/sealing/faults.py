"""Why something was not sealed."""


class NoSealKey(Exception):
    """There is no key to seal with, or it cannot be used. The text is for the operator."""


class NotSealed(Exception):
    """No seal was put on, and there is no file. The text is for people."""


class TimestampMissing(NotSealed):
    """The timestamp server did not do its part: it may later."""
