"""Sentences as vectors of weighted terms, and the similarity graph they span.

The graph's edges are cosines. They are never stored for a long text: with W the matrix of unit rows, the
edges are W W' and one step of the walk is two sparse products, so that time and memory grow with the
number of words and not with the square of the number of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.text.terms import rarity, stems, stop_words, words

Vector = NDArray[np.float64]
Weighted = dict[str, tuple[str, float] | None]

_known: dict[str, Weighted] = {}
_MOST_KNOWN = 200_000


@dataclass(frozen=True, slots=True)
class Vectors:
    """A sparse matrix of unit rows, one for each sentence, as three parallel arrays."""

    sentences: int
    vocabulary: tuple[str, ...]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Vector

    def times(self, x: Vector) -> Vector:
        """W x, for one number a term."""
        return _sum(self.row, self.value * x[self.column], self.sentences)

    def transposed_times(self, y: Vector) -> Vector:
        """W' y, for one number a sentence."""
        return _sum(self.column, self.value * y[self.row], len(self.vocabulary))

    def similar(self, i: int) -> Vector:
        """The cosine of sentence `i` with every sentence."""
        mine = self.row == i
        x = np.zeros(len(self.vocabulary))
        x[self.column[mine]] = self.value[mine]
        return self.times(x)


def _sum(where: NDArray[np.intp], what: Vector, count: int) -> Vector:
    """Add up `what` at each place; numpy counts in whole numbers where there is nothing to add."""
    return np.asarray(np.bincount(where, what, count), dtype=np.float64)


def vectors(sentences: Sequence[str], languages: Sequence[str]) -> Vectors:
    """Return the unit vectors of the sentences; a term weighs its count times its rarity."""
    numbers: dict[str, int] = {}
    row: list[int] = []
    column: list[int] = []
    value: list[float] = []
    for i, (sentence, language) in enumerate(zip(sentences, languages, strict=True)):
        known = _weights(language)
        for word in words(sentence):
            entry = known[word] if word in known else _look_up(word, language, known)
            if entry is not None:
                row.append(i)
                column.append(numbers.setdefault(entry[0], len(numbers)))
                value.append(entry[1])
    return _unit_rows(len(sentences), tuple(numbers), row, column, value)


def _weights(language: str) -> Weighted:
    known = _known.setdefault(language, {})
    if len(known) > _MOST_KNOWN:
        known.clear()
    return known


def _look_up(word: str, language: str, known: Weighted) -> tuple[str, float] | None:
    entry = None
    if word not in stop_words(language):
        entry = (stems([word], language)[0], rarity(word, language))
    known[word] = entry
    return entry


def _unit_rows(
    count: int, vocabulary: tuple[str, ...], row: list[int], column: list[int], value: list[float]
) -> Vectors:
    width = max(len(vocabulary), 1)
    cell, where = np.unique(
        np.array(row, dtype=np.int64) * width + np.array(column, dtype=np.int64),
        return_inverse=True,
    )
    summed = np.bincount(where, np.array(value), len(cell)) if len(cell) else np.zeros(0)
    rows, columns = cell // width, cell % width
    norm = np.sqrt(np.bincount(rows, summed**2, count))
    return Vectors(count, vocabulary, rows, columns, summed / norm[rows])


def rank(
    graph: Vectors, teleport: Vector, damping: float, rounds: int = 60
) -> tuple[Vector, Vector]:
    """PageRank over the similarity graph (Mihalcea & Tarau, EMNLP 2004), summing to 1.

    `teleport` sums to 1 and is where the walk starts anew with probability 1 - damping (Brin & Page 1998);
    a sentence similar to no other hands all it has to the teleport. The second vector is what each sentence
    lends to its neighbours for each unit of similarity.
    """
    own = np.bincount(graph.row, graph.value**2, graph.sentences)
    degree = graph.times(graph.transposed_times(np.ones(graph.sentences))) - own
    linked = degree > 1e-9
    share = np.where(linked, 1.0 / np.where(linked, degree, 1.0), 0.0)
    r = new = teleport
    for _ in range(rounds):
        out = r * share
        walked = graph.times(graph.transposed_times(out)) - own * out
        new = damping * (walked + r[~linked].sum() * teleport) + (1 - damping) * teleport
        if np.abs(new - r).sum() < 1e-9:
            break
        r = new
    return new, new * share
