"""The article of an HTML page, by trafilatura (Barbaresi, ACL 2021 demos), as blocks with their tags."""

import logging
from dataclasses import dataclass, field
from typing import Any

from digest.models import Block
from digest.readers import plain
from digest.readers.flat import HIDDEN, UNREAD
from digest.readers.foreign import guarded
from digest.text.whitespace import fold

Tree = Any
"""An lxml element: the package carries no types."""

_LINE_BREAK = "\x1e"
"""Stands for `<br>` while text is gathered; no decoded text has it."""
_HIDDEN_SHARE = 0.4
_MOST_HIDDEN = 2_000
_LONGEST = 2_000
_SILENT = frozenset(("script", "style", "template"))
_MOST_CELLS = 1_000
_TAGS = {"p": "p", "item": "li", "quote": "blockquote", "code": "pre", "cell": "td"}


def parsed(html: str) -> Tree | None:
    """Return the tree of a page as trafilatura would make it; None where there is nothing in it."""
    from lxml.etree import LxmlError
    from trafilatura.utils import load_html

    _silence()
    tree = guarded(lambda: load_html(html), None, LxmlError)
    if tree is not None:
        _drop_hidden(tree)
    return tree


def _drop_hidden(tree: Tree) -> None:
    """Take out what a page does not show, unless that is most of it: then a script would show it."""
    found = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("html", "body", "head")
        and (element.tag in UNREAD or _is_hidden(element))
    ]
    size = sum(len(fold("".join(element.itertext()))) for element in found[:_MOST_HIDDEN])
    if not found or size > _HIDDEN_SHARE * shown_letters(tree):
        return
    for element in found:
        if element.getparent() is not None and element.tag != "noscript":
            element.drop_tree()


def _is_hidden(element: Tree) -> bool:
    said = element.get("style"), element.get("class"), element.get("hidden")
    if said == (None, None, None):
        return False
    style, label, hidden = said
    told = f"{style or ''}; class='{label or ''}'{' hidden' * (hidden is not None)}"
    return HIDDEN.search(told[:_LONGEST]) is not None


def article_blocks(tree: Tree) -> list[Block]:
    """Return what trafilatura takes for the article of `tree`, which is used up; empty where it finds none.

    The comments of readers, which it sets apart, are left out.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    if _has_endless_row(tree):
        return []
    _silence()
    document: Any = guarded(lambda: bare_extraction(tree), None, LxmlError)
    if document is None:
        return []
    walk = _Walk()
    walk.element(document.body)
    walk.flush()
    return walk.found


def _has_endless_row(tree: Tree) -> bool:
    """Whether a row of a table has more cells than any table: trafilatura takes quadratic time for it."""
    rows = tree.iter("tr", "table", "tbody", "thead", "tfoot")
    return any(sum(cell.tag in ("td", "th") for cell in row) > _MOST_CELLS for row in rows)


@dataclass(slots=True)
class _Walk:
    """Turns trafilatura's simplified XML into blocks."""

    found: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def element(self, element: Tree) -> None:
        name = element.tag
        if name in ("row", "list", "table"):
            self.flush()
        elif name == "lb":
            self.parts.append(_LINE_BREAK)
        tag = _tag(element)
        if tag:
            self.flush()
            self.tags.append(tag)
        self.parts.append(element.text or "")
        for child in element:
            self.element(child)
        if tag:
            self.flush()
            self.tags.pop()
        self.parts.append(element.tail or "")

    def flush(self) -> None:
        tags = [tag for tag in self.tags if tag != "p"] or self.tags
        tag = tags[-1] if tags else "p"
        # White space of the source is no line break; only <br> is, and it may have wrapped running text.
        lines = [fold(line) for line in "".join(self.parts).split(_LINE_BREAK)]
        self.found += [Block(text=block.text, tag=tag) for block in plain.blocks(lines)]
        self.parts = []


def _tag(element: Tree) -> str:
    if element.tag == "head":
        rend = element.get("rend") or ""
        return rend if len(rend) == 2 and rend[0] == "h" else "h2"
    return _TAGS.get(element.tag, "")


def alone(element: Tree) -> Tree:
    """Return a page that holds a copy of one element and nothing else."""
    from copy import deepcopy

    from lxml.html import Element

    page, body = Element("html"), Element("body")
    page.append(body)
    copy = deepcopy(element)
    copy.tail = None
    body.append(copy)
    return page


def source_of(element: Tree) -> str:
    """Return the HTML of an element."""
    from lxml.html import tostring

    return str(tostring(element, encoding="unicode", with_tail=False))


def shown_letters(tree: Tree) -> int:
    """Return how many characters of text a tree holds, white space folded, scripts and their like aside."""
    count = 0
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _SILENT and element.text:
            count += len(fold(element.text))
        if element.tail:
            count += len(fold(element.tail))
    return count


def _silence() -> None:
    # What trafilatura logs about a page is ours to say, in our words.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
