"""Render a digest as one file: Markdown, a web page, plain text, JSON, an e-book."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.codec import write_digest
from digest.models import Digest
from digest.outgoing import line
from digest.renderers import PAPER
from digest.renderers.archive import IssueNeighbours, neighbours_view
from digest.renderers.articles import Quote
from digest.renderers.composition import briefing_view
from digest.renderers.templates import Finalizer, fill
from digest.renderers.views import BriefGroup, BriefingView, TopicView
from digest.renderers.words import Words, words_for

if TYPE_CHECKING:
    import zipfile

_ALWAYS = re.compile(r"[\\`*\[\]<|~^#{}]|(?<![^\W_])_|_(?![^\W_])|==|%%")
_LEADING = re.compile(r"[>=!]|[-+:](?=\s|$)|-(?=-)|\d{1,9}(?=[.)](?:\s|$))")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_AUTOLINK = re.compile(r":(?=//)|(?<=www)\.|(?<=[\w.+-])@(?=\w)", re.IGNORECASE)
_MATHS = re.compile(r"\$\$|\$(?=\S)[^$]*(?<=\S)\$(?!\d)")
_YAML_SPECIAL = re.compile(r"""[!"#$%&*+:<=>@\[\\\]^_`{|}~]|(?<=www)\.""", re.IGNORECASE)
WIDTH = 72
"""Columns: with room for marks of quotation within 78 (RFC 3676, section 4.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRenderer:
    """Fills a template with a digest; the look is what all such renderers have in common."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""
    theme: str = PAPER
    language: str = ""
    """That of the fixed words; without it, that of most of the articles."""

    def fill(
        self, name: str, digest: Digest, *, finalize: Finalizer | None = None, **more: object
    ) -> str:
        """Return the template `name`, which sees the briefing and what `more` names."""
        words = words_for(digest, self.language)
        return fill(
            name,
            {"briefing": briefing_view(digest, words), **more},
            templates=self.templates,
            theme=self.theme,
            words=words,
            finalize=finalize,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlRenderer(TemplateRenderer):
    """Renders a digest as a web page through `digest.html`: one file, nothing is loaded from anywhere."""

    neighbours: IssueNeighbours | None = None
    """The issues before and after this one; None where the page stands alone and links to no archive."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the page of `digest`."""
        view = neighbours_view(self.neighbours, words_for(digest, self.language))
        return self.fill("digest.html", digest, neighbours=view)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownRenderer(TemplateRenderer):
    """Renders a digest as Markdown through `digest.md`, with footnotes for its sources, every value escaped."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the Markdown of `digest`."""
        return self.fill("digest.md", digest, finalize=_finalize, heading=_Headings(), yaml=yaml)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRenderer(TemplateRenderer):
    """Renders a digest as plain text through `digest.txt`, wrapped, for a terminal."""

    width: int = WIDTH
    """The columns of a line."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the plain text of `digest`."""
        fit = {"wrap": partial(wrap, width=self.width), "rule": partial(rule, width=self.width)}
        return self.fill("digest.txt", digest, **fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonRenderer:
    """Renders a digest as JSON, which other programs rely on: no template changes it."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the JSON of `digest`."""
        return write_digest(digest)


def escape_markdown(text: str) -> str:
    """Return `text` on one line, so that CommonMark and GitHub's Markdown show it as it is.

    It may stand at the beginning of a line or within one. Characters that cannot act where they stand
    are left alone, so that prose stays readable: the dollars of two prices, the ampersand of a firm. An
    address of the form `a@example.org` may still become a `mailto:` link to itself on GitHub, which
    links those after it has resolved the escapes.
    """
    text = line(text)
    parts = _LEADING.match(text)
    head, text = (parts.group(), text[parts.end() :]) if parts else ("", text)
    text = _ALWAYS.sub(_backslashed, text)
    text = _ENTITY.sub(r"\&", text)
    text = _AUTOLINK.sub(lambda match: f"\\{match.group()}", text)
    if _MATHS.search(text):
        text = text.replace("$", r"\$")
    if head.isdigit():
        return f"{head}\\{text}"
    return f"\\{head}{text}" if head else text


def yaml(text: str) -> str:
    """Return `text` as a string of YAML that is harmless too where the front matter is read as Markdown.

    Special characters of either are written as escapes of a double-quoted string, which YAML reads back.
    """
    return f'"{_YAML_SPECIAL.sub(_escaped, line(text))}"'


class _Headings:
    """Makes headings that all differ: the anchor of each is made from its letters."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        text = name = line(text)
        letters = _letters(text)
        number = self._taken.get(letters, 0)
        while _letters(name) in self._taken:
            number += 1
            name = f"{text} ({number})"
        # Counting goes on from the last number, so that many equal headings take linear time.
        self._taken[letters] = max(number, 1)
        self._taken.setdefault(_letters(name), 1)
        return name


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _backslashed(match: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in match.group())


def _finalize(value: object) -> object:
    """Escape a value of a template, unless it is marked `|safe`."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return escape_markdown(value)
    return value


def wrap(text: str, first: str = "", rest: str | None = None, *, width: int = WIDTH) -> str:
    """Return `text` in lines of at most `width` columns, led by `first` and then by `rest`.

    A word that is longer, such as an address, keeps a line of its own.
    """
    indent = " " * _columns(first) if rest is None else rest
    lines, current = [], first
    empty = True
    for word in line(text).split(" "):
        if not empty and _columns(current) + 1 + _columns(word) > width:
            lines.append(current)
            current, empty = indent, True
        current += word if empty else f" {word}"
        empty = False
    return "\n".join((*lines, current)).rstrip()


def rule(text: str, character: str = "-", *, width: int = WIDTH) -> str:
    """Return a line as wide as `text`, to stand under it."""
    return character * min(width, max(map(_columns, text.split("\n"))))


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


# --- the e-book (EPUB 3.2): a chapter a topic, with its notes and the articles behind it
#
# A note leads to its sentence in the article, which stands in the same chapter: a reader without a network has
# all of it. The archive has fixed times, so that the same digest gives the same bytes.


_MIMETYPE = b"application/epub+zip"
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP file can write down."""
_UNIX = 3
"""The system that a ZIP file says it comes from: the same one on each."""


class Chapter(NamedTuple):
    """A chapter: its file within the book, its title, and the template that it is filled from."""

    file: str
    title: str
    template: str
    context: dict[str, Any]


@dataclass(slots=True)
class Notes:
    """Numbers the notes of a chapter in the order in which the template asks for them."""

    made: list[Quote] = field(default_factory=list)

    def __call__(self, quote: Quote) -> int:
        """Return the number of a new note, which leads to the place of `quote`."""
        self.made.append(quote)
        return len(self.made)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubRenderer(TemplateRenderer):
    """Renders a digest as an EPUB through the templates `epub-*.xml`."""

    def __call__(self, digest: Digest, /) -> bytes:
        """Return the bytes of the book."""
        import uuid

        words = words_for(digest, self.language)
        briefing = briefing_view(digest, words, whole=True)
        chapters = list(_chapters(briefing, words))
        about = {
            "briefing": briefing,
            "chapters": chapters,
            "title": briefing.title,
            "id": uuid.uuid5(uuid.NAMESPACE_OID, write_digest(digest)).urn,
        }
        return _zipped(
            {
                "META-INF/container.xml": _CONTAINER,
                "EPUB/package.opf": self._filled("epub-package.xml", about, words),
                "EPUB/contents.xhtml": self._filled("epub-contents.xml", about, words),
                "EPUB/epub.css": self._filled("epub.css", {}, words),
                **{
                    f"EPUB/{one.file}": self._filled(
                        one.template, {"title": one.title, **one.context}, words
                    )
                    for one in chapters
                },
            }
        )

    def _filled(self, name: str, context: dict[str, Any], words: Words) -> str:
        return fill(name, context, templates=self.templates, theme=self.theme, words=words)


def _chapters(briefing: BriefingView, words: Words) -> Iterator[Chapter]:
    for topic in briefing.topics:
        context = {"topic": topic, "notes": Notes(), "told": _told(topic)}
        yield Chapter(f"{topic.anchor}.xhtml", topic.heading, "epub-topic.xml", context)
    listed = (BriefGroup(name="", lines=briefing.also_read),) if briefing.also_read else ()
    for name, title, groups in (
        ("brief", "In brief", briefing.in_brief),
        ("also-read", "Also read", listed),
    ):
        if groups:
            yield Chapter(f"{name}.xhtml", words.say(title), "epub-lines.xml", {"groups": groups})


def _told(topic: TopicView) -> frozenset[int]:
    """Return the numbers of the articles whose texts stand in the chapter of a topic."""
    return frozenset(article.number for article in topic.articles if article.is_told)


def _zipped(files: dict[str, str]) -> bytes:
    """Return the files as an OCF container: its type comes first and is not compressed."""
    import zipfile
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(_entry("mimetype"), _MIMETYPE, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(_entry(name), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _entry(name: str) -> "zipfile.ZipInfo":
    import zipfile

    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
    return entry
