from django.apps import AppConfig
from django_structlog.signals import bind_extra_request_finished_metadata

from config.logs import name_request


class RoofConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415 registers them

        bind_extra_request_finished_metadata.connect(name_request)
