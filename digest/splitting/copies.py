"""Text that stands on the page twice: excerpts before an article, pull quotes, teasers of what is there in full."""

import re
from collections.abc import Sequence

from digest.splitting.lines import SENTENCE, Line, fold

_SENTENCE = re.compile(r"[^.!?…]{24,600}[.!?…]")
_SHARE = 0.6
_START = 24


def sentence_keys(text: str) -> list[str]:
    """Return the sentences of a text folded for comparison, without the shortest."""
    return [key for key in (fold(match) for match in _SENTENCE.findall(text)) if len(key) >= 20]


def excerpt_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that only repeat, run together or cut short, what stands elsewhere on the page."""
    keys = {index: sentence_keys(line.text) for index, line in enumerate(lines) if line.weight >= SENTENCE}
    places: dict[str, list[int]] = {}
    for index, found in keys.items():
        for key in found:
            places.setdefault(key, []).append(index)
    copies: set[int] = set()
    for index, found in keys.items():
        if len(found) < 3:
            continue
        others: set[int] = set()
        known = 0
        for key in found:
            elsewhere = [other for other in places[key][:8] if other != index and other not in copies]
            known += bool(elsewhere)
            others.update(elsewhere)
        runs_on = len(others) > 1 or lines[index].ellipsis or len(set(found)) < len(found)
        if known >= _SHARE * len(found) and runs_on and others:
            copies.add(index)
    return frozenset(copies | _cut_short(lines, copies))


def _cut_short(lines: Sequence[Line], copies: set[int]) -> set[int]:
    """The lines that end in an ellipsis and are the beginning of another line."""
    starts: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.weight >= SENTENCE and len(line.key) >= _START and index not in copies:
            starts.setdefault(line.key[:_START], []).append(index)
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not line.ellipsis or line.weight < SENTENCE or len(line.key) < _START or index in copies:
            continue
        rivals = starts.get(line.key[:_START], [])[:8]
        whole = fold(line.text.rsplit(" ", 1)[0])
        if any(other != index and len(lines[other].text) > len(line.text) and fold(lines[other].text[: len(line.text) + 40]).startswith(whole) for other in rivals):
            found.add(index)
    return found


def is_copy_of(text: str, other: str) -> bool:
    """Whether nearly all sentences of `text` stand in `other`."""
    keys = sentence_keys(text)
    if not keys:
        return fold(text.rstrip("….")) in fold(other)
    if keys[0] not in (whole := fold(other)) and keys[-1] not in whole:
        return False
    return sum(key in whole for key in keys) >= 0.8 * len(keys)
