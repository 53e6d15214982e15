"""What is known of the sentences of the articles before any is chosen, and of each article as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.layout import Layout, Vector
from digest.summarizers.vectors import Vectors, add_up
from digest.summarizers.walks import BEGINNING, Walks

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
_LONG = 32.0
"""From this many words on, a sentence is simply long."""


def features(
    texts: Sequence[str], counts: Sequence[int], graph: Vectors, walked: Walks, lay: Layout
) -> NDArray[np.float64]:
    """Return a row for each of the features named by `NAMES`, with a column for each sentence.

    `counts` are the words of each sentence.
    """
    matrix = np.empty((len(NAMES), graph.sentences))
    words = np.maximum(np.array(counts, dtype=np.float64), 1.0)
    columns = (
        *_places(walked, lay),
        *_terms(graph),
        *_sizes(words, lay),
        *_wording(texts, words, graph),
        *_whole(walked, lay),
    )
    for k, column in enumerate(columns):
        matrix[k] = column
    return matrix


def trust_features(matrix: NDArray[np.float64], lay: Layout, leans: Sequence[bool]) -> Vector:
    """Return a row for each article of what tells whether it puts its news first (`TRUST_NAMES`).

    `leans` says of each article whether its first sentence leans on something.
    """
    central, begins = matrix[NAMES.index("centrality")], lay.begins
    return np.column_stack(
        (
            lay.correlation(matrix[0], central),
            central[begins],
            matrix[NAMES.index("centrality of the beginning"), begins],
            matrix[NAMES.index("coherence of the text"), begins],
            np.array(leans, dtype=np.float64),
            lay.correlation(matrix[0], matrix[NAMES.index("words")]),
        )
    )


def _places(walked: Walks, lay: Layout) -> Iterator[Vector]:
    """Where each sentence stands, in its article and in the graph."""
    size = lay.sizes.take(lay.article).astype(np.float64)
    place = lay.place.astype(np.float64)
    yield np.log1p(place)
    yield place / size
    yield walked.biased
    yield walked.central
    yield walked.mass / np.maximum(size - 1, 1.0)
    yield walked.like_beginning
    yield walked.nearest


def _terms(graph: Vectors) -> Iterator[Vector]:
    """The log frequency of each sentence's terms, how many come later, came before, are new; the rarest."""
    n, m, row, column = graph.sentences, graph.columns, graph.row, graph.column
    terms = np.maximum(np.bincount(row, minlength=n).astype(np.float64), 1.0)
    frequency = np.bincount(column, minlength=m)
    # Rows ascend, so that the last to be written is the latest, and backwards the earliest.
    latest, earliest = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    latest[column] = row
    earliest[column[::-1]] = row[::-1]
    first = earliest.take(column) == row
    often = frequency.take(column)
    yield add_up(row, np.log(often), n) / terms
    yield add_up(row, (latest.take(column) > row).astype(np.float64), n) / terms
    yield add_up(row, (~first).astype(np.float64), n) / terms
    yield add_up(row, (first & (often > 1)).astype(np.float64), n) / terms
    rarest = np.zeros(n)
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    if len(starts):
        rarest[row[starts]] = np.maximum.reduceat(graph.value * graph.norm.take(row), starts)
    yield rarest


def _sizes(words: Vector, lay: Layout) -> Iterator[Vector]:
    """The words of each sentence and of the one before it in its article."""
    short = np.minimum(words, _LONG)
    before = np.append(0.0, short[:-1])
    before[lay.begins] = 0.0
    yield short
    yield before


def _wording(texts: Sequence[str], words: Vector, graph: Vectors) -> Iterator[Vector]:
    """What kinds of words and marks each sentence is made of."""
    terms = np.maximum(np.bincount(graph.row, minlength=graph.sentences).astype(np.float64), 1.0)
    yield 1.0 - np.minimum(terms / words, 1.0)
    yield graph.capitals / words
    yield graph.numbers / words
    yield np.array(list(map(len, texts))) / words
    yield np.array([text.count(",") for text in texts]) / words
    yield np.array([_quoted(text) for text in texts])
    yield graph.personal / words


def _whole(walked: Walks, lay: Layout) -> Iterator[Vector]:
    """What is known of the article as a whole, for each of its sentences."""
    yield np.log(lay.sizes).repeat(lay.sizes)
    yield coherence(walked, lay).repeat(lay.sizes)
    total = lay.totals(np.where(lay.place < BEGINNING, walked.central, 0.0))
    yield (total / np.minimum(lay.sizes, BEGINNING)).repeat(lay.sizes)


def coherence(walked: Walks, lay: Layout) -> Vector:
    """How much likelier each sentence is like the next than like any other, in standard errors."""
    pairs = np.maximum(lay.sizes - 1, 1)
    beside = lay.totals(walked.beside) / pairs
    mean = lay.totals(walked.mass) / (lay.sizes * pairs)
    error = walked.deviation / np.sqrt(pairs) + 1e-9
    return np.where(lay.sizes < 3, 0.0, np.minimum((beside - mean) / error, _MOST_COHERENT))


def _quoted(text: str) -> float:
    if '"' not in text and "“" not in text and "”" not in text:
        return 0.0
    return 1.0 if text[0] in '"“' else 0.5
