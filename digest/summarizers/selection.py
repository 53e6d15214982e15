"""Choosing sentences by score under a ceiling, without saying a thing twice.

Greedy, as in maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): a sentence is worth its
score less what it repeats of those already chosen. What the guard ties together is chosen together, and
is worth its mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.guard import Ties
from digest.summarizers.length import Ceiling
from digest.summarizers.passages import Passages

Vector = NDArray[np.float64]

_SAME = 0.8
"""Two sentences with at least this cosine say the same."""


def select(
    passages: Passages,
    scores: Vector,
    ties: Ties,
    ceiling: Ceiling,
    similar: Callable[[int], Vector],
    redundancy: float,
    heard: Sequence[int] = (),
) -> list[int]:
    """Return the numbers of the chosen sentences, in reading order.

    `similar(i)` gives the cosine of sentence `i` with every sentence. Sentences already `heard` are neither
    chosen nor repeated in other words.
    """
    count = len(passages)
    words = np.array(passages.words)
    characters = np.array([len(text) + 1 for text in passages.text])
    first, last = np.array(ties.first), np.array(ties.last)
    alive = first >= 0
    alive &= _free_of(np.array([bool(reason) for reason in passages.barred]), first, last)
    repeats = np.zeros(count)
    chosen: list[int] = []
    used = np.zeros(3, dtype=np.int64)
    fresh = np.ones(count, dtype=bool)
    for i in heard:
        repeats = np.maximum(repeats, similar(i))
        repeats[i] = 1.0
    alive &= _free_of(repeats >= _SAME, first, last)
    while alive.any():
        worth = np.where(fresh, scores - redundancy * repeats, 0.0)
        size = np.stack([fresh, words * fresh, characters * fresh]).astype(np.int64)
        total = np.concatenate((np.zeros((3, 1), dtype=np.int64), np.cumsum(size, axis=1)), axis=1)
        need = total[:, last + 1] - total[:, np.maximum(first, 0)]
        running = np.concatenate(([0.0], np.cumsum(worth)))
        mean = (running[last + 1] - running[np.maximum(first, 0)]) / np.maximum(need[0], 1)
        alive &= (need[0] > 0) & _fits(need + used[:, None], ceiling)
        if not alive.any():
            break
        best = int(np.argmax(np.where(alive, mean, -np.inf)))
        new = [i for i in range(int(first[best]), int(last[best]) + 1) if fresh[i]]
        used += need[:, best]
        chosen += new
        for i in new:
            fresh[i] = False
            repeats = np.maximum(repeats, similar(i))
        alive &= _free_of(fresh & (repeats >= _SAME), first, last)
    return sorted(chosen)


def _free_of(
    unwanted: NDArray[np.bool_], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """True for each run, `first` to `last`, that holds nothing unwanted."""
    total = np.concatenate(([0], np.cumsum(unwanted)))
    return np.asarray(total[last + 1] == total[np.maximum(first, 0)])


def _fits(size: NDArray[np.int64], ceiling: Ceiling) -> NDArray[np.bool_]:
    fits = np.ones(size.shape[1], dtype=bool)
    for row, limit, slack in (
        (0, ceiling.sentences, 0),
        (1, ceiling.words, 0),
        (2, ceiling.characters, 1),
    ):
        if limit is not None:
            fits &= size[row] <= limit + slack
    return fits
