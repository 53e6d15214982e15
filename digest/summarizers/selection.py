"""Choosing sentences by score under a ceiling, without saying a thing twice; and the lead, chosen so.

Greedy, as in maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): a sentence is worth its
score less what it repeats of those already chosen. What the guard ties together is chosen together, and
is worth its mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np

from digest.length import Ceiling, Length, ceiling
from digest.models import Article, Summary
from digest.summarizers.guard import LONGEST_RUN, Ties, free, ties
from digest.summarizers.passages import Passages, passages
from digest.summarizers.vectors import Vector

_SAME = 0.8
"""Two sentences with at least this cosine say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How to choose."""

    ceiling: Ceiling
    redundancy: float = 0.0
    """What a sentence loses that says all that another has said."""


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
    picked = _Picked(found, ties, choice, scores.tolist(), np.zeros(len(found)))
    for i in heard:
        picked.repeats = np.maximum(picked.repeats, similar(i))
        picked.repeats[i] = 1.0
    heap = _heap(picked)
    while heap and not picked.is_full:
        _, i, seen = heappop(heap)
        if not picked.can_take(i):
            continue
        if seen < len(picked.chosen):
            heappush(heap, (-picked.worth(i), i, len(picked.chosen)))
            continue
        for k in picked.take(i):
            picked.repeats = np.maximum(picked.repeats, similar(k))
        for k in range(max(i - LONGEST_RUN, 0), min(i + LONGEST_RUN + 1, len(found))):
            if ties.first[k] >= 0:
                heappush(heap, (-picked.worth(k), k, len(picked.chosen)))
    return sorted(picked.chosen)


def _heap(picked: _Picked) -> list[tuple[float, int, int]]:
    """What each sentence and its run are worth (negated), its number, and how many were chosen by then.

    A run's worth falls as others are chosen (but where it shares sentences with them): what is still worth as
    much as it was when it was put on the heap is the best, and few runs are looked at twice.
    """
    heap = [
        (-picked.worth(i), i, 0)
        for i, first in enumerate(picked.ties.first)
        if first >= 0 and not picked.found.barred[i]
    ]
    heapify(heap)
    return heap


@dataclass(slots=True)
class _Picked:
    """What has been chosen so far, and what that leaves of the others."""

    found: Passages
    ties: Ties
    choice: Choice
    scores: list[float]
    repeats: Vector
    """The greatest cosine of each sentence with one chosen or heard."""
    chosen: set[int] = field(default_factory=set)
    words: int = 0
    characters: int = 0
    """Every sentence is counted with a space before it, but the first."""

    @property
    def is_full(self) -> bool:
        """True where nothing more can be added."""
        most = self.choice.ceiling.sentences
        return most is not None and len(self.chosen) >= most

    def worth(self, i: int) -> float:
        """The mean worth of the sentences that `i` is tied to and that are not chosen yet."""
        first, last = self.ties.first[i], self.ties.last[i]
        if first == last:
            return self._worth(i)
        new = [self._worth(k) for k in range(first, last + 1) if k not in self.chosen]
        return sum(new) / max(len(new), 1)

    def _worth(self, i: int) -> float:
        return self.scores[i] - self.choice.redundancy * float(self.repeats[i])

    def can_take(self, i: int) -> bool:
        """True where `i` and what it is tied to can be quoted, say something new and fit in."""
        new = self._new(i)
        if not new or any(self.found.barred[k] or self.repeats[k] >= _SAME for k in new):
            return False
        return self.choice.ceiling.holds(
            len(self.chosen) + len(new),
            self.words + sum(self.found.words[k] for k in new),
            self._longer(new),
        )

    def take(self, i: int) -> list[int]:
        """Choose `i` and what it is tied to; return those that are new."""
        new = self._new(i)
        self.words += sum(self.found.words[k] for k in new)
        self.characters = self._longer(new)
        self.chosen.update(new)
        return new

    def _new(self, i: int) -> list[int]:
        run = range(self.ties.first[i], self.ties.last[i] + 1)
        return [k for k in run if k not in self.chosen]

    def _longer(self, new: Sequence[int]) -> int:
        """The characters there are with those added, joined by single spaces."""
        spaces = len(new) if self.chosen else len(new) - 1
        return self.characters + sum(len(self.found.text[k]) for k in new) + spaces


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
    """The shortest sentence that can be quoted, though it breaks the length; and what is wrong."""
    usable = [i for i in range(len(found)) if not found.barred[i]]
    if not usable:
        return _unfinished(found, scores, limit)
    safe = [i for i in usable if tied.stands(i)]
    if not safe:
        return [], "every sentence leans on another one"
    best = min(safe, key=lambda i: (found.words[i], -float(scores[i]), i))
    if limit.holds(1, found.words[best], len(found.text[best])):
        return [best], ""
    size = f"{found.words[best]} words, {len(found.text[best])} characters"
    return [best], f"over its length: the shortest usable sentence has {size}"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Takes the first sentences; of several articles, the first of each, then the second of each."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",  # noqa: ARG002
    ) -> Summary:
        """Choose the first sentences that can be quoted."""
        found = passages(articles, self.language)
        if not len(found):
            return Summary((), "lead", NOTHING)
        scores = 1.0 / (1.0 + np.array(found.index, dtype=np.float64))
        tied = ties(found, opens=True) if self.guard else free(found)

        def similar(i: int) -> Vector:
            return np.array([text == found.text[i] for text in found.text], dtype=np.float64)

        limit = limit_of(found, self.length)
        chosen = highest(found, scores, tied, Choice(ceiling=limit), similar, told)
        return summary_of(found, chosen, scores, tied, limit, "lead")
