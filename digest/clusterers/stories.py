"""Articles into stories, and stories into topics, as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digest.clusterers.agglomeration import best_level, levels
from digest.clusterers.dates import closeness, days, weekdays
from digest.clusterers.events import of_one_event
from digest.clusterers.mentions import BODY_CHARS, Mentions, read
from digest.clusterers.neighbours import Neighbours, expanded, hubs, neighbours, with_hubs
from digest.clusterers.occasions import Occasion
from digest.clusterers.sparse import Floats, Ints, Rows
from digest.clusterers.topics import HeadNames, group
from digest.clusterers.vectors import Vectors, vectors
from digest.clusterers.vetoes import occasions, of_one_occasion, parted, without_strangers
from digest.models import Article
from digest.text.language import in_language_of_source

_MANY = 5000
_OPENING_CHARS = 1500
"""How much of each of so many articles is read: the rest of a report says little more of its event."""
_VETOED = 1000
"""In a larger collection its own counts tell look-alike events apart, and what was read is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """All that is known of a collection; `story`, `topic` and `centrality` go by article."""

    row: Ints
    """The row of each article in `vectors` and `near`."""
    vectors: Vectors
    near: Neighbours
    links: Neighbours
    """The pairs of `near` that no veto keeps apart."""
    named: Mapping[int, Occasion]
    """The rows that name their occasion."""
    hubs: Mapping[int, int]
    """The rows that are like articles which share nothing."""
    small: bool
    """True where strangers are kept apart."""
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
    articles = in_language_of_source(articles)
    first: dict[tuple[str, str, str], int] = {}
    for number, article in enumerate(articles):
        first.setdefault((article.title, article.text, article.language), number)
    place = {number: row for row, number in enumerate(first.values())}
    rows = np.array([place[first[a.title, a.text, a.language]] for a in articles])
    heads = HeadNames()
    unique = [articles[number] for number in first.values()]
    most = _OPENING_CHARS if len(unique) > _MANY else BODY_CHARS
    small = len(unique) <= _VETOED
    mentions: Iterable[Mentions] = (heads.add(read(article, most)) for article in unique)
    kept = list(mentions) if small else []
    space = expanded(vectors(kept or mentions, days(unique)))
    space = replace(space, latent=np.hstack((space.latent, weekdays(unique))))
    near = neighbours(space)
    bridging, named = hubs(space, near), occasions(unique, space.lengths)
    links = of_one_occasion(near.without(bridging) if bridging else near, named, space.days)
    if small:
        links = without_strangers(links, kept)
    level = best_level(space, near, levels(space, links))
    found = parted(level.cluster, named, space)
    if small:
        found = of_one_event(
            found, unique, zip(links.first.tolist(), links.second.tolist(), strict=True)
        )
    story, topic = _filed(found, heads.table(), space, bridging)
    central = _centrality(space, story)
    return Clustering(
        row=rows,
        vectors=space,
        near=near,
        links=links,
        named=named,
        hubs=bridging,
        small=small,
        story=story[rows],
        topic=topic[rows],
        bar=level.bar,
        centrality=central[rows],
    )


def _filed(story: Ints, heads: Rows, space: Vectors, bridging: dict[int, int]) -> tuple[Ints, Ints]:
    """Return the story and the topic of each article; hubs join at last what they are nearest to."""
    if not bridging:
        return story, group(heads, space, story)[story]
    weight = np.ones(len(story), dtype=np.float32)
    weight[list(bridging)] = 0.0
    space = replace(space, terms=space.terms.scaled(weight))
    topic = group(heads.scaled(weight), space, story)[story]
    return with_hubs(story, bridging), with_hubs(topic, bridging)


def _centrality(space: Vectors, story: Ints) -> Floats:
    count = int(story.max()) + 1
    middle = space.terms.grouped(story, count).normalised()
    key = story[space.terms.row_numbers()] * space.terms.width + space.terms.columns
    owner = middle.row_numbers() * middle.width + middle.columns
    place = np.searchsorted(owner, key)
    products = space.terms.values * middle.values[place]
    return np.bincount(space.terms.row_numbers(), products, len(story)).astype(np.float32)
