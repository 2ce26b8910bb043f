"""PostgreSQL and Redis from wheels, run as ordinary children, for a machine that has neither."""

from config.embedded.addresses import database, database_url, redis_url, socket_folder
from config.embedded.faults import ServersError
from config.embedded.use import are_up, use_servers

__all__ = [
    "ServersError",
    "are_up",
    "database",
    "database_url",
    "redis_url",
    "socket_folder",
    "use_servers",
]
