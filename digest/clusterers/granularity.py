"""How fine the stories of a collection are: the bar at which its clusters stand apart best.

The silhouette of an article (Rousseeuw 1987) compares its similarity to its own cluster with that to the
next one. Collections differ in how alike two reports of one event are (headlines or long articles, three
outlets or a hundred), so the bar is not a constant: it is where the silhouettes are best.
"""

from collections.abc import Sequence

import numpy as np

from digest.clusterers.agglomeration import Level
from digest.clusterers.neighbours import LATENT_WEIGHT, Neighbours
from digest.clusterers.sparse import Floats, Ints
from digest.clusterers.vectors import Vectors

PRIOR_BAR = 0.7
"""The bar that is expected where a collection is too small to tell."""
_PRIOR_SPREAD = 1.0
_PRIOR_ARTICLES = 40.0
_SATURATION = 1.5
"""Similarity beyond this is no better: copies must not decide."""
_SAMPLE = 1500


def best_level(vectors: Vectors, near: Neighbours, found: Sequence[Level]) -> Level:
    """Return the level whose clusters stand apart best."""
    height = vectors.terms.height
    sample = np.unique(np.linspace(0, height - 1, min(height, _SAMPLE)).astype(np.int64))
    own = np.zeros((len(found), len(sample)), dtype=np.float32)
    next_best = np.zeros_like(own)
    alone = np.zeros(own.shape, dtype=bool)
    sizes = [np.bincount(level.cluster) for level in found]
    back = vectors.terms.transposed()
    for place, number in enumerate(sample):
        alike = _row(vectors, back, near, int(number))
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
    doubt = _PRIOR_ARTICLES / (_PRIOR_ARTICLES + height)
    away = np.log([level.bar / PRIOR_BAR for level in found]) / _PRIOR_SPREAD
    score = (1.0 - doubt) * score - doubt * away**2
    return found[int(np.argmax(np.round(score, 6)))]


def _row(vectors: Vectors, back: object, near: Neighbours, number: int) -> Floats:
    """Return the scaled similarity of one article to all, saturated, as a share of the saturation."""
    from digest.clusterers.sparse import Rows, gathered

    assert isinstance(back, Rows)
    terms = vectors.terms
    low, high = terms.starts[number], terms.starts[number + 1]
    places, counts = gathered(back.starts, terms.columns[low:high])
    weights = np.repeat(terms.values[low:high], counts) * back.values[places]
    shared = np.bincount(back.columns[places], weights, terms.height)
    hidden = np.maximum(vectors.latent @ vectors.latent[number], 0.0)
    alike = (shared + LATENT_WEIGHT * hidden) / (1.0 + LATENT_WEIGHT)
    alike /= np.sqrt(near.density * near.density[number])
    alike[number] = 0.0
    return np.asarray(np.minimum(alike / _SATURATION, 1.0), dtype=np.float32)


def _scores(own: Floats, other: Floats, alone: Ints) -> Floats:
    """Return the geometric mean of the silhouette by distance and of the plain gap, for each level."""
    gap = np.where(alone, 0.0, own - other)
    silhouette = gap / np.maximum(1.0 - np.minimum(own, other), 1e-6)
    means = np.maximum(silhouette.mean(axis=1), 0.0) * np.maximum(gap.mean(axis=1), 0.0)
    return np.asarray(np.sqrt(means))
