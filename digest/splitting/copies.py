"""Text that stands on the page twice: excerpts before an article, pull quotes, teasers of what is there in full."""

import re
from collections.abc import Sequence

from digest.splitting.lines import STRONG, Line, fold

_SENTENCE = re.compile(r"[^.!?…]{24,600}[.!?…]")
_SHARE = 0.6


def sentence_keys(text: str) -> list[str]:
    """Return the sentences of a text folded for comparison, without the shortest."""
    return [key for key in (fold(match) for match in _SENTENCE.findall(text)) if len(key) >= 20]


def excerpt_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that run together what stands on the page again, paragraph by paragraph."""
    keys = {index: sentence_keys(line.text) for index, line in enumerate(lines) if line.weight == STRONG}
    places: dict[str, set[int]] = {}
    for index, found in keys.items():
        for key in found:
            places.setdefault(key, set()).add(index)
    copies: set[int] = set()
    for index, found in keys.items():
        if len(found) < 4:
            continue
        elsewhere = [key for key in found if len(places[key]) > 1]
        others = {other for key in elsewhere for other in list(places[key])[:8] if other != index}
        if len(elsewhere) >= _SHARE * len(found) and len(others - copies) >= 2:
            copies.add(index)
    return frozenset(copies)


def is_copy_of(text: str, other: str) -> bool:
    """Whether nearly all sentences of `text` stand in `other`."""
    keys = sentence_keys(text)
    if not keys:
        return fold(text.rstrip("….")) in fold(other)
    if keys[0] not in (whole := fold(other)) and keys[-1] not in whole:
        return False
    return sum(key in whole for key in keys) >= 0.8 * len(keys)
