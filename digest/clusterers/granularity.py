"""How fine the stories of a collection are: the bar at which its clusters stand apart best.

The silhouette of an article (Rousseeuw 1987) compares its similarity to its own cluster with that to the
next one. Collections differ in how alike two reports of one event are (headlines or long articles, three
outlets or a hundred), so the bar is not a constant: it is where the silhouettes are best.
"""

from collections.abc import Sequence

import numpy as np

from digest.clusterers.agglomeration import Level
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors

_PRIOR_BARS = (0.25, 0.85)
_PRIOR_LENGTHS = (8.0, 30.0)
"""The bar that is expected for headlines and for longer texts, and their lengths in words: two headlines
on one event share little."""
_PRIOR_ARTICLES = 10.0
"""In a collection of this size the expectation is three quarters higher, and holds twice as firmly."""
_SATURATION = 0.9
"""Similarity beyond this share of what a nearest neighbour has is no better: copies must not decide."""
_SAMPLE = 1000


def best_level(vectors: Vectors, near: Neighbours, found: Sequence[Level]) -> Level:
    """Return the level whose clusters stand apart best."""
    height = vectors.terms.height
    sample = np.unique(np.linspace(0, height - 1, min(height, _SAMPLE)).astype(np.int64))
    own = np.zeros((len(found), len(sample)), dtype=np.float32)
    next_best = np.zeros_like(own)
    alone = np.zeros(own.shape, dtype=bool)
    sizes = [np.bincount(level.cluster) for level in found]
    back = vectors.terms.transposed()
    ceiling = _SATURATION * _nearest(near)
    for place, number in enumerate(sample):
        alike = np.minimum(_row(vectors, back, near, int(number)) / ceiling, 1.0)
        for depth, level in enumerate(found):
            if depth and len(sizes[depth]) == len(sizes[depth - 1]):
                own[depth, place] = own[depth - 1, place]
                next_best[depth, place] = next_best[depth - 1, place]
                alone[depth, place] = alone[depth - 1, place]
                continue
            mine = level.cluster[number]
            size = sizes[depth]
            sums = np.bincount(level.cluster, alike, len(size))
            alone[depth, place] = size[mine] == 1
            own[depth, place] = sums[mine] / max(size[mine] - 1, 1)
            sums[mine] = 0.0
            next_best[depth, place] = (sums / size).max()
    score = _scores(own, next_best, alone)
    spread = (height + 2.0) / (height + 2.0 * _PRIOR_ARTICLES)
    expected = _expected_bar(vectors.length) * (
        1.0 + 1.5 * _PRIOR_ARTICLES / (_PRIOR_ARTICLES + height)
    )
    away = np.log([level.bar / expected for level in found]) / spread
    trust = height / (height + 5.0 * _PRIOR_ARTICLES)
    return found[int(np.argmax(np.round((trust * score + 0.1) * np.exp(-0.5 * away**2), 6)))]


def _expected_bar(length: float) -> float:
    """Return the bar to expect for texts of `length` words."""
    return float(
        np.exp(np.interp(np.log(length + 1.0), np.log(_PRIOR_LENGTHS), np.log(_PRIOR_BARS)))
    )


def _nearest(near: Neighbours) -> float:
    """Return the mean similarity of articles to their nearest neighbour, in units of density."""
    scaled = near.similarity / np.sqrt(near.density[near.first] * near.density[near.second])
    best = np.zeros(len(near.density), dtype=np.float32)
    np.maximum.at(best, near.first, scaled)
    np.maximum.at(best, near.second, scaled)
    return max(float(best.mean()), 0.1)


def _row(vectors: Vectors, back: Rows, near: Neighbours, number: int) -> Floats:
    """Return the similarity of one article to all, in units of the density around both."""
    terms = vectors.terms
    low, high = terms.starts[number], terms.starts[number + 1]
    places, counts = gathered(back.starts, terms.columns[low:high])
    weights = np.repeat(terms.values[low:high], counts) * back.values[places]
    shared = np.bincount(back.columns[places], weights, terms.height)
    hidden = np.maximum(vectors.latent @ vectors.latent[number], 0.0)
    alike = (shared + hidden) / np.sqrt(near.density * near.density[number])
    alike[number] = 0.0
    return np.asarray(alike, dtype=np.float32)


def _scores(own: Floats, other: Floats, alone: Ints) -> Floats:
    """Return the geometric mean of silhouette, silhouette and plain gap at each level."""
    gap = np.where(alone, 0.0, own - other)
    silhouette = gap / np.maximum(1.0 - np.minimum(own, other), 1e-6)
    means = np.maximum(silhouette.mean(axis=1), 0.0) ** 2 * np.maximum(gap.mean(axis=1), 0.0)
    return np.asarray(np.cbrt(means))
