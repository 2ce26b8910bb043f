import os
from pathlib import Path

import pytest

from config import pango


@pytest.mark.parametrize(
    ("release", "line"),
    [
        ("ID=debian\n", "sudo apt-get install --yes --no-install-recommends libpango"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt-get install"),
        ("ID=fedora\n", "sudo dnf install pango"),
        ("ID=arch", "sudo pacman -S pango"),
        ("ID=unheard-of", "install the packages 'pango' and 'harfbuzz'"),
    ],
)
def test_each_system_has_its_line_to_type(release: str, line: str) -> None:
    assert pango.line_to_type("linux", release).startswith(line)


def test_a_mac_has_homebrew() -> None:
    assert pango.line_to_type("darwin") == "brew install pango"


def test_nothing_is_said_when_it_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    pango.main()
    assert capsys.readouterr().out == ""


def test_root_with_apt_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f"#!/bin/sh\necho $1 >> {tmp_path}/done\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pango, "LIBRARIES", (("libnothing.so.0", "libnothing.dylib"),))
    with pytest.raises(SystemExit):  # as this one brought nothing
        pango.main()
    assert (tmp_path / "done").read_text() == "update\ninstall\n"
    assert "Installing Pango" in capsys.readouterr().out


def test_a_person_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "LIBRARIES", (("libnothing.so.0", "libnothing.dylib"),))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit) as left:
        pango.main()
    assert "libnothing.so.0" in str(left.value)
    assert pango.line_to_type() in str(left.value)
