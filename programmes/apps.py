from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        # Rooms above add their sheets to what can be imported, and what can cite a clause.
        autodiscover_modules("importing", "citing")
