"""PostgreSQL and Redis from wheels, run as ordinary children, for a machine that has neither."""

from config.embedded.addresses import broker_url, cache_url, database, socket_folder

__all__ = ["broker_url", "cache_url", "database", "socket_folder"]
