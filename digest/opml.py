"""OPML 2.0: lists of feeds, as feed readers exchange them."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from digest.errors import ReadError
from digest.text.addresses import without_feed_scheme
from digest.text.elements import read_elements
from digest.text.whitespace import fold

LOGGER = logging.getLogger("digest")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in such a list."""

    url: str
    title: str = ""
    site: str = ""
    """The address of the pages that the feed is of."""
    folders: tuple[str, ...] = ()
    """The folders it is in, the outermost first."""

    @property
    def category(self) -> str:
        """The folders as one name."""
        return "/".join(self.folders)


def read_opml(content: bytes, source: str = "input") -> list[Subscription]:
    """Return the feeds of a list, in its order, each address once; one without a title gets its host's name.

    What is no feed is named in the log and passed over. Raises `ReadError` for `source` where the list is
    malformed or names no feed.
    """
    outline = _Outline(source)
    flaw = read_elements(content, start=outline.start, end=outline.end)
    if flaw:
        raise ReadError(source, f"not OPML: {flaw}")
    if not outline.is_opml:
        raise ReadError(source, "not OPML: it has no <opml> at its head")
    if not outline.found:
        raise ReadError(source, "no feeds in it")
    return list(outline.found.values())


def write_opml(subscriptions: Iterable[Subscription], title: str = "Feeds") -> str:
    """Return the list as OPML 2.0; the same list gives the same bytes.

    The feeds of a folder stand together, in the order in which its first one came.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(title)}</title></head>",
        "<body>",
        *_outlines(grouped(subscriptions)),
        "</body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines)


def grouped(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """Return the subscriptions in the order in which a list of folders can hold them, each address once."""
    once = {one.url: one for one in reversed(list(subscriptions))}
    return _grouped(list(reversed(once.values())), 0)


def _grouped(subscriptions: list[Subscription], depth: int) -> list[Subscription]:
    parts: dict[str | int, list[Subscription]] = {}
    for number, one in enumerate(subscriptions):
        key = one.folders[depth] if len(one.folders) > depth else number
        parts.setdefault(key, []).append(one)
    return [
        one
        for key, part in parts.items()
        for one in (part if isinstance(key, int) else _grouped(part, depth + 1))
    ]


def _outlines(subscriptions: list[Subscription]) -> Iterator[str]:
    open_: tuple[str, ...] = ()
    for one in [*subscriptions, None]:
        folders = one.folders if one else ()
        shared = next(
            (i for i, pair in enumerate(zip(open_, folders, strict=False)) if pair[0] != pair[1]),
            min(len(open_), len(folders)),
        )
        for level in range(len(open_), shared, -1):
            yield f"{'  ' * level}</outline>"
        for level in range(shared, len(folders)):
            yield f"{'  ' * (level + 1)}<outline text={_value(folders[level])}>"
        open_ = folders
        if one:
            yield "  " * (len(folders) + 1) + _feed(one)


def _feed(one: Subscription) -> str:
    title = _value(one.title)
    site = f" htmlUrl={_value(one.site)}" if one.site else ""
    return f'<outline type="rss" text={title} title={title} xmlUrl={_value(one.url)}{site}/>'


@dataclass(slots=True)
class _Outline:
    """The list while it is read."""

    source: str
    found: dict[str, Subscription] = field(default_factory=dict)
    folders: list[str | None] = field(default_factory=list)
    is_opml: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.is_opml = self.is_opml or name == "opml"
        if name != "outline":
            return
        title = fold(attributes.get("title") or attributes.get("text") or "")
        url = fold(attributes.get("xmlurl") or "")
        self.folders.append(None if url else title or None)
        if url:
            self._add(Subscription(url, title, fold(attributes.get("htmlurl") or "")), attributes)
        elif attributes.get("type", "").lower() in ("rss", "atom"):
            LOGGER.warning("%s: %s: no address; passed over", self.source, title or "a feed")

    def end(self, name: str, _text: str) -> None:
        if name == "outline" and self.folders:
            self.folders.pop()

    def _add(self, one: Subscription, attributes: dict[str, str]) -> None:
        url = _web(one.url)
        if url is None:
            LOGGER.warning("%s: %s: not a web address; passed over", self.source, one.url[:200])
            return
        folders = tuple(name for name in self.folders if name)
        if not folders and (first := attributes.get("category", "").split(",")[0].strip(" /")):
            folders = tuple(fold(part) for part in first.split("/") if fold(part))
        title = one.title or urlsplit(one.site).hostname or urlsplit(url).hostname or url
        self.found.setdefault(url, replace(one, url=url, title=title, folders=folders))


def _web(url: str) -> str | None:
    """The http(s) address of a feed, which some lists write with `feed:`."""
    url = without_feed_scheme(url)
    try:
        parts = urlsplit(url)
        return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _value(text: str) -> str:
    return quoteattr(_allowed(text))


def _text(text: str) -> str:
    return _allowed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _allowed(text: str) -> str:
    """Remove the characters that XML 1.0 excludes: most control characters, and surrogates."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
