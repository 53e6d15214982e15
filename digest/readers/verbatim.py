"""Blocks as the page has them, word for word.

An extractor drops a `<time>` or a formula out of a sentence, and parts words that two elements share. What is
then no longer in the source could not be proven by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from digest.models import Block

_NOT_LETTERS = re.compile(r"[\W_]+")
_PROBE = 24
_LONGEST = 1.5


@dataclass(frozen=True, slots=True)
class Originals:
    """The lines of a page as it shows them, in which the text of blocks is looked up."""

    lines: tuple[str, ...]
    whole: frozenset[str]
    _known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, visible: str) -> "Originals":
        """Make them of what a page shows, a line a block."""
        lines = tuple(visible.split("\n"))
        return cls(lines, frozenset(lines))

    @property
    def known(self) -> dict[str, str]:
        """The lines by their letters, made when first asked for: most pages do without."""
        if not self._known:
            self._known.update(_by_letters(self.lines))
        return self._known


def restored(blocks: Iterable[Block], originals: Originals) -> list[Block]:
    """Return `blocks`, each with its text as the page has it, where it can be found there."""
    return [
        block
        if block.text in originals.whole
        else replace(block, text=_original(block.text, originals.known))
        for block in blocks
    ]


def _by_letters(lines: Iterable[str]) -> dict[str, str]:
    """Lines by all their letters, and by the first and last few of them."""
    known: dict[str, str] = {}
    for line in lines:
        letters = _NOT_LETTERS.sub("", line)
        if len(letters) > _PROBE:
            known.setdefault(letters[:_PROBE], line)
            known.setdefault("…" + letters[-_PROBE:], line)
        known[letters] = line
    return known


def _original(text: str, known: dict[str, str]) -> str:
    """The line that has all of the text's letters and few others; the text itself where none has."""
    letters = _NOT_LETTERS.sub("", text)
    line = known.get(letters)
    if line is None and len(letters) > _PROBE:
        line = known.get(letters[:_PROBE]) or known.get("…" + letters[-_PROBE:])
    if line is None or text in line or len(line) > _LONGEST * len(text) + 20:
        return text
    return line if len(_NOT_LETTERS.sub("", line)) >= len(letters) else text
