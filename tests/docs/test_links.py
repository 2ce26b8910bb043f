"""What a document links to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def missing(document: Path) -> list[str]:
    links = LINK.findall(document.read_text())
    ours = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    return [link for link in ours if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    assert missing(document) == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("[there](a.md) [away](https://example.org) [gone](b.md#part)")
    assert missing(document) == ["b.md"]


def test_every_command_of_the_readme_is_a_target() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    commands = re.findall(r"\bmake (\w+)\b", (ROOT / "README.md").read_text())
    assert commands
    assert set(commands) <= set(targets)
