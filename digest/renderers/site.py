"""Render the archive as a site: a page and a feed for each topic over all issues, a search, a sitemap.

An issue says of a topic since when it runs, and not which topic of that day it was: it is the one of the issues
between that has most words in common with it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from digest.models import Digest, Section
from digest.renderers import PAPER
from digest.renderers.archive import FEED_LENGTH, page_of
from digest.renderers.articles import short_name
from digest.renderers.display import safe_link, shorten
from digest.renderers.templates import fill
from digest.renderers.words import Words, issue_language, words_of
from digest.text.terms import terms

_SENTENCES = 3
"""The sentences of an issue that the page of a topic shows; the issue has all of them."""
_SENTENCE = 600
"""The most characters of such a sentence."""
_IN_SITEMAP = 50_000
"""The most addresses of one sitemap (sitemaps.org)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What one issue told of a topic."""

    name: str
    """Of the issue's files."""
    date: date
    """Of the issue."""
    day: str
    """Such as "Saturday, 21 November 2026"."""
    href: str
    """The topic on the page of the issue."""
    heading: str
    """That of the topic in this issue."""
    sentences: tuple[str, ...]
    """Its first key sentences."""
    headlines: tuple[str, ...]
    """Those of its stories, but for one that is the heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A topic over the issues, the latest chapter first."""

    stem: str
    """What its files are called, without the ending: the same for as long as its first issue is kept."""
    chapters: tuple[Chapter, ...]
    """One an issue, the latest first."""

    @property
    def heading(self) -> str:
        """That of its latest chapter."""
        return self.chapters[0].heading


@dataclass(slots=True)
class _Open:
    """A thread that further issues may go on with."""

    first: date
    words: frozenset[str]
    chapters: list[Chapter]


def threads(issues: Mapping[str, Digest], words: Words) -> list[Thread]:
    """Return the topics of all issues (by the name of their files), those told last first."""
    found: list[_Open] = []
    running: dict[date, list[_Open]] = {}
    for name, digest in sorted(issues.items(), key=lambda one: (one[1].date, one[0])):
        fresh = []
        for number, section in enumerate(_shown(digest), 1):
            chapter = _chapter(name, digest.date, number, section, words)
            told = frozenset(terms(" ".join((chapter.heading, *chapter.sentences))))
            first = section.topic.since or digest.date
            before = _before(running.get(first, ()), told, chapter)
            if before is None:
                before = _Open(first, told, [])
                found.append(before)
                fresh.append(before)
            before.words = told
            before.chapters.append(chapter)
        for one in fresh:
            running.setdefault(one.first, []).append(one)
    made = [Thread(stem=_stem(one), chapters=tuple(one.chapters[::-1])) for one in found]
    return sorted(made, key=lambda one: (one.chapters[0].date, one.chapters[0].name), reverse=True)


def _shown(digest: Digest) -> Iterator[Section]:
    return (section for section in digest.sections if section.tier not in ("brief", "listed"))


def _before(known: Iterable[_Open], told: frozenset[str], chapter: Chapter) -> _Open | None:
    """Return the thread of that first day that a topic goes on with; one has a chapter an issue."""
    free = [one for one in known if one.chapters[-1].name != chapter.name]
    best = max(free, key=lambda one: len(one.words & told), default=None)
    return best if best and best.words & told and best.chapters[-1].date < chapter.date else None


def _chapter(name: str, day: date, number: int, section: Section, words: Words) -> Chapter:
    heading = short_name(section.heading or section.topic.label)
    heading = heading or words.say("Topic {number}", number=number)
    titles = [
        short_name(one.story.articles[0].title) for one in section.stories if one.story.articles
    ]
    return Chapter(
        name=name,
        date=day,
        day=words.formats.long_day(day),
        href=f"{page_of(name)}#topic-{number}",
        heading=heading,
        sentences=tuple(
            shorten(short, _SENTENCE)
            for one in section.summary.sentences[:_SENTENCES]
            if (short := " ".join(one.text.split()))
        ),
        headlines=tuple(title for title in titles if title and title != heading),
    )


def _stem(one: _Open) -> str:
    first = one.chapters[0]
    return "topic-" + hashlib.sha256(f"{first.name}\n{first.href}".encode()).hexdigest()[:16]


def render_site(
    issues: Mapping[str, Digest],
    *,
    title: str,
    base_url: str = "",
    templates: Path | None = None,
    theme: str = PAPER,
    language: str = "",
) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the files that a site has beyond the pages and the list of its issues.

    A sitemap needs whole addresses: without `base_url` there is none. The order of the issues has no meaning.
    """
    newest = max(issues.values(), key=lambda issue: issue.date, default=None)
    words = words_of(language or (issue_language(newest) if newest else "en"))
    base = safe_link(base_url) or ""
    base += "" if not base or base.endswith("/") else "/"
    look: dict[str, Any] = {"templates": templates, "theme": theme, "words": words}
    found = threads(issues, words)
    shared = {"title": words.title(short_name(title)), "base": base}
    for one in found:
        context = {**shared, "thread": one, "feed": one.chapters[:FEED_LENGTH]}
        yield f"{one.stem}.html", fill("topic.html", context, **look)
        yield f"{one.stem}.xml", fill("topic.xml", context, **look)
    yield "search.html", fill("search.html", {**shared, "rows": _rows(found)}, **look)
    if base:
        pages = [f"{one.stem}.html" for one in found]
        names = sorted(map(page_of, issues))
        places = ["index.html", *names[::-1], *pages][:_IN_SITEMAP]
        addresses = [urljoin(base, place) for place in places]
        yield "sitemap.xml", fill("sitemap.xml", {"addresses": addresses}, **look)


def _rows(found: Iterable[Thread]) -> list[list[str]]:
    """Return what the search looks through, a row a chapter: the topic's page, the day, the words."""
    return [
        [
            one.stem,
            chapter.date.isoformat(),
            chapter.heading,
            *chapter.headlines,
            *chapter.sentences[:1],
        ]
        for one in found
        for chapter in one.chapters
    ]
