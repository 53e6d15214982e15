"""Why a summary is what it is: the score of every sentence and what carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.models import Article, Sentence, Summary
from digest.summarizers.guard import ties
from digest.summarizers.passages import passages
from digest.summarizers.scoring import NAMES, Measures, measure_each, prior
from digest.summarizers.selection import positions
from digest.summarizers.textrank import TextRank
from digest.summarizers.vectors import Vector, Vectors

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
