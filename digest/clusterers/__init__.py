"""Articles into topics of stories.

A story is one event across outlets; a topic is what a reader files together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.clusterers.disagreements import Disagreement, disagreements
from digest.clusterers.explanation import Explanation, explain_pair
from digest.clusterers.identity import Identity, carry_over, story_id, topic_id
from digest.clusterers.pinned import PinnedTopic, assign
from digest.models import Article, Story, Topic

__all__ = [
    "Disagreement",
    "Explanation",
    "Identity",
    "PinnedTopic",
    "TopicClusterer",
    "carry_over",
    "disagreements",
    "explain_pair",
    "story_id",
    "suggest_topics",
    "topic_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClusterer:
    """Sorts articles into topics of stories; every article comes back exactly once."""

    pinned: tuple[PinnedTopic, ...] = ()
    """Topics with names of the user's own: an article goes to the best that fits, the rest is discovered."""
    story_bar: float = 0.25
    topic_bar: float = 0.13

    def __call__(self, articles: Sequence[Article], /) -> list[Topic]:
        """Return the topics, the largest first; in each the largest story first."""
        ordered = sorted(articles, key=lambda a: (a.id, a.source, a.title, a.text))
        taken, rest = assign(ordered, self.pinned)
        topics = self._topics(rest)
        for name, own in taken.items():
            if own:
                stories = [story for topic in self._topics(own) for story in topic.stories]
                topics.append(Topic(name, tuple(sorted(stories, key=_story_order))))
        return sorted(topics, key=_topic_order)

    def _topics(self, articles: list[Article]) -> list[Topic]:
        if not articles:
            return []
        import numpy as np

        from digest.clusterers.agglomeration import agglomerate
        from digest.clusterers.labels import label
        from digest.clusterers.mentions import read
        from digest.clusterers.similarity import similarities

        mentions = [read(article) for article in articles]
        similarity = similarities(mentions)
        groups = agglomerate(similarity, self.story_bar)
        names = similarities([m for m in mentions])
        means = np.array([[names[np.ix_(a, b)].mean() for b in groups] for a in groups])
        topics = []
        frequency = Counter(run for m in mentions for run in m.runs)
        for members in agglomerate(means, self.topic_bar):
            found = [groups[k] for k in members]
            found.sort(key=lambda g: (-len(g), articles[g[0]].id))
            inside = Counter(run for g in found for k in g for run in mentions[k].runs)
            outside = Counter({run: frequency[run] - inside[run] for run in inside})
            stories = []
            for group in found:
                central = similarity[np.ix_(group, group)].mean(axis=1)
                order = sorted(
                    range(len(group)),
                    key=lambda k: (-round(float(central[k]), 5), articles[group[k]].id),
                )
                stories.append(Story(tuple(articles[group[k]] for k in order)))
            text = label([[mentions[k] for k in g] for g in found], outside)
            topics.append(Topic(text or articles[found[0][0]].title[:60], tuple(stories)))
        return topics


def suggest_topics(articles: Sequence[Article]) -> list[PinnedTopic]:
    """Return a first table of topics for a collection: those of more than one article."""
    return [
        PinnedTopic(name=topic.label, keywords=topic.keywords or (topic.label,))
        for topic in TopicClusterer()(articles)
        if len(topic.articles) > 1
    ]


def _story_order(story: Story) -> tuple[int, str]:
    return (-len(story.articles), story.articles[0].id)


def _topic_order(topic: Topic) -> tuple[int, str, str]:
    return (-len(topic.articles), topic.label, topic.stories[0].articles[0].id)
