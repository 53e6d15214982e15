"""The scores of the sentences of several articles about one thing.

Each sentence is scored within its own article first, then by how well the other articles agree with it:
its mean cosine with their centroids (Radev et al., Information Processing and Management 40(6), 2004).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.layout import Vector, layout
from digest.summarizers.passages import Passages
from digest.summarizers.scoring import Measures, Part, measure
from digest.summarizers.vectors import Vectors, vectors

_AGREEMENT = 1.0
"""How much the agreement of the others counts beside a sentence's score in its own article."""
_SPREAD = 1.0
"""What a sentence loses for each one chosen from its article, where the articles have nothing in common."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of all sentences, and what is needed to choose among them and to explain them."""

    similar: Callable[[int], Vector]
    """The cosine of a sentence with every sentence, those of the other articles too."""
    scores: Vector
    measures: tuple[Measures, ...]
    """Of each article by itself; of those that have sentences."""
    agreement: Vector
    """What the other articles add to each score; zeros for a single article."""
    spread: float
    """What a sentence loses for each one chosen from its article."""


def score(found: Passages) -> Scored:
    """Score the sentences of one article or of several; there is at least one sentence."""
    return score_each([found])[0]


def score_each(groups: Sequence[Passages]) -> list[Scored]:
    """Score the sentences of each group of articles; each has at least one sentence."""
    parts = [_parts(found) for found in groups]
    measures = iter(measure([part for group in parts for part in group]))
    return [
        _scored(found, tuple(islice(measures, len(group))))
        for found, group in zip(groups, parts, strict=True)
    ]


def _parts(found: Passages) -> list[Part]:
    extents = [found.extent(number) for number in range(len(found.articles))]
    return [
        Part(
            texts=found.text[begin:end],
            words=found.words[begin:end],
            barred=found.barred[begin:end],
            language=found.languages[number],
            title=found.articles[number].title,
        )
        for number, (begin, end) in enumerate(extents)
        if begin < end
    ]


def _scored(found: Passages, measures: tuple[Measures, ...]) -> Scored:
    if len(measures) == 1:
        one = measures[0]
        return Scored(one.similar, one.scores, measures, np.zeros(len(one.scores)), 0.0)
    scores = np.concatenate([measured.scores for measured in measures])
    graph = vectors(found.text, found.languages[0])
    agreement, cohesion = _agreement(graph, np.array(found.article))
    agreed = _AGREEMENT * _standard(agreement)
    scale = float((scores + agreed).std()) or 1.0
    return Scored(
        graph.similar,
        _standard(scores + agreed),
        measures,
        agreed / scale,
        _SPREAD * (1 - cohesion),
    )


def _standard(scores: Vector) -> Vector:
    return layout([len(scores)]).standard(scores)


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
