"""What an HTML page shows beside the articles that were read from it: no text is lost without a word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from digest.models import Block, Omission, Page, Reason
from digest.readers.containers import BY, looks_dated

_MOST = 500
_LONGEST = 200
_RUN = 4
"""So many words in a row are known again wherever they stand."""
_FEWEST = 3
"""Shorter gaps within a paragraph that is there otherwise are a label, or a formula."""
_WORD = re.compile(r"\w+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_REASONS: dict[str, Reason] = {
    **dict.fromkeys(("nav", "header", "footer", "aside", "button", "select", "a"), "navigation"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "comments": "comment",
    "teaser": "teaser",
}
Words = tuple[str, ...]


def with_left_out(
    pages: Sequence[Page], shown: Sequence[Block], stubs: Iterable[Block]
) -> list[Page]:
    """Return `pages`, the first with all of `shown` that stands in none of them: a stub, or block, each.

    Of more than 500 the last says how many more there are.
    """
    location = pages[0].source.location
    short = [(block.text, _cut(block.text, location, "stub")) for block in stubs]
    texts = [text for page in pages for text in _texts(page)] + [text for text, _ in short]
    found = [omission for _, omission in short]
    authors = {page.author for page in pages if page.author}
    found += [
        _cut(text, location, _reason(block, authors)) for block, text in _missing(shown, texts)
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
    whole = {_letters(text) for text in texts} | {""}
    rest = [block for block in shown if _letters(block.text) not in whole]
    wanted = {run for block in rest for run in _runs(_words(block.text))}
    edges: set[Words] = set()
    held: set[Words] = set()
    before: Words = ()
    for text in texts if rest else ():
        words = _words(text)
        for size in range(1, _RUN):
            edges |= {words[:size], words[-size:]}
        held.update(run for run in _runs(before + words) if run in wanted)
        before = words[1 - _RUN :]
    for block in rest:
        for start, end in _gaps(block.text, held, edges):
            yield block, block.text[start:end]


def _gaps(text: str, held: set[Words], edges: set[Words]) -> Iterator[tuple[int, int]]:
    """Where in `text` the words stand that no run in `held` covers; all of it, where fewer than half are."""
    words = _words(text)
    if len(words) < _RUN:
        if words not in edges:
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
    return tuple(_WORD.findall(text.lower()))


def _runs(words: Words) -> Iterator[Words]:
    return zip(*(islice(words, start, None) for start in range(_RUN)), strict=False)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


def _reason(block: Block, authors: set[str]) -> Reason:
    if block.tag in _REASONS:
        return _REASONS[block.tag]
    if len(block.text) <= 120:
        dated = looks_dated(block.text)
        if any(author in block.text for author in authors) or (dated and BY.match(block.text)):
            return "byline"
        if dated:
            return "date"
    return "boilerplate"


def _cut(text: str, location: str, reason: Reason) -> Omission:
    what = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return Omission(what=what, reason=reason, page=location)
