"""HTML as a flat run of blocks: all that it shows, in order, without a tree."""

import re
from dataclasses import dataclass, field
from html import unescape

from digest.models import Block
from digest.readers.markup import BLOCK, LOOK_BACK, VOID, Nesting, Token, tokens
from digest.text.whitespace import fold

# fmt: off
_TAGGED = frozenset([
    "blockquote", "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "p", "pre", "td", "th",
])
_AREAS = frozenset([
    "aside", "button", "footer", "nav", "select",
])
# fmt: on
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|\shidden(?=[\s=/]|$)|mso-hide\s*:\s*all")


def blocks(html: str) -> list[Block]:
    """Return every block of text that `html` shows, with its tag and line, in order.

    Text inside navigation, forms, footers and asides carries the name of that element as its tag.
    """
    found, unclosed = _Flattener()(html)
    return _Flattener(heed_hidden=False)(html)[0] if unclosed else found


@dataclass(slots=True)
class _Flattener:
    heed_hidden: bool = True
    nesting: Nesting = field(default_factory=Nesting)
    found: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    line: int = 0
    hidden: int = 0

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
            if not value.isspace():
                if {"b", "strong"} & set(self.nesting.names[-4:]):
                    self.bold += 1
                else:
                    self.plain += 1

    def _start(self, token: Token) -> None:
        if token.name == "br":
            # A line break in running text is a space; two of them, or one after bold words, part blocks.
            if (self.text and self.text[-1] == "\n") or (self.bold and not self.plain):
                self._flush()
            elif self.text:
                self.text.append("\n")
            return
        if token.name in BLOCK:
            self._flush()
        if token.name == "hr" and not self.hidden:
            self.found.append(Block(text="", tag="hr"))
        if self.hidden == len(self.nesting.names) and self.nesting.closes(token.name):
            self.hidden = 0
        self.nesting.open(token.name)
        if (
            self.heed_hidden
            and not self.hidden
            and token.name not in VOID
            and (token.name == "noscript" or _HIDDEN.search(token.value[:2000]))
        ):
            self.hidden = len(self.nesting.names)

    def _end(self, token: Token) -> None:
        if token.name in BLOCK:
            self._flush()
        self.nesting.close(token.name)
        if len(self.nesting.names) < self.hidden:
            self.hidden = 0

    def _flush(self) -> None:
        if text := fold("".join(self.text)):
            self.found.append(Block(text=text, tag=self._tag(), line=self.line))
        self.text, self.bold, self.plain = [], 0, 0

    def _tag(self) -> str:
        near = self.nesting.names[-LOOK_BACK:]
        area = next((name for name in near if name in _AREAS), None)
        if area:
            return area
        tag = next((name for name in reversed(near) if name in _TAGGED), "")
        return "strong" if self.bold and not self.plain and tag in ("", "p", "td", "th") else tag
