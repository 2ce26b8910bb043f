"""What `manage.py` does around Django's own: the embedded servers, and faults as sentences."""

import sys
import warnings

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import connection

from config.embedded import ServersError, use_servers
from config.prepare import prepare

# These neither read nor write rows, so nobody should wait for servers; `serve` starts its own.
WITHOUT_SERVERS = frozenset(
    {"check", "collectstatic", "diffsettings", "findstatic", "help", "makemigrations", "serve"}
    | {"sendtestemail", "startapp", "startproject", "version"}
)
# These are about to make the tables, or look at the database as it is.
AS_IT_IS = frozenset({"dbshell", "flush", "migrate", "release", "showmigrations", "sqlmigrate"})


def run(arguments: list[str]) -> None:
    """Run one command; without DATABASE_URL and REDIS_URL, with the embedded servers up."""
    try:
        if needs_servers(arguments) and settings.EMBEDDED:
            with use_servers(settings.DATA_FOLDER):
                _prepare_on_first_use(arguments)
                execute_from_command_line(arguments)
        else:
            # `makemigrations` would rather look at a database, and does without one.
            warnings.filterwarnings("ignore", "Got an error checking a consistent migration")
            execute_from_command_line(arguments)
    except (ImproperlyConfigured, ServersError) as fault:
        sys.exit(f"{fault}")


def command_of(arguments: list[str]) -> str:
    return next((argument for argument in arguments[1:] if not argument.startswith("-")), "help")


def needs_servers(arguments: list[str]) -> bool:
    only_asks = {"-h", "--help", "--version"} & set(arguments)
    return not only_asks and command_of(arguments) not in WITHOUT_SERVERS


def _prepare_on_first_use(arguments: list[str]) -> None:
    """An empty data folder gets its tables, so that any command works in a fresh clone."""
    django.setup()
    if command_of(arguments) in AS_IT_IS:
        return
    if "django_migrations" not in connection.introspection.table_names():
        sys.stderr.write(f"Preparing {settings.DATA_FOLDER} on first use…\n")
        prepare()
