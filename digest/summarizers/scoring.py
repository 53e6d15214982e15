"""The score of each sentence of one article: rank in the similarity graph and learned prior.

Articles are measured many at once, and each comes out to the last bit as it would by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.features import features, trust_features
from digest.summarizers.layout import Layout, Vector, layout
from digest.summarizers.passages import Passages
from digest.summarizers.prior import prior
from digest.summarizers.vectors import Vectors, vectors
from digest.summarizers.walks import MOST_STORED, walks
from digest.text.openings import leaning_word

_LEAD = 1.5
"""What the first sentence gains where the text's order can be trusted: it is written to stand alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is measured of one article, which has at least one sentence."""

    texts: tuple[str, ...]
    words: tuple[int, ...]
    """Of each sentence."""
    barred: tuple[str, ...]
    """Why a sentence can never be chosen; empty where it can."""
    language: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known of the sentences of one article, which was measured with others."""

    texts: tuple[str, ...]
    graph: Vectors
    """Over the sentences of all that were measured together."""
    begin: int
    """The number of the article's first sentence among those."""
    edges: NDArray[np.float64] | None
    """The cosine of each two sentences of the article, where they are stored."""
    matrix: NDArray[np.float64]
    """A row for each feature, a column for each sentence."""
    trust: float
    """From 0 to 1: how far the order of its sentences counts."""
    lent: Vector
    """What each sentence, of all that were measured together, lends for each unit of similarity."""
    traits: Vector
    """What tells whether the article puts its news first."""
    scores: Vector
    """The score of each sentence, in standard deviations of the article's."""
    lead: int
    """The number of the first sentence that can be quoted; -1 where there is none."""

    @property
    def lead_bonus(self) -> float:
        """What the lead gains."""
        return _LEAD * self.trust

    def similar(self, i: int) -> Vector:
        """The cosine of sentence `i` of the article with each of its sentences."""
        if self.edges is not None:
            return np.asarray(self.edges[i])
        cosines = self.graph.similar(self.begin + i)
        return cosines[self.begin : self.begin + len(self.texts)]


def measure_each(groups: Sequence[Passages]) -> list[tuple[Measures, ...]]:
    """Measure the articles of each group that have sentences, each by itself."""
    parts = [_parts(found) for found in groups]
    measures = iter(measure([part for group in parts for part in group]))
    return [tuple(islice(measures, len(group))) for group in parts]


def _parts(found: Passages) -> list[Part]:
    extents = [found.extent(number) for number in range(len(found.articles))]
    return [
        Part(
            texts=found.text[begin:end],
            words=found.words[begin:end],
            barred=found.barred[begin:end],
            language=found.languages[number],
            title=found.articles[number].title,
        )
        for number, (begin, end) in enumerate(extents)
        if begin < end
    ]


def measure(parts: Sequence[Part]) -> list[Measures]:
    """Measure each article; those that stand side by side in one language, and are short, at once."""
    found: list[Measures] = []
    for (language, _), alike in groupby(enumerate(parts), key=_kind):
        found += _measure([part for _, part in alike], language)
    return found


def _kind(numbered: tuple[int, Part]) -> tuple[str, int]:
    """What the articles that can be measured at once have in common; a long one shares it with none."""
    number, part = numbered
    return part.language, number if len(part.texts) > MOST_STORED else -1


def _measure(parts: Sequence[Part], language: str) -> list[Measures]:
    """Measure articles of one language.

    The walk begins at a sentence the likelier, the nearer it stands to the beginning and the more of the
    title it says.
    """
    lay = layout([len(part.texts) for part in parts])
    graph, titled = _graph(parts, language, lay)
    start = 1.0 / np.sqrt(1.0 + lay.place) + titled
    walked = walks(graph, lay, start / lay.totals(start).take(lay.article))
    texts = [text for part in parts for text in part.texts]
    words = [count for part in parts for count in part.words]
    matrix = features(texts, words, graph, walked, lay)
    leans = [bool(leaning_word(part.texts[0], language)) for part in parts]
    traits = trust_features(matrix, lay, leans)
    trust = prior().trust(traits)
    scores = prior()(matrix, trust, lay)
    leads = [next((i for i, reason in enumerate(p.barred) if not reason), -1) for p in parts]
    for begin, lead, bonus in zip(lay.begins, leads, _LEAD * trust, strict=True):
        if lead >= 0:
            scores[begin + lead] += bonus
    found = []
    for k, (part, begin) in enumerate(zip(parts, lay.begins.tolist(), strict=True)):
        own = slice(begin, begin + len(part.texts))
        edges = walked.edges[k] if walked.edges else None
        one = (part.texts, graph, begin, edges, matrix[:, own], float(trust[k]), walked.lent)
        found.append(Measures(*one, traits[k], scores[own], leads[k]))
    return found


def _graph(parts: Sequence[Part], language: str, lay: Layout) -> tuple[Vectors, Vector]:
    """The vectors of the sentences, and the cosine of each with the title of its article."""
    texts = [text for part in parts for text in (*part.texts, part.title)]
    sizes = lay.sizes + 1
    titles = sizes.cumsum() - 1
    graph = vectors(texts, language, np.arange(len(parts)).repeat(sizes))
    if not any(part.title for part in parts):
        return graph.without(titles), np.zeros(len(lay.article))
    alone = np.zeros(len(texts))
    alone[titles] = 1.0
    titled = graph.walked(alone)
    return graph.without(titles), np.delete(titled, titles)
