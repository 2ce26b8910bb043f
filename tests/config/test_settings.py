import ast
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tests.config.production import COMPLETE

SETTINGS = settings.BASE_DIR / "config" / "settings.py"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """The settings as they come out of an environment with these variables, and no others."""

    def read_settings(**variables: str) -> dict[str, Any]:
        for name in names_in_the_settings_file():
            monkeypatch.delenv(name, raising=False)
        for name, value in {"PLACEWORK_DATA": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read_settings


def names_in_the_settings_file() -> dict[str, str]:
    """Each variable that is read, with its default as it is written there."""
    calls = (
        node for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Call)
    )
    return {
        node.args[0].value: ast.unparse(node.args[1]) if len(node.args) > 1 else ""
        for node in calls
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def test_a_bare_machine_is_a_demonstration(read: Read, tmp_path: Path) -> None:
    found = read()
    assert found["DEMONSTRATION"]
    assert found["EMBEDDED"]
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert found["SECRET_KEY"] == read()["SECRET_KEY"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_database_from_outside_means_production(read: Read) -> None:
    complete = {name: value for name, value in COMPLETE.items() if name != "PLACEWORK_MODE"}
    found = read(**complete)
    assert found["PRODUCTION"]
    assert not found["EMBEDDED"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CELERY_BROKER_URL"] == "redis://redis.example.org:6379/0"
    assert found["CACHE_URL"] == "redis://redis.example.org:6379/1"
    assert found["EMAIL_HOST"] == "mail.example.org"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY to 50 or more random characters"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY to 50 or more random characters"),
        ({"SECRET_KEY": "ab" * 40}, "Set SECRET_KEY to 50 or more random characters"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names"),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names"),
        ({"DATABASE_URL": ""}, "Set DATABASE_URL to the address"),
        ({"REDIS_URL": ""}, "Set REDIS_URL to the address"),
        ({"EMAIL_URL": ""}, "Set EMAIL_URL to the address"),
        ({"EMAIL_URL": "imap://mail.example.org"}, "EMAIL_URL must begin with"),
        ({"DEBUG": "true"}, "Unset DEBUG"),
        ({"HTTPS": "false"}, "Unset HTTPS"),
        ({"PLACEWORK_MODE": "staging"}, "PLACEWORK_MODE is 'staging'"),
    ],
)
def test_production_refuses_to_start_half_set_up(
    read: Read, variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        read(**COMPLETE | variables)


def test_files_go_to_a_bucket_when_one_is_named(read: Read) -> None:
    storage = read(FILES_BUCKET="evidence", FILES_REGION="eu-west-2")["STORAGES"]["default"]
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"]["bucket_name"] == "evidence"
    assert storage["OPTIONS"]["endpoint_url"] is None


def test_a_proxy_is_believed_only_when_there_is_one(read: Read) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in read(**COMPLETE)
    behind = read(**COMPLETE, TRUSTED_PROXIES="1")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_socket_in_the_database_address_is_its_host(read: Read) -> None:
    found = read(DATABASE_URL="postgres://me@%2Frun%2Fpostgresql/placework", PLACEWORK_MODE="test")
    assert found["DATABASES"]["default"]["HOST"] == "/run/postgresql"


def test_the_deployment_check_is_clean_in_production() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert "no issues" in done.stdout, done.stdout + done.stderr


def test_a_missing_setting_is_told_as_a_sentence() -> None:
    done = manage("check", **COMPLETE | {"SECRET_KEY": ""})
    assert done.returncode == 1
    assert done.stderr.startswith("Set SECRET_KEY to 50 or more random characters")


def manage(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        text=True,
        capture_output=True,
        check=False,
    )


def test_every_setting_is_in_the_operators_table_with_its_default() -> None:
    table = (settings.BASE_DIR / "docs" / "operating.md").read_text()
    table = table.partition("## Settings")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `([A-Z0-9_]+)` \| (.*?) \|", table, re.MULTILINE))
    read = names_in_the_settings_file()
    assert set(rows) - set(read) == {"PLACEWORK_POSTGRES_BIN", "PLACEWORK_REDIS_BIN"}
    assert set(read) <= set(rows)
    for name, default in read.items():
        try:
            value = ast.literal_eval(default)
        except (ValueError, SyntaxError):
            continue  # it depends on the mode; the table says how
        assert rows[name] == {"": "empty", "False": "off", "[]": "none"}.get(
            str(value), f"`{value}`"
        ), name
