"""The roof: settings, addresses, Celery, and the servers for a bare machine. Imported by no room."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
