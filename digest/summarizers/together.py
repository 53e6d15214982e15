"""The scores of the sentences of several articles about one thing.

Each sentence is scored within its own article first, then by how well the other articles agree with it:
its mean cosine with their centroids (Radev et al., Information Processing and Management 40(6), 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.passages import Passages
from digest.summarizers.prior import standard
from digest.summarizers.scoring import Measures, measure
from digest.summarizers.vectors import Vector, Vectors, vectors

_AGREEMENT = 1.0
"""How much the agreement of the others counts beside a sentence's score in its own article."""
_SPREAD = 1.0
"""What a sentence loses for each one chosen from its article, where the articles have nothing in common."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of all sentences, and what is needed to choose among them and to explain them."""

    graph: Vectors
    """Over the sentences of all articles."""
    scores: Vector
    measures: tuple[Measures, ...]
    """Of each article by itself; of those that have sentences."""
    agreement: Vector
    """What the other articles add to each score; zeros for a single article."""
    spread: float
    """What a sentence loses for each one chosen from its article."""


def score(found: Passages) -> Scored:
    """Score the sentences of one article or of several; there is at least one sentence."""
    measures = []
    own = []
    for number, article in enumerate(found.articles):
        begin, end = found.extent(number)
        if begin == end:
            continue
        measured = measure(
            found.text[begin:end],
            found.words[begin:end],
            language=found.languages[number],
            title=article.title,
            barred=found.barred[begin:end],
        )
        measures.append(measured)
        own.append(measured.scores())
    scores = np.concatenate(own)
    if len(measures) == 1:
        nothing = np.zeros(len(scores))
        return Scored(measures[0].graph, scores, tuple(measures), nothing, 0.0)
    graph = vectors(found.text, found.languages[0])
    agreement, cohesion = _agreement(graph, np.array(found.article))
    agreed = _AGREEMENT * standard(agreement)
    scale = float((scores + agreed).std()) or 1.0
    return Scored(
        graph, standard(scores + agreed), tuple(measures), agreed / scale, _SPREAD * (1 - cohesion)
    )


def _agreement(graph: Vectors, article: NDArray[np.int64]) -> tuple[Vector, float]:
    """The mean cosine of each sentence with the other articles, and of the articles with each other."""
    numbers, group = np.unique(article, return_inverse=True)
    count = len(numbers)
    likeness = np.zeros((graph.sentences, count))
    for k in range(count):
        centroid = graph.transposed_times((group == k).astype(np.float64))
        length = float(np.sqrt(centroid @ centroid)) or 1.0
        likeness[:, k] = graph.times(centroid / length)
    others = group[:, None] != np.arange(count)
    between = np.zeros((count, count))
    np.add.at(between, group, likeness)
    # The diagonal of `between` is the length of a centroid: its sentences' cosines with its direction.
    cosines = between / np.maximum(np.diagonal(between), 1e-12)[:, None]
    cohesion = float((cosines.sum() - count) / (count * (count - 1)))
    return (likeness * others).sum(axis=1) / (count - 1), min(max(cohesion, 0.0), 1.0)
