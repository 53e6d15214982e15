"""Plain text: paragraphs, the header lines that a saved page may begin with, and titles as type sets them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from digest.models import Page, RawDocument
from digest.readers import outline
from digest.readers.encoding import decoded
from digest.readers.fields import parse_date
from digest.readers.paragraphs import paragraphs
from digest.readers.text_titles import listed_titles, titled_blocks
from digest.text.characters import fold

_QUOTED = re.compile(r"(?:> ?){1,5}")
_MOST_QUOTED = 0.8  # of the lines are marked where all is a quotation
_CONTENTS = 1.0
"""The list of contents is an introduction that speaks for several articles, and not for one."""
_HEADER = re.compile(
    r"(?i)(title|headline|url|link|date|published|author|by|source|site|publisher):\s+(\S.*)"
)
_FIELDS = {
    "headline": "title",
    "link": "url",
    "published": "date",
    "by": "author",
    "source": "site",
    "publisher": "site",
}


def read(document: RawDocument, /) -> list[Page]:
    """Return the pages of a text in any encoding: one, or one for each title that it sets over an article.

    A block is a line, or a paragraph where a tool wrapped the lines. Raises `ReadError`.
    """
    return pages(document, decoded(document))


def visible_text(document: RawDocument) -> str:
    """Return a text as it is, and without the marks that quote nearly all of it."""
    text = decoded(document)
    lines = text.split("\n")
    bare = unquoted(lines)
    return text if bare == lines else "\n".join([*bare, text])


def pages(document: RawDocument, text: str) -> list[Page]:
    """Return the pages that `text` is: one for each title, where it sets titles over articles."""
    whole = page(document, text)
    lines = unquoted(text.split("\n"))
    header = _header(lines)
    titled = titled_blocks(lines, header[-1][2] if header else 0)
    least = -_CONTENTS if titled and listed_titles(lines, 0) else 0.0
    return outline.pages_by_title(replace(whole, blocks=tuple(titled)), least=least) or [whole]


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = unquoted(text.split("\n"))
    header = _header(lines)
    found = {name: value for name, value, _ in header}
    return Page(
        source=document.source,
        blocks=tuple(paragraphs(lines, header[-1][2] if header else 0)),
        title=found.get("title"),
        url=found.get("url") or document.url,
        author=found.get("author"),
        published=parse_date(found.get("date", "")),
        site=found.get("site"),
    )


def _header(lines: list[str]) -> list[tuple[str, str, int]]:
    """The `Title: ...` lines that open the text: (field, value, line number). Two make a header.

    Where the same label comes again further down, each article has a header of its own: none is the page's.
    """
    found: list[tuple[str, str, int]] = []
    label = ""
    for number, line in enumerate(lines, 1):
        match = _HEADER.fullmatch(line.strip()) if len(line) < 1000 else None
        if match:
            name = match[1].lower()
            label = label or f"{name}:"
            found.append((_FIELDS.get(name, name), fold(match[2]), number))
        elif found or line.strip():
            break
    if len(found) < 2 or not {"title", "url"} & {name for name, _, _ in found}:
        return []
    repeated = any(line.lower().startswith(label) for line in islice(lines, found[-1][2], None))
    return [] if repeated else found


def unquoted(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text without the marks that quote nearly all of it."""
    lines = list(lines)
    for _ in range(3):
        filled = [line for line in lines if line.strip()]
        marked = sum(line.lstrip().startswith(">") for line in filled)
        if not filled or marked < _MOST_QUOTED * len(filled):
            break
        lines = [
            _QUOTED.sub("", line.lstrip(), count=1) if ">" in line[:9] else line for line in lines
        ]
    return lines
