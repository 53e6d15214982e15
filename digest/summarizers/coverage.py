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

from digest.length import Ceiling
from digest.summarizers.concepts import (
    Occurrences,
    Reading,
    Text,
    features,
    model,
    most_frequent,
    read,
    restricted,
)
from digest.summarizers.guard import Ties, answers, introductions
from digest.summarizers.passages import Passages
from digest.summarizers.search import (
    NO_NEEDS,
    WIDTH,
    Matrix,
    Pool,
    Search,
    best_units,
    density,
    expected_f,
    filling,
)
from digest.summarizers.vectors import Integers, Vector, tokens
from digest.summarizers.worth import (
    EVENTS,
    LATE_SCORE,
    alike,
    follows,
    lateness,
    needs,
    newsworthiness,
    opening,
)

ONE_BUDGET = 60.0
"""The words that a summary of one article is expected to have; the model was trained with it."""
MOST_SEARCHED = 24
"""The most sentences that are searched for as a set; of a longer summary it matters less which they are."""
_WORDS, _CHARACTERS = 25, 150
"""Of a sentence, about."""
_SHORTLIST = 8
"""Units of one article that are searched; 6 and 12 are no better (cross-validated on CNN)."""
_FEW, _WIDE = 3, 120
"""So few sentences of one article are searched in full: there are no more pairs of the shortlist."""
_TOPIC_SHORTLIST = 16
"""The same for a topic, whose news may stand late in a long article."""
_FEWEST, _FEWEST_OF_SEVERAL, _FEWEST_OF_TOPIC = 6, 8, 10
"""Words of a sentence; where there are several articles; and where it stands under a headline, or the text is
so long that most short sentences in it are details."""
_LONG_TEXT = 60
"""Sentences."""
_LEAST_WORD, _LEAST_PAIR = 0.05, 0.02
"""Less likely concepts pay nothing, where there are several articles."""
_LABEL = 1.0
"""What a word gains that stands in the label or a headline, and a pair of two such words."""
_MANY_DOCUMENTS, _ALONE = 4, 0.3
"""Of so many articles, what only one says counts less: at 1, six of ten sentences chosen are first ones."""
_EARLY, _EARLY_UNSEEN = 0.2, 1.0
"""What an article's first sentence gains where a budget is filled from many articles, its second half of it,
its third a third; and what it gains where the models were not taught the language. Swept on MultiLing with
`_ALIKE_FIRST`, cross-validated: at .2 and .45 R-1/R-2 is 50.7/21.9 and .49 of what is chosen are first
sentences; .3 without it 50.2/22.1 and .65; 0 without it 50.2/20.6 and .39. From three articles a gain costs .2
(NeuS). At 0 and 1 Arabic has R-1 37.5, 41.2, Czech 38.6, 39.2, French 48.6, 48.2, Hindi 38.2, 39.0."""
_TAUGHT = frozenset({"en"})
"""The languages of the texts that the models were taught with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to choose from, and under what."""

    found: Passages
    tied: Ties
    ceiling: Ceiling
    told: frozenset[int] = frozenset()
    """Sentences that the reader has had: they are not chosen, and what they say pays nothing."""
    about: str = ""
    """The label of the topic, where the summary stands under a headline."""
    guarded: bool = True
    """True where people are to be introduced."""
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
    opens: int = -1
    """The sentence that comes first, wherever it stands; -1 where they keep the order of their articles."""


def choose(tasks: Sequence[Task]) -> list[Chosen]:
    """Choose for each task; those side by side that are of one kind are read at once."""
    found: list[Chosen] = []
    for (language, several), group in groupby(tasks, key=lambda task: task.kind):
        some = list(group)
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
    runs: dict[tuple[int, ...], None] = {}
    for i, (a, b, named) in enumerate(zip(tied.first, tied.last, tied.named, strict=True)):
        if a >= 0:
            runs[tuple(range(a, b + 1))] = None
        if named >= 0:
            runs[named, i] = None
    return [
        run
        for run in runs
        if not any(
            (
                found.barred[i]
                and not (found.barred[i] == "question" and i + 1 in run and answers(found, i + 1))
            )
            or i in task.told
            or found.words[i] < fewest_words
            for i in run
        )
    ]


def _shortlist(task: Task) -> list[tuple[int, ...]]:
    """The units that are looked at: of one article, the best by the scores of their sentences."""
    fewest = _FEWEST_OF_SEVERAL if task.several else _FEWEST
    if task.about or len(task.found) > _LONG_TEXT:
        fewest = _FEWEST_OF_TOPIC
    most = task.ceiling.sentences or len(task.found)
    every = [unit for unit in units(task, fewest) or units(task) if len(unit) <= most]
    if task.scores is not None:
        scores = task.scores
        if task.counts_sentences and not task.about:
            scores = scores - LATE_SCORE * lateness(task.found.index)
        every.sort(key=lambda unit: -sum(float(scores[i]) for i in unit) / len(unit))
        every = every[: max(_TOPIC_SHORTLIST if task.about else _SHORTLIST, *_needed(task))]
    return _introduced(task, every, most)


def _introduced(task: Task, every: list[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    """The units with the sentences that introduce their people; those that can have them, or all where such
    units are too few for the length: a name without a first name is better than nothing."""
    if not task.guarded:
        return every
    whole: dict[tuple[int, ...], None] = {}
    for unit in every:
        also = [task.tied.run(i) for i in introductions(task.found, unit)]
        if all(run and not any(task.found.barred[i] for i in run) for run in also):
            whole[tuple(sorted({*unit, *(i for run in also for i in run)}))] = None
    kept = [unit for unit in whole if len(unit) <= most]
    if len({i for unit in kept for i in unit}) < min(task.ceiling.sentences or 1, MOST_SEARCHED):
        return every
    return kept


def _needed(task: Task) -> tuple[int, int]:
    """How many units the length may want."""
    limit = task.ceiling
    words = limit.words or (limit.characters or 0) * _WORDS // _CHARACTERS
    return 2 * (limit.sentences or 0), words // 10


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
    asked = np.zeros(of.columns, dtype=bool)
    asked[of.column[wanted[of.sentence]]] = True
    if not asked.any():
        return found
    most = most_frequent(reading, of)
    pairs = kind.startswith("pairs")
    matrix = features(reading, restricted(of, asked), most, pairs=pairs)
    share = 1 / (1 + np.exp(-model()[kind].sums(matrix)[0]))
    alone = (matrix[2] >= _MANY_DOCUMENTS) & (matrix[0] < 2)
    found[asked] = np.where(alone, _ALONE * share, share)
    return found


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
        dense = density(pool)
        scores = np.full(len(task.found), float(dense.min(initial=0.0)))
        scores[columns] = dense
        pool = best_units(pool)
    chosen = [] if task.is_long else _search(task)(pool)
    opens = -1
    if task.about and task.counts_sentences and chosen:
        opens = columns[replace(_search(task), ceiling=Ceiling(sentences=1))(pool)[0]]
    return Chosen([columns[k] for k in chosen], scores, opens)


def _search(task: Task) -> Search:
    """How to search: for exactly so many sentences, for the best under a ceiling, or to fill a budget."""
    limit = task.ceiling
    if task.counts_sentences:
        if task.about:
            return Search(ceiling=limit, worth=expected_f, most=True, best_first=True)
        few = not task.several and (limit.sentences or 0) <= _FEW
        width = _WIDE if few else WIDTH
        return Search(ceiling=limit, worth=expected_f, most=True, width=width, ordered=few)
    if task.several:
        return Search(ceiling=limit, worth=filling, budget=_budget(task))
    return Search(ceiling=limit, worth=expected_f)


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
    heads = [head for head in (task.about, *(a.title for a in found.articles)) if head]
    headed = _standing_in(of.reading, heads)
    if heads:
        word_mass *= 1 + _LABEL * headed[word]
        pair_mass *= 1 + _LABEL * (headed[pair] * headed[pair + 1])
    if task.several:
        word_mass = np.where(word_mass > _LEAST_WORD, word_mass, 0.0)
        pair_mass = np.where(pair_mass > _LEAST_PAIR, pair_mass, 0.0)
    told = (
        task.counts_sentences and not task.several
    )  # in a few words a long opening leaves no room
    quality = opening(found, columns) if told else np.ones(len(columns))
    if _manner(task) == "crowd":
        gain = _EARLY if of.reading.known.language in _TAUGHT else _EARLY_UNSEEN
        quality = 1 + gain / (1.0 + np.array([found.index[i] for i in columns]))
    if task.about:
        events = _standing_in(of.reading, (EVENTS.get(of.reading.known.language, ""),))
        said = words @ headed[word] / np.maximum(words.sum(axis=1), 1.0)
        happened = words @ events[word] > 0
        quality = newsworthiness(found, columns, happened, said, task.scores)
    pool = Pool(
        member=member,
        words=np.array([float(found.words[i]) for i in columns]),
        characters=np.array([float(len(found.text[i])) for i in columns]),
        quality=quality,
        clash=alike(found, words, columns, _manner(task)),
        follows=follows(found, columns) if told else np.zeros((len(columns), len(columns))),
        needs=needs(of.reading, of.begin, found, columns) if told else NO_NEEDS,
        unit_words=np.minimum(member @ words, 1.0),
        unit_pairs=np.minimum(member @ pairs, 1.0),
        word_mass=word_mass,
        pair_mass=pair_mass,
    )
    return pool, columns


def _standing_in(reading: Reading, heads: Sequence[str]) -> Vector:
    """1 for each word of the reading whose stem stands in one of the texts, and is no stop word's."""
    if not heads:
        return np.zeros(len(reading.word))
    found, _ = reading.known.read(*tokens([" ".join(heads)], reading.known.language))
    named = reading.known.stem.take(found[reading.known.term.take(found) >= 0])
    return np.isin(reading.known.stem.take(reading.word), named).astype(np.float64)


def _manner(task: Task) -> str:
    """Of one article, of several by the sentence, or a budget filled from few articles, or from a crowd."""
    if not task.several:
        return "one"
    if task.counts_sentences:
        return "several"
    return "filled" if len(set(task.found.article)) < _MANY_DOCUMENTS else "crowd"


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
