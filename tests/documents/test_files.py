"""Content is stored whole or not at all, once, wherever files are kept."""

import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from documents import fonts
from documents.files import keep

IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def content_of(name):
    with default_storage.open(name) as file:
        return file.read()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_same_content_is_kept_once(settings, elsewhere):
    if elsewhere:
        settings.STORAGES = settings.STORAGES | {"default": IN_MEMORY}
    first, second = keep(b"abc", folder="here"), keep(b"abc", folder="here")
    assert first == second
    assert first.name == f"here/{first.sha256[:2]}/{first.sha256}"
    assert content_of(first.name) == b"abc"


@pytest.mark.parametrize(("permissions", "mode"), [(None, 0o600), (0o640, 0o640)])
def test_a_file_has_the_permissions_of_the_settings(settings, permissions, mode):
    settings.FILE_UPLOAD_PERMISSIONS = permissions
    assert (
        Path(default_storage.path(keep(b"abc", folder="here").name)).stat().st_mode & 0o777 == mode
    )


def test_a_disk_that_is_full_leaves_nothing_behind(monkeypatch, folder):
    def full(_):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(b"abc", folder="here")
    assert [each for each in folder.rglob("*") if each.is_file()] == []


def test_fonts_that_were_not_built_say_how_to_build_them(settings):
    settings.STATICFILES_DIRS = []
    fonts.folder.cache_clear()
    with pytest.raises(FileNotFoundError, match="make assets"):
        fonts.folder()
