"""Our TextRank: a walk over the sentences' similarity graph that starts anew where news says most."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from digest.models import Article, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.length import Length
from digest.summarizers.outcome import summary_of
from digest.summarizers.passages import Passages, passages
from digest.summarizers.vectors import Vector, Vectors, rank, vectors


@dataclass(frozen=True, slots=True)
class Ranking:
    """The scores of all sentences, and what is needed to explain them."""

    graph: Vectors
    scores: Vector
    lent: Vector
    """What each sentence lends to its neighbours for each unit of similarity."""
    features: tuple[tuple[tuple[str, float], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRank:
    """TextRank (Mihalcea & Tarau, EMNLP 2004) with background term weights, position and redundancy."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None
    damping: float = 0.5
    redundancy: float = 0.3

    def __call__(
        self, articles: Sequence[Article], /, *, told: Set[tuple[str, int]] = frozenset()
    ) -> Summary:
        """Choose the sentences that carry most of what the articles say."""
        found = passages(articles, self.language, told)
        ranking = self.ranking(found)
        tied = ties(found) if self.guard else free(found)
        return summary_of(
            found,
            ranking.scores,
            tied,
            self.length,
            ranking.graph.similar,
            self.redundancy,
            method="textrank",
            told=told,
        )

    def ranking(self, found: Passages) -> Ranking:
        """Score every sentence."""
        graph = vectors(found.text, [found.languages[number] for number in found.article])
        if not len(found):
            return Ranking(graph, np.zeros(0), np.zeros(0))
        ranks, lent = rank(graph, _teleport(found), self.damping)
        return Ranking(graph, ranks / ranks.max() * _discount(found), lent)


def _teleport(found: Passages) -> Vector:
    start = 1.0 / np.sqrt(1.0 + np.array(found.index, dtype=float))
    return np.asarray(start / start.sum())


def _discount(found: Passages) -> Vector:
    words = np.array(found.words, dtype=float)
    brief = np.minimum(1.0, words / 8.0)
    return np.asarray(np.minimum(1.0, (25.0 / np.maximum(words, 1.0)) ** 0.5) * brief)
