"""An entry of a feed: the small HTML document that it becomes, and how that is read.

The body has no page around it, so it is read without looking for the article.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import islice

from digest.models import Block, Omission, Page, RawDocument
from digest.readers import markup
from digest.readers.encoding import decode
from digest.readers.extraction import omitted
from digest.readers.fields import http_url, parse_date, plain_name
from digest.readers.markup import scan, tokens
from digest.readers.metadata import SECTION
from digest.text.characters import fold
from digest.text.terms import stop_words

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before there were feeds; mostly the zero of a clock."""
_AHEAD = timedelta(days=2)
_LONGEST_KEY = 200  # characters; longer ones are hashed
_LONGEST_TITLE = 1_000  # characters are read
_LONGEST_CATEGORY = 80  # characters are kept
_MOST_CATEGORIES = 8  # say what an entry is about; some list a hundred
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MARKED = re.compile(r"<[a-zA-Z/!]|&#?\w{1,31};")
_PLAINLY_MARKED = re.compile(r"</[a-zA-Z]|&#?\w{1,31};")
_ESCAPED = re.compile(r"&lt;/?(?:p|div|br|a|span|strong|em|b|i|ul|ol|li|h[1-6]|img)(?:&gt;|[\s/])")
_BODY = re.compile(r"(?i)<body[\s>]")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})=\"([^\"]*)\"")
_SECTION = re.compile(rf'<meta property="{SECTION}" content="([^"]*)">')
_TITLE_WORDS = 12  # of its text name an entry without a title
_CLOCK = re.compile(r"[0-2][0-9]:[0-5][0-9](?: Uhr)? (?=[\"“„‘«]?[^\W\d_a-z])")
_ADDRESS_ALONE = re.compile(r"(?:\w{1,12}: ?)?https?://\S+")
_SAMPLE = 2000  # characters show the language of a text
_FEW_WORDS = 12  # show no language
_STOP_SHARE = 0.15  # of a text are stop words of its language, at the least
_LONG_WORD = 15  # characters a word: a script without spaces
_LONGEST_PUBLISHER = 40  # characters behind a link are a publisher's name


# --- written


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one of its entries; any field may be missing."""

    key: str = ""
    """Its guid or id."""
    title: str = ""
    url: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    site: str | None = None
    categories: tuple[str, ...] = ()
    content: str = ""
    """HTML, as the feed has it."""


def documents(entries: list[Entry], feed: RawDocument, now: datetime) -> list[RawDocument]:
    """Return a document for each entry, its key and location unique within the feed.

    An entry that repeats another in every word is dropped. Where entries that differ share a key, as in
    feeds that give their own address as every guid, each is known by its own address or content instead.
    """
    entries = list(dict.fromkeys(replace(e, published=credible(e.published, now)) for e in entries))
    keys = _unique([_key(entry) for entry in entries], [entry.url or "" for entry in entries])
    keys = _unique(keys, [_fingerprint(entry) for entry in entries])
    found: dict[str, RawDocument] = {}
    for entry, key in zip(entries, keys, strict=True):
        found.setdefault(key, _document(entry, key, feed))
    return list(found.values())


def categories(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that an entry is filed under, each once on one line; the first few say it."""
    found = (fold(name[:_LONGEST_CATEGORY]) for name in islice(names, _MOST_CATEGORIES))
    return tuple(dict.fromkeys(filter(None, found)))


def headline(title: str) -> str:
    """Return a title without the time that a ticker puts before it; nothing where it is an address."""
    if _ADDRESS_ALONE.fullmatch(title):
        return ""
    return title[found.end() :] if (found := _CLOCK.match(title)) else title


def title_of_html(html: str) -> str:
    """Return a title in HTML as one line of text."""
    html = html[:_LONGEST_TITLE]
    return fold(scan(html).visible if _MARKED.search(html) else html)


def title_of_text(text: str) -> str:
    """Return a title in plain text as one line; one that is HTML after all is read as such."""
    return (
        title_of_html(text) if _PLAINLY_MARKED.search(text[:_LONGEST_TITLE]) else fold(text)[:1000]
    )


def language_code(declared: str | None) -> str | None:
    """Return the ISO 639 code of a language tag."""
    match = _LANGUAGE.fullmatch((declared or "").strip()[:40])
    return match[1].lower() if match else None


def credible(published: datetime | None, now: datetime) -> datetime | None:
    """Return a date that an entry can have: not the zero of a clock, and not days ahead."""
    believed = published is not None and _EARLIEST <= published <= now + _AHEAD
    return published if believed else None


def html_of_text(text: str) -> str:
    """Return plain text as HTML."""
    parts = re.split(r"\n\s*\n", text)
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part.strip())


def html_as_meant(html: str) -> str:
    """Return HTML as it is, or as it was meant where a feed escaped it once too often."""
    return unescape(html) if "<" not in html and _ESCAPED.search(html) else html


def _key(entry: Entry) -> str:
    key = fold(entry.key)
    if len(key) > _LONGEST_KEY:
        key = _hash(key)
    return key or entry.url or _fingerprint(entry)


def _unique(keys: list[str], others: list[str]) -> list[str]:
    """Put another key in the place of each that is not the only one of its kind."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return [
        other if counts[key] > 1 and other else key for key, other in zip(keys, others, strict=True)
    ]


def _fingerprint(entry: Entry) -> str:
    return _hash(f"{entry.title}\x1f{entry.content}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _document(entry: Entry, key: str, feed: RawDocument) -> RawDocument:
    location = f"{feed.source.location}#{key}"
    return RawDocument(
        source=replace(feed.source, location=location, reader="html"),
        content=_html(entry).encode("utf-8", "replace"),
        url=entry.url,
        media_type="text/html; charset=utf-8",
        fragment=True,
        key=key,
    )


def _html(entry: Entry) -> str:
    published = entry.published and entry.published.isoformat().replace("+00:00", "Z")
    head = [
        '<meta charset="utf-8">',
        f"<title>{escape(entry.title, quote=False)}</title>",
        f'<link rel="canonical" href="{escape(entry.url)}">' if entry.url else "",
        f'<meta name="author" content="{escape(entry.author)}">' if entry.author else "",
        f'<meta property="article:published_time" content="{published}">' if published else "",
        f'<meta property="og:site_name" content="{escape(entry.site)}">' if entry.site else "",
        *(f'<meta property="{SECTION}" content="{escape(name)}">' for name in entry.categories),
    ]
    tag = f'<html lang="{entry.language}">' if entry.language else "<html>"
    lines = ["<!DOCTYPE html>", tag, "<head>", *filter(None, head), "</head>", "<body>"]
    return "\n".join([*lines, entry.content, "</body>", "</html>", ""])


# --- read


def read(document: RawDocument, /) -> list[Page]:
    """Return the page of one entry; one without a title and text says in `left_out` that it is a stub."""
    html = decode(document.content, source=document.source.location)
    body = _BODY.search(html)
    start = body.start() if body else 0
    about = _head(html[:start])
    sections = tuple(unescape(name) for name in _SECTION.findall(html[:start]))
    blocks = tuple(markup.blocks(html[start:], links=True, boxes=True))
    text = " ".join(block.text for block in blocks)[:_SAMPLE]
    title = about.get("title") or _opening(text)
    others: tuple[Omission, ...] = ()
    if _is_list_of_links(blocks, about.get("title", "")):
        others = tuple(_teaser(block.text, document) for block in blocks[1:] if block.text)
        blocks = ()
    has_text = about.get("title") or any(block.text for block in blocks)
    return [
        Page(
            source=document.source,
            blocks=blocks,
            title=title or None,
            url=http_url(about.get("canonical")) or document.url,
            author=plain_name(about.get("author")),
            published=parse_date(about.get("article:published_time", "")),
            language=_believed(about.get("lang"), text),
            site=about.get("og:site_name"),
            categories=sections,
            single=True,
            headline=bool(about.get("title")),
            left_out=others if has_text else (_stub(document),),
        )
    ]


def _head(html: str) -> dict[str, str]:
    """What the head says: the title, and the values of meta and link elements by their names."""
    found: dict[str, str] = {}
    for token in tokens(html):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(token.value)}
        if token.name == "html" and "lang" in attributes:
            found["lang"] = attributes["lang"]
        elif token.kind == "raw" and token.name == "title":
            found["title"] = fold(unescape(token.value))
        elif token.name in ("meta", "link"):
            names = (attributes.get(key) for key in ("name", "property", "rel"))
            value = attributes.get("content", attributes.get("href"))
            if (name := next(filter(None, names), None)) and value:
                found[name] = value
    return found


def _is_list_of_links(blocks: Sequence[Block], title: str) -> bool:
    """Return whether an entry is only links with the names of their publishers, the first its own title.

    That is no text of it, but a list of what others wrote about the same thing.
    """
    texts = [block for block in blocks if block.text]
    alone = [
        block
        for block in texts
        if block.linked and len(block.text) - len(block.linked) <= _LONGEST_PUBLISHER
    ]
    return bool(title and texts) and len(alone) == len(texts) and alone[0].linked == title


def _opening(text: str) -> str:
    """The first words, for an entry that has no title."""
    words = text.split(maxsplit=_TITLE_WORDS)
    opening = " ".join(words[:_TITLE_WORDS])[:200]
    return f"{opening.rstrip('.,;:')}…" if len(words) > _TITLE_WORDS else opening


def _believed(language: str | None, text: str) -> str | None:
    """A declared language, unless the text plainly is in another: many feeds declare their software's."""
    tokens = text.lower().split()
    unspaced = len(text) > _LONG_WORD * len(tokens)
    if language is None or len(tokens) < _FEW_WORDS or unspaced:
        return language
    stops = stop_words(language)
    is_common = sum(map(stops.__contains__, tokens)) >= _STOP_SHARE * len(tokens)
    return language if is_common or not stops else None


def _teaser(text: str, document: RawDocument) -> Omission:
    return omitted(text, document.source.location, "teaser")


def _stub(document: RawDocument) -> Omission:
    what = document.url or document.key
    return Omission(
        what[:200],
        "stub",
        document.source.location,
        "the feed gives neither its title nor its text",
    )
