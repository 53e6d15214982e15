"""Blocks as the page has them, word for word.

An extractor drops a `<time>` or a formula out of a sentence, and parts words that two elements share. What is
then no longer in the source could not be proven by it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from digest.models import Block

_NOT_LETTERS = re.compile(r"[\W_]+")
_PROBE = 24
_LONGEST = 1.5


def restored(blocks: Iterable[Block], visible: str) -> list[Block]:
    """Return `blocks`, each with its text as `visible` (a line a block) has it, where it can be found there."""
    lines = visible.split("\n")
    whole = set(lines)
    known: dict[str, str] = {}
    found = []
    for block in blocks:
        if block.text not in whole:
            known = known or _by_letters(lines)
            block = replace(block, text=_original(block.text, known))
        found.append(block)
    return found


def _by_letters(lines: list[str]) -> dict[str, str]:
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
