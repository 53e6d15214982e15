"""Sentences as vectors of weighted terms, and the similarity graph they span.

The graph's edges are cosines. They are stored for short texts only: with W the matrix of unit rows the
edges are W W', so that one step of the walk is two sparse products, and for a long text time and memory
grow with the number of words and not with the square of the number of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.vocabulary import END, Vocabulary, vocabulary
from digest.text.segmentation import is_unspaced, segmenter

Vector = NDArray[np.float64]

_SETTLED = 1e-6
"""The walk ends when no sentence's share changes by more."""
_MOST_STORED = 400
"""The most sentences for which the edges themselves are stored."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """A sparse matrix of unit rows, one for each sentence, as three parallel arrays sorted by row."""

    sentences: int
    vocabulary: Vocabulary
    terms: NDArray[np.int64]
    """The number in the vocabulary of each column's term."""
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: Vector
    norm: Vector
    """The length of each row before it was made a unit."""
    capitals: Vector
    """The number of words in each sentence that are written with a capital."""
    numbers: Vector
    """The number of words in each sentence that begin with a digit."""
    personal: Vector
    """The number of words in each sentence for the speaker or the reader."""
    edges: NDArray[np.float64] | None
    """The cosine of each two sentences, for a short text."""

    def times(self, x: Vector) -> Vector:
        """W x, for one number a term."""
        return add_up(self.row, self.value * x[self.column], self.sentences)

    def transposed_times(self, y: Vector) -> Vector:
        """W' y, for one number a sentence."""
        return add_up(self.column, self.value * y[self.row], len(self.terms))

    def walked(self, y: NDArray[np.float64]) -> NDArray[np.float64]:
        """W W' y: what every sentence gets when each hands out `y` (or each column of it) along its edges."""
        if self.edges is not None:
            return np.asarray(self.edges @ y)
        if y.ndim == 1:
            return self.times(self.transposed_times(y))
        return np.column_stack([self.times(self.transposed_times(one)) for one in y.T])

    def similar(self, i: int) -> Vector:
        """The cosine of sentence `i` with every sentence."""
        if self.edges is not None:
            return np.asarray(self.edges[i])
        begin, end = np.searchsorted(self.row, (i, i + 1))
        x = np.zeros(len(self.terms))
        x[self.column[begin:end]] = self.value[begin:end]
        return self.times(x)

    def without_last(self) -> Vectors:
        """The same without the last sentence."""
        n = self.sentences - 1
        end = int(np.searchsorted(self.row, n))
        return Vectors(
            n,
            self.vocabulary,
            self.terms,
            self.row[:end],
            self.column[:end],
            self.value[:end],
            self.norm[:n],
            self.capitals[:n],
            self.numbers[:n],
            self.personal[:n],
            None if self.edges is None else self.edges[:n, :n],
        )


def add_up(where: NDArray[np.int64], what: Vector, count: int) -> Vector:
    """Add up `what` at each place; numpy counts in whole numbers where there is nothing to add."""
    return np.asarray(np.bincount(where, what, count), dtype=np.float64)


def vectors(sentences: Sequence[str], language: str) -> Vectors:
    """Return the unit vectors of the sentences; a term weighs its count times its rarity."""
    known = vocabulary(language)
    count = len(sentences)
    numbers, row = _words(sentences, known)
    term = known.term[numbers]
    capitals = add_up(row, known.capital[numbers], count)
    digits = add_up(row, known.number[numbers], count)
    personal = add_up(row, known.personal[numbers], count)
    kept = term >= 0
    row, term, weight = row[kept], term[kept], known.weight[numbers[kept]]
    terms = _different(term)
    column = terms.searchsorted(term)
    width = max(len(terms), 1)
    cells = row * width + column
    cell = _different(cells)
    value = add_up(cell.searchsorted(cells), weight, len(cell))
    row, column = cell // width, cell % width
    norm = np.sqrt(add_up(row, value**2, count))
    value = value / norm[row]
    edges = _edges(row, column, value, count, width) if count <= _MOST_STORED else None
    return Vectors(count, known, terms, row, column, value, norm, capitals, digits, personal, edges)


def _different(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, ascending; `np.unique` takes several times as long for a few hundred."""
    ordered = np.sort(numbers)
    if len(ordered) < 2:
        return ordered
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return np.asarray(ordered[first])


def _words(
    sentences: Sequence[str], known: Vocabulary
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each word in the vocabulary, and of the sentence it stands in."""
    if is_unspaced(known.language):
        find = segmenter(known.language)
        numbers = known.numbers([w for s in sentences for w in (*find(s), END)])
    else:
        between = f" {END} "
        numbers = known.numbers_in(between.join(s.replace(END, " ") for s in sentences))
    words = numbers != known.numbers((END,))[0]
    return numbers[words], (~words).cumsum()[words]


def _edges(
    row: NDArray[np.int64], column: NDArray[np.int64], value: Vector, count: int, width: int
) -> NDArray[np.float64]:
    """W W', from the terms of at least two sentences: the others only make the diagonal 1."""
    shared = np.bincount(column, minlength=width) > 1
    number = shared.cumsum() - 1
    kept = shared[column]
    matrix = np.zeros((count, int(number[-1]) + 1))
    matrix[row[kept], number[column[kept]]] = value[kept]
    edges = matrix @ matrix.T
    edges.flat[:: count + 1] = np.bincount(row, minlength=count) > 0
    return np.asarray(edges)


def rank(
    graph: Vectors, teleports: NDArray[np.float64], dampings: tuple[float, ...], rounds: int = 60
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """PageRank over the similarity graph (Mihalcea & Tarau, EMNLP 2004), several walks at once.

    Each column of `teleports` sums to 1 and says where a walk starts anew with probability 1 - damping (Brin &
    Page 1998); a sentence similar to no other hands all it has to the teleport. Returns the ranks, a column
    a walk, and what each sentence lends to its neighbours for each unit of similarity.
    """
    damping = np.array(dampings)
    own = (graph.norm > 0).astype(np.float64)
    degree = graph.walked(np.ones(graph.sentences)) - own
    lost = degree <= 1e-9
    share = np.where(lost, 0.0, 1.0 / np.maximum(degree, 1e-9))
    some_lost = bool(lost.any())
    step = _step(graph, share, own)
    anew = (1.0 - damping) * teleports
    r = new = teleports
    for _ in range(rounds):
        new = step(r)
        new *= damping
        new += anew
        if some_lost:
            new += damping * r[lost].sum(axis=0) * teleports
        moved = new - r
        # The mean square is quicker to look at, and no greater than the square of the greatest.
        if np.vdot(moved, moved) < moved.size * _SETTLED**2 and np.abs(moved).max() < _SETTLED:
            break
        r = new
    return new, new * share[:, None]


def _step(
    graph: Vectors, share: Vector, own: Vector
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """One step of a walk that no sentence takes to itself, for one column a walk."""
    if graph.edges is None:
        mine = own[:, None]
        return lambda r: graph.walked(out := share[:, None] * r) - mine * out
    moves = graph.edges * share
    moves.flat[:: graph.sentences + 1] = 0.0
    return lambda r: np.asarray(moves @ r)
