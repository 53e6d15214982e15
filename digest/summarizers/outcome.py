"""From scores to a summary: the way every summarizer of this package ends."""

from __future__ import annotations

from collections.abc import Callable, Set

import numpy as np

from digest.models import Summary
from digest.summarizers.guard import Ties
from digest.summarizers.length import Ceiling, Length, ceiling
from digest.summarizers.passages import Passages
from digest.summarizers.selection import Choice, Vector, select


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
        chosen, note = _shortest(found, scores, tied, limit)
    return Summary(tuple(found.sentence(i, float(scores[i])) for i in chosen), method, note=note)


def _shortest(found: Passages, scores: Vector, tied: Ties, limit: Ceiling) -> tuple[list[int], str]:
    usable = [i for i in range(len(found)) if not found.barred[i]]
    if not usable:
        return [], "no sentence of the text can be quoted: " + ", ".join(sorted(set(found.barred)))
    safe = [i for i in usable if tied.first[i] == i == tied.last[i]] or usable
    best = min(safe, key=lambda i: (found.words[i], -float(scores[i]), i))
    fits = limit.holds(1, found.words[best], len(found.text[best]))
    note = "" if best in safe else "the only usable sentence leans on what is left out"
    if not fits:
        note = f"over its length: the shortest usable sentence has {found.words[best]} words"
    return [best], note


def positions(scores: Vector) -> list[int]:
    """The rank of each sentence by score, from 1; ties go to the earlier sentence."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    ranks = np.empty(len(scores), dtype=int)
    ranks[order] = np.arange(1, len(scores) + 1)
    return [int(r) for r in ranks]
