"""List all issues on one page, with a search that needs no server, and in an Atom feed (RFC 4287)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

from digest.models import Digest, Section
from digest.outgoing import line
from digest.renderers import PAPER
from digest.renderers.articles import short_name
from digest.renderers.display import safe_link
from digest.renderers.templates import fill
from digest.renderers.words import Words, issue_language, minutes, words_of

FEED_LENGTH = 30
"""The issues in the feed, the latest first: a month of a daily."""
_WITH_HEADLINES = 400
"""The issues whose headlines are listed and searched; of older ones only the topics are, so that a phone
can open the list."""


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
    """An issue, as the list of issues knows it; its texts are not cleaned yet."""

    name: str
    """What its files are called, without the ending: "2026-11-21"."""
    date: date
    title: str
    language: str = "en"
    """That of most of its articles, where the fixed words are written in it."""
    topics: tuple[TopicEntry, ...] = ()
    in_brief: tuple[str, ...] = ()
    """Headlines."""
    articles: int = 0
    sources: int = 0
    words_read: int = 0
    words_shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNeighbours:
    """The issues before and after one; the page of the issue links to them and to the list."""

    previous: IssueEntry | None = None
    next: IssueEntry | None = None


def archive_entry(digest: Digest, name: str) -> IssueEntry:
    """Return the entry of a digest whose files are called `name`.

    Its topics are those with a section of their own on the page; the others are headlines.
    """
    statistics = digest.statistics
    shown = [section for section in digest.sections if section.tier not in ("brief", "listed")]
    listed = [section.heading for section in digest.sections if section not in shown]
    single = [brief.article.title for brief in digest.in_brief]
    also_read = [brief.article.title for brief in digest.also_read]
    return IssueEntry(
        name=name,
        date=digest.date,
        title=digest.title,
        language=issue_language(digest),
        topics=tuple(map(_topic_entry, shown)),
        in_brief=(*single, *listed, *also_read),
        articles=statistics.articles,
        sources=statistics.sources,
        words_read=statistics.words_read,
        words_shown=statistics.words_shown,
    )


def neighbours(issues: Sequence[IssueEntry], name: str) -> IssueNeighbours:
    """Return the issues before and after the one called `name`, by date and then by name."""
    ordered = in_order(issues)
    names = [issue.name for issue in ordered]
    place = names.index(name)
    return IssueNeighbours(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """An issue as the templates of the archive see it."""

    name: str
    """What its files are called: "2026-11-21"."""
    href: str
    """Of its page, relative to the list."""
    address: str
    """Of its page, with the base address where there is one."""
    id: str
    """A URN that stays the same as long as the archive's address and the issue's name do."""
    day: str
    """Such as "Saturday, 21 November 2026"."""
    short_day: str
    """Such as "21 Nov 2026"."""
    iso_date: str
    """Such as "2026-11-21"."""
    title: str
    """The name of the digest."""
    counts: tuple[str, ...]
    """Such as ("3 topics", "6 articles", "3 sources", "5 min")."""
    topics: tuple[TopicEntry, ...]
    """As on its page, the first being `#topic-1`."""
    in_brief: tuple[str, ...]
    """Headlines."""
    headlines: tuple[str, ...]
    """Those that the list shows and searches: all of the topics, then those in brief; none of an old issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The issues of a month, the latest first."""

    anchor: str
    """Such as "2026-11"."""
    title: str
    """Such as "November 2026"."""
    issues: tuple[IssueView, ...]
    """Of this month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """The list of all issues."""

    title: str
    """The name of the digest."""
    id: str
    """Of the feed."""
    count: str
    """Such as "12 issues"."""
    days: str
    """Such as "1 to 21 Nov 2026"; empty where there is no issue."""
    updated: str
    """The day of the latest issue, as RFC 3339 writes it."""
    address: str
    """Of the list, with the base address where there is one."""
    feed_address: str
    """Of the feed."""
    months: tuple[MonthView, ...]
    """The latest first."""
    feed: tuple[IssueView, ...]
    """The issues of the feed, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighboursView:
    """The links of an issue: to the one before, the one after, and the list."""

    previous: IssueView | None
    """The issue before."""
    next: IssueView | None
    """The issue after."""
    index: str = "index.html"
    """The list of all issues."""


def render_archive(
    issues: Sequence[IssueEntry],
    *,
    title: str,
    base_url: str = "",
    has_search: bool = False,
    templates: Path | None = None,
    theme: str = PAPER,
    language: str = "",
) -> dict[str, str]:
    """Return the texts of `index.html` and `feed.xml`: the list of all issues and the feed of the latest.

    `has_search` says that `search.html` stands beside them. `base_url` is where the folder can be read;
    without it the feed's links are relative to the feed. The order of the issues has no meaning, and the same
    issues give the same texts.
    """
    words = words_of(language or (in_order(issues)[-1].language if issues else "en"))
    archive = _view(issues, title, safe_link(base_url) or "", words)
    context = {"archive": archive, "has_search": has_search}
    return {
        name: fill(name, context, templates=templates, theme=theme, words=words)
        for name in ("index.html", "feed.xml")
    }


def neighbours_view(of: IssueNeighbours | None, words: Words) -> NeighboursView | None:
    """Return the neighbours of an issue as its page sees them."""
    if of is None:
        return None
    return NeighboursView(
        previous=_issue(of.previous, words) if of.previous else None,
        next=_issue(of.next, words) if of.next else None,
    )


def _view(issues: Sequence[IssueEntry], title: str, base: str, words: Words) -> ArchiveView:
    if base and not base.endswith("/"):
        base += "/"
    latest = in_order(issues)[::-1]
    feed = uuid.uuid5(uuid.NAMESPACE_URL, base or f"urn:digest:{line(title)}")
    views = [
        _issue(issue, words, base=base, feed=feed, with_headlines=place < _WITH_HEADLINES)
        for place, issue in enumerate(latest)
    ]
    months: dict[str, list[IssueView]] = {}
    for view in views:
        months.setdefault(view.iso_date[:7], []).append(view)
    return ArchiveView(
        title=words.title(short_name(title)),
        id=feed.urn,
        count=words.count(len(issues), "{number} issue", "{number} issues"),
        days=words.period(latest[-1].date, latest[0].date) if latest else "",
        updated=f"{latest[0].date if latest else date(1970, 1, 1)}T00:00:00Z",
        address=urljoin(base, "index.html"),
        feed_address=urljoin(base, "feed.xml"),
        months=tuple(
            MonthView(
                anchor=month,
                title=words.formats.month(date.fromisoformat(f"{month}-01")),
                issues=tuple(held),
            )
            for month, held in months.items()
        ),
        feed=tuple(views[:FEED_LENGTH]),
    )


def page_of(name: str) -> str:
    """Return the address of an issue's page, relative to the list, by the name of its files."""
    return quote(f"{name}.html".encode("utf-8", "replace"), safe="")


def _issue(
    issue: IssueEntry,
    words: Words,
    *,
    base: str = "",
    feed: uuid.UUID = uuid.NAMESPACE_URL,
    with_headlines: bool = True,
) -> IssueView:
    href = page_of(issue.name)
    topics = tuple(_clean(topic, number, words) for number, topic in enumerate(issue.topics, 1))
    in_brief = tuple(map(short_name, issue.in_brief))
    headlines = (*(name for topic in topics for name in topic.headlines), *in_brief)
    shown, read = minutes(issue.words_shown), minutes(issue.words_read)
    return IssueView(
        name=line(issue.name),
        href=href,
        address=urljoin(base, href),
        id=uuid.uuid5(feed, href).urn,
        day=words.formats.long_day(issue.date),
        short_day=words.formats.short_date(issue.date),
        iso_date=issue.date.isoformat(),
        title=words.title(short_name(issue.title)),
        counts=(
            words.count(len(issue.topics), "{number} topic", "{number} topics"),
            words.count(issue.articles, "{number} article", "{number} articles"),
            words.count(issue.sources, "{number} source", "{number} sources"),
            words.count(min(shown, read), "{number} min", "{number} min"),
        ),
        topics=topics,
        in_brief=in_brief,
        headlines=tuple(filter(None, headlines)) if with_headlines else (),
    )


def _clean(topic: TopicEntry, number: int, words: Words) -> TopicEntry:
    return TopicEntry(
        label=short_name(topic.label) or words.say("Topic {number}", number=number),
        keywords=tuple(filter(None, map(short_name, topic.keywords))),
        sentence=line(topic.sentence),
        headlines=tuple(map(short_name, topic.headlines)),
    )
