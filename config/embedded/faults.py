class ServersError(Exception):
    """The embedded servers cannot run; the sentence says why and what to do."""
