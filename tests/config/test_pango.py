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


def test_a_person_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "LIBRARIES", (("libnothing.so.0", "libnothing.dylib"),))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit) as left:
        pango.main()
    assert "libnothing.so.0" in str(left.value)
    assert pango.line_to_type() in str(left.value)
