"""From scores to a summary: the way every summarizer of this package ends."""

from __future__ import annotations

from collections.abc import Callable, Set

import numpy as np

from digest.models import Summary
from digest.summarizers.guard import Ties
from digest.summarizers.layout import Vector
from digest.summarizers.length import Ceiling, Length, ceiling
from digest.summarizers.passages import Passages
from digest.summarizers.selection import Choice, select

_LONGEST_LINE = 100
"""The most words of a line that is quoted for want of a sentence."""


def summary_of(
    found: Passages,
    scores: Vector,
    tied: Ties,
    length: Length,
    similar: Callable[[int], Vector],
    *,
    method: str,
    redundancy: float = 0.0,
    spread: float = 0.0,
    strong: float = -np.inf,
    told: Set[tuple[str, int]] = frozenset(),
) -> Summary:
    """Choose under `length`; where nothing fits, take the shortest usable sentence and say so.

    Sentences that were `told`, as (article id, start), are repeated only where there are no others.
    """
    if not len(found):
        return Summary((), method, note="there is no sentence in the text")
    limit = ceiling(length, len(found), sum(found.words))
    heard = [i for i in range(len(found)) if found.key(i) in told] if told else []
    choice = Choice(ceiling=limit, redundancy=redundancy, spread=spread, strong=strong)
    chosen = select(found, scores, tied, choice, similar, heard)
    if heard and not chosen:
        chosen = select(found, scores, tied, choice, similar)
    note = ""
    if not chosen:
        chosen, note = _fallback(found, scores, tied, limit)
    return Summary(tuple(found.sentence(i, float(scores[i])) for i in chosen), method, note=note)


def _fallback(found: Passages, scores: Vector, tied: Ties, limit: Ceiling) -> tuple[list[int], str]:
    """The shortest sentence that can be quoted, though it breaks the length or leans; and what is wrong."""
    usable = [i for i in range(len(found)) if not found.barred[i]]
    if not usable:
        return _unfinished(found, scores, limit)
    safe = [i for i in usable if tied.first[i] == i == tied.last[i]]
    best = min(safe or usable, key=lambda i: (found.words[i], -float(scores[i]), i))
    notes = [] if safe else ["every sentence leans on another one"]
    if not limit.holds(1, found.words[best], len(found.text[best])):
        size = f"{found.words[best]} words, {len(found.text[best])} characters"
        notes.append(f"over its length: the shortest usable sentence has {size}")
    return [best], "; ".join(notes)


def _unfinished(found: Passages, scores: Vector, limit: Ceiling) -> tuple[list[int], str]:
    """A line that does not end as sentences do, for a text that has none that does."""
    lines = [
        i
        for i in range(len(found))
        if found.barred[i] in ("no end", "fragment")
        and limit.holds(1, found.words[i], len(found.text[i]))
        and found.words[i] <= _LONGEST_LINE
    ]
    if not lines:
        return [], "the text has no sentence that can stand alone"
    return [max(lines, key=lambda i: (float(scores[i]), -i))], "the text has no whole sentence"


def positions(scores: Vector) -> list[int]:
    """The rank of each sentence by score, from 1; ties go to the earlier sentence."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    ranks = np.empty(len(scores), dtype=int)
    ranks[order] = np.arange(1, len(scores) + 1)
    return [int(r) for r in ranks]
