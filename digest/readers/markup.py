"""HTML without a tree: tokens, visible text, and blocks in order; linear in time, at any depth, however broken.

libxml2 drops the text below some 250 nested elements without a word, and trees fail on a thousand. This
scanner serves where a tree would fail, and shows whether one has lost something.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import NamedTuple

from digest.models import Block
from digest.text.characters import fold

HEADINGS = ("h1", "h2", "h3", "h4")
COMMENTS = re.compile(
    r"(?i)(?:^|[-_\s])(?:user-?)?(?:comments?|comment-?list|disqus|replies)(?:[-_\s]|$)"
)

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
MUTED = frozenset(("del", "s", "strike", "rt", "rp"))
"""Elements within a line whose text is none of it: struck out, or how a character is read."""
_SHOWN_RAW = frozenset(("textarea", "title", "xmp"))
_INNER_TAG = re.compile(r"<[^<>]*>")
LOOK_BACK = 64  # open elements are searched, so that time stays linear
_MANY_ATTRIBUTES = 500  # of an element: libxml2 takes square time over them
_BREAK = "\x1e"
"""Stands between blocks while their text is gathered; no decoded text has it."""
# fmt: off
_TAGGED = frozenset([
    "blockquote", "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "p", "pre", "td", "th",
])
# fmt: on
AREAS = frozenset(("aside", "button", "footer", "nav", "select"))
UNSHOWN = r"display\s*:\s*none|visibility\s*:\s*hidden"
"""What a style says of what is not shown."""
HIDDEN = re.compile(
    rf"(?i){UNSHOWN}"
    r"|(?:^|\s)hidden(?=[\s=/]|$)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:[;\"']|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;\"']|$)"
    r"|(?<![\w-])(?:clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%|scale\(\s*0\s*\)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,5}(?:px|em)|color\s*:\s*transparent)"
    r"|class\s*=\s*[\"']?(?:[^\"'>]{0,200}\s)?(?:sr-only|visually-?hidden|screen-reader-text|offscreen)(?=[\s\"'>]|$)"
)
"""Attributes of what a page does not show."""
UNREAD = MUTED | {"noscript", "template"}
_LABEL = re.compile(
    r"(?i)\s(?:class|id)\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})'|([^\s\"'>]{1,500}))"
)
_HREF = re.compile(r"(?i)(?:^|\s)href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_TAG = 10_000  # characters of a tag are searched for its link
_BOX = re.compile(
    r"(?i)(?:^|[-_\s])(?:sign-?up|subscribe|subscription|newsletter|opt-?in|bookmark|related-?(?:posts?|articles?)"
    r"|share-?(?:daddy|buttons?|bar|links?)|sharing|paywall)(?:[-_\s]|$)"
)
_MOST_BOXED = 0.4  # of a text: more is no box but the text itself
_LETTER = re.compile(r"\w")
_NEAR = 6  # innermost elements say whether words are linked


# --- tokens and visible text


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
        """Return whether the start of an element ends the one that is open, as a paragraph ends the last."""
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
    def parseable(self) -> bool:
        """Return whether parsers can be trusted with it."""
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
                overloaded = overloaded or is_overloaded(token.value)
            else:
                nesting.close(token.name)
    pieces = "".join(parts).split(_BREAK)
    lines = (fold(unescape(piece)) for piece in pieces if piece and not piece.isspace())
    return Scan("\n".join(line for line in lines if line), nesting.deepest, overloaded)


def is_overloaded(attributes: str) -> bool:
    """Return whether an element has so many attributes that libxml2 takes square time over them."""
    if len(attributes) < 2 * _MANY_ATTRIBUTES:
        return False
    many = attributes.count("=") > _MANY_ATTRIBUTES
    return many or len(attributes.split()) > 4 * _MANY_ATTRIBUTES


# --- blocks


def blocks(
    html: str, *, sections: bool = False, links: bool = False, boxes: bool = False
) -> list[Block]:
    """Return every block of text that `html` shows, with its tag and line, in order.

    Text inside navigation, forms, footers and asides carries the name of that element as its tag. With
    `sections` so does a page's header; readers' comments are tagged `comments`, headings that lead elsewhere
    `teaser`, and other links that are a block of their own `a`. With `links` a block says where the words lead
    with which it begins. With `boxes` the text in a box that calls itself a sign-up form, a share bar or a card
    of another page is tagged `box`, as long as that is the smaller part of all.
    """
    found, unclosed = _Flattener(sections=sections, links=links, boxes=boxes)(html)
    if unclosed:
        flatten = _Flattener(sections=sections, links=links, boxes=boxes, heed_hidden=False)
        found, _ = flatten(html)
    boxed = sum(len(block.text) for block in found if block.tag == "box")
    if boxed > _MOST_BOXED * sum(len(block.text) for block in found):
        return blocks(html, sections=sections, links=links)
    return found


@dataclass(slots=True)
class _Flattener:
    heed_hidden: bool = True
    sections: bool = False
    links: bool = False
    boxes: bool = False
    nesting: Nesting = field(default_factory=Nesting)
    found: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    line: int = 0
    hidden: int = 0
    comments: int = 0
    box: int = 0
    linked: bool = True
    """All of the block so far stands in links."""
    target: str = ""
    """Where the link leads that is open."""
    opening: list[str] = field(default_factory=list)
    """The words of the link with which the block begins, and where it leads."""
    leads_to: str = ""
    has_begun: bool = False
    """The block has words that are not of that link."""

    def __call__(self, html: str) -> tuple[list[Block], bool]:
        """Return the blocks, and whether a hidden element never closed (which would hide all the rest)."""
        lines, position = 1, 0
        for token in tokens(html):
            if token.kind == "text" and not self.hidden:
                leading = len(token.value) - len(token.value.lstrip())
                if not self.text and leading < len(token.value):
                    lines += html.count("\n", position, token.offset + leading)
                    position = token.offset + leading
                    self.line = lines
                self._text(token.value)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(token)
        self._flush()
        return self.found, bool(self.hidden)

    def _text(self, value: str) -> None:
        if self.text or not value.isspace():
            self.text.append(unescape(value))
            if self.links and not self.has_begun:
                self._open_with(value)
            if not value.isspace():
                if self.linked and _LETTER.search(value):
                    self.linked = "a" in self.nesting.names[-_NEAR:]
                if {"b", "strong"} & set(self.nesting.names[-4:]):
                    self.bold += 1
                else:
                    self.plain += 1

    def _open_with(self, value: str) -> None:
        """Note the words of a link as long as the block has no others; a second link ends the first."""
        if self.target and self.leads_to in ("", self.target):
            self.opening.append(unescape(value))
            self.leads_to = self.target
        elif not value.isspace():
            self.has_begun = True

    def _start(self, token: Token) -> None:
        if token.name == "a" and self.links:
            found = _HREF.search(token.value[:_LONGEST_TAG])
            self.target = unescape(next(filter(None, found.groups()), "")) if found else ""
        if token.name == "br":
            # A line break in running text is a space; two of them, or one after bold words, part blocks.
            if (self.text and self.text[-1] == "\n") or (self.bold and not self.plain):
                self._flush()
            elif self.text:
                self.text.append("\n")
            return
        if token.name in BLOCK or (self.sections and token.name == "button"):
            self._flush()
        if token.name == "hr" and not self.hidden:
            self.found.append(Block(text="", tag="hr"))
        if self.hidden == len(self.nesting.names) and self.nesting.closes(token.name):
            self.hidden = 0
        self.nesting.open(token.name)
        if self.heed_hidden and not self.hidden and token.name not in VOID and is_hidden(token):
            self.hidden = len(self.nesting.names)
        if self.sections and not self.comments and token.value and is_comments(token):
            self.comments = len(self.nesting.names)
        if self.boxes and not self.box and token.name not in VOID and _labelled(token, _BOX):
            self.box = len(self.nesting.names)

    def _end(self, token: Token) -> None:
        if token.name == "a":
            self.target = ""
        if token.name in BLOCK or (self.sections and token.name == "button"):
            self._flush()
        self.nesting.close(token.name)
        depth = len(self.nesting.names)
        self.hidden = 0 if depth < self.hidden else self.hidden
        self.comments = 0 if depth < self.comments else self.comments
        if depth < self.box:
            self._flush()
            self.box = 0

    def _flush(self) -> None:
        if not self.text:
            return
        if text := fold("".join(self.text)):
            linked = fold("".join(self.opening))
            link = self.leads_to if linked else ""
            self.found.append(
                Block(text=text, tag=self._tag(), line=self.line, link=link, linked=linked)
            )
        self.text, self.bold, self.plain, self.linked = [], 0, 0, True
        self.opening, self.leads_to, self.has_begun = [], "", False

    def _tag(self) -> str:
        if self.box:
            return "box"
        near = self.nesting.names[-LOOK_BACK:]
        area = next((name for name in near if name in AREAS), None)
        if area:
            return area
        tag = next((name for name in reversed(near) if name in _TAGGED), "")
        if self.sections:
            if self.comments:
                return "comments"
            if "header" in near and not {"article", "main"} & set(near):
                return "header"
            if self.linked:
                return "teaser" if tag in HEADINGS else "a"
        return "strong" if self.bold and not self.plain and tag in ("", "p", "td", "th") else tag


def is_hidden(token: Token) -> bool:
    """Return whether an element shows nothing of what it holds."""
    hidden = token.value and HIDDEN.search(token.value[:2000])
    return token.name in UNREAD or bool(hidden)


def is_comments(token: Token) -> bool:
    """Return whether an element says that it holds what readers wrote."""
    if token.name in VOID or token.name in ("html", "body"):
        return False
    attributes = token.value[:2000].lower()
    if not any(word in attributes for word in ("comment", "disqus", "replies")):
        return False
    return _labelled(token, COMMENTS)


def _labelled(token: Token, kind: re.Pattern[str]) -> bool:
    """Return whether a class or the id of an element is of a kind."""
    labels = _LABEL.findall(token.value[:2000].lower()) if token.value else []
    return any(kind.search("".join(label)) for label in labels)
