"""The concepts of texts: what a summary can cover, and what is known of each before any sentence is chosen.

Concepts are stemmed words that are no stop words, and pairs of words that stand side by side and are not both
stop words (Gillick & Favre, "A Scalable Global Model for Summarization", 2009). How likely an editor's summary
holds one is learned from the features below (Li, Qian & Liu, "Using Supervised Bigram-based ILP for Extractive
Summarization", ACL 2013); `benchmarks/summaries/concepts.py` trains the trees.

Texts that are summarized apart share no concept, so that many are read at once, and each comes out to the last
bit as it would by itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.trees import Trees, read_trees
from digest.summarizers.vectors import (
    Integers,
    Vector,
    Vocabulary,
    add_up,
    numbered,
    sorted_places,
    tokens,
    vocabulary,
)

WORD_NAMES = (
    "documents",
    "share of documents",
    "documents in all",
    "times in 1,000 words",
    "log times",
    "times over those of the most frequent",
    "rank by documents",
    "sentences over documents",
    "share in the first sentence",
    "share in the first three",
    "share in the first 100 words",
    "mean log place",
    "least log place",
    "weight of its places",
    "rarity of the commoner word",
    "rarity of the rarer word",
    "capitals",
    "numbers",
    "letters",
    "mean likeness of its sentences to the whole",
    "greatest likeness",
    "mean length of its sentences",
    "log budget",
    "log words",
    "log share of the budget",
    "share of the headlines",
)
PAIR_NAMES = (
    *WORD_NAMES,
    "stop words",
    "documents of the first word",
    "documents of the second word",
    "documents of the rarer one",
    "mutual information",
)
KINDS = ("words of one", "pairs of one", "words of several", "pairs of several")
_FILE = Path(__file__).with_name("concepts.json")
_FIRST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences that are summarized together, of one document or of several."""

    sentences: Sequence[str]
    document: Sequence[int]
    """The number of each sentence's document, ascending from 0."""
    place: Sequence[int]
    """The number of each sentence in its document."""
    titles: Sequence[str]
    """The headline of each document, or an empty string."""
    budget: float
    """How many words the summary shall have."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the concepts of one kind stand: a cell for each time, in reading order."""

    column: Integers
    sentence: Integers
    word: Integers
    """The number of the word, or of the first of a pair, among all words."""
    columns: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All words of some texts in one language, and the concepts they make."""

    known: Vocabulary
    texts: Sequence[Text]
    word: Integers
    """The number in the vocabulary of each word."""
    sentence: Integers
    """The sentence of each word, counted through all texts."""
    text: Integers
    """The text of each sentence."""
    document: Integers
    """The document of each sentence, counted through all texts."""
    place: Integers
    lengths: Vector
    """The words of each sentence."""
    stems: Integers
    """The column of each word's stem, stop words too."""
    stop: NDArray[np.bool_]
    words: Occurrences
    pairs: Occurrences
    titled: Titled


@dataclass(frozen=True, slots=True)
class Titled:
    """The words of the headlines."""

    word: Integers
    """The number in the vocabulary of each word."""
    document: Integers
    """The document of each, counted through all texts."""


def read(texts: Sequence[Text], language: str) -> Reading:
    """Read the words of texts in one language; each text has at least one sentence."""
    known = vocabulary(language)
    sizes = [len(text.sentences) for text in texts]
    of_text = np.arange(len(texts)).repeat(sizes)
    word, sentence = known.read(*tokens([s for text in texts for s in text.sentences], language))
    real = word > 0
    word, sentence = word[real], sentence[real]
    documents = np.cumsum([0, *(text.document[-1] + 1 for text in texts)])[:-1]
    titled = known.read(*tokens([title for text in texts for title in text.titles], language))
    stem = known.stem.take(word)
    stems, stem_of = numbered(of_text.take(sentence) * (len(known) + 1) + stem)
    stop = known.term.take(word) < 0
    plain = np.flatnonzero(~stop)
    first = np.flatnonzero((sentence[1:] == sentence[:-1]) & ~(stop[1:] & stop[:-1]))
    pair, kinds = numbered(stems[first] * max(len(stem_of), 1) + stems[first + 1])
    of_word, word_kinds = numbered(stems[plain])
    return Reading(
        known=known,
        texts=texts,
        word=word,
        sentence=sentence,
        text=of_text,
        document=np.array([d for text in texts for d in text.document]) + documents.repeat(sizes),
        place=np.array([p for text in texts for p in text.place], dtype=np.int64),
        lengths=add_up(sentence, np.ones(len(sentence)), len(of_text)),
        stems=stems,
        stop=stop,
        words=Occurrences(of_word, sentence[plain], plain, len(word_kinds)),
        pairs=Occurrences(pair, sentence[first], first, len(kinds)),
        titled=Titled(*titled),
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is known of each text as a whole."""

    documents: Vector
    words: Vector
    budget: Vector


def _whole(reading: Reading) -> _Whole:
    count = len(reading.texts)
    return _Whole(
        documents=np.array([text.document[-1] + 1.0 for text in reading.texts]),
        words=np.maximum(add_up(reading.text, reading.lengths, count), 1.0),
        budget=np.array([text.budget for text in reading.texts]),
    )


def most_frequent(reading: Reading, of: Occurrences) -> Vector:
    """How often the most frequent concept of a kind stands in each text."""
    times = np.bincount(of.column, minlength=of.columns)
    most = np.ones(len(reading.texts))
    owner = reading.text.take(of.sentence)
    np.maximum.at(most, owner, times.take(of.column))
    return most


def restricted(of: Occurrences, asked: NDArray[np.bool_]) -> Occurrences:
    """The occurrences of some concepts alone, which are numbered anew."""
    kept = asked[of.column]
    number = asked.cumsum() - 1
    return Occurrences(number[of.column[kept]], of.sentence[kept], of.word[kept], int(asked.sum()))


def features(
    reading: Reading, of: Occurrences, most: Vector, *, pairs: bool
) -> NDArray[np.float64]:
    """Return a row for each feature (`WORD_NAMES`, `PAIR_NAMES`) and a column for each concept of a kind."""
    whole = _whole(reading)
    owner = np.zeros(of.columns, dtype=np.int64)
    owner[of.column] = reading.text.take(of.sentence)
    times = np.bincount(of.column, minlength=of.columns).astype(np.float64)
    spread = _spread(reading, of, whole.documents.take(owner))
    rows = [
        *_frequencies(times, spread.documents, owner, whole, most),
        spread.sentences / spread.documents,
        *spread.places,
        *_makeup(reading, of, times, pairs),
        *_sentences(reading, of, times),
        *_lengths(owner, whole),
        _headlines(reading, of, owner, pairs) / whole.documents.take(owner),
    ]
    if pairs:
        rows += _pairs(reading, of, times, owner, whole)
    return np.array(rows)


def _frequencies(
    times: Vector, documents: Vector, owner: Integers, whole: _Whole, most: Vector
) -> tuple[Vector, ...]:
    """How often a concept stands in its text, and in how many of its documents."""
    in_all = whole.documents.take(owner)
    return (
        documents,
        documents / in_all,
        in_all,
        1000 * times / whole.words.take(owner),
        np.log(times),
        times / most.take(owner),
        _ranks(documents, owner),
    )


def _ranks(values: Vector, owner: Integers) -> Vector:
    """The share of the concepts of the same text that have a greater value."""
    count = len(values)
    if not count:
        return values
    order = np.lexsort((-values, owner))
    ordered, owners = -values[order], owner[order]
    opens = np.ones(count, dtype=bool)
    opens[1:] = (ordered[1:] != ordered[:-1]) | (owners[1:] != owners[:-1])
    place = np.arange(count)
    first = np.maximum.accumulate(np.where(opens, place, 0))
    begins = np.searchsorted(owners, np.arange(int(owners[-1]) + 1))
    sizes = np.diff(np.append(begins, count))
    ranks = np.empty(count)
    ranks[order] = (first - begins.take(owners)) / np.maximum(sizes.take(owners), 1)
    return ranks


@dataclass(frozen=True, slots=True)
class _Spread:
    documents: Vector
    sentences: Vector
    places: tuple[Vector, ...]


def _spread(reading: Reading, of: Occurrences, in_all: Vector) -> _Spread:
    """In how many documents and sentences each concept stands, and where first in each document."""
    documents = int(reading.document[-1]) + 1
    first, column = _first_of(of.column * documents + reading.document.take(of.sentence), of.column)
    place = reading.place.take(of.sentence[first]).astype(np.float64)
    begins = np.searchsorted(reading.document.take(reading.sentence), np.arange(documents))
    word = of.word[first]
    offset = word - begins.take(reading.document.take(reading.sentence[word]))
    count = np.maximum(np.bincount(column, minlength=of.columns).astype(np.float64), 1.0)
    total = len(reading.text)
    _once, sentence_column = _first_of(of.column * total + of.sentence, of.column)
    sentences = np.bincount(sentence_column, minlength=of.columns).astype(np.float64)
    logs = np.log1p(place)
    least = np.full(of.columns, np.inf)
    np.minimum.at(least, column, logs)

    def share(of_first: NDArray[np.bool_]) -> Vector:
        return add_up(column, of_first.astype(np.float64), of.columns) / in_all

    places = (
        share(place == 0),
        share(place < 3),
        share(offset < _FIRST_WORDS),
        add_up(column, logs, of.columns) / count,
        least,
        add_up(column, 1 / np.sqrt(1 + place), of.columns) / in_all,
    )
    return _Spread(count, sentences, places)


def _first_of(keys: Integers, column: Integers) -> tuple[Integers, Integers]:
    """The first occurrence of each key, by column, and the column of each."""
    order = sorted_places(keys)
    opens = np.ones(len(keys), dtype=bool)
    ordered = keys[order]
    np.not_equal(ordered[1:], ordered[:-1], out=opens[1:])
    first = order[opens]
    return first, column[first]


def _makeup(reading: Reading, of: Occurrences, times: Vector, pairs: bool) -> tuple[Vector, ...]:
    """How rare, capitalized, numeric and long the words of a concept are."""
    known, word = reading.known, reading.word
    members = [word[of.word]]
    if pairs:
        members.append(word[of.word + 1])
    rarities = np.array([known.weight.take(member) for member in members])

    def mean(what: Vector) -> Vector:
        return add_up(of.column, what, of.columns) / times

    def of_members(what: Vector) -> Vector:
        return mean(np.sum([what.take(member) for member in members], axis=0))

    return (
        mean(rarities.min(axis=0)),
        mean(rarities.max(axis=0)),
        of_members(known.capital),
        of_members(known.number),
        of_members(known.letters),
    )


def _sentences(reading: Reading, of: Occurrences, times: Vector) -> tuple[Vector, ...]:
    """How like the whole text the sentences of a concept are, and how long."""
    likeness = centrality(reading).take(of.sentence)
    greatest = np.zeros(of.columns)
    np.maximum.at(greatest, of.column, likeness)
    lengths = reading.lengths.take(of.sentence)
    return (
        add_up(of.column, likeness, of.columns) / times,
        greatest,
        add_up(of.column, lengths, of.columns) / times,
    )


def centrality(reading: Reading) -> Vector:
    """The cosine of each sentence with the sum of its text's sentences, each as long as any other."""
    words, count = reading.words, len(reading.text)
    weight = reading.known.weight.take(reading.word[words.word])
    cells, cell = np.unique(
        words.sentence * max(words.columns, 1) + words.column, return_inverse=True
    )
    value = add_up(cell, weight, len(cells))
    row, column = cells // max(words.columns, 1), cells % max(words.columns, 1)
    norm = np.sqrt(add_up(row, value**2, count))
    value = value / np.where(norm > 0, norm, 1.0).take(row)
    centroid = add_up(column, value, words.columns)
    owner = np.zeros(words.columns, dtype=np.int64)
    owner[column] = reading.text.take(row)
    length = np.sqrt(add_up(owner, centroid**2, len(reading.texts)))
    length = np.where(length > 0, length, 1.0)
    return add_up(row, value * centroid.take(column), count) / length.take(reading.text)


def _lengths(owner: Integers, whole: _Whole) -> tuple[Vector, ...]:
    budget, words = np.log(whole.budget), np.log(whole.words)
    return budget.take(owner), words.take(owner), (budget - words).take(owner)


def _headlines(reading: Reading, of: Occurrences, owner: Integers, pairs: bool) -> Vector:
    """In how many headlines each concept stands."""
    if not len(reading.titled.word):
        return np.zeros(of.columns)
    stem, size = reading.known.stem, len(reading.known) + 1
    first = np.zeros(of.columns, dtype=np.int64)
    first[of.column] = of.word
    keys = owner * size + stem.take(reading.word[first])
    titled = reading.titled
    text = np.repeat(np.arange(len(reading.texts)), [len(text.titles) for text in reading.texts])
    head = text.take(titled.document) * size + stem.take(titled.word)
    document = titled.document
    if pairs:
        keys = keys * size + stem.take(reading.word[first + 1])
        beside = titled.document[1:] == titled.document[:-1]
        head = (head[:-1] * size + stem.take(titled.word[1:]))[beside]
        document = document[:-1][beside]
    once = np.unique(np.array([head, document]), axis=1)
    held, times = np.unique(once[0], return_counts=True)
    at = np.minimum(np.searchsorted(held, keys), max(len(held) - 1, 0))
    return np.where(held[at] == keys, times[at], 0.0) if len(held) else np.zeros(of.columns)


def _pairs(
    reading: Reading, of: Occurrences, times: Vector, owner: Integers, whole: _Whole
) -> tuple[Vector, ...]:
    """What the two words of a pair are by themselves, and how much oftener they meet than by chance."""
    stems = int(reading.stems.max(initial=-1)) + 1
    documents = int(reading.document[-1]) + 1
    at = reading.document.take(reading.sentence)
    _, column = _first_of(reading.stems * documents + at, reading.stems)
    spread = np.bincount(column, minlength=stems).astype(np.float64)
    often = np.bincount(reading.stems, minlength=stems).astype(np.float64)
    first, second = (np.zeros(of.columns, dtype=np.int64) for _ in range(2))
    first[of.column] = reading.stems[of.word]
    second[of.column] = reading.stems[of.word + 1]
    stops = np.zeros(of.columns)
    stops[of.column] = reading.stop[of.word] + 0.0 + reading.stop[of.word + 1]
    words = whole.words.take(owner)
    return (
        stops,
        spread.take(first),
        spread.take(second),
        np.minimum(spread.take(first), spread.take(second)),
        np.log(times * words / (often.take(first) * often.take(second))),
    )


@cache
def model() -> dict[str, Trees]:
    """Load the trees that come with the package, by kind."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    if tuple(data["words"]) != WORD_NAMES or tuple(data["pairs"]) != PAIR_NAMES:
        raise RuntimeError("concepts.json was trained on other features: run benchmarks/summaries")
    return {
        kind: read_trees(data[kind], len(WORD_NAMES if kind.startswith("words") else PAIR_NAMES))
        for kind in KINDS
    }
