import pytest

from evaluation.extraction import NotReadable, extract

SAID = "“Trust” isn’t built in a day – café talk. £10,000 from the board."  # noqa: RUF001


def test_utf_8_is_taken_as_it_is_with_its_line_ends_and_mark_made_ours() -> None:
    extracted = extract("a.txt", b"\xef\xbb\xbf" + f"{SAID}\r\n👩‍👩‍👧".encode())
    assert (extracted.text, extracted.warnings) == (f"{SAID}\n👩‍👩‍👧", [])


def test_markdown_stays_markdown() -> None:
    assert extract("a.md", b"# Title\n\n*So* they said").text == "# Title\n\n*So* they said"


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")]
)
def test_another_encoding_is_guessed_and_said(encoding: str, name: str) -> None:
    extracted = extract("a.txt", SAID.encode(encoding))
    assert extracted.text == SAID
    [warning] = extracted.warnings
    assert f"{name} was guessed" in warning


def test_utf_16_says_what_it_is() -> None:
    assert extract("a.txt", SAID.encode("utf-16")).text == SAID
    damaged = extract("a.txt", SAID.encode("utf-16") + b"x")
    assert damaged.text == SAID + "\ufffd"
    assert "damaged" in damaged.warnings[0]


def test_bytes_that_make_no_letters_are_refused() -> None:
    with pytest.raises(NotReadable, match="cannot be made out"):
        extract("a.txt", bytes(range(128, 256)) * 3)
