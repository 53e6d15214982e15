"""Choosing sentences by score under a ceiling, without saying a thing twice.

Greedy, as in maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): a sentence is worth its
score less what it repeats of those already chosen. What the guard ties together is chosen together, and
is worth its mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.guard import Ties
from digest.summarizers.length import Ceiling
from digest.summarizers.passages import Passages

Vector = NDArray[np.float64]

_SAME = 0.8
"""Two sentences with at least this cosine say the same."""
_MOST = 0.7
"""From this share of the words or characters on, only strong sentences are added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How to choose."""

    ceiling: Ceiling
    redundancy: float = 0.0
    """What a sentence loses that says all that another has said."""
    spread: float = 0.0
    """What a sentence loses for each one chosen from the same article."""
    strong: float = -np.inf
    """The worth from which a sentence may be used to fill up the last of the words or characters."""


def select(
    found: Passages,
    scores: Vector,
    ties: Ties,
    choice: Choice,
    similar: Callable[[int], Vector],
    heard: Sequence[int] = (),
) -> list[int]:
    """Return the numbers of the chosen sentences, in reading order.

    `similar(i)` gives the cosine of sentence `i` with every sentence. Sentences already `heard` are neither
    chosen nor repeated in other words.
    """
    first, last = np.array(ties.first), np.array(ties.last) + 1
    start = np.maximum(first, 0)
    barred = np.array([bool(reason) for reason in found.barred])
    size = np.ones((len(found), 3), dtype=np.int64)
    size[:, 1] = found.words
    size[:, 2] += np.fromiter(map(len, found.text), np.int64, len(found))
    repeats = np.zeros(len(found))
    for i in heard:
        repeats = np.maximum(repeats, similar(i))
        repeats[i] = 1.0
    alive = (first >= 0) & _free_of(barred | (repeats >= _SAME), start, last)
    articles, crowding = np.array(found.article), np.zeros(len(found))
    chosen: list[int] = []
    used = np.zeros(3, dtype=np.int64)
    limits = _limits(choice.ceiling)
    while alive.any():
        need = _over(size, start, last)
        alive &= (need + used <= limits).all(axis=1) & (need[:, 0] > 0)
        worth = np.where(size[:, 0] > 0, scores - choice.redundancy * repeats - crowding, 0.0)
        mean = np.where(alive, _over(worth, start, last) / np.maximum(need[:, 0], 1), -np.inf)
        best = int(mean.argmax())
        if mean[best] == -np.inf or (
            chosen and _nearly(used, limits) and mean[best] < choice.strong
        ):
            break
        used += need[best]
        for i in range(start[best], last[best]):
            if size[i, 0]:
                size[i] = 0
                chosen.append(i)
                repeats = np.maximum(repeats, similar(i))
                crowding[articles == articles[i]] += choice.spread
        alive &= _free_of((size[:, 0] > 0) & (repeats >= _SAME), start, last)
    return sorted(chosen)


def _limits(ceiling: Ceiling) -> NDArray[np.float64]:
    """The most sentences, words and characters; every sentence is counted with a space behind it."""
    characters = None if ceiling.characters is None else ceiling.characters + 1
    limits = (ceiling.sentences, ceiling.words, characters)
    return np.array([np.inf if limit is None else limit for limit in limits])


def _nearly(used: NDArray[np.int64], limits: NDArray[np.float64]) -> bool:
    """True where most of the words or characters are used."""
    return bool((used[1:] >= _MOST * limits[1:]).any())


def _over(what: NDArray[Any], start: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[Any]:
    """The sum of `what` over each run from `start` to before `last`."""
    total = np.concatenate((np.zeros_like(what[:1]), what.cumsum(axis=0)))
    return np.asarray(total[last] - total[start])


def _free_of(
    unwanted: NDArray[np.bool_], start: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """True for each run that holds nothing unwanted."""
    if not unwanted.any():
        return np.ones(len(start), dtype=bool)
    return np.asarray(_over(unwanted.astype(np.int64), start, last) == 0)
