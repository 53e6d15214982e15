"""Articles into stories, and stories into topics, as numbers.

Stories into topics: what a reader files together.

Two stories belong together where the same distinctive names stand in their heads and they speak of the
same things. A name that merely occurs ("China", "AI") is no head; a name that half of the collection
shares tells nothing apart.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from digest.clusterers import Each
from digest.clusterers.agglomeration import best_level, by_components, levels, numbered
from digest.clusterers.constraints import (
    event_slots_of,
    of_one_event,
    parted,
    without_contradictions,
    without_weak_pairs,
)
from digest.clusterers.dates import EventSlots, closeness, days, weekdays
from digest.clusterers.mentions import BODY_CHARS, Mentions, read
from digest.clusterers.neighbours import (
    Neighbours,
    expanded,
    hubs,
    neighbours,
    neighbours_by,
    with_hubs,
)
from digest.clusterers.sparse import Bools, Floats, Ints, Rows, beside, from_entries
from digest.clusterers.vectors import Vectors, draws, guarded, vectors
from digest.models import Article
from digest.text.language import CASELESS, in_language_of_source
from digest.text.terms import stems, zipf

_MANY = 5000
_OPENING_CHARS = 1500
"""In a collection of twice as many so much of each is read: the rest of a report says little more of its event.
Everywhere it would cost ECB+ .003."""
_VETOED = 1000
"""In one of twice as many its own counts tell look-alike events apart, and what was read is not kept."""
TOPIC_BAR = 0.18
"""The mean similarity of head names and terms from which stories are one topic."""
_OF_STORIES = 0.47
"""The same as a share of the similarity within stories, where that is lower: reports of one event share fewer
stems in a language of many forms. .41 to .55 leave two English collections of three as they were."""
_ITEM_WORDS = 100.0
"""Of so few words two reports share few in any language; with it, five mornings of feeds stay as they were."""
HEAD_SHARE = 0.4
"""How much the head names count beside all terms."""
_HEAD_NAMES = 6
_BLOCK = 10_000
"""Articles that are held against the middles of their stories at a time."""
_STRICTEST = 0.5
_TELLING_WORD = 4.5
"""The Zipf value below which a word of a script without capitals is as telling as a name."""
_TELLING = 0.35
"""The length of a row of head names, before it is brought to 1, under which they tell little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """All that is known of a collection; `story`, `topic` and `centrality` go by article."""

    row: Ints
    """The row of each article in `vectors` and `near`."""
    vectors: Vectors
    near: Neighbours
    links: Neighbours
    """The pairs of `near` that no veto keeps apart."""
    named: Mapping[int, EventSlots]
    """The rows that name their occasion."""
    hubs: Mapping[int, int]
    """The rows that are like articles which share nothing."""
    wary: Bools
    """The rows for which the rules of a small collection hold: they are kept apart from strangers."""
    story: Ints
    topic: Ints
    bar: float
    """The similarity, in units of density, from which two articles are one story."""
    centrality: Floats
    """How like the middle of its story each article is, from 0 to 1."""

    def similarity(self, first: int, second: int) -> float:
        """Return the similarity of two articles in units of the density around both."""
        first, second = int(self.row[first]), int(self.row[second])
        density = float(self.near.density[first] * self.near.density[second])
        dates = self.vectors.days
        near = float(closeness(dates[first : first + 1], dates[second : second + 1])[0])
        return float(self.vectors.similarity(first, second) * near / density**0.5)


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Return articles in an order that their words give, so that it does not matter how they come.

    An id comes last: it may be a number that some list gave them.
    """
    return sorted(articles, key=lambda a: (a.title, a.text, a.source, a.id, a.page))


def cluster(articles: Sequence[Article]) -> Clustering:
    """Sort articles into stories and topics; there must be at least one.

    Articles of the same words count once: copies are reach, not weight.
    """
    unique, row = unique_of(in_language_of_source(articles))
    heads = HeadNames()
    drawn = draws(unique)
    most = np.where(guarded(drawn, _MANY), BODY_CHARS, _OPENING_CHARS).tolist()
    wary = guarded(drawn, _VETOED)
    mentions: Iterable[Mentions] = map(heads.add, map(read, unique, most))
    kept = list(mentions) if wary.any() else []
    space = expanded(vectors(kept or mentions, days(unique), drawn))
    space = replace(space, latent=np.hstack((space.latent, weekdays(unique, len(unique)))))
    near = neighbours(space)
    bridging, named = hubs(space, near), event_slots_of(unique, space.lengths)
    links = without_contradictions(near.without(bridging) if bridging else near, named, space.days)
    if kept:
        links = without_weak_pairs(links, kept, wary)
    level = best_level(space, near, levels(space, links))
    found = parted(level.cluster, named, space)
    if kept:
        found = of_one_event(found, unique, links, wary)
    return measured(row, space, near, links, named, found, heads.table(), level.bar, bridging, wary)


def unique_of(articles: Iterable[Article]) -> tuple[list[Article], Ints]:
    """Return the articles of the same words once, and the row of each article among these."""
    rows: dict[tuple[str, str, str], int] = {}
    unique, row = list[Article](), []
    for article in articles:
        key = (article.title, article.text, article.language)
        if key not in rows:
            rows[key] = len(unique)
            unique.append(article)
        row.append(rows[key])
    return unique, np.array(row)


def measured(
    row: Ints,
    space: Vectors,
    near: Neighbours,
    links: Neighbours,
    named: Mapping[int, EventSlots],
    found: Ints,
    heads: Rows,
    bar: float,
    bridging: dict[int, int] | None = None,
    wary: Bools | None = None,
    each: Each | None = None,
) -> Clustering:
    """Return all that is known of a collection whose stories are `found`, and file these under topics."""
    story, topic = _filed(found, heads, space, bridging or {}, each)
    return Clustering(
        row=row,
        vectors=space,
        near=near,
        links=links,
        named=named,
        hubs=bridging or {},
        wary=np.zeros(len(found), dtype=bool) if wary is None else wary,
        story=story[row],
        topic=topic[row],
        bar=bar,
        centrality=_centrality(space, story)[row],
    )


def _filed(
    story: Ints, heads: Rows, space: Vectors, bridging: dict[int, int], each: Each | None
) -> tuple[Ints, Ints]:
    """Return the story and the topic of each article; hubs join at last what they are nearest to."""
    if not bridging:
        return story, group(heads, space, story, each)[story]
    weight = np.ones(len(story), dtype=np.float32)
    weight[list(bridging)] = 0.0
    space = replace(space, terms=space.terms.scaled(weight))
    topic = group(heads.scaled(weight), space, story)[story]
    return with_hubs(story, bridging), with_hubs(topic, bridging)


def _centrality(space: Vectors, story: Ints) -> Floats:
    count = int(story.max()) + 1
    middle = space.terms.grouped(story, count).normalised()
    found = np.zeros(len(story), dtype=np.float32)
    order = np.argsort(story, kind="stable")
    for low in range(0, len(order), _BLOCK):
        rows = order[low : low + _BLOCK]
        first, last = int(story[rows[0]]), int(story[rows[-1]]) + 1
        own, part = space.terms.taken(rows), middle.part(first, last)
        key = (story[rows] - first)[own.row_numbers()] * own.width + own.columns
        owner = part.row_numbers().astype(np.int64) * part.width + part.columns
        products = own.values * part.values[np.searchsorted(owner, key)]
        found[rows] = np.bincount(own.row_numbers(), products, len(rows))
    return found


def head_names(mention: Mentions) -> dict[str, float]:
    """Return the words of the names that an article is about, with how much it is about them, to 1.

    They stand in its title or come back; so a list of everything is about nobody. Where no capitals tell the
    names, rarer words stand for them.
    """
    if mention.language in CASELESS:
        counted = _telling(mention, mention.words)
        in_title = frozenset(_telling(mention, dict.fromkeys(mention.title_words, 1)))
    else:
        counted, in_title = mention.names, mention.title_names
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    most = max([count for _, count in ranked], default=1)
    found = {name: 0.6 * count / most for name, count in ranked[:_HEAD_NAMES] if count > 1}
    for name in in_title:
        found[name] = found.get(name, 0.0) + 0.4
    return found


def _telling(mention: Mentions, words: Mapping[str, int]) -> dict[str, int]:
    """Return the stems of the words that are rare enough to tell an event, with their counts."""
    found: dict[str, int] = {}
    for word, count in words.items():
        if zipf(word, mention.language) < _TELLING_WORD:
            stem = stems([word], mention.language)[0]
            found[stem] = found.get(stem, 0) + count
    return found


@dataclass(slots=True)
class HeadNames:
    """Collects the head names of articles while they are read."""

    index: dict[str, int] = field(default_factory=dict)
    rarities: "array[float]" = field(default_factory=lambda: array("d"))
    rows: "array[int]" = field(default_factory=lambda: array("i"))
    columns: "array[int]" = field(default_factory=lambda: array("i"))
    values: "array[float]" = field(default_factory=lambda: array("d"))
    height: int = 0

    def add(self, mention: Mentions) -> Mentions:
        """Take in one more article, and hand it on."""
        for name, share in head_names(mention).items():
            if name not in self.index:
                rarity = max(0.0, 6.5 - max(zipf(name, mention.language), 2.5)) / 4.0
                self.rarities.append(rarity)
            self.rows.append(self.height)
            self.columns.append(self.index.setdefault(name, len(self.index)))
            self.values.append(share)
        self.height += 1
        return mention

    def extend(self, others: "HeadNames") -> None:
        """Take in all articles of another collection."""
        places = array("i")
        for name, rarity in zip(others.index, others.rarities, strict=True):
            if name not in self.index:
                self.rarities.append(rarity)
            places.append(self.index.setdefault(name, len(self.index)))
        self.rows.extend(row + self.height for row in others.rows)
        self.columns.extend(places[column] for column in others.columns)
        self.values.extend(others.values)
        self.height += others.height

    def taken(self, numbers: Ints) -> "HeadNames":
        """Return the head names of some articles, which are given by their numbers in order."""
        rows = np.frombuffer(self.rows, dtype=np.int32)
        kept = np.isin(rows, numbers)
        used, columns = np.unique(
            np.frombuffer(self.columns, dtype=np.int32)[kept], return_inverse=True
        )
        names = list(self.index)
        return HeadNames(
            {names[column]: place for place, column in enumerate(used.tolist())},
            array("d", np.frombuffer(self.rarities)[used].tobytes()),
            array("i", np.searchsorted(numbers, rows[kept]).astype(np.int32).tobytes()),
            array("i", columns.reshape(-1).astype(np.int32).tobytes()),
            array("d", np.frombuffer(self.values)[kept].tobytes()),
            len(numbers),
        )

    def table(self) -> Rows:
        """Return the head names of each article as rows of length 1, the rarer the heavier.

        A row of names that everybody has stays shorter: they are no ground to file two stories together.
        """
        places = np.frombuffer(self.columns, dtype=np.int32)
        found = np.bincount(places, minlength=len(self.index))
        own = 1.0 - np.log1p(found) / np.log(self.height + 10.0)
        weight = np.frombuffer(self.rarities) * own
        values = np.frombuffer(self.values) * weight[places]
        table = from_entries(
            np.frombuffer(self.rows, dtype=np.int32),
            places,
            values.astype(np.float32),
            self.height,
            len(self.index),
        )
        length = np.maximum(np.sqrt(table.squares()), _TELLING)
        return table.scaled((1.0 / length).astype(np.float32))


def group(heads: Rows, vectors: Vectors, stories: Ints, each: Each | None = None) -> Ints:
    """Return the topic of each story: `stories` holds the number of the story of each article.

    With `each` the work is shared, and no component of the pairs over the bar knows of another one.
    """
    count = int(stories.max()) + 1
    all_terms = np.full(len(stories), (1.0 - HEAD_SHARE) ** 0.5, dtype=np.float32)
    names = np.full(len(stories), HEAD_SHARE**0.5, dtype=np.float32)
    joined = beside(vectors.terms.normalised().scaled(all_terms), heads.scaled(names))
    rows = joined.grouped(stories, count)
    size = np.bincount(stories, minlength=count).astype(np.float32)
    nothing = np.zeros(count, dtype=np.float32)
    drawn = np.ones(count, dtype=np.float32)
    np.minimum.at(drawn, stories, vectors.draws)
    flat = Vectors(rows.scaled(1.0 / size), nothing[:, None], nothing, nothing * np.nan, drawn)
    alike = _within(joined, rows, stories) if vectors.length > _ITEM_WORDS else 1.0
    bar = min(TOPIC_BAR, _OF_STORIES * alike)
    steps = [float(step) for step in np.round(np.geomspace(_STRICTEST, bar, 12), 4)]
    near = neighbours(flat) if each is None else neighbours_by(each, flat, least=steps[-1])
    even = replace(near, density=np.ones(count, dtype=np.float32))
    if each is None:
        return levels(flat, even, steps)[-1].cluster
    return numbered(by_components(flat, even, steps, each))


def _within(articles: Rows, summed: Rows, stories: Ints) -> float:
    """Return the mean similarity of two articles of a story, over the stories of several; 1 without any."""
    size = np.bincount(stories, minlength=summed.height)
    pairs = summed.squares() - np.bincount(stories, articles.squares(), summed.height)
    several = size > 1
    return float((pairs[several] / (size * (size - 1.0))[several]).mean()) if several.any() else 1.0
