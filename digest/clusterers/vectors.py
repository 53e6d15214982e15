"""Articles as vectors: rare terms weigh more, names and headline words a little more again.

The weight of a term is the logarithm of how few articles hold it, where the collection's own counts are
blended with what the background frequency of the word leads to expect. So three articles are weighed as
sensibly as three thousand.
"""

import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from digest.clusterers.mentions import Mentions
from digest.clusterers.sparse import (
    Bools,
    Floats,
    Ints,
    Rows,
    beside,
    from_entries,
    gathered,
    halves,
    product,
)
from digest.models import Article
from digest.text.likeness import letter_pieces
from digest.text.terms import stems, zipf

NAME_BOOST = 1.2
TITLE_BOOST = 1.2
LATENT_WEIGHT = 0.5
"""How much the latent similarity counts beside that of the terms."""
BACKGROUND_ARTICLES = 50.0
"""How many articles the background counts for in the weight of a term."""
LATENT_ARTICLES = 600.0
"""A small collection says little of which words keep company: here the weight is half of that, and it grows
with the square of the size. What a few dozen articles seem to say brings strangers together."""
PIECES_SHARE = 0.7
"""How much of the similarity of the shortest texts the pieces make; the words make the rest."""
_SHORT_WORDS = 45.0
"""The words over which that falls off: paragraphs share words enough."""
_PARAGRAPH_WORDS = 100.0
"""The same for the mean length of a collection: short items among long articles meet them in whole words."""
_MANY_ARTICLES = 800.0
"""A collection of so many articles needs them half as much: there its own counts tell which words matter."""
_LEAST_SHARE = 0.02
_LEAST_ARTICLES = 30
_LATENT_SAMPLE = 10_000
"""Rows from which the latent directions are learned; the others are projected onto them."""
_LATENT_DIRECTIONS = 200
_SEED = 0x71BEEFF9
"""One of five tried: between them ECB+ goes from .951 to .954 and the UCI headlines from .777 to .804."""
_ROUNDS = 3
_NOT_LATIN = "\u0250"
"""The first character after the letters of Latin alphabets."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The term vectors of articles (n x vocabulary) and their latent vectors (n x k).

    The similarity of two articles is the sum of both dot products; that with itself is 1.
    """

    terms: Rows
    latent: Floats
    lengths: Floats
    """The number of words of each article, without stop words."""
    days: Floats
    """The day of publication of each article; NaN where it is not known."""
    draws: Floats
    """A number from 0 to 1 that the words of each article give, so that a sample drawn by it hardly changes
    where one article more comes in."""

    @property
    def length(self) -> float:
        """The mean number of words of an article."""
        return float(self.lengths.mean())

    def similarity(self, one: int, other: int) -> float:
        """Return the similarity of two articles, whatever lies between them in time."""
        hidden = max(float(self.latent[one] @ self.latent[other]), 0.0)
        return self.terms.dot(one, other) + hidden


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a collection."""

    rows: Rows
    chances: Floats
    """The probability of each term in running text."""
    lengths: Floats
    """The words of each article."""
    terms: list[str]
    """The term of each column."""


@dataclass(slots=True)
class _Vocabulary:
    """Numbers for terms, and the cached way from a word to its term."""

    index: dict[str, int] = field(default_factory=dict)
    zipfs: "array[float]" = field(default_factory=lambda: array("f"))
    """The highest background frequency among the words of each term."""
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    """The number of each word, by language."""

    def number(self, word: str, language: str) -> int:
        """Return the number of the term of a word.

        Terms of different languages are different terms, so that function words bring nothing together;
        but a word that is at home in English is English, whatever a short text was taken for, and one
        that no language knows, a name or a number, crosses them all where it is written in Latin letters.
        """
        frequency = zipf(word, language)
        english = zipf(word, "en") if language != "en" else frequency
        if english >= frequency and (english or max(word) < _NOT_LATIN or language == "en"):
            term, frequency = stems([word], "en")[0], english
        else:
            term = f"{language}:{stems([word], language)[0]}"
        place = self.index.setdefault(term, len(self.index))
        if place == len(self.zipfs):
            self.zipfs.append(0.0)
        self.zipfs[place] = max(self.zipfs[place], frequency)
        self.seen.setdefault(language, {})[word] = place
        return place


def trust(articles: int, half: float) -> float:
    """Return how far a collection is believed, from 0 to 1: with the square of its size, half at `half`."""
    return articles**2 / (articles**2 + half**2)


def draws(articles: Iterable[Article]) -> Floats:
    """Return a number from 0 to 1 for each article, which its words give."""
    codes = [zlib.crc32(f"{a.title}\0{a.text}".encode()) for a in articles]
    return np.asarray(np.array(codes) / 2.0**32, dtype=np.float32)


def sampled(draws: Floats, most: int) -> Ints:
    """Return the numbers of so many rows at most: those with the least draws."""
    return np.sort(np.argsort(draws, kind="stable")[:most])


def guarded(draws: Floats, most: int) -> Bools:
    """Return the articles for which a rule for small collections holds.

    They are all of `most`, and none of twice as many; between the two the rule leaves one article after the
    other, so that one article more does not change the stories of the others at once.
    """
    return draws < 2.0 - len(draws) / most if len(draws) > most else np.ones(len(draws), dtype=bool)


def vectors(
    mentions: Iterable[Mentions], days: Floats | None = None, draws: Floats | None = None
) -> Vectors:
    """Return the vectors of articles that have been read; `days` are their days of publication."""
    found = counted(mentions)
    height = found.rows.height
    words = found.rows.weighted(weights(found))
    normal = words.normalised()
    share, hidden = shares(height)
    drawn = np.zeros(height, dtype=np.float32) if draws is None else draws
    kept, directions = latent_directions(normal, found.terms, drawn)
    latent = of_length_one(product(_renumbered(normal, kept), directions)) * hidden
    terms = _with_pieces(words, normal, found)
    scaled = Rows(terms.starts, terms.columns, terms.values * share, terms.width)
    dated = np.full(height, np.nan, dtype=np.float32) if days is None else days
    return Vectors(scaled, latent, found.lengths, dated, drawn)


def shares(articles: int) -> tuple[np.float32, np.float32]:
    """Return the factors of the terms and of the latent vectors in a collection of so many articles."""
    latent = LATENT_WEIGHT * trust(articles, LATENT_ARTICLES)
    return np.float32((1 / (1 + latent)) ** 0.5), np.float32((latent / (1 + latent)) ** 0.5)


def _with_pieces(words: Rows, normal: Rows, counted: Counted) -> Rows:
    """Return the terms of each article with the pieces of its words beside them, where it is short."""
    share = _piece_shares(counted.lengths)
    if not share.any():
        return normal
    found, table = _pieces(words.only((share > 0)[words.row_numbers()]), _spelt(counted.terms))
    chances = np.bincount(table.columns, counted.chances[table.row_numbers()], table.width)
    pieces = replace(counted, rows=found, chances=np.minimum(chances, 1.0))
    own = found.weighted(weights(pieces)).normalised()
    met_again = np.bincount(own.columns, minlength=own.width) > 1
    own = own.only(met_again[own.columns])
    return beside(normal.scaled(np.sqrt(1.0 - share)), own.scaled(np.sqrt(share)))


def _pieces(words: Rows, spelt: Sequence[str]) -> tuple[Rows, Rows]:
    """Return the pieces of articles, and those of each word.

    `words` holds the weighted terms, which `spelt` names; a piece weighs what its words weigh together.
    """
    used = np.unique(words.columns)
    number: dict[str, int] = {}
    owners, columns = [], []
    for term in used.tolist():
        for piece in sorted(letter_pieces(spelt[term])):
            owners.append(term)
            columns.append(number.setdefault(piece, len(number)))
    ones = np.ones(len(owners), dtype=np.float32)
    table = from_entries(
        np.array(owners, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        ones,
        words.width,
        len(number),
    )
    places, counts = gathered(table.starts, words.columns)
    found = from_entries(
        np.repeat(words.row_numbers(), counts),
        table.columns[places],
        np.repeat(words.values, counts),
        words.height,
        len(number),
        add=True,
    )
    return found, table


def _piece_shares(lengths: Floats) -> Floats:
    """Return how much of its similarities the pieces of each article make; `lengths` are in words."""
    fewer = 1.0 - trust(len(lengths), _MANY_ARTICLES)
    fewer *= np.exp(-((lengths.mean() / _PARAGRAPH_WORDS) ** 2))
    found = PIECES_SHARE * fewer * np.exp(-((lengths / _SHORT_WORDS) ** 4))
    return np.where(found < _LEAST_SHARE, 0.0, found).astype(np.float32)


def counted(mentions: Iterable[Mentions], known: Mapping[str, int] | None = None) -> Counted:
    """Return the counts of terms, numbered by their spelling, whatever the order of the articles.

    Terms that are `known` have their numbers already, from 0; the others come after them.
    """
    known = known or {}
    vocabulary = _Vocabulary(dict(known), array("f", bytes(4 * len(known))))
    columns, values, counts = array("i"), array("f"), array("i")
    lengths = array("f")
    for mention in mentions:
        row = _row(mention, vocabulary)
        counts.append(len(row))
        lengths.append(sum(mention.words.values()))
        columns.extend(row)
        values.extend(row.values())
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(counts, dtype=np.int32), out=starts[1:])
    spelt = sorted(vocabulary.index, key=vocabulary.index.__getitem__)
    fresh = range(len(known), len(spelt))
    order = [*range(len(known)), *sorted(fresh, key=spelt.__getitem__)]
    place = np.empty(len(spelt), dtype=np.int32)
    place[order] = np.arange(len(spelt))
    zipfs = np.array(vocabulary.zipfs, dtype=np.float32)[order]
    found = place[np.frombuffer(columns, dtype=np.int32)]
    rows = Rows(starts, found, np.array(values, dtype=np.float32), len(spelt))
    return Counted(
        rows.sorted(),
        (10.0 ** (np.maximum(zipfs, 2.0) - 9.0)).astype(np.float32),
        np.array(lengths, dtype=np.float32),
        [spelt[number] for number in order],
    )


def _spelt(terms: Iterable[str]) -> list[str]:
    """Return terms without the language that some are marked with."""
    return [term.rpartition(":")[2] or term for term in terms]


def _row(mention: Mentions, vocabulary: _Vocabulary) -> dict[int, float]:
    """Return the terms of an article with their counts on a logarithmic scale, boosted."""
    known = vocabulary.seen.setdefault(mention.language, {})
    counts: dict[int, int] = {}
    boost: dict[int, float] = {}
    names, title_words = mention.names, mention.title_words
    for word, count in mention.words.items():
        place = known.get(word)
        if place is None:
            place = vocabulary.number(word, mention.language)
        counts[place] = counts.get(place, 0) + count
        if word in names or word in title_words:
            own = (NAME_BOOST if word in names else 1.0) * (
                TITLE_BOOST if word in title_words else 1.0
            )
            boost[place] = max(own, boost.get(place, 1.0))
    return {
        place: boost.get(place, 1.0) * (1.0 if count == 1 else 1.0 + math.log(count))
        for place, count in counts.items()
    }


def weights(counted: Counted) -> Floats:
    """Return the weight of each term: how few articles hold it, here and by the background."""
    counts = counted.rows
    length = float(counted.lengths.sum()) / max(1, counts.height)
    found = np.bincount(counts.columns, minlength=counts.width)
    expected = 1.0 - (1.0 - counted.chances) ** max(length, 1.0)
    share = (found + BACKGROUND_ARTICLES * expected) / (counts.height + BACKGROUND_ARTICLES)
    return (1.0 - np.log(np.minimum(share, 1.0))).astype(np.float32)


def latent_directions(rows: Rows, terms: Sequence[str], draws: Floats) -> tuple[Ints, Floats]:
    """Return the terms that keep company, and the latent directions by them; none of a few articles.

    Latent semantic analysis (Deerwester et al. 1990) by a randomised range finder (Halko et al. 2011): words
    that keep company bring headlines together that share none.
    """
    size = min(_LATENT_DIRECTIONS, rows.height // 3 if rows.height >= _LEAST_ARTICLES else 0)
    if size < 2:
        return np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.float32)
    kept, sample = _met_again(rows.taken(sampled(draws, _LATENT_SAMPLE)))
    parts = halves(sample)
    start = _signs(_spelt(terms[number] for number in kept.tolist()), size + 10)
    basis = _orthonormal(parts.times(start))
    for _ in range(_ROUNDS):
        basis = _orthonormal(parts.transposed_times(basis))
        basis = _orthonormal(parts.times(basis))
    small = parts.transposed_times(basis)
    _, spectrum, turn = np.linalg.svd(small.T @ small)
    directions = small @ (turn.T[:, :size] / np.sqrt(np.maximum(spectrum[:size], 1e-9)))
    return kept, directions.astype(np.float32)


def of_length_one(tall: Floats) -> Floats:
    """Return the rows of a matrix, each of length 1."""
    return np.asarray(tall / np.maximum(np.sqrt((tall**2).sum(axis=1, keepdims=True)), 1e-6))


def _signs(spelt: Sequence[str], count: int) -> Floats:
    """Return a random sign for each term and direction, by the spelling of the term alone.

    So one article more, which brings new terms, does not turn the directions of all others.
    """
    codes = np.array([zlib.crc32(term.encode(), _SEED) for term in spelt], dtype=np.uint64)
    mixed = codes[:, None] + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(
        0x9E3779B97F4A7C15
    )
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.where(mixed >> np.uint64(63), 1.0, -1.0).astype(np.float32)


def _met_again(rows: Rows) -> tuple[Ints, Rows]:
    """Return the terms that stand in two rows or more, and the rows of these alone.

    A term of one row keeps no company.
    """
    kept = np.flatnonzero(np.bincount(rows.columns, minlength=rows.width) > 1)
    return kept, _renumbered(rows, kept)


def _renumbered(rows: Rows, kept: Ints) -> Rows:
    """Return the matrix of some columns."""
    place = np.full(rows.width, -1, dtype=np.int32)
    place[kept] = np.arange(len(kept))
    own = rows.only(place[rows.columns] >= 0)
    return Rows(own.starts, place[own.columns], own.values, len(kept))


def _orthonormal(tall: Floats) -> Floats:
    """Return an orthonormal basis of the columns, by way of their small Gram matrix."""
    gram = (tall.T @ tall).astype(np.float64)
    values, turn = np.linalg.eigh(gram)
    kept = values > 1e-6 * max(float(values[-1]), 1e-9)
    return np.asarray(tall @ (turn[:, kept] / np.sqrt(values[kept])).astype(np.float32))
