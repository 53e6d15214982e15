"""A page taken apart into its articles, and all that was left out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.models import Article, Omission, Page, Split
from digest.splitting.copies import Rivals, excerpt_lines
from digest.splitting.dates import find_date
from digest.splitting.gaps import Gap, PageView, comment_gaps, find_gaps
from digest.splitting.lines import STRONG, Line, look, sentence_count
from digest.splitting.naming import name_of
from digest.splitting.roles import REASONS, Role, Segment, roles
from digest.splitting.runons import clean
from digest.splitting.signs import address_of, addresses_reader, author_of
from digest.text.language import detect_language
from digest.text.terms import stop_words

_HARD = frozenset(
    {"separator", "end", "related", "navigation", "notice", "note", "comment", "advert", "teaser"}
)
_ENOUGH_SENTENCES = 3
_FEW_WORDS = 40


class Row(NamedTuple):
    """A line of the explanation: a block with its class, or a boundary with its evidence."""

    line: int
    role: str
    text: str
    confidence: float | None = None
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    article: Article
    segment: Segment
    sentences: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSplitter:
    """Takes pages apart by shape, place, repetition and lexical cohesion; see `gaps` and `roles`."""

    min_sentences: int = _ENOUGH_SENTENCES
    """A teaser of fewer full sentences is a stub."""

    def __call__(self, page: Page, /) -> Split:
        """Return the articles of the page in reading order, and an omission for every block left out."""
        view, segments, classes = _analyse(page)
        omissions: list[tuple[int, Omission]] = []
        drafts = [_draft(page, view, segment, classes, omissions) for segment in segments]
        kept: list[_Draft] = []
        present = [draft for draft in drafts if draft]
        longest = max((draft.words for draft in present), default=0)
        rivals = Rivals([draft.article.text for draft in present])
        for number, draft in enumerate(present):
            alone = page.single or len(present) == 1
            reason = None if alone else self._refused(draft, number, rivals, longest)
            if reason:
                titled = draft.segment.title is not None
                what = (
                    f"{draft.article.title}: {draft.article.text}" if titled else draft.article.text
                )
                omissions.append((draft.segment.start, _omission(page, what, reason)))
            else:
                kept.append(draft)
        articles = [_finish(page, draft, len(kept), view.language) for draft in kept]
        omissions += _outside(page, view, segments, classes)
        omissions.sort(key=lambda pair: pair[0])
        return Split(
            articles=tuple(articles), omissions=tuple(omission for _, omission in omissions)
        )

    def _refused(self, draft: _Draft, number: int, rivals: Rivals, longest: int) -> str | None:
        """Why a draft is no article, or None."""
        if rivals.covers(number) is not None:
            return "copy"
        words = draft.words
        if (
            words < min(90, 0.5 * longest)
            and len(draft.segment.prose) <= 2
            and addresses_reader(draft.article.text)
        ):
            return "notice"
        teaser = draft.segment.related or draft.article.truncated
        slight = teaser or ((draft.sentences < 2 or words < _FEW_WORDS) and words < longest)
        return "stub" if draft.sentences < self.min_sentences and slight else None

    def explain(self, page: Page, /) -> list[Row]:
        """Return what each block was taken for, and each boundary with its evidence and confidence."""
        view, segments, classes = _analyse(page)
        starts = {segment.start: segment for segment in segments}
        rows: list[Row] = []
        for index, line in enumerate(view.lines):
            segment = starts.get(index)
            if segment:
                evidence = tuple(
                    (name, round(value, 3)) for name, value in segment.evidence if value
                )
                rows.append(
                    Row(
                        line=line.line,
                        role="boundary",
                        text="",
                        confidence=round(segment.confidence, 3),
                        evidence=evidence,
                    )
                )
            rows.append(Row(line=line.line, role=classes.get(index, "navigation"), text=line.text))
        return rows


def _outside(
    page: Page, view: PageView, segments: Sequence[Segment], classes: dict[int, Role]
) -> list[tuple[int, Omission]]:
    """What stands before the first article, and what was passed over between two."""
    inside = {index for segment in segments for index in range(segment.start, segment.stop)}
    return [
        (index, _omission(page, line.text, classes[index]))
        for index, line in enumerate(view.lines)
        if index not in inside
    ]


def _analyse(page: Page) -> tuple[PageView, list[Segment], dict[int, Role]]:
    lines = look(page.blocks)
    copies = frozenset() if page.single else excerpt_lines(lines)
    view = PageView(lines, copies, page.language or _page_language(lines), single=page.single)
    segments = _segments(view, find_gaps(view), single=page.single)
    classes: dict[int, Role] = {}
    for segment in segments:
        classes.update(roles(view, segment))
    for index in copies:
        classes[index] = "copy"
    for index, line in enumerate(lines):
        if index not in classes:
            classes[index] = line.sign if line.sign in REASONS else "navigation"  # type: ignore[assignment]
    return view, segments, classes


def _page_language(lines: Sequence[Line]) -> str:
    sample = " ".join(line.text[:300] for line in lines[:60] if line.weight == STRONG)
    return _language(sample, "en")


def _segments(view: PageView, gaps: Sequence[Gap], *, single: bool) -> list[Segment]:
    prose = view.prose
    comments = set() if single else comment_gaps(view, gaps)
    begins = [
        number
        for number, gap in enumerate(gaps[:-1])
        if number == 0
        or (
            not single
            and (gap.boundary or number in comments)
            and not (number in comments and number - 1 in comments)
        )
    ]
    found: list[Segment] = []
    related = False
    dates_follow = _dates_follow(view, gaps)
    for number, following in pairwise([*begins, len(prose)]):
        gap = gaps[number]
        start = _head(view, gap, dates_follow=dates_follow)
        if number in comments:
            start = next(
                index
                for index in range(gap.start, gap.stop)
                if view.lines[index].sign in ("comment", "date")
            )
        if found:
            found[-1] = replace(found[-1], stop=start)
        before = view.lines[gap.start : start if gap.title is None else gap.title]
        related = _related(before, related)
        found.append(
            Segment(
                start=start,
                stop=len(view.lines),
                title=gap.title,
                prose=tuple(prose[number:following]),
                confidence=gap.confidence,
                evidence=gap.evidence,
                related=related and number > 0 and following - number <= 2,
                comments=number in comments,
            )
        )
    return found


def _related(before: Sequence[Line], related: bool) -> bool:
    """Whether a list of other articles goes on, or begins, in the lines before a title."""
    for line in before:
        if line.sign == "related":
            related = True
        elif line.sign in ("separator", "end"):
            related = False
    return related


def _dates_follow(view: PageView, gaps: Sequence[Gap]) -> bool:
    """Whether the page puts the date below each article: the last one has it, the first not above."""
    first, last = gaps[0], gaps[-1]
    return any(line.sign == "date" for line in view.lines[last.start : last.stop]) and not any(
        line.sign in ("date", "byline") for line in view.lines[first.start : first.stop]
    )


def _head(view: PageView, gap: Gap, *, dates_follow: bool) -> int:
    """The first line before the title that belongs to what follows: its kicker, date, byline, address."""
    if gap.title is None:
        for index in range(gap.stop - 1, gap.start - 1, -1):
            if view.lines[index].sign in _HARD:
                return index + 1
        return gap.start
    index = gap.title
    while index > gap.start:
        line = view.lines[index - 1]
        if (
            line.sign in _HARD
            or (line.sign == "address" and not line.field)
            or line.weight == STRONG
            or index - 1 in view.skipped
        ):
            break
        if line.sign in ("credit", "caption", "widget") or (line.sign == "date" and dates_follow):
            break
        if not line.sign and line.words > 4 and line.key != view.lines[gap.title].key:
            break
        index -= 1
    return index


def _draft(
    page: Page,
    view: PageView,
    segment: Segment,
    classes: dict[int, Role],
    omissions: list[tuple[int, Omission]],
) -> _Draft | None:
    title = view.lines[segment.title].bare if segment.title is not None else None
    final = max(
        (index for index in range(segment.start, segment.stop) if classes[index] == "paragraph"),
        default=-1,
    )
    parts: list[str] = []
    headings: list[str] = []
    url: str | None = None
    truncated = False
    wrapped: str | None = None
    for index in range(segment.start, segment.stop):
        role, line = classes[index], view.lines[index]
        if role == "title":
            continue
        if role == "heading":
            parts.append(line.bare)
            headings.append(line.bare)
        elif role == "paragraph":
            cleaned = clean(line.text, title, last=index >= final)
            truncated = cleaned.truncated
            url = cleaned.url or url
            wrapped = wrapped or cleaned.title
            omissions.extend((index, _omission(page, piece, kind)) for piece, kind in cleaned.cuts)
            if cleaned.text:
                parts.append(cleaned.text)
        else:
            omissions.append((index, _omission(page, line.text, role)))
    while parts and headings and parts[-1] == headings[-1]:
        omissions.append((segment.stop, _omission(page, parts.pop(), "teaser")))
        headings.pop()
    if not parts:
        return None
    facts = _facts(view, segment, classes)
    text = "\n\n".join(parts)
    article = Article(
        id="",
        title=title or wrapped or "",
        text=text,
        page=page.source.location,
        url=url or facts.url,
        author=facts.author,
        published=facts.published,
        headings=tuple(headings),
        truncated=truncated,
    )
    broken = truncated and not parts[-1].endswith((".", "!", "?", "”"))
    sentences = sum(sentence_count(part) for part in parts) - broken
    return _Draft(article=article, segment=segment, sentences=sentences, words=article.words)


class _Facts(NamedTuple):
    url: str | None
    author: str | None
    published: datetime | None


def _facts(view: PageView, segment: Segment, classes: dict[int, Role]) -> _Facts:
    url = author = published = None
    for index in range(segment.start, segment.stop):
        line, role = view.lines[index], classes[index]
        if role in ("byline", "date"):
            found = find_date(line.text)
            published = published or (found[0] if found else None)
            if role == "byline" or " by " in line.text.lower():
                author = author or author_of(line.bare)
        elif role == "address":
            url = url or address_of(line.text)
    return _Facts(url, author, published)


def _language(text: str, likely: str) -> str:
    """The language of an article: that of its page, unless too few of its words are that one's stop words."""
    tokens = text[:800].lower().split()
    stops = stop_words(likely)
    return (
        likely
        if sum(map(stops.__contains__, tokens)) >= 0.25 * len(tokens)
        else detect_language(text[:2000])
    )


def _finish(page: Page, draft: _Draft, count: int, likely: str) -> Article:
    article = draft.article
    alone = count == 1
    url = article.url or (page.url if alone else None)
    language = page.language or _language(article.text, likely)
    title = article.title or (page.title if alone else None) or name_of(article.text, language)
    source = page.site or (urlsplit(url).hostname if url else None) or page.source.name
    digest = hashlib.sha256(
        "\x1f".join((title, url or "", article.text)).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
    return replace(
        article,
        id=digest,
        title=title,
        url=url,
        language=language,
        source=source,
        author=article.author or (page.author if alone else None),
        published=article.published or (page.published if alone else None),
        teaser=draft.segment.related,
    )


def _omission(page: Page, text: str, role: str) -> Omission:
    reason = "stub" if role == "stub" else REASONS[role]
    what = " ".join(text[:400].split())
    return Omission(
        what=what if len(what) <= 200 else what[:199].rstrip() + "…",
        reason=reason,
        page=page.source.location,
    )
