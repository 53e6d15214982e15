"""An article put together from the classified lines of its segment."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.models import Article, Omission, Page
from digest.splitting.attributions import address_of, author_of, lone_name
from digest.splitting.lines import sentence_count
from digest.splitting.naming import name_of
from digest.splitting.patterns import Wording
from digest.splitting.roles import REASONS, Role
from digest.splitting.runons import clean
from digest.splitting.segments import Segment
from digest.splitting.view import PageView
from digest.text.addresses import untracked
from digest.text.dates import find_date
from digest.text.language import detect_language
from digest.text.terms import stop_words

_DATELINE = Wording(r"[A-ZÀ-Þ][^.!?]{1,60}?,\s.{6,60}?\s(?:--?|—|–)\s")


@dataclass(frozen=True, slots=True)
class Draft:
    article: Article
    segment: Segment
    words: int

    def has_sentences(self, least: int) -> bool:
        """Whether it has so many sentences, not counting one that the source breaks off."""
        text = self.article.text
        count = -1 if self.article.truncated and not text.endswith((".", "!", "?", "”")) else 0
        for part in text.split("\n\n"):
            count += sentence_count(part)
            if count >= least:
                return True
        return count >= least


@dataclass(slots=True)
class _Body:
    """What the lines of a segment come to, before it is an article."""

    parts: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    url: str | None = None
    wrapped: str | None = None
    """The title that a wrapper around the text names."""
    truncated: bool = False


def draft_article(
    page: Page,
    view: PageView,
    segment: Segment,
    classes: dict[int, Role],
    omissions: list[tuple[int, Omission]],
) -> Draft | None:
    """Return the article of a segment, or None where no text is left; what is not text is omitted."""
    title = view.lines[segment.title].bare if segment.title is not None else None
    if page.single and page.title:
        title = page.title
    body = _body(page, view, segment, classes, title, omissions)
    if not body.parts:
        if segment.title is not None:
            text = view.lines[segment.title].text
            omissions.append((segment.title, omission(page, text, "heading")))
        return None
    facts = _facts(view, segment, classes)
    article = Article(
        id="",
        title=title or body.wrapped or "",
        text="\n\n".join(body.parts),
        page=page.source.location,
        url=body.url or facts.url or _linked(view, segment),
        author=facts.author,
        published=facts.published,
        headings=tuple(body.headings),
        truncated=body.truncated,
    )
    return Draft(article=article, segment=segment, words=article.text.count(" ") + len(body.parts))


def _body(
    page: Page,
    view: PageView,
    segment: Segment,
    classes: dict[int, Role],
    title: str | None,
    omissions: list[tuple[int, Omission]],
) -> _Body:
    body = _Body()
    indexes = range(segment.start, segment.stop)
    final = _final(view, indexes, classes, title)
    for index in indexes:
        role, line = classes[index], view.lines[index]
        if role == "title":
            continue
        if role == "heading":
            heading = line.text if line.tag and page.single else line.bare
            body.parts.append(heading)
            body.headings.append(heading)
        elif role == "paragraph":
            cleaned = clean(line.text, title, last=index >= final)
            body.truncated = cleaned.truncated or (body.truncated and not cleaned.text)
            body.url = cleaned.url or body.url
            body.wrapped = body.wrapped or cleaned.title
            omissions.extend((index, omission(page, piece, kind)) for piece, kind in cleaned.cuts)
            if cleaned.text:
                body.parts.append(cleaned.text)
        else:
            omissions.append((index, omission(page, line.text, role)))
    # A heading with nothing below it heads nothing.
    while body.parts and body.headings and body.parts[-1] == body.headings[-1]:
        omissions.append((segment.stop, omission(page, body.parts.pop(), "teaser")))
        body.headings.pop()
    return body


class _Facts(NamedTuple):
    url: str | None
    author: str | None
    published: datetime | None


def _final(view: PageView, indexes: range, classes: dict[int, Role], title: str | None) -> int:
    """The last paragraph of which anything is left: behind it there may be calls to read on."""
    paragraphs = [index for index in indexes if classes[index] == "paragraph"]
    return next(
        (i for i in reversed(paragraphs) if clean(view.lines[i].text, title, last=True).text), -1
    )


def _facts(view: PageView, segment: Segment, classes: dict[int, Role]) -> _Facts:
    url = author = published = None
    for index in range(segment.start, segment.stop):
        line, role = view.lines[index], classes[index]
        if role in ("byline", "date"):
            found = find_date(line.text)
            published = published or (found[0] if found else None)
            if role == "byline" or " by " in line.text.lower():
                author = author or author_of(line.bare) or lone_name(line.bare)
        elif role == "address":
            url = url or address_of(line.text)
    return _Facts(url, author, published or _dateline(view, segment))


def _linked(view: PageView, segment: Segment) -> str | None:
    """Where an item of a newsletter leads: its title, or else the call below it to read on."""
    title = [segment.title] if segment.title is not None else []
    calls = [i for i in range(segment.start, segment.stop) if view.lines[i].sign == "end"]
    lines = [view.lines[index] for index in (*title, *calls)]
    links = (line.link for line in lines if "browser" not in line.text.lower())
    return next((link for link in links if link.startswith(("https://", "http://"))), None)


def _dateline(view: PageView, segment: Segment) -> datetime | None:
    """The date in the dateline of a wire report: `CITY, Nov. 19, 2026 /WIRE/ -- ...`."""
    head = _DATELINE.match(view.lines[segment.prose[0]].text[:160]) if segment.prose else None
    found = find_date(head.group()) if head else None
    return found[0] if found else None


def likely_language(text: str, likely: str) -> str:
    """The language of an article: that of its page, unless too few of its words are that one's stop words."""
    tokens = text[:800].lower().split()
    stops = stop_words(likely)
    return (
        likely
        if sum(map(stops.__contains__, tokens)) >= 0.25 * len(tokens)
        else detect_language(text[:2000])
    )


def finish(page: Page, draft: Draft, count: int, likely: str) -> Article:
    article = draft.article
    alone = count == 1
    url = untracked(article.url) if article.url else (page.url if alone else None)
    language = page.language or likely_language(article.text, likely)
    title = article.title or (page.title if alone else None) or name_of(article.text, language)
    return replace(
        article,
        id=_id(title, url, article.text),
        title=title,
        url=url,
        language=language,
        source=_source(page, url),
        author=article.author or (page.author if alone else None),
        categories=page.categories if alone else (),
        published=article.published or (page.published if alone or page.issue else None),
        teaser=draft.segment.related or (page.single and page.issue),
    )


def headline_article(page: Page, likely: str) -> Article:
    """Return the article of a page that gives no more than its title."""
    title = page.title or ""
    return Article(
        id=_id(title, page.url, ""),
        title=title,
        text="",
        source=_source(page, page.url),
        page=page.source.location,
        url=page.url,
        author=page.author,
        categories=page.categories,
        published=page.published,
        language=page.language or likely_language(title, likely),
        teaser=True,
    )


def _source(page: Page, url: str | None) -> str:
    return page.site or (urlsplit(url).hostname if url else None) or page.source.name


def _id(title: str, url: str | None, text: str) -> str:
    told = "\x1f".join((title, url or "", text))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def omission(page: Page, text: str, role: str) -> Omission:
    reason = "stub" if role == "stub" else REASONS[role]
    what = " ".join(text[:400].split())
    return Omission(
        what=what if len(what) <= 200 else what[:199].rstrip() + "…",
        reason=reason,
        page=page.source.location,
    )
