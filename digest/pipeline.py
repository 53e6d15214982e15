"""The program on one page: sources in, a digest out. Stages come as values; nothing here knows their names."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

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
    Statistics,
    Story,
    StorySummary,
    Topic,
)
from digest.protocols import Clusterer, Deduplicator, Fetcher, Reader, Splitter, Summarizer

SHORT = 80
"""A topic of fewer words than this, all told, goes in brief."""

T = TypeVar("T")
Track = Callable[[Sequence[T], str], Iterable[T]]
"""Wraps a sequence that is worked through, to show how far it is; gets the name of the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The callables that a digest is made with."""

    fetch: Fetcher
    read: Reader
    split: Splitter
    deduplicate: Deduplicator
    cluster: Clusterer
    summarize_topic: Summarizer
    summarize_story: Summarizer
    disagree: Callable[[Topic], tuple[Disagreement, ...]]
    """Finds the sentences of a topic that give different figures for the same thing."""


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
    articles, copies = stages.deduplicate(read, carried=past)
    found = stages.cluster([one for one in (*articles, *past) if not one.teaser])
    topics, short = _long_topics(_new(found, earlier))
    sections = tuple(_section(topic, stages) for topic in topics)
    teasers = [article for article in articles if article.teaser]
    in_brief = tuple(sorted(teasers + short, key=lambda article: (article.title, article.id)))
    left_out = (*omissions, *copies)
    digest = Digest(
        title=title,
        date=date,
        sections=sections,
        in_brief=in_brief,
        omissions=left_out,
        statistics=_statistics(sources, read, sections, in_brief, left_out),
    )
    return digest, found


def _new(topics: Sequence[Topic], earlier: Sequence[Carried]) -> list[Topic]:
    """Return the topics without what the reader has had, those with the most news first."""
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
                stories.append(Story(new, since=min(past, default=None)))
        past = [had[article.id].topic_since for article in topic.articles if article.id in had]
        if stories:
            since = min(past, default=None)
            running.append(replace(topic, stories=tuple(stories), since=since))
    return sorted(running, key=lambda topic: -len(topic.articles))


def split_source(source: Source, *, stages: Stages) -> Split:
    """Fetch, read and take apart one source; raises `SourceError` where it holds no article.

    Every article names the source as its page, so that it can be held against it again.
    """
    pages = stages.read(stages.fetch(source))
    splits = [stages.split(page) for page in pages]
    if not any(split.articles for split in splits):
        raise ReadError(source.location, "no article found")
    split = join(splits)
    page = without_credentials(source.location)
    articles = tuple(replace(article, page=page) for article in split.articles)
    return replace(split, articles=articles)


def join(splits: Sequence[Split]) -> Split:
    """Return what several pages gave as one."""
    return Split(
        articles=tuple(article for split in splits for article in split.articles),
        omissions=tuple(omission for split in splits for omission in split.omissions),
    )


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


def _long_topics(topics: Sequence[Topic]) -> tuple[list[Topic], list[Article]]:
    """Part the topics from the lone short reports, which a line says whole, unless all are such."""
    short = [
        topic
        for topic in topics
        if not topic.pinned and sum(a.words for a in topic.articles) < SHORT
    ]
    if len(short) == len(topics):
        return list(topics), []
    long = [topic for topic in topics if topic not in short]
    return long, [article for topic in short for article in topic.articles]


def _section(topic: Topic, stages: Stages) -> Section:
    """Summarize a topic, then each of its stories in sentences that were not told before."""
    summary = stages.summarize_topic(topic.articles, about=topic.label)
    told = set(_places(summary.sentences, topic.articles))
    stories = []
    for story in topic.stories:
        own = stages.summarize_story(story.articles, told=told, about=topic.label)
        places = set(_places(own.sentences, topic.articles))
        if len(topic.stories) == 1 and places <= told:  # the topic has said it, a line above
            own = replace(own, sentences=(), note="")
        told |= places
        stories.append(StorySummary(story, own))
    return Section(
        topic=topic, summary=summary, stories=tuple(stories), disagreements=stages.disagree(topic)
    )


def _places(
    sentences: Sequence[Sentence], articles: Sequence[Article]
) -> Iterable[tuple[str, int]]:
    """Every place where one of the sentences stands: outlets share sentences word for word."""
    for sentence in sentences:
        for article in articles:
            start = article.text.find(sentence.text)
            if start >= 0:
                yield article.id, start


def _statistics(
    sources: int,
    read: Sequence[Article],
    sections: Sequence[Section],
    in_brief: Sequence[Article],
    omissions: Sequence[Omission],
) -> Statistics:
    shown = sum(
        section.summary.words + sum(story.summary.words for story in section.stories)
        for section in sections
    )
    return Statistics(
        sources=sources,
        articles=sum(len(section.topic.articles) for section in sections),
        topics=len(sections),
        in_brief=len(in_brief),
        omitted=len(omissions),
        words_read=sum(article.words for article in read),
        words_shown=shown,
    )
