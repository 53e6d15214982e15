"""The nearest neighbours of each article, by an inverted index: never all pairs."""

from dataclasses import dataclass

import numpy as np

from digest.clusterers.dates import closeness
from digest.clusterers.sparse import Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors

NEIGHBOURS = 30
DENSITY_NEIGHBOURS = 9
"""The neighbours whose mean similarity says how dense the collection is around an article."""
_POSTINGS = 2000
"""A term that stands in more articles, and in more than a twentieth of them, finds few candidates."""
_READ_POSTINGS = 4_000
"""Postings that are read for one article, those of its weightiest terms first: the work for an article
does not grow with the collection."""
_HUBS = 200
"""How many articles stand for those that share such a term."""
_PRIOR_DENSITY = 0.25
_PRIOR_ARTICLES = 60.0
_LEAST_DENSITY = 0.02
_LEAST_OF_ITEMS = 0.16
_ITEM_WORDS = 45.0
"""Where all neighbours are unlike an item of so few words, they are no measure: of two that are near to
nothing, the nearer is no twin. With the bar of such days this keeps apart what is less alike than .1."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The candidate pairs (one row each, first < second), their similarity, and each article's density."""

    first: Ints
    second: Ints
    similarity: Floats
    density: Floats


def neighbours(vectors: Vectors) -> Neighbours:
    """Return the pairs of near neighbours of a collection."""
    height = vectors.terms.height
    every = np.arange(height)
    found = nearest(vectors, every, NEIGHBOURS)
    least = _LEAST_DENSITY + _LEAST_OF_ITEMS * np.exp(-((vectors.lengths / _ITEM_WORDS) ** 4))
    density = _densities(found[0], found[2], least)
    keep = found[2] > 0.02
    first, second = found[0][keep], found[1][keep]
    pairs = np.minimum(first, second) * height + np.maximum(first, second)
    pairs, place = np.unique(pairs, return_index=True)
    return Neighbours(pairs // height, pairs % height, found[2][keep][place], density)


def nearest(vectors: Vectors, numbers: Ints, count: int) -> tuple[Ints, Ints, Floats]:
    """Return the nearest neighbours of some articles, one row each: article, neighbour, similarity."""
    index = _Index(vectors.terms, _postings(vectors.terms))
    others = np.empty((len(numbers), count), dtype=np.int32)
    values = np.empty((len(numbers), count), dtype=np.float32)
    known = np.zeros(len(numbers), dtype=np.int64)
    for place, number in enumerate(numbers.tolist()):
        near, shared = index.candidates(number)
        alike = _similarity(near, shared, number, vectors)
        order = np.lexsort((near, -alike))[:count]
        known[place] = len(order)
        others[place, : len(order)] = near[order]
        values[place, : len(order)] = alike[order]
    held = np.arange(count) < known[:, None]
    return np.repeat(numbers, known), others[held].astype(np.int64), values[held]


class _Index:
    """An inverted index of a collection, with room for the scores of one article at a time."""

    def __init__(self, rows: Rows, postings: Rows) -> None:
        self.rows = rows
        self.postings = postings
        self.length = np.diff(postings.starts)
        self.scores = np.zeros(rows.height, dtype=np.float64)
        self.last = np.zeros(rows.height, dtype=np.int32)
        self.board = np.zeros(rows.width, dtype=np.float32)

    def candidates(self, number: int) -> tuple[Ints, Floats]:
        """Return the articles that share terms with one, and the cosine of their terms."""
        low, high = self.rows.starts[number], self.rows.starts[number + 1]
        columns, values = self.rows.columns[low:high], self.rows.values[low:high]
        length = self.length[columns]
        whole = bool(length.sum() <= _READ_POSTINGS)
        if not whole:
            order = np.lexsort((columns, -values))
            used = order[np.cumsum(length[order]) <= _READ_POSTINGS]
            columns, values = columns[used], values[used]
        places, counts = gathered(self.postings.starts, columns)
        others = self.postings.columns[places]
        products = np.repeat(values, counts) * self.postings.values[places]
        np.add.at(self.scores, others, products.astype(np.float64))
        self.scores[number] = 0.0
        near = self._once(others)
        shared = self.scores[near]
        self.scores[others] = 0.0
        near, shared = near[shared > 0], shared[shared > 0]
        if len(near) > 3 * NEIGHBOURS:
            best = np.argpartition(shared, -3 * NEIGHBOURS)[-3 * NEIGHBOURS :]
            near, shared = near[best], shared[best]
        return near, shared.astype(np.float32) if whole else self._cosines(number, near)

    def _once(self, others: Ints) -> Ints:
        """Return each of some articles once, without sorting them or looking at all there are."""
        place = np.arange(len(others), dtype=np.int32)
        self.last[others] = place
        return np.asarray(others[self.last[others] == place])

    def _cosines(self, number: int, near: Ints) -> Floats:
        """Return the cosine of the terms of one article with those of some others."""
        rows = self.rows
        own = slice(rows.starts[number], rows.starts[number + 1])
        self.board[rows.columns[own]] = rows.values[own]
        places, counts = gathered(rows.starts, near)
        products = self.board[rows.columns[places]] * rows.values[places]
        self.board[rows.columns[own]] = 0.0
        group = np.repeat(np.arange(len(near)), counts)
        return np.bincount(group, products, len(near)).astype(np.float32)


def _postings(rows: Rows) -> Rows:
    """Return the postings of each term; those of terms that stand everywhere are thinned out evenly."""
    postings = rows.transposed()
    length = np.diff(postings.starts)
    cap = max(_POSTINGS, rows.height // 20) if rows.height <= 50_000 else _POSTINGS
    step = np.where(length > cap, -(-length // _HUBS), 1)
    term = postings.row_numbers()
    rank = np.arange(len(term)) - np.repeat(postings.starts[:-1], length)
    return postings.only(rank % step[term] == 0)


def _similarity(near: Ints, shared: Floats, number: int, vectors: Vectors) -> Floats:
    hidden = np.maximum(vectors.latent[near] @ vectors.latent[number], 0.0)
    total = (shared + hidden) * closeness(vectors.days[near], vectors.days[number])
    return np.asarray(np.round(total, 5), dtype=np.float32)


def _densities(articles: Ints, alike: Floats, least: Floats) -> Floats:
    """Return the mean similarity of each article to its nearest neighbours, blended with a typical one.

    Similarities are then read in units of the density around both articles (local scaling, Zelnik-Manor
    & Perona, NIPS 2004), so that one bar serves crowded and empty regions.
    """
    height = len(least)
    count = min(DENSITY_NEIGHBOURS, max(height - 1, 1))
    rank = np.arange(len(articles)) - np.searchsorted(articles, articles)
    near = rank < count
    mean = np.bincount(articles[near], alike[near], height) / count
    blended = (height * mean + _PRIOR_ARTICLES * _PRIOR_DENSITY) / (height + _PRIOR_ARTICLES)
    return np.maximum(least, blended).astype(np.float32)
