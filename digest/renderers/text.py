"""The briefing in plain text, for a terminal and as the first part of a mail."""

import unicodedata
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.models import Digest
from digest.renderers.composition import briefing_view
from digest.renderers.display import line
from digest.renderers.environment import PAPER, fill
from digest.renderers.words import words_of

WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRenderer:
    """Renders a digest as plain text through `digest.txt`, wrapped."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""
    theme: str = PAPER
    language: str = "en"
    """That of the fixed words."""
    width: int = WIDTH
    """The columns of a line."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the plain text of `digest`."""
        words = words_of(self.language)
        context = {
            "briefing": briefing_view(digest, words),
            "wrap": partial(wrap, width=self.width),
            "rule": partial(rule, width=self.width),
        }
        return fill("digest.txt", context, templates=self.templates, theme=self.theme, words=words)


def wrap(text: str, first: str = "", rest: str | None = None, *, width: int = WIDTH) -> str:
    """Return `text` in lines of at most `width` columns, led by `first` and then by `rest`.

    A word that is longer, such as an address, keeps a line of its own.
    """
    indent = " " * _columns(first) if rest is None else rest
    lines, current = [], first
    empty = True
    for word in line(text).split(" "):
        if not empty and _columns(current) + 1 + _columns(word) > width:
            lines.append(current)
            current, empty = indent, True
        current += word if empty else f" {word}"
        empty = False
    return "\n".join((*lines, current)).rstrip()


def rule(text: str, character: str = "-", *, width: int = WIDTH) -> str:
    """Return a line as wide as `text`, to stand under it."""
    return character * min(width, max(map(_columns, text.split("\n"))))


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
