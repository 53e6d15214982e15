"""The score of each sentence of one article: rank in the similarity graph and learned prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.features import features, trust_features
from digest.summarizers.prior import prior
from digest.summarizers.vectors import Vector, Vectors, vectors
from digest.text.openings import leaning_word

_LEAD = 1.5
"""What the first sentence gains where the text's order can be trusted: it is written to stand alone."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known of the sentences of one article."""

    texts: tuple[str, ...]
    graph: Vectors
    matrix: NDArray[np.float64]
    """A row of features for each sentence."""
    traits: Vector
    """What tells whether the article puts its news first."""
    lent: Vector
    """What each sentence lends to its neighbours for each unit of similarity."""

    lead: int
    """The number of the first sentence that can be quoted; -1 where there is none."""

    def scores(self) -> Vector:
        """The score of each sentence, in standard deviations of the article's."""
        scores = prior()(self.matrix, self.traits)
        if self.lead >= 0:
            scores[self.lead] += self.lead_bonus
        return scores

    @property
    def lead_bonus(self) -> float:
        """What the lead gains."""
        return _LEAD * prior().trust(self.traits)


def measure(
    texts: tuple[str, ...],
    counts: tuple[int, ...],
    *,
    language: str,
    title: str = "",
    barred: tuple[str, ...] = (),
) -> Measures:
    """Measure the sentences `texts`, which have `counts` words, of one article; at least one.

    The walk begins at a sentence the likelier, the nearer it stands to the beginning and the more of the
    title it says.
    """
    n = len(texts)
    graph = vectors((*texts, title), language)
    start = 1.0 / np.sqrt(1.0 + np.arange(n)) + graph.similar(n)[:-1]
    graph = graph.without_last()
    matrix, lent = features(texts, counts, graph, start / start.sum())
    traits = trust_features(matrix, leans=bool(leaning_word(texts[0], language)))
    lead = next((i for i, reason in enumerate(barred or ("",)) if not reason), -1)
    return Measures(texts, graph, matrix, traits, lent, lead)
