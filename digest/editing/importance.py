"""How much a topic matters today, as a sum of named parts, and the order that follows.

Evidence that readers of news agree on (Vasilyev & Bohannon, arXiv 2402.10302, rank by the clusters alone):
how many outlets wrote of an event themselves and how much they say the same, how fresh it is, where outlets
placed it, and whether it is news at all. The weights are from sweeps of each alone over five real mornings
(`benchmarks/mornings`): NDCG at 10 is .88 to .91 from half to twice of each.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from digest.editing.headlines import has_headline, once, shown_headlines, with_headline
from digest.editing.kinds import department_of, hardness, softness
from digest.editing.reader import Wishes
from digest.models import Article, Brief, Importance, Story, Topic
from digest.text.addresses import outlets
from digest.text.likeness import Likeness
from digest.text.words import find_words

V = TypeVar("V")

_OUTLETS = 3.0
"""What sqrt((n - 1) c) is worth, of n outlets whose reports have the mean similarity c: about 1 for two."""
_MOST_ALIKE = 0.45
"""The similarity that counts at the most: two outlets with one agency's words stood above five with their own.
NDCG at 10 on five real mornings is .90 with .25, .91 with .35, .92 with .45 and with none."""
_REACH = 0.15
"""What a doubling of the copies is worth, the places that reprinted it: they decide nothing alone."""
_HOUR = 0.02
_OLDEST_H = 48.0
"""What an hour since the newest article costs, and the hours after which it costs no more."""
_PLACE = 0.15
"""What the first place in every feed is worth."""
_NEWS, _SOFT = 0.4, 1.4
"""What the part of the paper and the form of the title are worth."""
_SAME_WORDS = 0.7
"""Of the plain words of two articles of a series; two reports of one event share about half."""
_SAMPLE = 2_000
"""Characters of an article show how it is worded."""
_NO_HEADLINE = 0.2
"""The softness from which a title heads no story where there is another."""
_SERVICE, _NO_PART = 0.6, 0.9
"""The softness from which a piece is about an event, and no report of it; and from which it is no part of any
event, though others should be like it: a quiz, a promotion, the numbers of the day."""
_EVENT = 0.6
"""What hard news is worth, a death, a verdict, a law: as much as it costs that it is a day old."""
_GROWTH = 0.3
"""What a doubling of a running story's outlets since the last issue is worth."""
_FOLLOWED = 4.0
"""A followed topic stands above all but the greatest: what a dozen outlets with the usual similarity tell."""
_BREADTH = 0.3
"""What the outlets of a topic's other stories are worth, beside those of its first: a name is no event."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic in its place: its stories in order, its importance, and its part of the paper."""

    topic: Topic
    importance: Importance
    department: str = ""
    outlets: int = 1
    """How many independent outlets tell its most told story."""
    cohesion: float = 0.0
    """How much their reports say the same, from 0 to 1."""
    lines: tuple[Brief, ...] = ()
    """Its articles one by one, for where it gets no section."""

    @property
    def keeps_section(self) -> bool:
        """True where a line in brief will not do: several outlets tell it, or the reader has pinned it."""
        return self.outlets > 1 or self.topic.pinned

    @property
    def words(self) -> int:
        """The words of all its articles; teasers of other pages have none of their own."""
        return sum(article.words for article in self.topic.articles if not article.teaser)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What a topic is held against."""

    newest: datetime | None
    places: Mapping[str, float]
    """How near the top of its source each article stood, by its id."""
    earlier: Mapping[str, int]
    likeness: Likeness


@dataclass(frozen=True, kw_only=True)
class Ranker:
    """Orders topics, the most important first."""

    wishes: Wishes = field(default_factory=Wishes)
    weights: Mapping[str, float] = field(default_factory=dict)
    """What a source counts, by its name or its location; 1 for the others."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """The section that the user files a source under, by its name or its location."""

    def __call__(
        self,
        topics: Sequence[Topic],
        /,
        *,
        read: Sequence[Article] = (),
        earlier: Mapping[str, int] | None = None,
    ) -> list[Ranked]:
        """Return the topics in order, and in each its stories.

        `read` are their articles in the order in which their sources gave them; `earlier` is how many
        outlets earlier issues had for a running story, by the id of its first article.
        """
        articles = read or [article for topic in topics for article in topic.articles]
        day = _Day(
            newest=max((a.published for a in articles if a.published), default=None),
            places=_places(articles),
            earlier=earlier or {},
            likeness=Likeness(articles if any(len(t.articles) > 1 for t in topics) else ()),
        )
        parted = (one for topic in topics for one in _parted(topic))
        ranked = sorted((self._ranked(topic, day) for topic in parted), key=_order)
        shown = shown_headlines(articles)
        return [_under_headlines(one, shown) for one in ranked]

    def _ranked(self, topic: Topic, day: "_Day") -> Ranked:
        rated = sorted(
            (
                (self._importance(story, common, day), common, story)
                for story in topic.stories
                for common in [_common(story, day)]
            ),
            key=lambda one: (-round(one[0].total, 6), *_tie(one[2].articles)),
        )
        importance, common, first = rated[0]
        several = max(outlet_count(story.articles) for *_, story in rated)
        # Much of one outlet is a series, and no event: only what others tell, too, adds to a topic.
        further = outlet_count(topic.articles) - outlet_count(first.articles)
        if several == 1 and self._newsworthiness(first.articles) < 0:
            further = 0
        parts = (*importance.parts, ("other stories", _BREADTH * math.sqrt(further)))
        return Ranked(
            topic=replace(topic, stories=tuple(_headed(story) for *_, story in rated)),
            importance=Importance(parts),
            department=self._department(first.articles),
            outlets=several,
            cohesion=common,
            lines=tuple(
                self._line(one, day) for *_, story in rated for one in once(story.articles)
            ),
        )

    def _line(self, article: Article, day: "_Day") -> Brief:
        importance = self._importance(Story((article,)), 0.0, day)
        parts = (*importance.parts, ("other stories", 0.0))
        return Brief(article, Importance(parts), self._department((article,)))

    def _importance(self, story: Story, common: float, day: "_Day") -> Importance:
        articles = story.articles
        outlets = _reporting_outlets(articles)
        copies = sum(len(article.copies) for article in articles)
        had = day.earlier.get(articles[0].id, 0)
        return Importance(
            (
                ("outlets", _OUTLETS * math.sqrt((outlets - 1) * min(common, _MOST_ALIKE))),
                ("reach", _REACH * math.log2(1 + copies)),
                ("freshness", -_HOUR * _age_h(articles, day.newest)),
                ("growth", _GROWTH * math.log2(1 + outlets / had) if had else 0.0),
                ("place", _PLACE * max(day.places.get(article.id, 0.0) for article in articles)),
                ("part of the paper", _NEWS * self._newsworthiness(articles)),
                ("event", _EVENT * self._hardness(articles) if outlets == 1 else 0.0),
                ("form", -_SOFT * _mean(map(softness, articles))),
                ("source", _mean(math.log2(self._weight(article)) for article in articles)),
                ("followed", _FOLLOWED * any(map(self.wishes.follows, articles))),
            )
        )

    def _newsworthiness(self, articles: Sequence[Article]) -> float:
        found = [department_of(article, self._given(article)) for article in articles]
        return sum(one.news for one in found if one) / max(1, sum(one is not None for one in found))

    def _hardness(self, articles: Sequence[Article]) -> float:
        """Return how sure it is that something happened; a match is no strike, and a film no attack."""
        return _mean(0.0 if self._is_soft(article) else hardness(article) for article in articles)

    def _is_soft(self, article: Article) -> bool:
        found = department_of(article, self._given(article))
        return found is not None and found.news < 0

    def _department(self, articles: Sequence[Article]) -> str:
        """Return the part of the paper that most of the articles belong to."""
        found = [department_of(article, self._given(article)) for article in articles]
        names = [one.name for one in found if one]
        return max(names, key=lambda name: (names.count(name), name), default="")

    def _given(self, article: Article) -> str:
        return _setting(self.departments, article) or ""

    def _weight(self, article: Article) -> float:
        return max(_setting(self.weights, article) or 1.0, 1 / 64)


def _under_headlines(ranked: Ranked, shown: Mapping[str, str]) -> Ranked:
    """Return a topic with its articles under the headlines that are shown."""
    stories = tuple(
        replace(story, articles=tuple(with_headline(one, shown) for one in story.articles))
        for story in ranked.topic.stories
    )
    lines = tuple(replace(one, article=with_headline(one.article, shown)) for one in ranked.lines)
    topic = replace(ranked.topic, stories=stories)
    # A label that no desk would print is shown nowhere.
    if not (topic.kicker or topic.pinned) and has_headline(topic.articles[0]):
        topic = replace(topic, label=topic.articles[0].title)
    return replace(ranked, topic=topic, lines=lines)


def _common(story: Story, day: _Day) -> float:
    return day.likeness.cohesion(story.articles) if len(story.articles) > 1 else 0.0


def _headed(story: Story) -> Story:
    """Return a story whose first article has the headline of a report: a question or a ticker heads nothing."""
    plain = sorted(story.articles, key=lambda article: softness(article) >= _NO_HEADLINE)
    return replace(story, articles=tuple(plain))


def _parted(topic: Topic) -> Iterator[Topic]:
    """Yield a topic without what is no report of its events, and that by itself.

    Explainers and galleries stay where without them no event of several outlets would be left. Stories that no
    good label holds together are topics of their own: what they share is a word.
    """
    stories, service = [], list[Article]()
    for story in topic.stories:
        news = _reporting(story.articles)
        kept = set(map(id, news))
        service += (article for article in story.articles if id(article) not in kept)
        if news:
            stories.append(replace(story, articles=news))
    if topic.kicker or topic.pinned or len(stories) < 2:
        if stories:
            yield replace(topic, stories=tuple(stories))
    else:
        yield from (_of_one(story, topic) for story in stories)
    yield from (_of_one(Story((one,)), topic) for one in service)


def _reporting(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Return the articles of a story that report its event; a single article is what it is."""
    if len(articles) < 2:
        return articles
    parts = tuple(article for article in articles if softness(article) < _NO_PART)
    news = tuple(article for article in parts if softness(article) < _SERVICE)
    return news if outlet_count(news) > 1 else parts


def _of_one(story: Story, topic: Topic) -> Topic:
    return Topic(story.articles[0].title or topic.label, (story,))


def reports(articles: Sequence[Article]) -> Sequence[Article]:
    """Return the articles that report: a view is no news, if it is not all that was written.

    Of a series only the first: in the same words each tells another thing, and theirs do not go together.
    """
    found = [(article, department_of(article)) for article in articles]
    kept = [article for article, part in found if not (part and part.name == "opinion")]
    told = kept if any(article.text for article in kept) else articles
    return told[:1] if _is_series(told) else told


def _is_series(articles: Sequence[Article]) -> bool:
    """True for articles of one source in the same words, but for names and numbers."""
    if len(articles) < 2 or len({article.source for article in articles}) > 1:
        return False
    first, *others = (
        {word for word in find_words(article.text[:_SAMPLE]) if word.islower()}
        for article in articles
    )
    return bool(first) and all(
        len(first & other) >= _SAME_WORDS * max(1, min(len(first), len(other))) for other in others
    )


def outlet_count(articles: Iterable[Article]) -> int:
    """Return how many independent outlets the articles come from: feeds of one house are one."""
    return len(set(outlets((article.source, article.url) for article in articles)))


def _reporting_outlets(articles: Sequence[Article]) -> int:
    """Return how many outlets report: what only asks, explains or runs on counts with the others for one."""
    plain = outlet_count(one for one in articles if softness(one) < _NO_HEADLINE)
    return max(plain, min(2, outlet_count(articles)), 1)


def _setting(settings: Mapping[str, V], article: Article) -> V | None:
    """Return what is set for the source of an article: by its name, or by its location."""
    if not settings:
        return None
    page = article.page.partition("#")[0]
    return next((settings[k] for k in (article.source, article.page, page) if k in settings), None)


def _places(articles: Sequence[Article]) -> dict[str, float]:
    """Return how near the top each article stands among those of its source: from 1 down to 0."""
    seen: dict[str, int] = {}
    found = {}
    for article in articles:
        page = article.page.partition("#")[0]
        place = seen[page] = seen.get(page, -1) + 1
        found[article.id] = 1.0 / math.sqrt(1.0 + place)
    return found


def _age_h(articles: Sequence[Article], newest: datetime | None) -> float:
    """Return the hours from the newest article of all to the newest of these; undated ones are half old."""
    dates = [article.published for article in articles if article.published]
    if newest is None:
        return 0.0
    if not dates:
        return _OLDEST_H / 2
    return min(_OLDEST_H, (newest - max(dates)).total_seconds() / 3600)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _order(ranked: Ranked) -> tuple[float, float, int, str]:
    return (-round(ranked.importance.total, 6), *_tie(ranked.topic.articles))


def _tie(articles: Sequence[Article]) -> tuple[float, int, str]:
    """Return what orders topics that no evidence tells apart: the newer, then the longer; then a fixed one."""
    dates = [article.published.timestamp() for article in articles if article.published]
    return (-max(dates, default=0.0), -sum(a.words for a in articles), articles[0].id)
