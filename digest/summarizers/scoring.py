"""The score of each sentence of one article: rank in the similarity graph and learned prior.

Articles are measured many at once, and each comes out to the last bit as it would by itself. The prior says how
much of what editors would say a sentence holds, by its features: two small sets of boosted regression trees
(Friedman, Annals of Statistics 29(5), 2001), one that knows the position of a sentence and one taught on the
same articles in shuffled order, and a logistic regression that says from the text how far its order can be
trusted. `benchmarks/summaries/train.py` makes the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.passages import Passages
from digest.summarizers.trees import Matrix, Trees, read_trees
from digest.summarizers.vectors import Layout, Vector, Vectors, add_up, layout, vectors
from digest.summarizers.walks import BEGINNING, MOST_STORED, Walks, walks
from digest.text.anaphora import leaning_word

NAMES = (
    "position",
    "relative position",
    "rank from the beginning",
    "centrality",
    "likeness to the whole",
    "likeness to the beginning",
    "likeness to its nearest",
    "frequency of its terms",
    "terms met again later",
    "terms met before",
    "terms it introduces",
    "rarest word",
    "words",
    "words of the sentence before",
    "share of function words",
    "share of capitals",
    "share of numbers",
    "letters a word",
    "commas",
    "quotation",
    "speaks of itself",
    "sentences in the text",
    "coherence of the text",
    "centrality of the beginning",
)
TRUST_NAMES = (
    "centrality falls from the beginning",
    "centrality of the first sentence",
    "centrality of the beginning",
    "each sentence is like the next",
    "the first sentence leans",
    "length falls from the beginning",
)
_MOST_COHERENT = 3.5
_LONG = 32.0
"""From this many words on, a sentence is simply long."""


def features(
    texts: Sequence[str], counts: Sequence[int], graph: Vectors, walked: Walks, lay: Layout
) -> NDArray[np.float64]:
    """Return a row for each of the features named by `NAMES`, with a column for each sentence.

    `counts` are the words of each sentence.
    """
    matrix = np.empty((len(NAMES), graph.sentences))
    words = np.maximum(np.array(counts, dtype=np.float64), 1.0)
    columns = (
        *_places(walked, lay),
        *_terms(graph),
        *_sizes(words, lay),
        *_wording(texts, words, graph),
        *_whole(walked, lay),
    )
    for k, column in enumerate(columns):
        matrix[k] = column
    return matrix


def trust_features(matrix: NDArray[np.float64], lay: Layout, leans: Sequence[bool]) -> Vector:
    """Return a row for each article of what tells whether it puts its news first (`TRUST_NAMES`).

    `leans` says of each article whether its first sentence leans on something.
    """
    central, begins = matrix[NAMES.index("centrality")], lay.begins
    return np.column_stack(
        (
            lay.correlation(matrix[0], central),
            central[begins],
            matrix[NAMES.index("centrality of the beginning"), begins],
            matrix[NAMES.index("coherence of the text"), begins],
            np.array(leans, dtype=np.float64),
            lay.correlation(matrix[0], matrix[NAMES.index("words")]),
        )
    )


def _places(walked: Walks, lay: Layout) -> Iterator[Vector]:
    """Where each sentence stands, in its article and in the graph."""
    size = lay.sizes.take(lay.article).astype(np.float64)
    place = lay.place.astype(np.float64)
    yield np.log1p(place)
    yield place / size
    yield walked.biased
    yield walked.central
    yield walked.mass / np.maximum(size - 1, 1.0)
    yield walked.like_beginning
    yield walked.nearest


def _terms(graph: Vectors) -> Iterator[Vector]:
    """The log frequency of each sentence's terms, how many come later, came before, are new; the rarest."""
    n, m, row, column = graph.sentences, graph.columns, graph.row, graph.column
    terms = np.maximum(np.bincount(row, minlength=n).astype(np.float64), 1.0)
    frequency = np.bincount(column, minlength=m)
    # Rows ascend, so that the last to be written is the latest, and backwards the earliest.
    latest, earliest = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    latest[column] = row
    earliest[column[::-1]] = row[::-1]
    first = earliest.take(column) == row
    often = frequency.take(column)
    yield add_up(row, np.log(often), n) / terms
    yield add_up(row, (latest.take(column) > row).astype(np.float64), n) / terms
    yield add_up(row, (~first).astype(np.float64), n) / terms
    yield add_up(row, (first & (often > 1)).astype(np.float64), n) / terms
    rarest = np.zeros(n)
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    if len(starts):
        rarest[row[starts]] = np.maximum.reduceat(graph.value * graph.norm.take(row), starts)
    yield rarest


def _sizes(words: Vector, lay: Layout) -> Iterator[Vector]:
    """The words of each sentence and of the one before it in its article."""
    short = np.minimum(words, _LONG)
    before = np.append(0.0, short[:-1])
    before[lay.begins] = 0.0
    yield short
    yield before


def _wording(texts: Sequence[str], words: Vector, graph: Vectors) -> Iterator[Vector]:
    """What kinds of words and marks each sentence is made of."""
    terms = np.maximum(np.bincount(graph.row, minlength=graph.sentences).astype(np.float64), 1.0)
    yield 1.0 - np.minimum(terms / words, 1.0)
    yield graph.capitals / words
    yield graph.numbers / words
    yield np.array(list(map(len, texts))) / words
    yield np.array([text.count(",") for text in texts]) / words
    yield np.array([_quoted(text) for text in texts])
    yield graph.personal / words


def _whole(walked: Walks, lay: Layout) -> Iterator[Vector]:
    """What is known of the article as a whole, for each of its sentences."""
    yield np.log(lay.sizes).repeat(lay.sizes)
    yield coherence(walked, lay).repeat(lay.sizes)
    total = lay.totals(np.where(lay.place < BEGINNING, walked.central, 0.0))
    yield (total / np.minimum(lay.sizes, BEGINNING)).repeat(lay.sizes)


def coherence(walked: Walks, lay: Layout) -> Vector:
    """How much likelier each sentence is like the next than like any other, in standard errors."""
    pairs = np.maximum(lay.sizes - 1, 1)
    beside = lay.totals(walked.beside) / pairs
    mean = lay.totals(walked.mass) / (lay.sizes * pairs)
    error = walked.deviation / np.sqrt(pairs) + 1e-9
    return np.where(lay.sizes < 3, 0.0, np.minimum((beside - mean) / error, _MOST_COHERENT))


def _quoted(text: str) -> float:
    if '"' not in text and "“" not in text and "”" not in text:
        return 0.0
    return 1.0 if text[0] in '"“' else 0.5


_FILE = Path(__file__).with_name("prior.json")


@dataclass(frozen=True, slots=True)
class Prior:
    """The trees that know the position, those that do not, and the trust that chooses between them."""

    trees: Trees
    """Those that know the position, then those that do not."""
    ordered: int
    """How many know it."""
    centre: Vector
    scale: Vector
    weight: Vector
    bias: float

    def trust(self, traits: Matrix) -> Vector:
        """From 0 to 1 for each article (row): how likely the text puts first what matters most."""
        # Sums are taken column by column: the same to the last bit, however many articles there are.
        odds = np.full(len(traits), self.bias)
        for k, weight in enumerate(self.weight):
            odds += weight * ((traits[:, k] - self.centre[k]) / self.scale[k])
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def __call__(self, matrix: Matrix, trust: Vector, lay: Layout) -> Vector:
        """The prior of each sentence, with mean 0 and deviation 1 over its article."""
        sums = self.trees.sums(matrix, self.ordered)
        share = trust.take(lay.article)
        return share * lay.standard(sums[0]) + (1 - share) * lay.standard(sums[1])

    def contributions(self, matrix: Matrix, trust: float) -> Matrix:
        """The parts of the prior by feature, in the same unit, for the sentences of one article."""
        parts = np.zeros_like(matrix)
        leaves = self.trees.leaves(matrix)
        count = len(leaves)
        for share, begin, end in ((trust, 0, self.ordered), (1 - trust, self.ordered, count)):
            moved = self.trees.contributions(matrix, begin, end)
            deviation = float(leaves[begin:end].sum(axis=0).std()) + 1e-6
            parts += share * (moved - moved.mean(axis=1, keepdims=True)) / deviation
        return parts


@cache
def prior() -> Prior:
    """Load the weights that come with the package."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES or tuple(data["trust"]["features"]) != TRUST_NAMES:
        raise RuntimeError("prior.json was trained on other features: run benchmarks/summaries")
    trust = data["trust"]
    ordered, unordered = data["ordered"], data["unordered"]
    return Prior(
        trees=read_trees({key: [*ordered[key], *unordered[key]] for key in ordered}, len(NAMES)),
        ordered=len(ordered["value"]),
        centre=np.array(trust["centre"]),
        scale=np.array(trust["scale"]),
        weight=np.array(trust["weight"]),
        bias=float(trust["bias"]),
    )


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
