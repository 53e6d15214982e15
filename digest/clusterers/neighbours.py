"""The nearest neighbours of each article, by an inverted index: never all pairs."""

from dataclasses import dataclass

import numpy as np

from digest.clusterers.dates import closeness
from digest.clusterers.sparse import Floats, Ints, Rows, from_entries, gathered
from digest.clusterers.vectors import Vectors

NEIGHBOURS = 30
DENSITY_NEIGHBOURS = 8
"""The neighbours whose mean similarity says how dense the collection is around an article."""
_POSTINGS = 2000
"""A term that stands in more articles, and in more than a twentieth of them, finds few candidates."""
_HUBS = 200
"""How many articles stand for those that share such a term."""
_PRIOR_DENSITY = 0.25
_PRIOR_ARTICLES = 30.0


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The candidate pairs (one row each, first < second), their similarity, and each article's density."""

    first: Ints
    second: Ints
    similarity: Floats
    density: Floats


def neighbours(vectors: Vectors) -> Neighbours:
    """Return the pairs of near neighbours of a collection."""
    rows = vectors.terms
    height = rows.height
    index = _index(rows)
    density = np.zeros(height, dtype=np.float32)
    firsts, seconds, values = [], [], []
    for number in range(height):
        other, alike = _nearest(vectors, index, number, NEIGHBOURS)
        density[number] = _density(alike, height)
        keep = alike > 0.02
        firsts.append(np.full(int(keep.sum()), number))
        seconds.append(other[keep])
        values.append(alike[keep])
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    pairs = np.minimum(first, second) * height + np.maximum(first, second)
    pairs, place = np.unique(pairs, return_index=True)
    return Neighbours(
        pairs // height, pairs % height, np.concatenate(values)[place].astype(np.float32), density
    )


def nearest(vectors: Vectors, numbers: Ints, count: int) -> tuple[Ints, Ints, Floats]:
    """Return the nearest neighbours of some articles, one row each: article, neighbour, similarity."""
    index = _index(vectors.terms)
    found = [_nearest(vectors, index, int(number), count) for number in numbers]
    return (
        np.repeat(numbers, [len(other) for other, _ in found]),
        np.concatenate([other for other, _ in found]),
        np.concatenate([alike for _, alike in found]),
    )


def _nearest(vectors: Vectors, index: Rows, number: int, count: int) -> tuple[Ints, Floats]:
    near = _candidates(vectors.terms, index, number)
    alike = _similarity(near, number, vectors)
    order = np.lexsort((near[0], -alike))[:count]
    return near[0][order], alike[order]


def _index(rows: Rows) -> Rows:
    """Return the postings of each term; those of terms that stand everywhere are thinned out evenly."""
    postings = rows.transposed()
    length = np.diff(postings.starts)
    cap = max(_POSTINGS, rows.height // 20) if rows.height <= 50_000 else _POSTINGS
    step = np.where(length > cap, -(-length // _HUBS), 1)
    term = postings.row_numbers()
    kept = (np.arange(len(term)) - postings.starts[term]) % step[term] == 0
    return from_entries(
        term[kept], postings.columns[kept], postings.values[kept], rows.width, rows.height
    )


def _candidates(rows: Rows, index: Rows, number: int) -> tuple[Ints, Floats]:
    """Return the articles that share terms with one, and the cosine of their terms."""
    low, high = rows.starts[number], rows.starts[number + 1]
    places, counts = gathered(index.starts, rows.columns[low:high])
    weights = np.repeat(rows.values[low:high], counts) * index.values[places]
    scores = np.bincount(index.columns[places], weights, rows.height)
    scores[number] = 0.0
    near = np.flatnonzero(scores > 0)
    if len(near) > 3 * NEIGHBOURS:
        near = near[np.argpartition(scores[near], -3 * NEIGHBOURS)[-3 * NEIGHBOURS :]]
    return near, scores[near].astype(np.float32)


def _similarity(near: tuple[Ints, Floats], number: int, vectors: Vectors) -> Floats:
    hidden = np.maximum(vectors.latent[near[0]] @ vectors.latent[number], 0.0)
    total = (near[1] + hidden) * closeness(vectors.days[near[0]], vectors.days[number])
    return np.asarray(np.round(total, 5), dtype=np.float32)


def _density(alike: Floats, height: int) -> float:
    """Return the mean similarity to the nearest neighbours, blended with a typical one.

    Similarities are then read in units of the density around both articles (local scaling, Zelnik-Manor
    & Perona, NIPS 2004), so that one bar serves crowded and empty regions.
    """
    count = min(DENSITY_NEIGHBOURS, max(height - 1, 1))
    mean = float(alike[:count].sum()) / count
    return max(
        0.02, (height * mean + _PRIOR_ARTICLES * _PRIOR_DENSITY) / (height + _PRIOR_ARTICLES)
    )
