"""From chosen sentences to a summary: the way every summarizer of this package ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

import numpy as np

from digest.models import Summary
from digest.summarizers.guard import Ties
from digest.summarizers.layout import Vector
from digest.summarizers.length import Ceiling, Length, ceiling
from digest.summarizers.passages import Passages
from digest.summarizers.selection import Choice, select

_LONGEST_LINE = 100
"""The most words of a line that is quoted for want of a sentence."""
NOTHING = "there is no sentence in the text"


def limit_of(found: Passages, length: Length) -> Ceiling:
    """Make the length concrete for these sentences."""
    return ceiling(length, len(found), sum(found.words))


def heard_of(found: Passages, told: Set[tuple[str, int]]) -> list[int]:
    """The numbers of the sentences that were `told`, as (article id, start)."""
    return [i for i in range(len(found)) if found.key(i) in told] if told else []


def highest(
    found: Passages,
    scores: Vector,
    tied: Ties,
    choice: Choice,
    similar: Callable[[int], Vector],
    told: Set[tuple[str, int]] = frozenset(),
) -> list[int]:
    """Choose by score alone; sentences that were told are repeated only where there are no others."""
    heard = heard_of(found, told)
    chosen = select(found, scores, tied, choice, similar, heard)
    return chosen or (select(found, scores, tied, choice, similar) if heard else [])


def summary_of(
    found: Passages,
    chosen: Sequence[int],
    scores: Vector,
    tied: Ties,
    limit: Ceiling,
    method: str,
) -> Summary:
    """Return the summary of the chosen sentences; without any, the shortest usable one, and say so."""
    note = ""
    if not chosen:
        chosen, note = _fallback(found, scores, tied, limit)
    sentences = (found.sentence(i, float(scores[i])) for i in chosen)
    return Summary(tuple(sentences), method, note=note)


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
        if found.barred[i] in ("no end", "fragment", "cut off")
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
