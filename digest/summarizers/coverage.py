"""Choosing sentences as a set: the one that covers most of what an editor's summary would say.

Each concept has a probability that a summary holds it (`concepts`), each set the mass of what it covers, and
the best set is searched for (`search`). Of one article the set is judged as a whole, by the F-score it may
expect, as MatchSum does with a network (Zhong et al., "Extractive Summarization as Text Matching", ACL 2020);
of several articles a budget is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.concepts import (
    Occurrences,
    Reading,
    Text,
    features,
    model,
    read,
)
from digest.summarizers.guard import Ties
from digest.summarizers.layout import Integers, Vector, layout
from digest.summarizers.length import Ceiling
from digest.summarizers.passages import Passages
from digest.summarizers.search import WIDTH, Matrix, Pool, Search
from digest.summarizers.vectors import tokens

ONE_BUDGET = 60.0
"""The words that a summary of one article is expected to have; the model was trained with it."""
MOST_SEARCHED = 24
"""The most sentences that are searched for as a set; of a longer summary it matters less which they are."""
_WORDS, _CHARACTERS = 25, 150
"""Of a sentence, about."""
_SHORTLIST = 8
"""Units of one article that are searched; 6 and 12 are no better (cross-validated on CNN)."""
_WIDE = 56
"""Sets of one article that are followed at a time: all triples of the shortlist."""
_BY_DENSITY, _BY_MASS = 80, 40
"""Units of several articles that are searched."""
_FEWEST_WORDS = 8
"""Of a sentence, where there are several articles."""
_LEAST_WORD, _LEAST_PAIR = 0.05, 0.02
"""Less likely concepts pay nothing, where there are several articles."""
_WORD_SHARE, _A_WORD = 0.2, 0.02
"""What words pay beside pairs, and what each word of length pays: a budget is there to be used."""
_LABEL = 1.0
"""What a word gains that stands in the label or a headline, and a pair of two such words."""
_MANY_DOCUMENTS, _ALONE = 4, 0.3
"""Of so many articles, what only one says counts less: at 1, six of ten sentences chosen are first ones."""
_ALIKE = {"one": 0.8, "several": 0.5, "filled": 0.8}
"""Two sentences that share so much of the shorter one's words do not stand together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to choose from, and under what."""

    found: Passages
    tied: Ties
    ceiling: Ceiling
    told: frozenset[int] = frozenset()
    """Sentences that the reader has had: they are not chosen, and what they say pays nothing."""
    about: str = ""
    """The label of the topic."""
    scores: Vector | None = None
    """Of each sentence, where they are all of one article: which of them are searched."""

    @property
    def several(self) -> bool:
        """True where the sentences are of several articles."""
        return len(self.found) > 0 and self.found.article[0] != self.found.article[-1]

    @property
    def is_long(self) -> bool:
        """True where so much is wanted that sentences are chosen by score alone."""
        limit = self.ceiling
        return (
            (limit.sentences or 0) > MOST_SEARCHED
            or (limit.words or 0) > MOST_SEARCHED * _WORDS
            or (limit.characters or 0) > MOST_SEARCHED * _CHARACTERS
        ) and len(self.found) > MOST_SEARCHED

    @property
    def counts_sentences(self) -> bool:
        """True where the length is a number of sentences."""
        return self.ceiling.sentences is not None and self.ceiling.words is None

    @property
    def kind(self) -> tuple[str, bool]:
        """What tasks have in common that can be read at once."""
        return self.found.languages[self.found.article[0]], self.several


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences of the best set, and the score of every sentence."""

    sentences: list[int]
    scores: Vector


def choose(tasks: Sequence[Task]) -> list[Chosen]:
    """Choose for each task; those side by side that are of one kind are read at once."""
    found: list[Chosen] = []
    for (language, several), alike in groupby(tasks, key=lambda task: task.kind):
        some = list(alike)
        reading = read([_text(task) for task in some], language)
        shortlists = [_shortlist(task) for task in some]
        found += _chosen(some, reading, shortlists, several)
    return found


def _text(task: Task) -> Text:
    found = task.found
    documents, document = np.unique(found.article, return_inverse=True)
    titles = [found.articles[k].title for k in documents.tolist()]
    return Text(found.text, document.tolist(), found.index, titles, _budget(task))


def _budget(task: Task) -> float:
    """The words that the summary shall have, about."""
    limit = task.ceiling
    if not task.several:
        return ONE_BUDGET
    if limit.words is not None:
        return float(max(limit.words, 1))
    if limit.characters is not None:
        return max(limit.characters * _WORDS / _CHARACTERS, 1.0)
    return float(_WORDS * (limit.sentences or 3))


def units(task: Task, fewest_words: int = 0) -> list[tuple[int, ...]]:
    """The runs of sentences that can be chosen together, in reading order."""
    found, tied = task.found, task.tied
    runs = {(a, b): None for a, b in zip(tied.first, tied.last, strict=True) if a >= 0}
    return [
        tuple(range(a, b + 1))
        for a, b in runs
        if not any(
            found.barred[i] or i in task.told or found.words[i] < fewest_words
            for i in range(a, b + 1)
        )
    ]


def _shortlist(task: Task) -> list[tuple[int, ...]]:
    """The units that are looked at: of one article, the best by the scores of their sentences."""
    if task.several:
        return units(task, _FEWEST_WORDS) or units(task)
    assert task.scores is not None
    scores, limit = task.scores, task.ceiling.sentences
    every = [unit for unit in units(task) if limit is None or len(unit) <= limit]
    every.sort(key=lambda unit: -sum(float(scores[i]) for i in unit) / len(unit))
    return every[: max(_SHORTLIST, 2 * (limit or 0), *_needed(task))]


def _needed(task: Task) -> tuple[int, ...]:
    """How many units a length in words or characters may want."""
    words = task.ceiling.words or (task.ceiling.characters or 0) // 6
    return (words // 10,)


def _chosen(
    tasks: Sequence[Task], reading: Reading, shortlists: list[list[tuple[int, ...]]], several: bool
) -> Iterator[Chosen]:
    begins = np.searchsorted(reading.text, np.arange(len(tasks)))
    wanted = np.zeros(len(reading.text), dtype=bool)
    for begin, shortlist in zip(begins.tolist(), shortlists, strict=True):
        wanted[[begin + i for unit in shortlist for i in unit]] = True
    number = "several" if several else "one"
    word = probabilities(reading, reading.words, f"words of {number}", wanted)
    pair = probabilities(reading, reading.pairs, f"pairs of {number}", wanted)
    for task, begin, shortlist in zip(tasks, begins.tolist(), shortlists, strict=True):
        if shortlist:
            yield _searched(task, Pooled(reading, begin, word, pair), shortlist)
        else:
            scores = np.zeros(len(task.found)) if task.scores is None else task.scores
            yield Chosen([], scores)


def probabilities(
    reading: Reading, of: Occurrences, kind: str, wanted: NDArray[np.bool_]
) -> Vector:
    """How likely a summary holds each concept of some sentences; 0 for the concepts of no others."""
    found = np.zeros(of.columns)
    if not of.columns:
        return found
    matrix = features(reading, of)
    asked = np.zeros(of.columns, dtype=bool)
    asked[of.column[wanted[of.sentence]]] = True
    found[asked] = 1 / (1 + np.exp(-model()[kind].sums(matrix[:, asked])[0]))
    alone = (matrix[2] >= _MANY_DOCUMENTS) & (matrix[0] < 2)
    return np.where(alone, _ALONE * found, found)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The probabilities of the concepts of a reading, and where the task's sentences begin in it."""

    reading: Reading
    begin: int
    words: Vector
    pairs: Vector


def _searched(task: Task, of: Pooled, shortlist: list[tuple[int, ...]]) -> Chosen:
    pool, columns = _pool(task, of, shortlist)
    scores = task.scores
    if scores is None:
        density = _density(pool)
        scores = np.full(len(task.found), float(density.min(initial=0.0)))
        scores[columns] = density
        pool = _best_units(pool)
    chosen = [] if task.is_long else _search(task)(pool)
    return Chosen([columns[k] for k in chosen], scores)


def _search(task: Task) -> Search:
    """How to search: for exactly so many sentences, for the best under a ceiling, or to fill a budget."""
    limit = task.ceiling
    if task.counts_sentences:
        width = WIDTH if task.several else _WIDE
        return Search(ceiling=limit, worth=expected_f, most=True, width=width)
    if task.several:
        return Search(ceiling=limit, worth=filling, budget=_budget(task))
    return Search(ceiling=limit, worth=expected_f, width=_WIDE)


def expected_f(words: Matrix, pairs: Matrix, length: Matrix) -> Matrix:
    """The F-scores in words and pairs that a set may expect, each over the level that such sets reach.

    Half of the words are no concepts; a reference has 44 words.
    """
    return 2 * words / (length / 2 + 22) / 0.38 + 2 * pairs / (length + 42) / 0.15


def filling(words: Matrix, pairs: Matrix, length: Matrix) -> Matrix:
    """The mass that a set covers, pairs above all, and a little for each word of its length."""
    return pairs + _WORD_SHARE * words + _A_WORD * length


def _pool(task: Task, of: Pooled, shortlist: list[tuple[int, ...]]) -> tuple[Pool, list[int]]:
    """The pool of the units, and the number of each of its sentences."""
    found = task.found
    columns = sorted({i for unit in shortlist for i in unit})
    at = {i: k for k, i in enumerate(columns)}
    member = np.zeros((len(shortlist), len(columns)))
    for row, unit in enumerate(shortlist):
        member[row, [at[i] for i in unit]] = 1.0
    words, word_mass, word = _incidence(task, of, of.reading.words, of.words, columns)
    pairs, pair_mass, pair = _incidence(task, of, of.reading.pairs, of.pairs, columns)
    if task.several:
        word_mass = np.where(word_mass > _LEAST_WORD, word_mass, 0.0)
        pair_mass = np.where(pair_mass > _LEAST_PAIR, pair_mass, 0.0)
    headed = _headed(task, of.reading)
    word_mass *= 1 + _LABEL * headed[word]
    pair_mass *= 1 + _LABEL * (headed[pair] * headed[pair + 1])
    return (
        Pool(
            member=member,
            words=np.array([float(found.words[i]) for i in columns]),
            characters=np.array([float(len(found.text[i])) for i in columns]),
            quality=np.ones(len(columns)),
            clash=_clash(words, _ALIKE[_manner(task)]),
            unit_words=np.minimum(member @ words, 1.0),
            unit_pairs=np.minimum(member @ pairs, 1.0),
            word_mass=word_mass,
            pair_mass=pair_mass,
        ),
        columns,
    )


def _headed(task: Task, reading: Reading) -> Vector:
    """1 for each word of the reading that stands in the label of the topic or in a headline, or nearly."""
    heads = " ".join((task.about, *(article.title for article in task.found.articles)))
    found, _ = reading.known.read(*tokens([heads], reading.known.language))
    named = reading.known.stem.take(found[reading.known.term.take(found) >= 0])
    return np.isin(reading.known.stem.take(reading.word), named).astype(np.float64)


def _manner(task: Task) -> str:
    if not task.several:
        return "one"
    return "several" if task.counts_sentences else "filled"


def _incidence(
    task: Task, of: Pooled, where: Occurrences, mass: Vector, columns: list[int]
) -> tuple[Matrix, Vector, Integers]:
    """Which concepts each of the sentences holds, what each pays, and the first word of each."""
    end = of.begin + len(task.found)
    first, last = np.searchsorted(where.sentence, (of.begin, end))
    cells = slice(int(first), int(last))
    row = np.full(len(task.found), -1)
    row[columns] = np.arange(len(columns))
    rows = row[where.sentence[cells] - of.begin]
    kept = rows >= 0
    concepts, column = np.unique(where.column[cells][kept], return_inverse=True)
    matrix = np.zeros((len(columns), len(concepts)))
    matrix[rows[kept], column] = 1.0
    word = np.zeros(len(concepts), dtype=np.int64)
    word[column] = where.word[cells][kept]
    paid = mass[concepts]
    if task.told:
        heard = np.isin(where.sentence[cells] - of.begin, list(task.told))
        paid[np.isin(concepts, where.column[cells][heard])] = 0.0
    return matrix, paid, word


def _clash(words: Matrix, alike: float) -> Matrix:
    """1 for each two sentences that say much the same."""
    shared = words @ words.T
    sizes = np.diagonal(shared)
    clash = (shared >= alike * np.maximum(np.minimum(sizes[:, None], sizes), 1.0)).astype(
        np.float64
    )
    np.fill_diagonal(clash, 0.0)
    return clash


def _density(pool: Pool) -> Vector:
    """What each sentence is worth a word, with mean 0 and deviation 1."""
    sentences = np.maximum(pool.member.T @ np.ones(len(pool.member)), 1.0)
    worth = _unit_worth(pool) / np.maximum(pool.member @ pool.words, 1.0)
    density = (pool.member.T @ worth) / sentences
    return layout([len(density)]).standard(density)


def _unit_worth(pool: Pool) -> Vector:
    lengths = pool.member @ pool.words
    return filling(pool.unit_words @ pool.word_mass, pool.unit_pairs @ pool.pair_mass, lengths)


def _best_units(pool: Pool) -> Pool:
    """The pool with its best units alone: those that are worth most a word, and most."""
    worth = _unit_worth(pool)
    density = worth / np.maximum(pool.member @ pool.words, 1.0)
    best = {
        *np.argsort(-density, kind="stable")[:_BY_DENSITY].tolist(),
        *np.argsort(-worth, kind="stable")[:_BY_MASS].tolist(),
    }
    kept = sorted(best)
    return replace(
        pool,
        member=pool.member[kept],
        unit_words=pool.unit_words[kept],
        unit_pairs=pool.unit_pairs[kept],
    )
