"""What is known of the sentences of one article before any is chosen, and of the article as a whole."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.vectors import Vector, Vectors, add_up, rank

NAMES = (
    "position",
    "relative position",
    "rank from the beginning",
    "centrality",
    "likeness to the whole",
    "likeness to the beginning",
    "likeness to its nearest",
    "frequency of its terms",
    "terms met again later",
    "terms met before",
    "terms it introduces",
    "rarest word",
    "words",
    "words of the sentence before",
    "share of function words",
    "share of capitals",
    "share of numbers",
    "letters a word",
    "commas",
    "quotation",
    "speaks of itself",
    "sentences in the text",
    "coherence of the text",
    "centrality of the beginning",
)
TRUST_NAMES = (
    "centrality falls from the beginning",
    "centrality of the first sentence",
    "centrality of the beginning",
    "each sentence is like the next",
    "the first sentence leans",
    "length falls from the beginning",
)
_MOST_COHERENT = 3.5
_BEGINNING = 3
_LONG = 32.0
"""From this many words on, a sentence is simply long."""


def features(
    texts: tuple[str, ...], counts: tuple[int, ...], graph: Vectors, teleport: Vector
) -> tuple[NDArray[np.float64], Vector]:
    """Return the matrix of features (columns named by `NAMES`), and the biased rank's loans.

    `counts` are the words of each sentence, `teleport` where the walk begins (see `vectors.rank`).
    """
    n = graph.sentences
    place = np.arange(n, dtype=np.float64)
    words = np.maximum(np.array(counts, dtype=np.float64), 1.0)
    terms = np.maximum(np.bincount(graph.row, minlength=n).astype(np.float64), 1.0)
    starts = np.column_stack((np.full(n, 1.0 / n), teleport))
    ranks, lent = rank(graph, starts, (0.85, 0.5))
    central, biased = ranks.T * n
    mass = graph.walked(np.ones(n)) - 1.0
    begins = (place < _BEGINNING).astype(np.float64)
    like_begin = (graph.walked(begins) - begins) / np.maximum(begins.sum() - begins, 1.0)
    frequent, again, before, introduced, rarest = _terms(graph)
    columns = (
        np.log1p(place),
        place / n,
        biased,
        central,
        mass / max(n - 1, 1),
        like_begin,
        _nearest(graph),
        frequent / terms,
        again / terms,
        before / terms,
        introduced / terms,
        rarest,
        np.minimum(words, _LONG),
        np.append(0.0, np.minimum(words, _LONG)[:-1]),
        1.0 - np.minimum(terms / words, 1.0),
        graph.capitals / words,
        graph.numbers / words,
        np.fromiter(map(len, texts), np.float64, n) / words,
        np.array([text.count(",") for text in texts]) / words,
        np.array([_quoted(text) for text in texts]),
        graph.personal / words,
        np.log(n),
        coherence(graph, mass),
        central[:_BEGINNING].mean(),
    )
    matrix = np.empty((len(columns), n))
    for k, column in enumerate(columns):
        matrix[k] = column
    return matrix.T, lent[:, 1]


def trust_features(matrix: NDArray[np.float64], *, leans: bool) -> Vector:
    """Return what tells whether the article puts its news first, named by `TRUST_NAMES`."""
    place, central = matrix[:, 0], matrix[:, NAMES.index("centrality")]
    words = matrix[:, NAMES.index("words")]
    return np.array(
        [
            _correlation(place, central),
            central[0],
            central[:_BEGINNING].mean(),
            matrix[0, NAMES.index("coherence of the text")],
            float(leans),
            _correlation(place, words),
        ]
    )


def coherence(graph: Vectors, mass: Vector) -> float:
    """How much likelier each sentence is like the next than like any other, in standard errors."""
    n = graph.sentences
    if n < 3:
        return 0.0
    beside = _beside(graph)
    mean = float(mass.sum()) / (n * (n - 1))
    if graph.edges is not None:
        square = (float(np.einsum("ij,ij->", graph.edges, graph.edges)) - n) / (n * (n - 1))
        deviation = max(square - mean**2, 0.0) ** 0.5
    else:
        deviation = float(beside.std())
    error = deviation / math.sqrt(n - 1) + 1e-9
    return min(float((beside.mean() - mean) / error), _MOST_COHERENT)


def _beside(graph: Vectors) -> Vector:
    """The cosine of each sentence with the next one."""
    if graph.edges is not None:
        return np.asarray(np.diagonal(graph.edges, 1))
    width = max(len(graph.terms), 1)
    cell = graph.row * width + graph.column
    _, at, after = np.intersect1d(cell, cell - width, assume_unique=True, return_indices=True)
    products = graph.value[at] * graph.value[after]
    return add_up(graph.row[at], products, graph.sentences)[:-1]


def _nearest(graph: Vectors) -> Vector:
    """The greatest cosine of each sentence with another; with the next one, in a long text."""
    if graph.edges is None:
        beside = _beside(graph)
        return np.asarray(np.maximum(np.append(beside, 0.0), np.append(0.0, beside)))
    own = np.diagonal(graph.edges)
    return np.asarray((graph.edges - np.diag(own + 1.0)).max(axis=1))


def _terms(graph: Vectors) -> tuple[Vector, Vector, Vector, Vector, Vector]:
    """For each sentence: log frequency of its terms, how many come later, came before, are new; the rarest."""
    n, m = graph.sentences, len(graph.terms)
    row, column = graph.row, graph.column
    frequency = np.bincount(column, minlength=m)
    # Rows ascend, so that the last to be written is the latest, and backwards the earliest.
    latest, earliest = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    latest[column] = row
    earliest[column[::-1]] = row[::-1]
    first = earliest[column] == row
    rarest = np.zeros(n)
    weight = graph.value * graph.norm[row]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    if len(starts):
        rarest[row[starts]] = np.maximum.reduceat(weight, starts)
    return (
        add_up(row, np.log(frequency[column]), n),
        add_up(row, (latest[column] > row).astype(np.float64), n),
        add_up(row, (~first).astype(np.float64), n),
        add_up(row, (first & (frequency[column] > 1)).astype(np.float64), n),
        rarest,
    )


def _quoted(text: str) -> float:
    if '"' not in text and "“" not in text and "”" not in text:
        return 0.0
    return 1.0 if text[0] in '"“' else 0.5


def _correlation(a: Vector, b: Vector) -> float:
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 1e-9 else 0.0
