"""The article of an HTML page, by trafilatura (Barbaresi, ACL 2021 demos), and what no article of it holds.

That is named, block by block, with its reason: nothing is lost in silence.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from digest.models import Block, Omission, Page, Reason
from digest.readers.fields import BY, Tree, guarded, looks_dated
from digest.readers.markup import HEADINGS
from digest.readers.paragraphs import paragraphs
from digest.text.bylines import named_in_byline
from digest.text.characters import fold
from digest.text.words import lowered

_LINE_BREAK = "\x1e"
"""Stands for `<br>` while text is gathered; no decoded text has it."""
_MOST_CELLS = 1_000  # in a row: no table has more
_TAGS = {"p": "p", "item": "li", "quote": "blockquote", "code": "pre", "cell": "td"}
NOT_LETTERS = re.compile(r"[\W_]+")
_MOST = 500  # texts left out are named
_LONGEST_OMITTED = 200  # characters of each are shown
_RUN = 4
"""So many words in a row are known again wherever they stand."""
_FEWEST = 3
"""Shorter gaps within a paragraph that is there otherwise are a label, or a formula."""
_WORD = re.compile(r"\w+")
_REASONS: dict[str, Reason] = {
    **dict.fromkeys(("nav", "header", "footer", "aside", "button", "select", "a"), "navigation"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "comments": "comment",
    "teaser": "teaser",
}
Words = tuple[str, ...]


# --- the article


def parsed(html: str) -> Tree | None:
    """Return the tree of a page as trafilatura would make it; None where there is nothing in it."""
    from lxml.etree import LxmlError
    from trafilatura.utils import load_html

    _silence()
    tree: Tree | None = guarded(lambda: load_html(html), None, LxmlError)
    return tree


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
    """Return whether a row has more cells than any table: trafilatura takes quadratic time for it."""
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
        text = "".join(self.parts)
        if tag in HEADINGS:
            text = text.replace(_LINE_BREAK, " ")
        lines = [fold(line) for line in text.split(_LINE_BREAK)]
        self.found += [Block(text=block.text, tag=tag) for block in paragraphs(lines)]
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


def _silence() -> None:
    # What trafilatura logs about a page is ours to say, in our words.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


# --- what is left out


def with_omissions(
    pages: Sequence[Page], shown: Sequence[Block], stubs: Iterable[Block]
) -> list[Page]:
    """Return `pages`, the first with all of `shown` that stands in none of them: a stub, or block, each.

    Of more than 500 the last says how many more there are.
    """
    location = pages[0].source.location
    short = [(block.text, omitted(block.text, location, "stub")) for block in stubs]
    texts = [text for page in pages for text in _texts(page)] + [text for text, _ in short]
    found = [omission for _, omission in short]
    authors = {page.author for page in pages if page.author}
    found += [
        omitted(text, location, _reason(block, authors)) for block, text in _missing(shown, texts)
    ]
    if len(found) > _MOST:
        more = f"and {len(found) - _MOST + 1} more blocks of text"
        found[_MOST - 1 :] = [Omission(what=more, reason="boilerplate", page=location)]
    return [replace(pages[0], left_out=tuple(found)), *pages[1:]]


def _texts(page: Page) -> Iterator[str]:
    yield page.title or ""
    for block in page.blocks:
        yield block.text


def _missing(shown: Sequence[Block], texts: list[str]) -> Iterator[tuple[Block, str]]:
    """The blocks, or the stretches of them, whose words stand nowhere in `texts`."""
    whole = {letters_of(text) for text in texts} | {""}
    rest = [i for i, block in enumerate(shown) if letters_of(block.text) not in whole]
    joined = {i: _joined(shown, i) for i in rest}
    wanted = {run for i in rest for run in (*_runs(_words(shown[i].text)), *joined[i])}
    within: set[Words] = set()
    held: set[Words] = set()
    before: Words = ()
    for text in texts if rest else ():
        words = _words(text)
        within.update(run for run in _runs(words) if run in wanted)
        held.update(run for run in _runs(before + words) if run in wanted)
        before = words[1 - _RUN :]
    for i in rest:
        if within.isdisjoint(joined[i]):
            for start, end in _gaps(shown[i].text, held):
                yield shown[i], shown[i].text[start:end]


def _joined(shown: Sequence[Block], index: int) -> list[Words]:
    """The words of a short block with those beside it, as an article has them that made one line of both.

    By themselves they would be known again wherever a text happens to begin or to end with them.
    """
    words = _words(shown[index].text)
    if len(words) >= _RUN:
        return []
    before = _words(shown[index - 1].text) if index else ()
    after = _words(shown[index + 1].text) if index + 1 < len(shown) else ()
    return [run for run in ((before + words)[-_RUN:], (words + after)[:_RUN]) if len(run) == _RUN]


def _gaps(text: str, held: set[Words]) -> Iterator[tuple[int, int]]:
    """Where in `text` the words stand that no run in `held` covers; all of it, where fewer than half are."""
    words = _words(text)
    if len(words) < _RUN:
        yield 0, len(text)
        return
    covered = [False] * len(words)
    for index, run in enumerate(_runs(words)):
        if run in held:
            covered[index : index + _RUN] = [True] * _RUN
    if sum(covered) <= len(words) / 2:
        yield 0, len(text)
        return
    spans = [match.span() for match in _WORD.finditer(text)]
    start = 0
    for index, is_covered in enumerate([*covered, True]):
        if is_covered:
            if index - start >= _FEWEST:
                yield spans[start][0], spans[index - 1][1]
            start = index + 1


def _words(text: str) -> Words:
    return tuple(_WORD.findall(lowered(text)))


def _runs(words: Words) -> Iterator[Words]:
    return zip(*(islice(words, start, None) for start in range(_RUN)), strict=False)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return NOT_LETTERS.sub("", text).lower()


def _reason(block: Block, authors: set[str]) -> Reason:
    if block.tag in _REASONS:
        return _REASONS[block.tag]
    if len(block.text) <= 120:
        dated = looks_dated(block.text)
        by = (dated and BY.match(block.text)) or named_in_byline(block.text)
        if by or any(author in block.text for author in authors):
            return "byline"
        if dated:
            return "date"
    return "boilerplate"


def omitted(text: str, location: str, reason: Reason) -> Omission:
    """Return the omission of a text of a page, its first words for all of them."""
    what = text if len(text) <= _LONGEST_OMITTED else text[: _LONGEST_OMITTED - 1].rstrip() + "…"
    return Omission(what=what, reason=reason, page=location)
