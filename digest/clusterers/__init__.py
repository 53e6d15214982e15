"""Articles into topics of stories.

A story is one event across outlets; a topic is what a reader files together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.clusterers.disagreements import disagreements
from digest.clusterers.identity import carry_over, story_id, topic_id
from digest.clusterers.pinned import PinnedTopic, assign, suggested
from digest.models import Article, Story, Topic

if TYPE_CHECKING:
    from digest.clusterers.clustering import Clustering
    from digest.clusterers.explanation import Explanation, explain_pair
    from digest.clusterers.model import Model
    from digest.clusterers.window import Window

__all__ = [
    "Explanation",
    "Model",
    "PinnedTopic",
    "TopicClusterer",
    "Window",
    "carry_over",
    "disagreements",
    "explain_pair",
    "story_id",
    "suggest_topics",
    "topic_id",
]


def __getattr__(name: str) -> Any:
    """Load what explains a pair, and what is kept of a collection, when it is asked for."""
    modules = {"Explanation": "explanation", "Model": "model", "Window": "window"}
    if name not in (*modules, "explain_pair"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{modules.get(name, 'explanation')}"), name)


_KEYWORDS = 6
_READ = 8
"""The most central articles of a story, and the largest stories of a topic, that are read for a label."""
_MANY = 5000
_READ_OF_MANY = 4
_OPENING_CHARS = 1000
"""In a collection of so many articles fewer are read for a label, and of each the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClusterer:
    """Sorts articles into topics of stories; every article comes back exactly once."""

    pinned: tuple[PinnedTopic, ...] = ()
    """Topics with names of the user's own: an article goes to the best that fits, the rest is discovered."""
    by: "Callable[[Sequence[Article]], Clustering] | None" = None
    """What finds the stories and topics, as numbers: `Model.cluster`, or else the collection by itself."""

    def __call__(self, articles: Sequence[Article], /) -> list[Topic]:
        """Return the topics, the largest first; in each the largest story first."""
        if not articles:
            return []
        from digest.clusterers.clustering import in_order

        taken, rest = assign(in_order(articles), self.pinned)
        topics = self._discovered(rest)
        for name, own in taken.items():
            if own:
                stories = [story for topic in self._discovered(own) for story in topic.stories]
                words = next(topic.keywords for topic in self.pinned if topic.name == name)
                topics.append(
                    Topic(name, tuple(sorted(stories, key=_story_order)), words, pinned=True)
                )
        return _unique(sorted(topics, key=_topic_order))

    def _discovered(self, articles: list[Article]) -> list[Topic]:
        """Return the topics of a collection; `articles` stand in an order that the content gives."""
        if not articles:
            return []
        from digest.clusterers.clustering import cluster

        return topics_of(articles, (self.by or cluster)(articles))


def topics_of(articles: Sequence[Article], found: "Clustering") -> list[Topic]:
    """Return topics with their stories and labels, as they were found; each article has its number there."""
    groups: dict[int, dict[int, list[int]]] = {}
    for number, (topic, story) in enumerate(
        zip(found.topic.tolist(), found.story.tolist(), strict=True)
    ):
        groups.setdefault(topic, {}).setdefault(story, []).append(number)
    central = [round(float(value), 4) for value in found.centrality]
    topics = []
    for stories in groups.values():
        made = [
            Story(
                tuple(
                    articles[k]
                    for k in sorted(members, key=lambda k: (-central[k], articles[k].id))
                )
            )
            for members in stories.values()
        ]
        topics.append(_labelled(sorted(made, key=_story_order), many=len(articles) > _MANY))
    return topics


def _labelled(stories: list[Story], *, many: bool) -> Topic:
    from digest.clusterers.kickers import kicker
    from digest.clusterers.labels import MOST_KEYWORDS, headline, keywords, label
    from digest.clusterers.mentions import opening, word

    most = _READ_OF_MANY if many else _READ
    central = [story.articles[:most] for story in stories[:most]]
    if many:
        central = [
            tuple(replace(a, text=opening(a.text, _OPENING_CHARS)) for a in story)
            for story in central
        ]
    # One article says by itself what happened, and a long one says it late.
    alone = len(stories) == 1 and len(stories[0].articles) == 1 and not many
    read = [[word(article, whole=alone) for article in story] for story in central]
    sources = frozenset(a.source.lower() for story in stories for a in story.articles[:_READ])
    members = [wording for story in read for wording in story]
    first = stories[0].articles[0]
    words = keywords(members, MOST_KEYWORDS)
    plain = label(read, sources, words)
    short = kicker(read, sources, plain)
    text = short or plain or headline(first.title, first.text, words)
    return Topic(text or "Untitled", tuple(stories), words[:_KEYWORDS], kicker=short)


def _unique(topics: list[Topic]) -> list[Topic]:
    """Leave a label to the first topic that bears it: the others are labelled by their headlines."""
    from digest.clusterers.labels import headline

    taken = {topic.label.casefold() for topic in topics if topic.pinned}
    named = []
    for topic in topics:
        if not topic.pinned and topic.label.casefold() in taken:
            first = topic.stories[0].articles[0]
            topic = replace(
                topic, label=headline(first.title, first.text) or topic.label, kicker=""
            )
        taken.add(topic.label.casefold())
        named.append(topic)
    return named


def suggest_topics(articles: Sequence[Article]) -> list[PinnedTopic]:
    """Return a first table of topics for a collection: those of more than one article."""
    return suggested(TopicClusterer()(articles))


def _story_order(story: Story) -> tuple[int, str]:
    return (-len(story.articles), story.articles[0].id)


def _topic_order(topic: Topic) -> tuple[int, str, str]:
    return (-len(topic.articles), topic.label, topic.stories[0].articles[0].id)
