"""Articles into topics of stories.

A story is one event across outlets; a topic is what a reader files together.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.clusterers.disagreements import disagreements
from digest.models import Article, Identity, Story, Topic
from digest.text.terms import zipf
from digest.text.words import lowered, runs

if TYPE_CHECKING:
    from digest.clusterers.clustering import Clustering
    from digest.clusterers.explanation import Explanation, explain_pair
    from digest.clusterers.model import Model
    from digest.clusterers.window import Window


Each = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterable[Any]]
"""How a function of a shared value and of an item is called for each item; the results come in their order."""


def serially(
    function: Callable[[Any, Any], Any], shared: Any, items: Sequence[Any]
) -> Iterator[Any]:
    """Call a function for one item after the other."""
    return (function(shared, item) for item in items)


def story_id(story: Story) -> str:
    """Return an id for a story: made from its most central article."""
    return _short("story", story.articles[0].id)


def topic_id(topic: Topic) -> str:
    """Return an id for a topic: made from the most central article of its first story."""
    return _short("topic", topic.stories[0].articles[0].id)


def carry_over(topics: Sequence[Topic], previous: Iterable[Identity] = ()) -> list[Identity]:
    """Return a line for each article, in the order of `topics`, keeping the ids of `previous`.

    A story keeps the id that most of its known articles had, if no story with a larger share claims
    it; a story without known articles is new. Topics likewise.
    """
    before = {line.id: line for line in previous}
    stories = [story for topic in topics for story in topic.stories]
    story_ids = _claims(
        [(story_id(s), s.articles) for s in stories], {k: v.story for k, v in before.items()}
    )
    topic_ids = _claims(
        [(topic_id(t), t.articles) for t in topics], {k: v.topic for k, v in before.items()}
    )
    lines, number = [], 0
    for topic, tid in zip(topics, topic_ids, strict=True):
        for story in topic.stories:
            sid = story_ids[number]
            number += 1
            lines += [
                Identity(id=a.id, topic=tid, story=sid, label=topic.label) for a in story.articles
            ]
    return lines


def _claims(
    groups: Sequence[tuple[str, tuple[Article, ...]]], before: Mapping[str, str]
) -> list[str]:
    """Give each group its old id, the largest claim first; else its own."""
    claims = []
    for number, (own, articles) in enumerate(groups):
        votes = Counter(before[a.id] for a in articles if a.id in before)
        claims += [(-count, own, number, old) for old, count in votes.items()]
    given: dict[int, str] = {}
    used: set[str] = set()
    for _, _, number, old in sorted(claims):
        if number not in given and old not in used:
            given[number] = old
            used.add(old)
    used |= set(before.values())
    result = []
    for number, (own, _) in enumerate(groups):
        name = given.get(number, own)
        while number not in given and name in used:
            name = _short("again", name)
        used.add(name)
        result.append(name)
    return result


def _short(kind: str, text: str) -> str:
    return hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=6).hexdigest()


_TELLING = 0.25
"""The share of its articles that must be in the topic for a word to be suggested as its keyword."""
_RARE = 3.5
"""The Zipf value below which a common noun is worth pinning ("carmaker", not "quarter")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedTopic:
    """A topic with a name of the user's own, and the words that bring an article into it."""

    name: str
    keywords: tuple[str, ...] = ()
    """Words or phrases, in any case."""
    never: tuple[str, ...] = ()
    """Words or phrases that keep an article out."""


def fit(article: Article, topic: PinnedTopic) -> float:
    """Return how well `article` fits `topic`: 0 where it does not.

    A keyword in the title is enough; in the text alone it must come back, or stand beside another one.
    """
    title, text = _folded(article.title), _folded(article.text)
    if any(_count(word, title) or _count(word, text) for word in topic.never):
        return 0.0
    score, found = 0.0, 0
    for word in topic.keywords or (topic.name,):
        in_title, in_text = _count(word, title), _count(word, text)
        found += bool(in_title or in_text)
        score += 3.0 * bool(in_title) + min(in_text, 3)
    return score if score >= 3.0 or found >= 2 else 0.0


def assign(
    articles: list[Article], pinned: tuple[PinnedTopic, ...]
) -> tuple[dict[str, list[Article]], list[Article]]:
    """Return the articles of each pinned topic by its name, and the articles of none."""
    taken: dict[str, list[Article]] = {topic.name: [] for topic in pinned}
    rest = []
    for article in articles:
        scores = [(fit(article, topic), -place) for place, topic in enumerate(pinned)]
        best, place = max(scores, default=(0.0, 0))
        if best > 0:
            taken[pinned[-place].name].append(article)
        else:
            rest.append(article)
    return taken, rest


def suggested(topics: Sequence[Topic]) -> list[PinnedTopic]:
    """Return a pinned topic for each of `topics` of several articles, under the words that a person would pin.

    Few articles elsewhere have them. Topics of one label are one.
    """
    found: Counter[str] = Counter()
    own: dict[str, Counter[str]] = {}
    words: dict[str, list[str]] = {}
    for topic in topics:
        counts: Counter[str] = Counter()
        for article in topic.articles:
            counts.update(set(_folded(f"{article.title} {article.text}").split()))
        found += counts
        own[topic.label] = own.get(topic.label, Counter()) + counts
        if len(topic.articles) > 1:
            known = words.setdefault(topic.label, [])
            known += [word for word in _pinnable(topic, counts) if word not in known]
    chosen = []
    for name, candidates in words.items():
        shares = {word: _share(word, own[name], found) for word in candidates}
        best = sorted(candidates, key=lambda word: -shares[word])[0]
        telling = tuple(w for w in candidates if shares[w] >= _TELLING) or (best,)
        chosen.append(PinnedTopic(name=name, keywords=telling))
    return chosen


def _pinnable(topic: Topic, counts: Counter[str]) -> list[str]:
    """Return the words of a topic that a person would pin, the best first.

    The kicker is one where most articles write it so, else its names are; a keyword is one where it is a name
    or a rare word, and stands in at least half of the articles.
    """
    least = len(topic.articles) / 2
    chosen: list[str] = []
    for part in topic.kicker.split(" / ") if topic.kicker else ():
        written = sum(_count(part, _folded(f"{a.title} {a.text}")) > 0 for a in topic.articles)
        chosen += [part] if written >= least else [w for w in part.split() if not w.islower()]
    inside = set(_folded(" ".join(chosen)).split())
    language = topic.articles[0].language
    for word in topic.keywords:
        telling = not word.islower() or zipf(word, language) < _RARE
        if telling and counts[word.casefold()] >= least and word.casefold() not in inside:
            chosen.append(word)
    return chosen or list(topic.keywords) or [topic.label]


def _share(word: str, own: Counter[str], found: Counter[str]) -> float:
    """Return the share of a topic among the articles that hold a word."""
    parts = _folded(word).split()
    return min((own[part] / max(found[part], 1) for part in parts), default=0.0)


def _folded(text: str) -> str:
    return f" {' '.join(runs(lowered(text).casefold()))} "


def _count(word: str, folded: str) -> int:
    needle = _folded(word)
    return folded.count(needle) if needle.strip() else 0


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
_LABELLED = 100
"""Topics that are labelled in one call: the work of about a second."""
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
    each: Each = serially
    """Who labels them."""

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

        return topics_of(articles, (self.by or cluster)(articles), self.each)


def topics_of(
    articles: Sequence[Article], found: "Clustering", each: Each = serially
) -> list[Topic]:
    """Return topics with their stories and labels, as they were found; each article has its number there."""
    groups: dict[int, dict[int, list[int]]] = {}
    for number, (topic, story) in enumerate(
        zip(found.topic.tolist(), found.story.tolist(), strict=True)
    ):
        groups.setdefault(topic, {}).setdefault(story, []).append(number)
    central = [round(float(value), 4) for value in found.centrality]
    many = len(articles) > _MANY
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
        topics.append(tuple(sorted(made, key=_story_order)))
    read = [_read_for_label(one, many=many) for one in topics]
    chunks = [read[low : low + _LABELLED] for low in range(0, len(read), _LABELLED)]
    labels = [one for chunk in each(_labels, many, chunks) for one in chunk]
    return [
        Topic(text, one, words, kicker=short)
        for one, (text, words, short) in zip(topics, labels, strict=True)
    ]


_Read = tuple[list[tuple[Article, ...]], frozenset[str], bool]
"""The articles of a topic that are read for its label, by story; its sources; whether one article is all."""


def _read_for_label(stories: Sequence[Story], *, many: bool) -> _Read:
    from digest.clusterers.mentions import opening

    most = _READ_OF_MANY if many else _READ
    central = [story.articles[:most] for story in stories[:most]]
    if many:
        central = [
            tuple(replace(a, text=opening(a.text, _OPENING_CHARS)) for a in story)
            for story in central
        ]
    sources = frozenset(a.source.lower() for story in stories for a in story.articles[:_READ])
    return central, sources, len(stories) == 1 and len(stories[0].articles) == 1


def _labels(many: bool, topics: Sequence[_Read]) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the label, the keywords and the kicker of each of some topics."""
    return [_label(*topic, many=many) for topic in topics]


def _label(
    central: Sequence[tuple[Article, ...]], sources: frozenset[str], alone: bool, *, many: bool
) -> tuple[str, tuple[str, ...], str]:
    from digest.clusterers.kickers import kicker
    from digest.clusterers.labels import MOST_KEYWORDS, headline, keywords, label
    from digest.clusterers.mentions import word

    # One article says by itself what happened, and a long one says it late.
    read = [[word(article, whole=alone and not many) for article in story] for story in central]
    members = [wording for story in read for wording in story]
    first = central[0][0]
    words = keywords(members, MOST_KEYWORDS)
    plain = label(read, sources, words)
    short = kicker(read, sources, plain)
    text = short or plain or headline(first.title, first.text, words)
    return text or "Untitled", words[:_KEYWORDS], short


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
