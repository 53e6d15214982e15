"""HTML as a flat run of blocks: all that it shows, in order, without a tree."""

import re
from dataclasses import dataclass, field
from html import unescape

from digest.models import Block
from digest.readers.containers import COMMENTS, HEADINGS
from digest.readers.markup import BLOCK, LOOK_BACK, MUTED, VOID, Nesting, Token, tokens
from digest.text.whitespace import fold

# fmt: off
_TAGGED = frozenset([
    "blockquote", "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "p", "pre", "td", "th",
])
AREAS = frozenset([
    "aside", "button", "footer", "nav", "select",
])
# fmt: on
HIDDEN = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|(?:^|\s)hidden(?=[\s=/]|$)|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:[;\"']|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;\"']|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,5}(?:px|em)|color\s*:\s*transparent"
    r"|class\s*=\s*[\"']?(?:[^\"'>]{0,200}\s)?(?:sr-only|visually-?hidden|screen-reader-text|offscreen)(?=[\s\"'>]|$)"
)
"""Attributes of what a page does not show."""
UNREAD = MUTED | {"noscript"}
_LABEL = re.compile(
    r"(?i)\s(?:class|id)\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})'|([^\s\"'>]{1,500}))"
)
_HREF = re.compile(r"(?i)(?:^|\s)href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_TAG = 10_000
_BOX = re.compile(
    r"(?i)(?:^|[-_\s])(?:sign-?up|subscribe|subscription|newsletter|opt-?in|bookmark|related-?(?:posts?|articles?)"
    r"|share-?(?:daddy|buttons?|bar|links?)|sharing|paywall)(?:[-_\s]|$)"
)
_MOST_BOXED = 0.4
_LETTER = re.compile(r"\w")
_NEAR = 6


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
    flatten = _Flattener(sections=sections, links=links, boxes=boxes)
    found, unclosed = flatten(html)
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
        if (
            self.hidden
            and self.hidden == len(self.nesting.names)
            and self.nesting.closes(token.name)
        ):
            self.hidden = 0
        self.nesting.open(token.name)
        if (
            self.heed_hidden
            and not self.hidden
            and token.name not in VOID
            and (token.name in UNREAD or (token.value and HIDDEN.search(token.value[:2000])))
        ):
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
        if len(self.nesting.names) < self.hidden:
            self.hidden = 0
        if len(self.nesting.names) < self.comments:
            self.comments = 0
        if len(self.nesting.names) < self.box:
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


def is_comments(token: Token) -> bool:
    """Whether an element says that it holds what readers wrote."""
    if token.name in VOID or token.name in ("html", "body"):
        return False
    attributes = token.value[:2000].lower()
    if not any(word in attributes for word in ("comment", "disqus", "replies")):
        return False
    return _labelled(token, COMMENTS)


def _labelled(token: Token, kind: re.Pattern[str]) -> bool:
    """Whether a class or the id of an element is of a kind."""
    labels = _LABEL.findall(token.value[:2000].lower()) if token.value else []
    return any(kind.search("".join(label)) for label in labels)
