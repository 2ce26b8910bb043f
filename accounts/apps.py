from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Find what the rooms above register with this floor, before the first is asked for."""
        autodiscover_modules("permissions", "scopes", "panels", "privacy", "receivers")
