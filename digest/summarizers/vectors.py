"""Sentences as vectors of weighted terms, those of many articles in one sparse matrix.

A term is a column for each article it stands in, so that with W the matrix of unit rows the cosines W W' are
zero between articles, and whatever is worked out of it is the same as for each article by itself: the
articles of a batch are measured at once, which is many times as fast as one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.summarizers.layout import Integers, Vector
from digest.summarizers.vocabulary import Vocabulary, vocabulary
from digest.text.segmentation import is_unspaced, segmenter


@dataclass(frozen=True, slots=True)
class Vectors:
    """A sparse matrix of unit rows, one for each sentence, as three parallel arrays sorted by row."""

    sentences: int
    columns: int
    vocabulary: Vocabulary
    term: Integers
    """The number in the vocabulary of each column's term."""
    row: Integers
    column: Integers
    value: Vector
    norm: Vector
    """The length of each row before it was made a unit."""
    capitals: Vector
    """The number of words in each sentence that are written with a capital."""
    numbers: Vector
    """The number of words in each sentence that begin with a digit."""
    personal: Vector
    """The number of words in each sentence for the speaker or the reader."""

    def times(self, x: Vector) -> Vector:
        """W x, for one number a term."""
        return add_up(self.row, self.value * x.take(self.column), self.sentences)

    def transposed_times(self, y: Vector) -> Vector:
        """W' y, for one number a sentence."""
        return add_up(self.column, self.value * y.take(self.row), self.columns)

    def walked(self, y: Vector) -> Vector:
        """W W' y: what every sentence gets when each hands out `y` along the edges of the graph."""
        return self.times(self.transposed_times(y))

    def similar(self, i: int) -> Vector:
        """The cosine of sentence `i` with every sentence."""
        begin, end = np.searchsorted(self.row, (i, i + 1))
        x = np.zeros(self.columns)
        x[self.column[begin:end]] = self.value[begin:end]
        return self.times(x)

    def without(self, last: Integers) -> Vectors:
        """The same without some of the sentences, of which `last` are the numbers, ascending."""
        kept = np.ones(self.sentences, dtype=bool)
        kept[last] = False
        number = kept.cumsum() - 1
        cells = kept[self.row]
        return Vectors(
            int(kept.sum()),
            self.columns,
            self.vocabulary,
            self.term,
            number[self.row[cells]],
            self.column[cells],
            self.value[cells],
            self.norm[kept],
            self.capitals[kept],
            self.numbers[kept],
            self.personal[kept],
        )


def add_up(where: Integers, what: Vector, count: int) -> Vector:
    """Add up `what` at each place; numpy counts in whole numbers where there is nothing to add."""
    return np.asarray(np.bincount(where, what, count), dtype=np.float64)


def vectors(sentences: Sequence[str], language: str, article: Integers | None = None) -> Vectors:
    """Return the unit vectors of the sentences; a term weighs its count times its rarity.

    `article` numbers the article of each sentence, ascending; without it they are all of one.
    """
    known = vocabulary(language)
    count = len(sentences)
    article = np.zeros(count, dtype=np.int64) if article is None else article
    word, row = known.read(*tokens(sentences, language))
    found = known.term.take(word)
    kept = found >= 0
    cell_row, weight = row[kept], known.weight.take(word[kept])
    column, met = numbered(article.take(cell_row) * len(known) + found[kept])
    term = found[kept][met]
    width = max(len(term), 1)
    cells = cell_row * width + column
    cell = _different(cells)
    value = add_up(cell.searchsorted(cells), weight, len(cell))
    cell_row, column = cell // width, cell % width
    norm = np.sqrt(add_up(cell_row, value**2, count))
    counts = (
        add_up(row, of.take(word), count) for of in (known.capital, known.number, known.personal)
    )
    return Vectors(
        count, len(term), known, term, cell_row, column, value / norm.take(cell_row), norm, *counts
    )


def tokens(sentences: Sequence[str], language: str) -> tuple[list[str], Integers]:
    """The tokens of all sentences, and the number of the sentence that each stands in."""
    parts = segmenter(language) if is_unspaced(language) else str.split
    tokens: list[str] = []
    sizes = []
    for sentence in sentences:
        found = parts(sentence)
        tokens += found
        sizes.append(len(found))
    return tokens, np.arange(len(sizes)).repeat(sizes)


def numbered(keys: Integers) -> tuple[Integers, Integers]:
    """The number of each key, and the first place of each number.

    They are numbered as they are met, so that sums come out alike whatever was read before: a word's number
    in the vocabulary depends on that.
    """
    count = len(keys)
    order = sorted_places(keys)
    ordered = keys[order]
    opens = np.ones(count, dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=opens[1:])
    met = order[opens]
    by_meeting = np.argsort(met)
    number = np.empty(len(met), dtype=np.int64)
    number[by_meeting] = np.arange(len(met))
    column = np.empty(count, dtype=np.int64)
    column[order] = number[opens.cumsum() - 1]
    return column, met[by_meeting]


def sorted_places(keys: Integers) -> Integers:
    """A stable argsort: the place is packed behind the key, for numpy sorts plain numbers much faster."""
    bits = max(len(keys), 1).bit_length()
    packed = (keys << bits) | np.arange(len(keys))
    packed.sort()
    return np.asarray(packed & ((1 << bits) - 1))


def _different(numbers: Integers) -> Integers:
    """Each number once, ascending; `np.unique` takes several times as long for a few hundred."""
    ordered = np.sort(numbers)
    if len(ordered) < 2:
        return ordered
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return np.asarray(ordered[first])
