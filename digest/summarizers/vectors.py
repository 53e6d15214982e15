"""Sentences as vectors of weighted terms, those of many articles in one sparse matrix.

A term is a column for each article it stands in, so that with W the matrix of unit rows the cosines W W' are
zero between articles, and whatever is worked out of it is the same as for each article by itself: the
articles of a batch are measured at once, which is many times as fast as one after the other. A word is looked
up once in a process and gathered by its number afterwards: an article costs one dictionary access a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from digest.text.terms import rarities, stems, stop_words
from digest.text.words import find_words, is_unspaced, segmenter

Integers = NDArray[np.int64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Articles of one sentence or more each, one behind the other."""

    sizes: Integers
    """The number of sentences of each article."""
    begins: Integers
    """The number of each article's first sentence."""
    article: Integers
    """The article of each sentence."""
    place: Integers
    """The number of each sentence in its article."""

    def totals(self, values: Vector) -> Vector:
        """The sum over each article's sentences; the same to the last bit whatever stands around them."""
        return np.asarray(np.bincount(self.article, values, len(self.sizes)), dtype=np.float64)

    def centred(self, values: Vector) -> Vector:
        """The values less their mean in their article."""
        mean: Vector = self.totals(values) / self.sizes
        return values - mean.take(self.article)

    def standard(self, values: Vector) -> Vector:
        """The values with mean 0 and deviation 1 in each article; zeros where all are alike."""
        away = self.centred(values)
        deviation = np.sqrt(self.totals(away * away) / self.sizes)
        alike = deviation <= 1e-9
        return np.where(alike, 0.0, 1.0 / np.where(alike, 1.0, deviation)).take(self.article) * away

    def correlation(self, a: Vector, b: Vector) -> Vector:
        """The correlation of two values over each article's sentences; 0 where one of them is constant."""
        a, b = self.centred(a), self.centred(b)
        scale = np.sqrt(self.totals(a * a) * self.totals(b * b))
        flat = scale <= 1e-9
        return np.where(flat, 0.0, self.totals(a * b) / np.where(flat, 1.0, scale))


def layout(sizes: Sequence[int]) -> Layout:
    """Lay out articles of so many sentences each."""
    counts = np.array(sizes, dtype=np.int64)
    begins = counts.cumsum() - counts
    article = np.arange(len(counts)).repeat(counts)
    return Layout(counts, begins, article, np.arange(len(article)) - begins.take(article))


_FIRST_SIZE = 4096
_MOST_TOKENS = 600_000
_NOTHING = 0
"""The number of a token without a word, such as a dash."""
_AROUND = ".,;:!?\"'()[]“”‘’–—-"
_PERSONAL = frozenset(
    {"I", "we", "We", "you", "You", "my", "My", "our", "Our", "I'm", "I've", "we're", "I’m"}
)


class Vocabulary:
    """The words of one language as they are written, capitals and all; each has a number."""

    def __init__(self, language: str) -> None:
        """Begin with no word but the one that is none."""
        self.language = language
        self._numbers: dict[str, int] = {}
        """The number of the word that a token holds; -1 - k where it holds those of `_several[k]`."""
        self._several: list[tuple[int, ...]] = []
        self._words: dict[str, int] = {}
        self._size = 1
        self._terms: defaultdict[str, int] = defaultdict(count().__next__)
        self._names: list[str] = []
        self._stops = stop_words(language)
        self.stem = np.zeros(_FIRST_SIZE, dtype=np.int64)
        """The number of each word's stem."""
        self.term = np.zeros(_FIRST_SIZE, dtype=np.int64)
        """The same; -1 for a stop word."""
        self.weight = np.zeros(_FIRST_SIZE)
        """The rarity of each word."""
        self.capital = np.zeros(_FIRST_SIZE)
        """1 where the word is written with a capital first letter."""
        self.number = np.zeros(_FIRST_SIZE)
        """1 where it begins with a digit."""
        self.letters = np.zeros(_FIRST_SIZE)
        """Its length."""
        self.personal = np.zeros(_FIRST_SIZE)
        """1 where it is the writer or speaker, or the reader: I, we, you."""
        self.term[_NOTHING] = -1

    def __len__(self) -> int:
        """The number of words, at least that of their stems."""
        return self._size

    def read(self, tokens: Sequence[str], sentence: Integers) -> tuple[Integers, Integers]:
        """The numbers of the words in white-space separated `tokens`, and the sentence of each.

        A token is looked up as it stands, with its punctuation: finding words by a pattern takes ten times as
        long. `sentence` is the sentence of each token.
        """
        found = list(map(self._numbers.get, tokens))
        if None in found:
            new = [at for at, number in enumerate(found) if number is None]
            self._learn(dict.fromkeys([tokens[at] for at in new]))
            for at in new:
                found[at] = self._numbers[tokens[at]]
        numbers: Integers = np.array(found, dtype=np.int64)
        several = np.flatnonzero(numbers < 0)
        if not len(several):
            return numbers, sentence
        parts = [self._several[-1 - int(k)] for k in numbers[several]]
        sizes = np.ones(len(numbers), dtype=np.int64)
        sizes[several] = [len(part) for part in parts]
        numbers, sentence = numbers.repeat(sizes), sentence.repeat(sizes)
        numbers[numbers < 0] = [number for part in parts for number in part]
        return numbers, sentence

    def name(self, term: int) -> str:
        """The stem of that number."""
        if term >= len(self._names):
            self._names = list(self._terms)
        return self._names[term]

    @property
    def is_full(self) -> bool:
        """True where it has grown so large that a new one should be begun."""
        return len(self._numbers) > _MOST_TOKENS

    def _learn(self, tokens: Iterable[str]) -> None:
        """Part tokens that are new and all different into words, and number these."""
        known, numbers = self._words, self._numbers
        new: list[str] = []
        others: list[str] = []
        for token in tokens:
            word = token.strip(_AROUND)
            number = known.get(word)
            if number is None:
                if not word.isalnum():
                    others.append(token)
                    continue
                number = known[word] = self._size + len(new)
                new.append(word)
            numbers[token] = number
        for token in others:
            words = find_words(token)
            fresh = [word for word in dict.fromkeys(words) if word not in known]
            known.update(zip(fresh, count(self._size + len(new)), strict=False))
            new += fresh
            if len(words) > 1:
                self._several.append(tuple(known[word] for word in words))
            number = known[words[0]] if words else _NOTHING
            numbers[token] = -len(self._several) if len(words) > 1 else number
        self._add(new)

    def _add(self, written: list[str]) -> None:
        """Say what is known of new words, in the order of their numbers."""
        begin = self._size
        end = self._size = begin + len(written)
        while end > len(self.term):
            for name in ("stem", "term", "weight", "capital", "number", "letters", "personal"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate((old, np.zeros_like(old))))
        # All words in one text: a method of `str` costs as much to call as it does to do.
        lower = "\n".join(written).lower().replace("’", "'").split("\n") if written else []
        firsts = [word[0] for word in written]
        self.stem[begin:end] = list(map(self._terms.__getitem__, stems(lower, self.language)))
        self.term[begin:end] = self.stem[begin:end]
        self.term[begin:end][list(map(self._stops.__contains__, lower))] = -1
        self.weight[begin:end] = rarities(lower, self.language)
        self.capital[begin:end] = list(map(str.isupper, firsts))
        self.number[begin:end] = list(map(str.isdigit, firsts))
        self.letters[begin:end] = list(map(len, written))
        self.personal[begin:end] = list(map(_PERSONAL.__contains__, written))


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    return {}


def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, kept for the life of the process, and begun anew when it is full."""
    kept = _vocabularies()
    if language not in kept or kept[language].is_full:
        kept[language] = Vocabulary(language)
    return kept[language]


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
