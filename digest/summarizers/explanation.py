"""Why a summary is what it is: the score of every sentence and what carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.models import Article, Sentence, Summary
from digest.summarizers.guard import free, ties
from digest.summarizers.outcome import positions
from digest.summarizers.passages import passages
from digest.summarizers.textrank import TextRank
from digest.summarizers.vectors import Vector, Vectors

_MOST_TERMS = 6
_MOST_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """A term or a neighbour, and its share (0 to 1) of what a sentence got from the graph."""

    what: str
    share: float
    index: int = -1
    """The number of the neighbour among all sentences; -1 for a term."""


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """One sentence: where it ranks, whether it was chosen, and why or why not."""

    sentence: Sentence
    rank: int
    """1 is the highest score."""
    chosen: bool
    terms: tuple[Carried, ...]
    """The terms it shares with the rest of the text, the strongest first."""
    neighbours: tuple[Carried, ...]
    """The sentences that lend it most of their rank."""
    features: tuple[tuple[str, float], ...]
    """What raised (above 0) or lowered (below 0) its score, by name, the strongest first."""
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


def explain(
    article: Article | Sequence[Article], summarizer: TextRank | None = None
) -> Explanation:
    """Explain the summary that `summarizer` (by default ours with its defaults) gives."""
    articles = (article,) if isinstance(article, Article) else tuple(article)
    summarizer = summarizer or TextRank()
    found = passages(articles, summarizer.language)
    ranking = summarizer.ranking(found)
    tied = ties(found) if summarizer.guard else free(found)
    summary = summarizer(articles)
    chosen = {(s.article_id, s.index) for s in summary.sentences}
    ranks = positions(ranking.scores)
    sentences = [found.sentence(i, float(ranking.scores[i])) for i in range(len(found))]
    return Explanation(
        articles=found.articles,
        summary=summary,
        sentences=tuple(
            SentenceExplanation(
                sentence=sentence,
                rank=ranks[i],
                chosen=(sentence.article_id, sentence.index) in chosen,
                terms=_terms(ranking.graph, ranking.lent, i),
                neighbours=_neighbours(ranking.graph, ranking.lent, i, found.text),
                features=ranking.features[i] if ranking.features else (),
                barred=found.barred[i],
                leans=tied.reason[i],
            )
            for i, sentence in enumerate(sentences)
        ),
    )


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
        Carried(graph.vocabulary.name(int(graph.terms[columns[k]])), float(parts[k] / total))
        for k in order
        if parts[k] > 0
    )


def _neighbours(graph: Vectors, lent: Vector, i: int, text: tuple[str, ...]) -> tuple[Carried, ...]:
    parts = graph.similar(i) * lent
    parts[i] = 0.0
    total = parts.sum()
    if total <= 0:
        return ()
    order = np.argsort(-parts, kind="stable")[:_MOST_NEIGHBOURS]
    return tuple(Carried(text[k], float(parts[k] / total), int(k)) for k in order if parts[k] > 0)
