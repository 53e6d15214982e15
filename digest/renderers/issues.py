"""The issues that have been made, as the list of all of them and the pages beside them know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digest.models import Digest, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic of an issue, as the list of issues knows it."""

    label: str
    """As the page has it."""
    keywords: tuple[str, ...] = ()
    """As the page has them."""
    sentence: str = ""
    """The first key sentence."""
    headlines: tuple[str, ...] = ()
    """One a story, but for the one that is its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEntry:
    """An issue, as the list of issues knows it; nothing in it is cleaned yet."""

    name: str
    """What its files are called, without the ending: "2026-11-21"."""
    date: date
    title: str
    topics: tuple[TopicEntry, ...] = ()
    in_brief: tuple[str, ...] = ()
    """Headlines."""
    articles: int = 0
    sources: int = 0
    words_read: int = 0
    words_shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The issues before and after one; the page of the issue links to them and to the list."""

    previous: IssueEntry | None = None
    next: IssueEntry | None = None


def archive_entry(digest: Digest, name: str) -> IssueEntry:
    """Return what the list of issues keeps of a digest whose files are called `name`.

    Its topics are those that have a place of their own on the page: what is only listed is a headline.
    """
    statistics = digest.statistics
    told = [section for section in digest.sections if section.tier not in ("brief", "listed")]
    listed = [section.heading for section in digest.sections if section not in told]
    single = [brief.article.title for brief in digest.in_brief]
    also_read = [brief.article.title for brief in digest.also_read]
    return IssueEntry(
        name=name,
        date=digest.date,
        title=digest.title,
        topics=tuple(map(_topic_entry, told)),
        in_brief=(*single, *listed, *also_read),
        articles=statistics.articles,
        sources=statistics.sources,
        words_read=statistics.words_read,
        words_shown=statistics.words_shown,
    )


def neighbours(issues: Sequence[IssueEntry], name: str) -> Neighbours:
    """Return the issues before and after the one called `name`, by date and then by name."""
    ordered = in_order(issues)
    names = [issue.name for issue in ordered]
    place = names.index(name)
    return Neighbours(
        previous=ordered[place - 1] if place else None,
        next=ordered[place + 1] if place + 1 < len(ordered) else None,
    )


def in_order(issues: Sequence[IssueEntry]) -> list[IssueEntry]:
    """Return issues by date and then by name: the order in which they were made."""
    return sorted(issues, key=lambda issue: (issue.date, issue.name))


def _topic_entry(section: Section) -> TopicEntry:
    heading = section.heading or section.topic.label
    titles = [story.story.articles[0].title for story in section.stories if story.story.articles]
    return TopicEntry(
        label=heading,
        keywords=section.topic.keywords,
        sentence=next((sentence.text for sentence in section.summary.sentences), ""),
        headlines=tuple(title for title in titles if title != heading),
    )
