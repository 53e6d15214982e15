"""An article put together from the lines of its segment, and running text rid of what it has swallowed."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.models import Article, Omission, Page
from digest.splitting.bylines import address_of, author_of, lone_name
from digest.splitting.lexicon import BREAK, WRAPPER, LazyPattern
from digest.splitting.line_kinds import calls, is_wall, kind_of
from digest.splitting.lines import fold, sentence_count
from digest.splitting.page import PageFeatures
from digest.splitting.roles import REASONS, Role, Segment
from digest.splitting.titles import name_of
from digest.text.addresses import untracked
from digest.text.dates import find_date, published_in
from digest.text.language import detect_language
from digest.text.terms import stop_words

_DATELINE = LazyPattern(r"[A-ZÀ-Þ][^.!?]{1,60}?,\s.{6,60}?\s(?:--?|—|–)\s")
_PART = LazyPattern(
    r"\S.*?(?:[.!?…][”\"’')\]]*(?=\s+[“\"‘'(\[—–-]?\s?[^\W_a-zß-öø-ÿ])|:(?=\s+https?://\S+\s*$)|$)",
    re.DOTALL,
)
_PICTURE = LazyPattern(
    r"(?:Image|Photo|Picture|Photograph|Credit|Foto|Bild)s?\s*(?:credit|by|source)?\s*:\s*"
    r"(?:[A-ZÀ-Þ][\w.’'-]*)(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}(?:\s?[/|]\s?[A-ZÀ-Þ][\w’-]*(?:\s(?:Images"
    r"|Photos?|Press|Media|Wire|Pictures|Commons))?)+\.?\s*"
)
_SOURCE = LazyPattern(
    r"(?:\bSource|\bVia|\bOriginal(?:\s+article)?|\bRead at|\bLink|\bQuelle"
    r"|\bFuente)\s*:\s*(?P<url>https?://\S{4,2000})\s*$",
    re.IGNORECASE,
)
_CUT = LazyPattern(r"(?:…|\.{3,}|\[(?:…|\.\.\.)\])\W{0,3}$")
_FIELDS = LazyPattern(
    r"(?P<fields>(?:[\w.-]{2,30}:[\w./-]{2,60}\s+)?(?:[A-Z][\w-]*(?:\s[\w-]+){0,2}:\s[\w./-]{1,40}\s+){0,6})"
    r"(?:Abstract|ABSTRACT)\s*[:.]\s+(?=\S)"
)
_HEADLINE = 12  # words tell their language surely (`digest.text.language`); a headline has fewer
_RECORD = 300  # characters in which the head of a record is looked for
_TAIL_KINDS = frozenset(
    "note notice end related navigation teaser address comment advert widget".split()
)
_LONG = 400  # characters of a paragraph in which a title is looked for late


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
    features: PageFeatures,
    segment: Segment,
    classes: dict[int, Role],
    omissions: list[tuple[int, Omission]],
) -> Draft | None:
    """Return the article of a segment, or None where no text is left; what is not text is omitted."""
    title = features.lines[segment.title].bare if segment.title is not None else None
    if page.single and page.title:
        title = page.title
    body = _body(page, features, segment, classes, title, omissions)
    if not body.parts:
        if segment.title is not None:
            text = features.lines[segment.title].text
            omissions.append((segment.title, omission(page, text, "heading")))
        return None
    facts = _facts(features, segment, classes)
    article = Article(
        id="",
        title=title or body.wrapped or "",
        text="\n\n".join(body.parts),
        page=page.source.location,
        url=body.url or facts.url or _linked(features, segment),
        author=facts.author,
        published=facts.published,
        headings=tuple(body.headings),
        truncated=body.truncated,
    )
    return Draft(article=article, segment=segment, words=article.text.count(" ") + len(body.parts))


def _body(
    page: Page,
    features: PageFeatures,
    segment: Segment,
    classes: dict[int, Role],
    title: str | None,
    omissions: list[tuple[int, Omission]],
) -> _Body:
    body = _Body()
    indexes = range(segment.start, segment.stop)
    final = _final(features, indexes, classes, title)
    for index in indexes:
        role, line = classes[index], features.lines[index]
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
            body.truncated = body.truncated or (bool(body.parts) and is_wall(line.text))
    # A heading with nothing below it heads nothing.
    while body.parts and body.headings and body.parts[-1] == body.headings[-1]:
        omissions.append((segment.stop, omission(page, body.parts.pop(), "teaser")))
        body.headings.pop()
    return body


class _Facts(NamedTuple):
    url: str | None
    author: str | None
    published: datetime | None


def _final(
    features: PageFeatures, indexes: range, classes: dict[int, Role], title: str | None
) -> int:
    """The last paragraph of which anything is left: behind it there may be calls to read on."""
    paragraphs = [index for index in indexes if classes[index] == "paragraph"]
    return next(
        (i for i in reversed(paragraphs) if clean(features.lines[i].text, title, last=True).text),
        -1,
    )


def _facts(features: PageFeatures, segment: Segment, classes: dict[int, Role]) -> _Facts:
    url = author = published = None
    for index in range(segment.start, segment.stop):
        line, role = features.lines[index], classes[index]
        if role in ("byline", "date"):
            published = published or published_in(line.text)
            if role == "byline" or " by " in line.text.lower():
                author = author or author_of(line.bare) or lone_name(line.bare)
        elif role == "address":
            url = url or address_of(line.text)
    return _Facts(url, author, published or _dateline(features, segment))


def _linked(features: PageFeatures, segment: Segment) -> str | None:
    """Where an item of a newsletter leads: its title, or else the call below it to read on."""
    title = [segment.title] if segment.title is not None else []
    calls = [i for i in range(segment.start, segment.stop) if features.lines[i].kind == "end"]
    lines = [features.lines[index] for index in (*title, *calls)]
    links = (line.link for line in lines if "browser" not in line.text.lower())
    return next((link for link in links if link.startswith(("https://", "http://"))), None)


def _dateline(features: PageFeatures, segment: Segment) -> datetime | None:
    """The date in the dateline of a wire report: `CITY, Nov. 19, 2026 /WIRE/ -- ...`."""
    head = _DATELINE.match(features.lines[segment.prose[0]].text[:160]) if segment.prose else None
    found = find_date(head.group()) if head else None
    return found[0] if found else None


def likely_language(text: str, likely: str) -> str:
    """The language of an article: that of its page, unless too few of its words are that one's stop words.

    A headline is in its own where that has more of them: pages list headlines of many languages.
    """
    tokens = text[:800].lower().split()
    known = sum(map(stop_words(likely).__contains__, tokens))
    accented = likely == "en" and not text.isascii()
    if known >= 0.25 * len(tokens) and len(tokens) >= _HEADLINE and not accented:
        return likely
    own = detect_language(text[:2000])
    fewer = sum(map(stop_words(own).__contains__, tokens)) + accented <= known
    return likely if known >= 0.25 * len(tokens) and fewer else own


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


@dataclass(slots=True)
class Cleaned:
    """A paragraph after cleaning, what was cut from it, and what the cut pieces told."""

    text: str
    cuts: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of the piece and its sign."""
    title: str | None = None
    url: str | None = None
    truncated: bool = False


def clean(text: str, title: str | None, *, last: bool) -> Cleaned:
    """Cut what is not the article's own from a paragraph, and a sentence broken off if it is the last one."""
    found = Cleaned(text=text)
    _cut_labels(found)
    _cut_wrapper(found)
    known = found.title or title
    if known and len(found.text) > len(known):
        _cut_title(found, known)
    _cut_pictures(found)
    _cut_tail(found, last=last)
    return found


def _cut_labels(found: Cleaned) -> None:
    """Cut the fields of a record before its abstract: `no:2611.1 Kind: new Abstract: We show ...`."""
    head = found.text[:_RECORD]
    match = _FIELDS.match(head) if "bstract" in head or "BSTRACT" in head else None
    if match and match["fields"].strip():
        found.cuts.append((match.group().strip(), "widget"))
        found.text = found.text[match.end() :]


def _cut_wrapper(found: Cleaned) -> None:
    """Cut `The post X appeared first on Y.` from the beginning or the end."""
    if (
        "appeared" not in found.text
        and "published" not in found.text
        and "posted" not in found.text
    ):
        return
    match = WRAPPER.match(found.text)
    if match and (
        match.group()[:8].lower() in ("the post", "the arti", "the stor")
        or not re.search(r"[.!?]\s", match["title"])
    ):
        wrapped = match["title"].strip()
        if match.group().lower().startswith("the ") or match.end() < len(found.text):
            found.title = wrapped
            found.cuts.append((match.group().strip(), "notice"))
            found.text = found.text[match.end() :].lstrip()
    last = re.search(
        r"(?:^|(?<=[.!?…”\"’)]\s))The (?:post|article"
        r"|story) \S.{3,300}? (?:first )?appeared (?:first )?on [^.]{2,60}(?:\.\w+)*\.?\s*$",
        found.text[-450:],
        re.IGNORECASE,
    )
    if last:
        begin = len(found.text) - len(found.text[-450:]) + last.start()
        found.cuts.append((found.text[begin:].strip(), "notice"))
        found.text = found.text[:begin].rstrip()


def _cut_title(found: Cleaned, title: str) -> None:
    """Cut the title where it is repeated at the head of running text, and the key points before it."""
    at = found.text.find(title, 0, 1200 + len(title))
    if at < 0:
        return
    rest = found.text[at + len(title) :].lstrip(" :–—-|")
    if not rest or not re.match(r"[“\"‘'(]?[^\W_a-zß-öø-ÿ]", rest) or len(fold(title)) < 8:
        return
    if at == 0 and len(rest) > len(title):
        found.cuts.append((title, "title"))
    elif at > 0 and len(found.text) > _LONG and not re.search(r"[.!?][”\"’)]*\s", found.text[:at]):
        found.cuts.append((found.text[:at].strip(), "teaser"))
        found.cuts.append((title, "title"))
    else:
        return
    found.text = rest


def _cut_pictures(found: Cleaned) -> None:
    """Cut a caption that ends in its credit: the sentence before `Image: A/B`, and the credit."""
    if ":" not in found.text or ("/" not in found.text and "|" not in found.text):
        return
    for _ in range(20):
        match = _PICTURE.search(found.text)
        if not match:
            return
        base = max(0, match.start() - 350)
        begin = base
        for part in _PART.finditer(found.text[base : match.start()].rstrip()):
            begin = base + part.start()
        if base and begin == base:
            begin = match.start()
        found.cuts.append((found.text[begin : match.end()].strip(), "caption"))
        found.text = (
            found.text[:begin].rstrip() + " " + found.text[match.end() :].lstrip()
        ).strip()


def _cut_tail(found: Cleaned, *, last: bool) -> None:
    """Cut the sentences after the last real one, and a sentence that the source breaks off."""
    tail = found.text[-500:]
    cut_short = last and _CUT.search(tail[-12:]) is not None
    if not (cut_short or "://" in tail or (calls(tail[-220:]) and calls(BREAK.split(tail)[-1]))):
        return
    source = _SOURCE.search(found.text, max(0, len(found.text) - 2300))
    if source and source.start():
        found.url = source["url"].rstrip(".,;")
        found.cuts.append((found.text[source.start() :], "address"))
        found.text = found.text[: source.start()].rstrip()
    base = max(0, len(found.text) - 3000)
    if base:
        base = found.text.find(" ", base) + 1
    parts = [(base + part.start(), base + part.end()) for part in _PART.finditer(found.text[base:])]
    if len(parts) < 2:
        found.truncated = _CUT.search(found.text[-12:]) is not None
        return
    keep = len(parts)
    dropped = False
    while keep > 1:
        piece = found.text[parts[keep - 1][0] : parts[keep - 1][1]].strip()
        call = piece.endswith(":") and len(piece.split()) <= 6
        if not (kind_of(piece) in _TAIL_KINDS or (call and (dropped or source))):
            break
        keep -= 1
        dropped = True
    for begin, end in parts[keep:]:
        piece = found.text[begin:end].strip()
        found.cuts.append((piece, "note" if kind_of(piece) == "note" else "notice"))
    end = parts[keep - 1][1]
    if _CUT.search(found.text[:end].rstrip()[-12:]):
        found.truncated = True
        cut = parts[keep - 1]
        if last and keep > 1 and not _complete(found.text[cut[0] : cut[1]]):
            found.cuts.append((found.text[cut[0] : end].strip(), "teaser"))
            end = parts[keep - 2][1]
    found.text = found.text[:end].rstrip()


def _complete(sentence: str) -> bool:
    """Whether a sentence before an ellipsis had ended already: `... of last year.…`."""
    return re.search(r"[.!?][”\"’')]*\s*(?:…|\.{3})\W{0,2}$", sentence) is not None
