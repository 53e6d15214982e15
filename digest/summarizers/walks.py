"""The walk over the graph of similar sentences that is TextRank (Mihalcea & Tarau, EMNLP 2004).

The graph's edges are cosines. For short articles they are stored and the walk's equation is solved; for a long
text they are not, one step of the walk is two sparse products, and time and memory grow with the number of
words and not with the square of the number of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.vectors import Integers, Layout, Vector, Vectors, add_up

MOST_STORED = 128
"""The most sentences of an article for which the edges themselves are stored."""
DAMPINGS = (0.85, 0.5)
"""Of the plain walk, which starts anew anywhere, and of the biased one."""
BEGINNING = 3
_SETTLED = 1e-6
"""The walk ends when no sentence's share changes by more."""
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Walks:
    """What the graph tells of the sentences of one or of several articles, which share no edge."""

    central: Vector
    """The rank of each sentence in a walk that starts anew anywhere; 1 is the mean of an article."""
    biased: Vector
    """The same for the walk that starts anew where it is told to."""
    lent: Vector
    """What each sentence lends, in the biased walk, to its neighbours for each unit of similarity."""
    mass: Vector
    """The sum of the cosines of each sentence with the others of its article."""
    like_beginning: Vector
    """Its mean cosine with the other sentences of the beginning."""
    nearest: Vector
    """Its greatest cosine with another; with those beside it, in a long text."""
    beside: Vector
    """Its cosine with the next one; 0 for the last of an article."""
    deviation: Vector
    """For each article, the deviation of the cosines between its sentences."""
    edges: tuple[NDArray[np.float64], ...] = ()
    """The cosine of each two sentences of each article, where they are stored."""


def walks(graph: Vectors, lay: Layout, teleport: Vector) -> Walks:
    """Walk over each article; `teleport` says where the biased walk starts anew, and sums to 1 in each.

    Each article has at least one sentence, and at most `MOST_STORED` unless it is the only one.
    """
    if lay.sizes[0] > MOST_STORED:
        return _long(graph, teleport)
    return _short(graph, lay, teleport)


def _short(graph: Vectors, lay: Layout, teleport: Vector) -> Walks:
    sizes, place = lay.sizes, lay.place
    size = sizes.take(lay.article)
    squares = _squares(lay)
    edges = _edges(graph, lay, squares)
    rows = squares.take(lay.article) + place * size
    diagonal = rows + place
    own = edges[diagonal]
    mass = np.add.reduceat(edges, rows) - own
    beside = np.where(place + 1 < size, edges[np.minimum(diagonal + 1, len(edges) - 1)], 0.0)
    like = np.zeros(graph.sentences)
    for k in range(BEGINNING):
        like += np.where((k < size) & (k != place), edges[rows + np.minimum(k, size - 1)], 0.0)
    deviation = _deviation(lay, mass, np.add.reduceat(edges**2, rows) - own)
    ranks, lent = _solved(edges, diagonal, mass, lay, np.stack((1.0 / size, teleport)))
    edges[diagonal] = -1.0
    nearest = np.maximum.reduceat(edges, rows)
    edges[diagonal] = own
    others = np.maximum(np.minimum(size, BEGINNING) - (place < BEGINNING), 1)
    central, biased = ranks * size
    matrices = tuple(
        edges[at : at + n * n].reshape(n, n)
        for at, n in zip(squares.tolist(), sizes.tolist(), strict=True)
    )
    return Walks(
        central, biased, lent[1], mass, like / others, nearest, beside, deviation, matrices
    )


def _squares(lay: Layout) -> Integers:
    """Where the square matrix of each article begins, all of them one behind the other."""
    cells = lay.sizes**2
    return np.asarray(cells.cumsum() - cells)


def _deviation(lay: Layout, mass: Vector, square: Vector) -> Vector:
    """The deviation of the cosines of each article, from the sums of them and of their squares."""
    pairs = np.maximum(lay.sizes * (lay.sizes - 1), 1)
    mean = lay.totals(mass) / pairs
    return np.asarray(np.sqrt(np.maximum(lay.totals(square) / pairs - mean**2, 0.0)))


def _edges(graph: Vectors, lay: Layout, squares: Integers) -> Vector:
    """W W' of each article, behind one another; only the terms of two sentences or more are multiplied."""
    matrix, starts, widths = _dense(graph, lay)
    edges = np.empty(int((lay.sizes**2).sum()))
    has_terms = (graph.norm > 0).astype(np.float64)
    for n, m, begin, start, at in zip(
        *(each.tolist() for each in (lay.sizes, widths, lay.begins, starts, squares)), strict=True
    ):
        one = matrix[start : start + n * m].reshape(n, m)
        cosines = edges[at : at + n * n].reshape(n, n)
        np.matmul(one, one.T, out=cosines)
        cosines.flat[:: n + 1] = has_terms[begin : begin + n]
    return edges


def _dense(graph: Vectors, lay: Layout) -> tuple[Vector, Integers, Integers]:
    """W of each article with its zeros, behind one another: where each begins, and how wide it is."""
    shared = np.bincount(graph.column, minlength=graph.columns) > 1
    cells = shared.take(graph.column)
    row, column = graph.row[cells], (shared.cumsum() - 1)[graph.column[cells]]
    article = lay.article.take(row)
    # The columns of an article stand together: those of the next one begin behind its last.
    ends = np.zeros(len(lay.sizes), dtype=np.int64)
    np.maximum.at(ends, article, column + 1)
    ends = np.maximum.accumulate(ends)
    first = np.append(0, ends[:-1])
    widths = ends - first
    areas = lay.sizes * widths
    starts = areas.cumsum() - areas
    matrix = np.zeros(int(areas.sum()))
    at = starts.take(article) + lay.place.take(row) * widths.take(article)
    matrix[at + column - first.take(article)] = graph.value[cells]
    return matrix, starts, widths


def _solved(
    edges: Vector, diagonal: Integers, mass: Vector, lay: Layout, teleports: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ranks of both walks (a row each) and what each sentence lends, by the walk's own equation.

    With E the edges without the diagonal, D their sums and t the teleport, the shares r = D w of a walk with
    damping d follow from (D - d E) w = t up to their scale: a sentence without an edge hands all it has to
    the teleport, and that changes the scale only.
    """
    degree = np.where(mass > 1e-9, mass, 1.0)
    systems = np.multiply.outer(-np.array(DAMPINGS), edges)
    systems[:, diagonal] = degree
    lent = np.empty_like(teleports)
    squares = _squares(lay).tolist()
    for begin, n, at in zip(lay.begins.tolist(), lay.sizes.tolist(), squares, strict=True):
        system = systems[:, at : at + n * n].reshape(2, n, n)
        lent[:, begin : begin + n] = np.linalg.solve(system, teleports[:, begin : begin + n, None])[
            :, :, 0
        ]
    ranks = lent * degree
    scale = np.stack([lay.totals(one).take(lay.article) for one in ranks])
    return ranks / scale, lent / scale


def _long(graph: Vectors, teleport: Vector) -> Walks:
    count = graph.sentences
    own = (graph.norm > 0).astype(np.float64)
    mass = graph.walked(np.ones(count)) - own
    begins = (np.arange(count) < BEGINNING).astype(np.float64)
    like = (graph.walked(begins) - begins * own) / (BEGINNING - begins)
    beside = _beside(graph)
    plain = _iterated(graph, np.full(count, 1.0 / count), DAMPINGS[0], mass, own)
    biased = _iterated(graph, teleport, DAMPINGS[1], mass, own)
    return Walks(
        plain * count,
        biased * count,
        biased / np.where(mass > 1e-9, mass, 1.0),
        mass,
        like,
        np.maximum(beside, np.append(0.0, beside[:-1])),
        beside,
        np.array([beside[:-1].std()]),
    )


def _iterated(
    graph: Vectors, teleport: Vector, damping: float, mass: Vector, own: Vector
) -> Vector:
    """The shares of a walk, by taking step after step."""
    lost = mass <= 1e-9
    share = np.where(lost, 0.0, 1.0 / np.where(lost, 1.0, mass))
    shares = teleport
    for _ in range(_ROUNDS):
        lent = shares * share
        arrived = graph.walked(lent) - own * lent
        step = damping * arrived + (1 - damping * float(shares[~lost].sum())) * teleport
        moved = float(np.abs(step - shares).max())
        shares = step
        if moved < _SETTLED:
            break
    return shares


def _beside(graph: Vectors) -> Vector:
    """The cosine of each sentence with the next one; 0 for the last."""
    cell = graph.row * max(graph.columns, 1) + graph.column
    _, at, after = np.intersect1d(
        cell, cell - max(graph.columns, 1), assume_unique=True, return_indices=True
    )
    return add_up(graph.row[at], graph.value[at] * graph.value[after], graph.sentences)
