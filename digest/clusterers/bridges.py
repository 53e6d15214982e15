"""Articles that would join what has nothing in common, such as a page split in the wrong place.

What is near to one article is commonly near to each other. An article that is very like two which share
nothing is two articles in one, or a list of everything: it must not bring the two together.
"""

from itertools import combinations

import numpy as np

from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Floats, Ints
from digest.clusterers.vectors import Vectors

_MOST_ARTICLES = 500
"""In a larger collection the mean similarity of many articles outweighs a single one."""
_ALIKE = 0.3
"""The similarity to both of its neighbours from which an article may be a bridge."""
_UNLIKE = 0.1
"""The share of it under which these two have nothing in common."""
_READ = 8
_LEAST_WORDS = 12
"""Headlines share no word often enough, and are of one event."""


def bridges(vectors: Vectors, near: Neighbours) -> dict[int, int]:
    """Return the rows that bridge strangers, each with the row that it is nearest to, or else itself."""
    if not 3 <= vectors.terms.height <= _MOST_ARTICLES:
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
        if any(
            _similarity(vectors, one, other) < _UNLIKE * -least
            for (_, one), (least, other) in combinations(sorted(others)[:_READ], 2)
        )
    }
    return {
        row: next((other for _, other in sorted(close[row]) if other not in found), row)
        for row in sorted(found)
    }


def without(near: Neighbours, rows: dict[int, int]) -> Neighbours:
    """Return the pairs that none of `rows` stands in."""
    out = np.array(sorted(rows), dtype=np.int64)
    kept = ~(np.isin(near.first, out) | np.isin(near.second, out))
    return Neighbours(near.first[kept], near.second[kept], near.similarity[kept], near.density)


def placed(groups: Ints, rows: dict[int, int]) -> Ints:
    """Return the groups with each of `rows` put into that of the row it is nearest to."""
    moved = groups.copy()
    for row, place in rows.items():
        moved[row] = groups[place]
    return np.asarray(np.unique(moved, return_inverse=True)[1].reshape(-1))


def silenced(count: int, rows: dict[int, int]) -> Floats:
    """Return a factor for each row: 0 for `rows`, 1 for the others."""
    factors = np.ones(count, dtype=np.float32)
    factors[list(rows)] = 0.0
    return factors


def _similarity(vectors: Vectors, one: int, other: int) -> float:
    terms = vectors.terms
    board = np.zeros(terms.width, dtype=np.float32)
    own = slice(terms.starts[one], terms.starts[one + 1])
    theirs = slice(terms.starts[other], terms.starts[other + 1])
    board[terms.columns[own]] = terms.values[own]
    shared = float(board[terms.columns[theirs]] @ terms.values[theirs])
    return shared + max(float(vectors.latent[one] @ vectors.latent[other]), 0.0)
