"""Lists of sources: a digest.toml, edited so that comments and order stay; and OPML 2.0 of feed readers."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from digest.config import parse_config
from digest.errors import ConfigError, ReadError
from digest.incoming import read_regular
from digest.sources import SourceConfig
from digest.text.addresses import without_feed_scheme
from digest.text.characters import fold
from digest.text.elements import read_elements

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def with_sources(text: str, added: Sequence[SourceConfig], name: str) -> str:
    """Return the text of a digest.toml with further sources at its end; those it has already are passed over.

    Raises `ConfigError`, which names the file `name`, where the text is not a configuration.
    """
    import tomlkit

    document = _document(text, name)
    tables = document.get("sources")
    has = {str(table["location"]) for table in tables or ()}
    for source in added:
        if source.location in has:
            continue
        has.add(source.location)
        if tables is None:
            document["sources"] = tomlkit.aot()
            tables = document["sources"]
        tables.append(_table(source))
    return tomlkit.dumps(document)


def without_sources(text: str, locations: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml without the sources at these locations."""
    import tomlkit

    document = _document(text, name)
    tables: Any = document.get("sources", [])
    for number in reversed(range(len(tables))):
        if tables[number]["location"] in locations:
            del tables[number]
    if not tables:
        document.pop("sources", None)
    return tomlkit.dumps(document)


def read_text(path: Path) -> str:
    """Return the text of a configuration; raises `ConfigError` where it cannot be read."""
    try:
        return read_regular(path).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; `digest init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ConfigError(f"{path}: {reason.lower()}") from error


def with_names(text: str, key: str, added: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml with further names in a list such as `follow`."""
    import tomlkit

    document = _document(text, name)
    if key in document:
        names: Any = document[key]
        names.extend(added)
    elif above := [one.key for one, item in document.body if one and not _is_table(item)]:
        # Below the last key of its own: `append` puts it under the comment of the first table.
        document._insert_after(above[-1], key, tomlkit.item(list(added)))
    else:
        first = tomlkit.item(list(added))
        first.trivia.trail = "\n\n" if document.body else "\n"
        document.add(key, first)
    return tomlkit.dumps(document)


def without_names(text: str, key: str, gone: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml without these names in a list; one that is empty then goes, too."""
    import tomlkit

    document = _document(text, name)
    names: Any = document.get(key, [])
    for number in reversed(range(len(names))):
        if names[number] in gone:
            del names[number]
    if not names:
        document.pop(key, None)
    return tomlkit.dumps(document)


def _is_table(item: object) -> bool:
    from tomlkit.items import AoT, Table

    return isinstance(item, AoT | Table)


def write_text(path: Path, text: str) -> None:
    """Write a configuration, whole or not at all."""
    from digest.durability import write_file

    write_file(path.parent, path.name, text)


def _table(source: SourceConfig) -> Any:
    import tomlkit

    table = tomlkit.table()
    table["location"] = source.location
    if source.name:
        table["name"] = source.name
    if source.full_text:
        table["full_text"] = True
    if source.section:
        table["section"] = source.section
    return table


def _document(text: str, name: str) -> "TOMLDocument":
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    parse_config(document.unwrap(), name)
    return document


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
