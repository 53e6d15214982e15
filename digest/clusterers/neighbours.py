"""The graph of nearest neighbours, by an inverted index: never all pairs.

Short texts lean on their neighbours (document expansion: Tao, Wang, Mei & Zhai, "Language model information
retrieval with document expansion", NAACL 2006; here of the latent vectors alone: the terms stay as written).
Hubs are left out: what is near to one article is commonly near to each other, and an article that is very like
two which share nothing is two articles in one, or a list of everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from digest.clusterers import Each
from digest.clusterers.dates import MOST_DAYS, closeness
from digest.clusterers.sparse import Bools, Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors, guarded

NEIGHBOURS = 30
DENSITY_NEIGHBOURS = 9
"""The neighbours whose mean similarity says how dense the collection is around an article."""
_POSTINGS = 2000
"""A term that stands in more articles, and in more than a twentieth of them, finds few candidates."""
_READ_POSTINGS = 4_000
"""Postings that are read for one article, those of its weightiest terms first: the work for an article
does not grow with the collection."""
_ROWS = 1000
"""Rows for one call: the work of about a second."""
_HUBS = 200
"""How many articles stand for those that share such a term."""
_PRIOR_DENSITY = 0.25
_PRIOR_ARTICLES = 60.0
_LEAST_DENSITY = 0.02
_LEAST_ALIKE = 0.02
"""Pairs that are less alike are none: they are below every bar."""
_LEAST_OF_ITEMS = 0.16
_ITEM_WORDS = 45.0
"""Where all neighbours are unlike an item of so few words, they are no measure: of two that are near to
nothing, the nearer is no twin. With the bar of such days this keeps apart what is less alike than .1."""
_DRAWN = 2.0
"""How much the neighbours of the shortest text weigh beside itself."""
_SHORT_WORDS = 20.0
"""The words over which that falls off (as a bell curve): a paragraph stands on its own."""
_DRAWN_BY = 8
_LEAST_DRAWN = 0.1
_MOST_ARTICLES = 500
"""In a larger collection the mean similarity of many articles outweighs a single one."""
_ALIKE = 0.3
"""The similarity to both of its neighbours from which an article may be a hub."""
_UNLIKE = 0.1
"""The share of it under which these two have nothing in common."""
_COMPARED = 8
_LEAST_WORDS = 12
"""Headlines share no word often enough, and are of one event."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The candidate pairs (one row each, first < second), their similarity, and each article's density."""

    first: Ints
    second: Ints
    similarity: Floats
    density: Floats

    def only(self, kept: Bools | Ints) -> "Neighbours":
        """Return the pairs that are `kept`, or those at its places."""
        first, second = self.first[kept], self.second[kept]
        return Neighbours(first, second, self.similarity[kept], self.density)

    def without(self, rows: Iterable[int]) -> "Neighbours":
        """Return the pairs that none of `rows` stands in."""
        out = np.array(sorted(rows), dtype=np.int64)
        return self.only(~(np.isin(self.first, out) | np.isin(self.second, out)))


def neighbours(vectors: Vectors) -> Neighbours:
    """Return the pairs of near neighbours of a collection."""
    every = np.arange(vectors.terms.height)
    found = nearest(vectors, every, NEIGHBOURS)
    return paired(found, densities(vectors, every, found))


def neighbours_by(
    each: Each, vectors: Vectors, *, least: float, density: Floats | None = None
) -> Neighbours:
    """Return the pairs of near neighbours that are at least so alike; each block of rows looks among all.

    The first rows, whose `density` is known, look for none: they are found by the others.
    """
    known = np.zeros(0, dtype=np.float32) if density is None else density
    count = vectors.terms.height
    blocks = [(low, min(low + _ROWS, count)) for low in range(len(known), count, _ROWS)]
    found = list(each(_nearest, (vectors, postings_of(vectors), least), blocks))
    one, other, alike, own = (np.concatenate(part) for part in zip(*found, strict=True))
    return paired((one, other, alike), np.concatenate((known, own)))


def _nearest(
    shared: tuple[Vectors, Rows, float], block: tuple[int, int]
) -> tuple[Ints, Ints, Floats, Floats]:
    """Return the nearest neighbours of a block of rows, and its densities."""
    vectors, postings, least = shared
    numbers = np.arange(*block)
    one, other, alike = found = nearest(vectors, numbers, NEIGHBOURS, postings)
    kept = alike >= least
    return one[kept], other[kept], alike[kept], densities(vectors, numbers, found)


def paired(found: tuple[Ints, Ints, Floats], density: Floats) -> Neighbours:
    """Return the pairs that were `found` as nearest neighbours, each once."""
    height = len(density)
    keep = found[2] > _LEAST_ALIKE
    first, second = found[0][keep].astype(np.int64), found[1][keep].astype(np.int64)
    pairs = np.minimum(first, second) * height + np.maximum(first, second)
    pairs, place = np.unique(pairs, return_index=True)
    return Neighbours(pairs // height, pairs % height, found[2][keep][place], density)


def nearest(
    vectors: Vectors, numbers: Ints, count: int, postings: Rows | None = None
) -> tuple[Ints, Ints, Floats]:
    """Return the nearest neighbours of some articles, one row each: article, neighbour, similarity."""
    index = _Index(vectors, postings or postings_of(vectors))
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

    def __init__(self, vectors: Vectors, postings: Rows) -> None:
        self.rows = rows = vectors.terms
        self.days = vectors.days
        self.postings = postings
        self.length = _rounded(np.diff(postings.starts))
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
        near = near[~(np.abs(self.days[near] - self.days[number]) > MOST_DAYS)]
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


def postings_of(vectors: Vectors) -> Rows:
    """Return the articles of each term; those of terms that stand everywhere are thinned out by their draws."""
    postings = vectors.terms.transposed()
    length = np.diff(postings.starts)
    share = np.where(length > _POSTINGS, _HUBS / _rounded(length), 1.0)
    return postings.only(vectors.draws[postings.columns] <= share[postings.row_numbers()])


def _rounded(counts: Ints) -> Ints:
    """Return the powers of two that are not below the counts, which one article more seldom changes."""
    return np.asarray(2 ** np.ceil(np.log2(np.maximum(counts, 1))), dtype=np.int64)


def _similarity(near: Ints, shared: Floats, number: int, vectors: Vectors) -> Floats:
    one, others = (vectors.latent[rows].astype(np.float32, copy=False) for rows in (number, near))
    hidden = np.maximum(others @ one, 0.0)
    total = (shared + hidden) * closeness(vectors.days[near], vectors.days[number])
    return np.asarray(np.round(total, 5), dtype=np.float32)


def densities(vectors: Vectors, numbers: Ints, found: tuple[Ints, Ints, Floats]) -> Floats:
    """Return the mean similarity of some articles to their nearest neighbours, blended with a typical one.

    Similarities are then read in units of the density around both articles (local scaling, Zelnik-Manor
    & Perona, NIPS 2004), so that one bar serves crowded and empty regions.
    """
    articles, _, alike = found
    height = vectors.terms.height
    count = min(DENSITY_NEIGHBOURS, max(height - 1, 1))
    near = np.arange(len(articles)) - np.searchsorted(articles, articles) < count
    mean = np.bincount(np.searchsorted(numbers, articles[near]), alike[near], len(numbers)) / count
    blended = (height * mean + _PRIOR_ARTICLES * _PRIOR_DENSITY) / (height + _PRIOR_ARTICLES)
    lengths = vectors.lengths[numbers]
    least = _LEAST_DENSITY + _LEAST_OF_ITEMS * np.exp(-((lengths / _ITEM_WORDS) ** 4))
    return np.asarray(np.maximum(least, blended), dtype=np.float32)


def expanded(vectors: Vectors) -> Vectors:
    """Return `vectors` with the latent vectors of short texts drawn towards their neighbours'."""
    share = (_DRAWN * np.exp(-((vectors.lengths / _SHORT_WORDS) ** 2))).astype(np.float32)
    short = np.flatnonzero(share > _LEAST_DRAWN)
    if vectors.latent.shape[1] < 2 or not len(short):
        return vectors
    drawn = vectors.latent + share[:, None] * _middle(vectors, short)
    length = np.sqrt((vectors.latent**2).sum(axis=1) / np.maximum((drawn**2).sum(axis=1), 1e-12))
    latent = np.asarray(drawn * length[:, None], dtype=np.float32)
    return replace(vectors, latent=latent)


def _middle(vectors: Vectors, numbers: Ints) -> Floats:
    """Return the weighted mean of the latent vectors of the nearest neighbours of some articles."""
    ends, others, weight = nearest(vectors, numbers, _DRAWN_BY)
    rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
    total = np.bincount(ends, weight, vectors.terms.height)
    middle = np.zeros_like(vectors.latent)
    for place in range(_DRAWN_BY):
        own = rank == place
        middle[ends[own]] += vectors.latent[others[own]] * weight[own, None]
    return np.asarray(middle / np.maximum(total, 1e-6)[:, None], dtype=np.float32)


def hubs(vectors: Vectors, near: Neighbours) -> dict[int, int]:
    """Return the rows that bring together what has nothing in common, each with its nearest row that is no hub,
    or else itself."""
    wary = guarded(vectors.draws, _MOST_ARTICLES)
    if vectors.terms.height < 3 or not wary.any():
        return {}
    close: dict[int, list[tuple[float, int]]] = {}
    strong = (near.similarity >= _ALIKE).nonzero()[0].tolist()
    for pair in strong:
        one, other, alike = int(near.first[pair]), int(near.second[pair]), near.similarity[pair]
        if min(vectors.lengths[one], vectors.lengths[other]) >= _LEAST_WORDS:
            close.setdefault(one, []).append((-float(alike), other))
            close.setdefault(other, []).append((-float(alike), one))
    found = {
        row
        for row, others in close.items()
        if wary[row]
        and any(
            vectors.similarity(one, other) < _UNLIKE * -least
            for (_, one), (least, other) in combinations(sorted(others)[:_COMPARED], 2)
        )
    }
    return {
        row: next((other for _, other in sorted(close[row]) if other not in found), row)
        for row in sorted(found)
    }


def with_hubs(groups: Ints, rows: dict[int, int]) -> Ints:
    """Return the groups with each of `rows` put into that of the row it is nearest to."""
    moved = groups.copy()
    for row, place in rows.items():
        moved[row] = groups[place]
    return np.asarray(np.unique(moved, return_inverse=True)[1].reshape(-1))
