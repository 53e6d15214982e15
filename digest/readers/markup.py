"""HTML as a flat run of tokens: linear in time, at any depth, however broken.

libxml2 drops the text below some 250 nested elements without a word, and trees fail on a thousand. This
scanner keeps no tree. It serves where a tree would fail, and shows whether one has lost something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import NamedTuple

from digest.text.whitespace import fold

MAX_DEPTH = 100
"""Pages are seldom nested deeper than 50; libxml2 begins to lose text at 255."""

# fmt: off
VOID = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
])
BLOCK = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "search", "section",
    "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
])
_RAW = frozenset([
    "script", "style", "template", "iframe", "xmp", "noembed", "noframes",
    "textarea", "title", "svg",
])
# fmt: on
_CLOSED_BY_NEXT = {
    "li": ("li",),
    "dd": ("dd", "dt"),
    "dt": ("dd", "dt"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
_TAG = re.compile(
    r"<(/?)([A-Za-z][^\s/<>]*+)((?:[^<>\"'=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)>"
)
MUTED = frozenset(("del", "rt", "rp"))
"""Elements within a line whose text is none of it: struck out, or how a character is read."""
_SHOWN_RAW = frozenset(("textarea", "title", "xmp"))
_INNER_TAG = re.compile(r"<[^<>]*>")
LOOK_BACK = 64
_TAMED_DEPTH = 30
_MANY_ATTRIBUTES = 500
_BREAK = "\x1e"
"""Stands between blocks while their text is gathered; no decoded text has it."""


class Token(NamedTuple):
    """A piece of text, or a tag."""

    kind: str
    """`text`, `raw` (the content of a script and its like), `start` or `end`."""
    name: str
    """The lower-case name of the tag, or of the element whose raw content it is; empty for text."""
    value: str
    """The text as it stands in the source, or the attributes of a tag."""
    offset: int


def tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of `html` in order; comments and declarations are left out."""
    text = position = 0
    last = html.rfind("-->"), html.rfind(">")
    while (start := html.find("<", position)) >= 0:
        tag = _TAG.match(html, start)
        if tag is None:
            position = _after_declaration(html, start, last)
            if position > start + 1:
                if start > text:
                    yield Token("text", "", html[text:start], text)
                text = position
            continue
        if start > text:
            yield Token("text", "", html[text:start], text)
        closes, name, attributes = tag.groups()
        text, name = tag.end(), name.lower()
        yield Token("end" if closes else "start", name, attributes, start)
        if name in _RAW and not closes and not attributes.endswith("/"):
            closing = _closing(name).search(html, text)
            end = closing.start() if closing else len(html)
            yield Token("raw", name, html[text:end], text)
            text = end
        position = text
    if text < len(html):
        yield Token("text", "", html[text:], text)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)</{name}(?=[\s/>])")


def _after_declaration(html: str, start: int, last: tuple[int, int]) -> int:
    """The end of a comment or declaration; little further on where it has none, so that nothing is hidden.

    `last` has the places of the last `-->` and `>`: beyond them, looking for one would take square time.
    """
    if html.startswith("<!--", start):
        return html.find("-->", start + 4) + 3 if start + 4 <= last[0] else start + 4
    if html.startswith(("<!", "<?"), start):
        return html.find(">", start) + 1 if start < last[1] else start + 2
    return start + 1


@dataclass(slots=True)
class Nesting:
    """The elements that are open, as far as a browser's error correction can be told in linear time."""

    names: list[str] = field(default_factory=list)
    deepest: int = 0

    def closes(self, name: str) -> bool:
        """Whether the start of an element ends the one that is open, as a paragraph ends the last."""
        if not self.names:
            return False
        if self.names[-1] == "p":
            return name in BLOCK and name != "br"
        return self.names[-1] in _CLOSED_BY_NEXT.get(name, ())

    def open(self, name: str) -> None:
        """Open an element."""
        if self.closes(name):
            self.names.pop()
        if name not in VOID:
            self.names.append(name)
            if len(self.names) > self.deepest:
                self.deepest = len(self.names)

    def close(self, name: str) -> None:
        """Close an element and those within it, where one of that name is open near by."""
        if self.names and self.names[-1] == name:
            self.names.pop()
            return
        for back, open_name in enumerate(reversed(self.names[-LOOK_BACK:]), 1):
            if open_name == name:
                del self.names[-back:]
                return


class Scan(NamedTuple):
    """What a page shows, and whether a tree can be made of it."""

    visible: str
    """All text that it shows: a line for each block, entities resolved, white space folded."""
    depth: int
    """How deep its elements are nested."""
    overloaded: bool
    """An element has so many attributes that libxml2 takes square time over them."""

    @property
    def tame(self) -> bool:
        """Whether parsers can be trusted with it."""
        return self.depth <= MAX_DEPTH and not self.overloaded


def scan(html: str) -> Scan:
    """Return what `html` shows, in one linear pass."""
    nesting = Nesting()
    parts: list[str] = []
    overloaded = False
    muted = 0
    for token in tokens(html):
        if token.kind == "text":
            if not muted:
                parts.append(token.value)
        elif token.kind == "raw":
            if token.name in _SHOWN_RAW:
                parts.append(_INNER_TAG.sub(" ", token.value))
        else:
            if token.name in BLOCK:
                parts.append(_BREAK)
                muted = 0
            if token.name in MUTED:
                muted = max(0, muted + (1 if token.kind == "start" else -1))
            if token.kind == "start":
                nesting.open(token.name)
                overloaded = overloaded or _overloaded(token.value)
            else:
                nesting.close(token.name)
    pieces = "".join(parts).split(_BREAK)
    lines = (fold(unescape(piece)) for piece in pieces if piece and not piece.isspace())
    return Scan("\n".join(line for line in lines if line), nesting.deepest, overloaded)


def tamed(html: str, limit: int = _TAMED_DEPTH) -> str:
    """Return `html` without the tags below `limit` levels and without masses of attributes.

    All text stays, parted where blocks parted it.
    """
    nesting = Nesting()
    parts: list[str] = []
    for token in tokens(html):
        if token.kind == "start":
            nesting.open(token.name)
            kept = len(nesting.names) <= limit
        elif token.kind == "end":
            kept = len(nesting.names) <= limit
            nesting.close(token.name)
        else:
            # A "<" in text begins no tag here, and must not where the comment behind it is gone.
            is_text = token.kind == "text"
            parts.append(token.value.replace("<", "&lt;") if is_text else token.value)
            continue
        if kept:
            attributes = "" if _overloaded(token.value) else token.value
            parts.append(f"<{'/' if token.kind == 'end' else ''}{token.name}{attributes}>")
        elif token.name in BLOCK and parts[-1:] != ["<p>"]:
            parts.append("<p>")
    return "".join(parts)


def _overloaded(attributes: str) -> bool:
    if len(attributes) < 2 * _MANY_ATTRIBUTES:
        return False
    return (
        attributes.count("=") > _MANY_ATTRIBUTES or len(attributes.split()) > 4 * _MANY_ATTRIBUTES
    )
