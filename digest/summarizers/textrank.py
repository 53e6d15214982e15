"""Our summarizer, which is called by the name it began with.

The walk over the similarity graph that is TextRank, and a learned prior, say which sentences of an article
are worth a look (`scoring`); which of them make the summary is decided for all at once, by what they cover
together (`coverage`). `explain` tells the score of every sentence, and what carried it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from digest.length import Length
from digest.models import Article, Sentence, Summary
from digest.summarizers.coverage import Chosen, Task, choose
from digest.summarizers.guard import free, ties
from digest.summarizers.passages import Passages, passages
from digest.summarizers.scoring import NAMES, Measures, measure_each, prior
from digest.summarizers.selection import (
    NOTHING,
    Choice,
    heard_of,
    highest,
    limit_of,
    positions,
    summary_of,
)
from digest.summarizers.vectors import Vector, Vectors, vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRank:
    """Chooses the set of sentences that covers most of what an editor's summary would say."""

    length: Length = field(default_factory=Length)
    guard: bool = True
    language: str | None = None
    redundancy: float = 1.5
    """How many standard deviations of score a sentence loses, in a long summary, that another has said."""

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",
    ) -> Summary:
        """Choose the sentences that carry most of what the articles say, above all of what they are `about`."""
        return self.choose(passages(articles, self.language), told, about)

    def each(self, groups: Sequence[Sequence[Article]]) -> list[Summary]:
        """Summarize each group of articles: what `__call__` gives for each, in a third of the time."""
        return self.choose_each([passages(articles, self.language) for articles in groups])

    def choose(
        self, found: Passages, told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> Summary:
        """Choose among sentences that are already parted."""
        return self.choose_each([found], told, about)[0]

    def choose_each(
        self, groups: Sequence[Passages], told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> list[Summary]:
        """Choose for each group among its sentences."""
        tasks = [self._task(found, told, about) for found in groups if len(found)]
        summaries = (self._summary(task, chosen) for task, chosen in _chosen(tasks))
        return [
            next(summaries) if len(found) else Summary((), "textrank", NOTHING) for found in groups
        ]

    def scored(self, found: Passages) -> tuple[Summary, Vector]:
        """Choose among sentences, of which there is at least one; return the score of each as well."""
        ((task, chosen),) = _chosen([self._task(found)])
        return self._summary(task, chosen), chosen.scores

    def _task(
        self, found: Passages, told: Set[tuple[str, int]] = frozenset(), about: str = ""
    ) -> Task:
        return Task(
            found=found,
            tied=ties(found) if self.guard else free(found),
            ceiling=limit_of(found, self.length),
            told=frozenset(heard_of(found, told)),
            about=about,
            guarded=self.guard,
        )

    def _summary(self, task: Task, chosen: Chosen) -> Summary:
        found, sentences = task.found, chosen.sentences
        if task.is_long or (task.told and not sentences):
            graph = vectors(found.text, found.languages[0])
            choice = Choice(ceiling=task.ceiling, redundancy=self.redundancy)
            told = {found.key(i) for i in task.told}
            sentences = highest(found, chosen.scores, task.tied, choice, graph.similar, told)
        ordered = _opened(sentences, chosen.opens)
        return summary_of(found, ordered, chosen.scores, task.tied, task.ceiling, "textrank")


def _opened(sentences: Sequence[int], opens: int) -> list[int]:
    """The sentences in reading order, but for the one that opens, and those that follow on it."""
    first = []
    while opens in sentences:
        first.append(opens)
        opens += 1
    return first + sorted(set(sentences).difference(first))


def _chosen(tasks: Sequence[Task]) -> Iterator[tuple[Task, Chosen]]:
    """Score the sentences of single articles, and choose for each task."""
    single = iter(measure_each([task.found for task in tasks if not task.several]))
    ready = [t if t.several else replace(t, scores=next(single)[0].scores) for t in tasks]
    return zip(ready, choose(ready), strict=True)


_MOST_TERMS = 6
_MOST_FEATURES = 6
_MOST_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """A term or a neighbour, and its share (0 to 1) of what a sentence got from the graph."""

    what: str
    share: float
    index: int = -1
    """The number of the neighbour among its article's sentences; -1 for a term."""


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """One sentence: where it ranks, whether it was chosen, and why or why not."""

    sentence: Sentence
    rank: int
    """1 is the highest score."""
    chosen: bool
    terms: tuple[Carried, ...]
    """The terms it shares with the rest of its article, the strongest first."""
    neighbours: tuple[Carried, ...]
    """The sentences of its article that lend it most of their rank."""
    features: tuple[tuple[str, float], ...]
    """What raised (above 0) or lowered (below 0) its score, in its unit, the strongest first."""
    barred: str
    """Why it could not be chosen at all: heading, question, notice, ...; empty where it could."""
    leans: str
    """What ties it to other sentences: how it opens, or its quotation; empty where nothing does."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All sentences of the articles in reading order, and the summary made of them."""

    articles: tuple[Article, ...]
    summary: Summary
    sentences: tuple[SentenceExplanation, ...]
    trust: tuple[float, ...]
    """For each article, from 0 to 1, how far the order of its sentences counted."""


def explain(
    article: Article | Sequence[Article], summarizer: TextRank | None = None
) -> Explanation:
    """Explain the summary that `summarizer` (ours with its defaults) makes of one article or of several."""
    summarizer = summarizer or TextRank()
    articles = (article,) if isinstance(article, Article) else tuple(article)
    found = passages(articles, summarizer.language)
    if not len(found):
        return Explanation(found.articles, summarizer(articles), (), ())
    summary, scores = summarizer.scored(found)
    measured = measure_each([found])[0]
    tied = ties(found)
    chosen = {(s.article_id, s.start) for s in summary.sentences}
    ranks = positions(scores)
    carried = [one for measures in measured for one in _carried(measures)]
    sentences = tuple(
        SentenceExplanation(
            sentence=found.sentence(i, float(scores[i])),
            rank=ranks[i],
            chosen=found.key(i) in chosen,
            terms=terms,
            neighbours=neighbours,
            features=_strongest(features),
            barred=found.barred[i],
            leans=tied.reason[i],
        )
        for i, (terms, neighbours, features) in enumerate(carried)
    )
    trust = tuple(measures.trust for measures in measured)
    return Explanation(found.articles, summary, sentences, trust)


def _strongest(features: Features) -> Features:
    """The features that moved a score most."""
    return tuple(sorted(features, key=lambda f: (-abs(f[1]), f[0]))[:_MOST_FEATURES])


Features = tuple[tuple[str, float], ...]
_Carried = tuple[tuple[Carried, ...], tuple[Carried, ...], Features]


def _carried(measured: Measures) -> list[_Carried]:
    """What carried each sentence of one article: its terms, its neighbours, its features."""
    parts = prior().contributions(measured.matrix, measured.trust)
    return [
        (
            _terms(measured.graph, measured.lent, measured.begin + i),
            _neighbours(measured, i),
            (
                *(
                    (name, float(part))
                    for name, part in zip(NAMES, parts[:, i], strict=True)
                    if part
                ),
                *((("opens the article", measured.lead_bonus),) if i == measured.lead else ()),
            ),
        )
        for i in range(len(measured.texts))
    ]


def _terms(graph: Vectors, lent: Vector, i: int) -> tuple[Carried, ...]:
    """What sentence `i` receives from the others, taken apart by the terms it comes through."""
    mine = graph.row == i
    columns, values = graph.column[mine], graph.value[mine]
    others = graph.transposed_times(lent)[columns] - values * lent[i]
    parts = np.maximum(values * others, 0.0)
    total = parts.sum()
    if total <= 0:
        return ()
    order = np.argsort(-parts, kind="stable")[:_MOST_TERMS]
    return tuple(
        Carried(graph.vocabulary.name(int(graph.term[columns[k]])), float(parts[k] / total))
        for k in order
        if parts[k] > 0
    )


def _neighbours(measured: Measures, i: int) -> tuple[Carried, ...]:
    text = measured.texts
    parts = measured.similar(i) * measured.lent[measured.begin : measured.begin + len(text)]
    parts[i] = 0.0
    total = parts.sum()
    if total <= 0:
        return ()
    order = np.argsort(-parts, kind="stable")[:_MOST_NEIGHBOURS]
    return tuple(Carried(text[k], float(parts[k] / total), int(k)) for k in order if parts[k] > 0)
