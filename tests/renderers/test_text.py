"""The plain text is wrapped at 72 columns and says what the Markdown says."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.models import Digest
from digest.outgoing import line
from digest.renderers.formats import TextRenderer, wrap

GOLDEN = Path(__file__).parent / "issue.txt"


def test_the_briefing_reads_as_it_did(running: Digest) -> None:
    """The golden file is the issue of invented news, one of a series."""
    assert TextRenderer()(running) == GOLDEN.read_text(encoding="utf-8")


@given(st.text(), st.sampled_from(["", "  ", "  - ", "[12] "]))
def test_wrapping_changes_only_spaces(text: str, first: str) -> None:
    """The words stay; a line is wider than 72 columns only where a single word is."""
    lines = wrap(text, first).split("\n")
    assert " ".join(" ".join(lines).split()) == " ".join(f"{first}{line(text)}".split())
    for row in lines:
        columns = sum(not unicodedata.combining(character) for character in row)
        assert columns <= 72 or len(row.split()) <= 2


def test_the_width_can_be_that_of_the_window(digest: Digest) -> None:
    """Every line but a lone long word keeps to it."""
    for row in TextRenderer(width=40)(digest).split("\n"):
        assert len(row) <= 40 or len(row.split()) <= 2


def test_wide_characters_count_twice() -> None:
    """A line of Chinese is as wide as 72 letters."""
    rows = wrap(" ".join(["新聞新聞"] * 20)).split("\n")
    assert max(map(len, rows)) <= 44
    assert len(rows) == 3


def test_a_terminal_is_not_told_what_to_do(hostile: Callable[[str], Digest]) -> None:
    """No escape sequence reaches the terminal."""
    text = TextRenderer()(hostile("\x1b]0;owned\x07 \x9b31m red \x08\x08"))
    assert all(character.isprintable() or character == "\n" for character in text)


def test_a_day_without_articles_says_so(empty: Digest) -> None:
    """An empty issue is a sentence."""
    assert "No articles today from 4 sources." in TextRenderer()(empty)
