"""PostgreSQL and Redis from wheels, run as ordinary children, for a machine that has neither."""

from config.embedded.addresses import database, database_url, redis_url, socket_folder
from config.embedded.faults import ServersError

__all__ = ["ServersError", "database", "database_url", "redis_url", "socket_folder"]
