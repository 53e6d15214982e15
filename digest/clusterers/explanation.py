"""Why two articles are together or apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.clusterers.agglomeration import levels
from digest.clusterers.clustering import Clustering, cluster, in_order
from digest.clusterers.constraints import SharedWords, share_no_name
from digest.clusterers.dates import MOST_DAYS, closeness_of_spans, contradiction
from digest.clusterers.mentions import NUMBER, Mentions, read
from digest.clusterers.sparse import Bools, Floats, Ints
from digest.models import Article
from digest.text.terms import zipf

_SHOWN = 12
_SHOWN_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What speaks for two articles being one story, and what against."""

    together: bool
    """True where they are in one story."""
    same_topic: bool
    similarity: float
    """In units of the density around both articles: 1 is as like as a near neighbour usually is."""
    bar: float
    """The mean similarity from which articles are one story in this collection."""
    link: float
    """What decided: the mean similarity of the reports around the one and around the other, when they met
    or, where they did not, as their stories stand."""
    sides: tuple[int, int]
    """How many reports stood on each side then."""
    through: str = ""
    """The title of the report that is like both, where they are together though not like each other."""
    terms: tuple[str, ...] = ()
    """Words that both have, the rarest first."""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: float | None = None
    """The days between them; None where a date is missing."""
    vetoes: tuple[str, ...] = ()
    """What forbids that the two meet directly, whatever they share."""
    unshared: tuple[str, ...] = ()
    """Names in the title of one article that the other does not mention."""


def explain_pair(a: Article, b: Article, articles: Sequence[Article]) -> Explanation:
    """Explain `a` and `b` as members of `articles`; ValueError where one does not stand in it."""
    ordered = in_order(articles)
    ids = [article.id for article in ordered]
    if a.id not in ids or b.id not in ids:
        raise ValueError(f"{a.id if a.id not in ids else b.id}: not in the collection")
    first, second = ids.index(a.id), ids.index(b.id)
    found = cluster(ordered)
    link, sides = _decided(found, first, second)
    one, two = read(a), read(b)
    names = one.names.keys() & two.names.keys()
    terms = (one.words.keys() & two.words.keys()) - names
    numbers = {*NUMBER.findall(f"{a.title} {a.text}")} & {*NUMBER.findall(f"{b.title} {b.text}")}
    return Explanation(
        together=bool(found.story[first] == found.story[second]),
        same_topic=bool(found.topic[first] == found.topic[second]),
        similarity=round(found.similarity(first, second), 3),
        bar=found.bar,
        link=link,
        sides=sides,
        through=_through(found, first, second, ordered),
        terms=_rarest(terms, a.language),
        names=_rarest(names, a.language),
        numbers=tuple(sorted(numbers, key=lambda n: (-len(n), n))[:_SHOWN]),
        days=_days(a, b),
        vetoes=_vetoes(found, (first, second), (one, two)),
        unshared=tuple(
            sorted((one.title_names - two.names.keys()) | (two.title_names - one.names.keys()))
        ),
    )


def _vetoes(
    found: Clustering, pair: tuple[int, int], mentions: tuple[Mentions, Mentions]
) -> tuple[str, ...]:
    """Return the vetoes that were applied to a pair, in words."""
    first, second = (int(found.row[number]) for number in pair)
    said = []
    if first in found.named and second in found.named:
        against = contradiction(found.named[first], found.named[second])
        said += [f"they tell of different occasions: {against}"] if against else []
    days = found.vectors.days
    if abs(days[first] - days[second]) > MOST_DAYS:
        said.append(f"reports on one event lie within {MOST_DAYS:.0f} days")
    wary = bool(found.wary[first] and found.wary[second])
    if wary and share_no_name(*mentions):
        heads = [", ".join(sorted(m.title_names)[:_SHOWN_NAMES]) for m in mentions if m.title_names]
        said.append(f"they share no name: {' / '.join(heads)}")
    if wary and SharedWords(mentions).too_few(*mentions):
        said.append("they are short, and meet in one word at most")
    if not {first, second}.isdisjoint(found.hubs):
        said.append("one of them is like articles that have nothing in common")
    return tuple(said)


def _days(a: Article, b: Article) -> float | None:
    if a.published is None or b.published is None:
        return None
    return round(abs((a.published - b.published).total_seconds()) / 86_400, 2)


def _rarest(words: set[str], language: str) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (zipf(word, language), word))[:_SHOWN])


def _shown(article: Article) -> str:
    return article.title or " ".join(article.text.split()[:9])


def _decided(found: Clustering, first: int, second: int) -> tuple[float, tuple[int, int]]:
    """Return the mean similarity of the clusters that met, or did not, and how many articles each had."""
    one, other = int(found.row[first]), int(found.row[second])
    if one == other:
        return round(found.similarity(first, second), 3), (1, 1)
    before = _before(found, one, other)
    left, right = before == before[one], before == before[other]
    return _mean(found, left, right), (int(left.sum()), int(right.sum()))


def _before(found: Clustering, one: int, other: int) -> Ints:
    """Return the clusters just before the two articles met, or those of their stories."""
    before: Ints = np.arange(len(found.near.density))
    for level in levels(found.vectors, found.links):
        if level.bar < found.bar or level.cluster[one] == level.cluster[other]:
            break
        before = level.cluster
    return before


def _mean(found: Clustering, left: Ints, right: Ints) -> float:
    scale = (1.0 / np.sqrt(found.near.density)).astype(np.float32)
    sides = np.where(left, 1, np.where(right, 2, 0))
    terms = found.vectors.terms.scaled(scale).grouped(sides, 3)
    latent = found.vectors.latent * scale[:, None]
    hidden = float(latent[sides == 1].sum(axis=0) @ latent[sides == 2].sum(axis=0))
    near = closeness_of_spans(_span(found, sides == 1), _span(found, sides == 2))
    return round((terms.dot(1, 2) + hidden) / float(left.sum() * right.sum()) * float(near[0]), 3)


def _span(found: Clustering, rows: Bools) -> Floats:
    known = found.vectors.days[rows]
    known = known[~np.isnan(known)]
    ends = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
    return np.array([ends], dtype=np.float32)


def _through(found: Clustering, first: int, second: int, articles: Sequence[Article]) -> str:
    """Return the title of the article of their story that is most like both, where that is what holds them."""
    together = found.story[first] == found.story[second]
    direct = found.row[first] == found.row[second] or found.similarity(first, second) >= found.bar
    if direct or not together:
        return ""
    story = np.flatnonzero(found.story == found.story[first]).tolist()
    alike = [
        (-min(found.similarity(first, number), found.similarity(number, second)), number)
        for number in story
        if number not in (first, second)
    ]
    return _shown(articles[min(alike)[1]]) if alike else ""
