"""The worker's application."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("placework")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def leave_logging_alone(**_: Any) -> None:
    """Django has set it up by now; with somebody listening here, Celery does not undo that."""


@worker_process_init.connect
def keep_what_is_loaded(**_: Any) -> None:
    """Spare the garbage collector our own modules: looking through them is a fifth of a long PDF's time."""
    gc.collect()
    gc.freeze()
