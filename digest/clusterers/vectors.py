"""Articles as vectors: rare terms weigh more, names and headline words a little more again.

The weight of a term is the logarithm of how few articles hold it, where the collection's own counts are
blended with what the background frequency of the word leads to expect. So three articles are weighed as
sensibly as three thousand.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from digest.clusterers.mentions import Mentions
from digest.clusterers.sparse import Floats, Ints, Rows, from_entries, halves, product
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
_LEAST_ARTICLES = 30
_LATENT_SAMPLE = 10_000
"""Rows from which the latent directions are learned; the others are projected onto them."""
_LATENT_DIRECTIONS = 200
_FEWER_DIRECTIONS = 150
"""For more articles than the sample: the last fifty help a little, and cost twenty thousand ten seconds."""


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

    @property
    def length(self) -> float:
        """The mean number of words of an article."""
        return float(self.lengths.mean())


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
        that no language knows, a name or a number, crosses them all.
        """
        frequency = zipf(word, language)
        english = zipf(word, "en") if language != "en" else frequency
        if english >= frequency:
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


def vectors(mentions: Iterable[Mentions], days: Floats | None = None) -> Vectors:
    """Return the vectors of articles that have been read; `days` are their days of publication."""
    counted, zipfs, long = _counted(mentions)
    height = counted.height
    mean = float(long.sum()) / max(1, height)
    weight = _weights(counted.columns, height, zipfs, mean)
    normal = Rows(
        counted.starts, counted.columns, counted.values * weight[counted.columns], counted.width
    ).normalised()
    latent = LATENT_WEIGHT * trust(height, LATENT_ARTICLES)
    share, hidden = (
        np.float32((1 / (1 + latent)) ** 0.5),
        np.float32((latent / (1 + latent)) ** 0.5),
    )
    directions = _latent(normal) * hidden
    scaled = Rows(normal.starts, normal.columns, normal.values * share, normal.width)
    dated = np.full(height, np.nan, dtype=np.float32) if days is None else days
    return Vectors(scaled, directions, long, dated)


def _counted(mentions: Iterable[Mentions]) -> tuple[Rows, Floats, Floats]:
    """Return the counts of terms, the frequency of each term in the background, and lengths in words.

    Terms are numbered by their spelling, whatever the order in which articles bring them.
    """
    vocabulary = _Vocabulary()
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
    order = sorted(range(len(spelt)), key=spelt.__getitem__)
    place = np.empty(len(spelt), dtype=np.int64)
    place[order] = np.arange(len(spelt))
    zipfs = np.array(vocabulary.zipfs, dtype=np.float32)[order]
    found = place[np.frombuffer(columns, dtype=np.int32)]
    rows = Rows(starts, found, np.array(values, dtype=np.float32), len(spelt))
    return rows.sorted(), zipfs, np.array(lengths, dtype=np.float32)


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


def _weights(places: Ints, height: int, zipfs: Floats, length: float) -> Floats:
    """Return the weight of each term: how few articles hold it, here and by the background."""
    found = np.bincount(places, minlength=len(zipfs))
    chance = 10.0 ** (np.maximum(zipfs, 2.0) - 9.0)
    expected = 1.0 - (1.0 - chance) ** max(length, 1.0)
    share = (found + BACKGROUND_ARTICLES * expected) / (height + BACKGROUND_ARTICLES)
    return np.asarray(1.0 - np.log(np.minimum(share, 1.0)), dtype=np.float32)


def _latent(rows: Rows) -> Floats:
    """Latent semantic analysis (Deerwester et al. 1990) by a randomised range finder (Halko et al. 2011).

    Words that keep company bring headlines together that share none.
    """
    most = _LATENT_DIRECTIONS if rows.height <= _LATENT_SAMPLE else _FEWER_DIRECTIONS
    size = min(most, rows.height // 3 if rows.height >= _LEAST_ARTICLES else 0)
    if size < 2:
        return np.zeros((rows.height, 1), dtype=np.float32)
    step = -(-rows.height // _LATENT_SAMPLE)
    sample = rows if step == 1 else _every(rows, step)
    kept, sample = _met_again(sample)
    parts = halves(sample)
    start = np.random.default_rng(20_090_909).standard_normal((sample.width, size + 10), np.float32)
    basis = _orthonormal(parts.times(start))
    for _ in range(3 if step == 1 else 2):
        basis = _orthonormal(parts.transposed_times(basis))
        basis = _orthonormal(parts.times(basis))
    small = parts.transposed_times(basis)
    _, spectrum, turn = np.linalg.svd(small.T @ small)
    directions = small @ (turn.T[:, :size] / np.sqrt(np.maximum(spectrum[:size], 1e-9)))
    projected = product(_renumbered(rows, kept), directions.astype(np.float32))
    length = np.sqrt((projected**2).sum(axis=1, keepdims=True))
    projected /= np.maximum(length, 1e-6)
    return projected


def _met_again(rows: Rows) -> tuple[Ints, Rows]:
    """Return the terms that stand in two rows or more, and the rows of these alone.

    A term of one row keeps no company.
    """
    kept = np.flatnonzero(np.bincount(rows.columns, minlength=rows.width) > 1)
    return kept, _renumbered(rows, kept)


def _renumbered(rows: Rows, kept: Ints) -> Rows:
    """Return the matrix of some columns."""
    place = np.full(rows.width, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    own = rows.only(place[rows.columns] >= 0)
    return Rows(own.starts, place[own.columns], own.values, len(kept))


def _orthonormal(tall: Floats) -> Floats:
    """Return an orthonormal basis of the columns, by way of their small Gram matrix."""
    gram = (tall.T @ tall).astype(np.float64)
    values, turn = np.linalg.eigh(gram)
    kept = values > 1e-6 * max(float(values[-1]), 1e-9)
    return np.asarray(tall @ (turn[:, kept] / np.sqrt(values[kept])).astype(np.float32))


def _every(rows: Rows, step: int) -> Rows:
    """Return every `step`th row."""
    number = rows.row_numbers()
    keep = number % step == 0
    height = -(-rows.height // step)
    return from_entries(
        number[keep] // step, rows.columns[keep], rows.values[keep], height, rows.width
    )
