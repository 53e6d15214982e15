"""Plain text: paragraphs, the header lines that a saved page may begin with, and titles as type sets them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from digest.errors import ReadError
from digest.models import Page, RawDocument
from digest.readers import outline
from digest.readers.encoding import decoded
from digest.readers.extraction import omitted
from digest.readers.fields import parse_date
from digest.readers.interstitials import interstitial
from digest.readers.paragraphs import paragraphs
from digest.readers.text_titles import listed_titles, titled_blocks
from digest.text.characters import fold

_QUOTED = re.compile(r"(?:> ?){1,5}")
_MOST_QUOTED = 0.8  # of the lines are marked where all is a quotation
_CONTENTS = 1.0
"""The list of contents is an introduction that speaks for several articles, and not for one."""
_FRAME = re.compile(r"\s{0,40}(?:[*=-]\s?){2,8}\s?(START|END) (\S.{0,200}?)\s?(?:[*=-]\s?){2,8}\s*")
_RUNNING_HEAD = re.compile(r"\s*+(?:(\d{1,4})\s{3,}(\S.{2,80})|(\S.{2,80}?)\s{3,}\d{1,4})\s*")
_WIDEST = 120  # characters of a printed line
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
    text = decoded(document)
    if kind := interstitial("", text):
        raise ReadError(document.source.location, f"{kind} in place of a page")
    return pages(document, text)


def visible_text(document: RawDocument) -> str:
    """Return a text as it is, and without the marks that quote nearly all of it."""
    text = decoded(document)
    lines = text.split("\n")
    bare = unquoted(lines)
    return text if bare == lines else "\n".join([*bare, text])


def pages(document: RawDocument, text: str) -> list[Page]:
    """Return the pages that `text` is: one for each title, where it sets titles over articles."""
    lines, heads = _without_heads(unquoted(text.split("\n")))
    framed = _framed(lines)
    _, start, stop = framed
    left_out = tuple(omitted(head, document.source.location, "navigation") for head in heads)
    whole = _without_frame(replace(_page(document, lines, framed), left_out=left_out))
    titled = titled_blocks(lines[:stop], start)
    least = -_CONTENTS if titled and listed_titles(lines, 0) else 0.0
    found = outline.pages_by_title(replace(whole, blocks=tuple(titled)), least=least) or [whole]
    return [_without_frame(page) for page in found]


def _without_heads(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without the running heads of printed pages, and these: one name beside several numbers."""
    matches = [_RUNNING_HEAD.fullmatch(line) if len(line) <= _WIDEST else None for line in lines]
    names = [match[2] or match[3] if match else "" for match in matches]
    often = Counter(filter(None, names))
    heads = [i for i, name in enumerate(names) if often[name] > 1]
    known = set(heads)
    return (
        ["" if i in known else line for i, line in enumerate(lines)],
        [fold(lines[i]) for i in heads],
    )


def _without_frame(page: Page) -> Page:
    """The page, what stands around its text left out: the licence of an archive, the imprint of an issue."""
    frame = [block.text for block in page.blocks if block.tag == "footer"]
    if not frame:
        return page
    left_out = (omitted(text, page.source.location, "boilerplate") for text in frame)
    blocks = tuple(block for block in page.blocks if block.tag != "footer")
    return replace(page, blocks=blocks, left_out=(*page.left_out, *left_out))


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = unquoted(text.split("\n"))
    return _page(document, lines, _framed(lines))


def _page(document: RawDocument, lines: list[str], framed: tuple[dict[str, str], int, int]) -> Page:
    found, start, stop = framed
    frame = [*paragraphs(lines[: start - 1] if stop < len(lines) else []), *paragraphs(lines, stop)]
    return Page(
        source=document.source,
        blocks=(
            *paragraphs(lines[:stop], start),
            *(replace(block, tag="footer") for block in frame),
        ),
        title=found.get("title"),
        url=found.get("url") or document.url,
        author=found.get("author"),
        published=parse_date(found.get("date", "")),
        site=found.get("site"),
    )


def _framed(lines: list[str]) -> tuple[dict[str, str], int, int]:
    """The fields above a text, where it begins, and where it ends.

    It ends early where it says so: between `*** START OF X ***` and `*** END OF X ***`.
    """
    marks = [
        (i, match[1], match[2]) for i, line in enumerate(lines) if (match := _FRAME.fullmatch(line))
    ]
    for (start, opens, name), (stop, closes, same) in pairwise(marks):
        if (opens, closes) == ("START", "END") and name == same:
            matches = (_HEADER.fullmatch(line.strip()) for line in lines[:start])
            fields = {_FIELDS.get(m[1].lower(), m[1].lower()): fold(m[2]) for m in matches if m}
            return fields, start + 1, stop
    header = _header(lines)
    return {name: value for name, value, _ in header}, header[-1][2] if header else 0, len(lines)


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
