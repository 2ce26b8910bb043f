from django.apps import AppConfig


class EnablersConfig(AppConfig):
    name = "enablers"
