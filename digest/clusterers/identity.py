"""Names for stories and topics that stay the same from one issue to the next."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from digest.models import Article, Identity, Story, Topic


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
