"""Make a digest of sources: the program on one page. Stages come as values; nothing here knows their names."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from digest.collecting import split_document
from digest.editing import (
    Layout,
    Ranked,
    Ranker,
    Wishes,
    has_headline,
    news,
    outlet_count,
    recall,
    reports,
    statistics_of,
)
from digest.errors import ReadError, SourceError, without_credentials
from digest.models import (
    Article,
    Carried,
    Digest,
    Disagreement,
    Omission,
    Section,
    Sentence,
    Source,
    Split,
    Story,
    StorySummary,
    Summary,
    Tier,
    Topic,
)
from digest.protocols import Clusterer, Deduplicator, Fetcher, Reader, Splitter, Summarizer
from digest.text.language import in_language_of_source
from digest.text.sentences import sentence_spans

_STORIES = 4
"""The stories of a topic that its section tells; of the others only the headline is listed."""

T = TypeVar("T")
Track = Callable[[Sequence[T], str], Iterable[T]]
"""Wraps a sequence to show its progress; takes the name of the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The callables that a digest is made with."""

    fetch: Fetcher
    read: Reader
    split: Splitter
    deduplicate: Deduplicator
    cluster: Clusterer
    summarize_topic: Summarizer
    """For a lead."""
    summarize_story: Summarizer
    """For a story, and for the stories of a lead of several."""
    summarize_shortly: Summarizer
    """For the stories of a topic that is no lead."""
    disagree: Callable[[Topic], tuple[Disagreement, ...]]
    """Finds the sentences of a topic that give different figures for the same thing."""
    wishes: Wishes = field(default_factory=Wishes)
    rank: Ranker = field(default_factory=Ranker)
    lay_out: Layout = field(default_factory=Layout)


@dataclass(slots=True)
class _Collected:
    articles: list[Article] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)


def untracked(items: Sequence[T], _stage: str) -> Iterable[T]:
    """Show no progress."""
    return items


def build_digest(
    sources: Iterable[Source],
    *,
    stages: Stages,
    date: datetime.date,
    title: str = "The daily digest",
    track: Track[Source] = untracked,
) -> Digest:
    """Make a digest of all sources. A source that fails becomes an omission.

    The order of the sources has no meaning: the same sources give the same digest.
    """
    ordered = sorted(set(sources), key=lambda source: (source.location, source.reader, source.name))
    collected = _collect(ordered, stages, track)
    digest, _ = compose_digest(
        collected.articles,
        omissions=collected.omissions,
        sources=len(ordered),
        stages=stages,
        date=date,
        title=title,
    )
    return digest


def compose_digest(
    read: Sequence[Article],
    *,
    omissions: Sequence[Omission],
    sources: int,
    stages: Stages,
    date: datetime.date,
    title: str,
    earlier: Sequence[Carried] = (),
) -> tuple[Digest, list[Topic]]:
    """Make a digest of articles, and return it with the topics as they were found.

    `earlier` is what the reader has had: its copies are left out, and it is clustered with the new
    articles, so that a story that runs on is known for the same; but it is not shown again. The topics
    that are returned hold it still.
    """
    # Where nothing is new, there is nothing to hold the earlier ones against.
    past = [one.article for one in earlier] if read else []
    wanted, muted = stages.wishes.without_muted(read)
    recalled = recall(in_language_of_source(wanted), past)
    superseded = {one.id for told in recalled.updates.values() for one in told}
    held = [one for one in past if one.id not in superseded]
    articles, copies = stages.deduplicate(recalled.articles, carried=held)
    found = stages.cluster([*articles, *past])
    topics = _new(found, earlier, frozenset(recalled.updates))
    ranked = stages.rank(topics, read=articles, earlier=_outlets_had(found, earlier))
    laid = stages.lay_out(ranked, lambda one, tier: tell(one, tier, stages, recalled.updates))
    left_out = (*omissions, *muted, *recalled.omissions, *copies)
    digest = Digest(
        title=title,
        date=date,
        sections=laid.sections,
        in_brief=laid.in_brief,
        also_read=laid.also_read,
        omissions=left_out,
    )
    words = sum(article.words for article in read)
    statistics = statistics_of(digest, sources=sources, words_read=words)
    return replace(digest, statistics=statistics), found


def _new(topics: Sequence[Topic], earlier: Sequence[Carried], updates: Set[str]) -> list[Topic]:
    """Return the topics without earlier articles, each story with the day of its first issue."""
    if not earlier:
        return list(topics)
    had = {one.article.id: one for one in earlier}
    running = []
    for topic in topics:
        stories = []
        for story in topic.stories:
            past = [had[article.id].story_since for article in story.articles if article.id in had]
            new = tuple(article for article in story.articles if article.id not in had)
            if new:
                updated = any(article.id in updates for article in new)
                stories.append(Story(new, since=min(past, default=None), updated=updated))
        if stories:
            # A topic runs only as far as one of its events does: a name that comes back is no thread.
            since = min((story.since for story in stories if story.since), default=None)
            running.append(replace(topic, stories=tuple(stories), since=since))
    return running


def _outlets_had(topics: Sequence[Topic], earlier: Sequence[Carried]) -> dict[str, int]:
    """Return how many outlets earlier issues had for each running story, by the id of its first new article."""
    had = {one.article.id for one in earlier}
    found = {}
    for story in (story for topic in topics for story in topic.stories) if had else ():
        new = [article for article in story.articles if article.id not in had]
        if new and len(new) < len(story.articles):
            found[new[0].id] = outlet_count(one for one in story.articles if one.id in had)
    return found


def split_source(source: Source, *, stages: Stages) -> Split:
    """Fetch, read and take apart one source; raises `SourceError` where it holds no article.

    Every article names the source as its page, so that it can be held against it again.
    """
    split = split_document(stages.fetch(source), read=stages.read, split=stages.split)
    if not split.articles:
        raise ReadError(source.location, "no article found")
    page = without_credentials(source.location)
    articles = tuple(replace(article, page=page) for article in split.articles)
    return replace(split, articles=articles)


def _collect(sources: Sequence[Source], stages: Stages, track: Track[Source]) -> _Collected:
    collected = _Collected()
    for source in track(sources, "reading"):
        try:
            split = split_source(source, stages=stages)
        except SourceError as error:
            page = without_credentials(source.location)
            collected.omissions.append(Omission(source.name, "failed source", page, error.reason))
        else:
            collected.articles += split.articles
            collected.omissions += split.omissions
    return collected


def tell(
    one: Ranked,
    tier: Tier,
    stages: Stages,
    updates: Mapping[str, Sequence[Article]] | None = None,
) -> Section:
    """Tell a topic as its tier allows: under a headline its first story, under a label each of its stories."""
    topic, central = one.topic, one.topic.stories[0].articles[0]
    if topic.pinned:
        topic = replace(topic, kicker=topic.label)
    elif len(topic.articles) == 1 and has_headline(central):
        topic = replace(topic, label=central.title, kicker="")
    labelled = _is_labelled(topic)
    had = _had(topic, updates or {})
    if tier in ("lead", "story"):
        summary, stories = _told(topic, labelled, tier == "lead", stages, had)
        disagreements = stages.disagree(topic)
    else:
        summary, stories, disagreements = _NOTHING, _compact(topic), ()
    return Section(
        topic=topic,
        summary=summary,
        stories=stories,
        disagreements=disagreements,
        heading=topic.label if labelled else central.title,
        importance=one.importance,
        tier=tier,
        department=one.department,
    )


_NOTHING = Summary((), "")


def _is_labelled(topic: Topic) -> bool:
    """Return whether a topic is headed by its label: that of several events, or where there is no headline.

    One event, or several under a label that no desk would print, is headed by its headline.
    """
    if not has_headline(topic.stories[0].articles[0]):
        return True
    events = [story for story in topic.stories if outlet_count(story.articles) > 1]
    several = len(topic.stories) > 1 and (topic.pinned or len(events) != 1)
    return several and bool(topic.kicker)


def _compact(topic: Topic) -> tuple[StorySummary, ...]:
    """Return the stories of a topic without sentences: the first, and those of several outlets."""
    events = [story for story in topic.stories if outlet_count(story.articles) > 1]
    shown = list(dict.fromkeys((topic.stories[0], *events)))[:_STORIES]
    return tuple(StorySummary(one, _NOTHING, listed=one not in shown) for one in topic.stories)


def _had(topic: Topic, updates: Mapping[str, Sequence[Article]]) -> set[tuple[str, int]]:
    """Return the places of the sentences that the earlier versions of updated articles had already."""
    had = set()
    for article in topic.articles:
        if article.id in updates:
            new = set(news(article, *updates[article.id]))
            spans = sentence_spans(article.text, article.language)
            had |= {(article.id, span[0]) for span in spans if span not in new}
    return had


def _told(
    topic: Topic, labelled: bool, lead: bool, stages: Stages, had: Set[tuple[str, int]]
) -> tuple[Summary, tuple[StorySummary, ...]]:
    """Return the summary of a topic, and those of its stories, without sentences that were shown already.

    Under a headline the summary is that of the first story, and the others have their headlines.
    """
    summarize = stages.summarize_topic if lead else stages.summarize_story
    further = stages.summarize_story if lead and labelled else stages.summarize_shortly
    main = reports(topic.articles if labelled else topic.stories[0].articles)
    about = topic.label if labelled else f"{topic.kicker} {main[0].title}"
    summary = _quotable(summarize(main, told=had, about=about), main)
    told = {*had, *_places(summary.sentences, topic.articles)}
    stories = []
    for place, story in enumerate(topic.stories):
        own = _NOTHING
        silent = len(topic.stories) == 1 or (not labelled and (place == 0 or not lead))
        if place < _STORIES and not silent:
            title = story.articles[0].title
            written = reports(story.articles)
            own = _quotable(further(written, told=told, about=title), written)
            told |= set(_places(own.sentences, topic.articles))
        stories.append(StorySummary(story, own, listed=place >= _STORIES))
    return summary, tuple(stories)


def _quotable(summary: Summary, articles: Sequence[Article]) -> Summary:
    """Return a summary without its note where there is no text that could be quoted: headlines say it all."""
    return summary if any(article.text for article in articles) else replace(summary, note="")


def _places(
    sentences: Sequence[Sentence], articles: Sequence[Article]
) -> Iterable[tuple[str, int]]:
    """Yield every place of each sentence: outlets share sentences word for word."""
    for sentence in sentences:
        for article in articles:
            start = article.text.find(sentence.text)
            if start >= 0:
                yield article.id, start
