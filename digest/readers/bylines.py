"""Who wrote an article of a page and when, from its elements and from what they say."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any

from digest.readers.containers import BY, looks_dated
from digest.readers.dates import moment
from digest.readers.schema_org import plain_name
from digest.text.dates import find_date
from digest.text.whitespace import fold

Tree = Any
_AUTHOR = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:byline|author|author-name|writer)(?:[-_\s]|$)|by(?:\s|$))"
)
_DATED = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:by|date|dat)?line|by|dates?|published|pubdate|posted|timestamp|time|meta)(?:[-_\s]|$)"
)
_ROLE = re.compile(
    r"(?i),\s[^,]{0,40}\b(?:columnist|correspondent|critic|editor|editor-in-chief|producer|reporter|writer)\b.*"
)
_NAME = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:\s|$)){2,3}")
NEAR_HEADING = 30
_SHORT = 300
_SEPARATOR = re.compile(r"\s*[|·•,]\s*|\s[–—-]\s")
LAST_DATE = "2099-12-31"
"""Fixed, so that a page gives the same date whenever it is read."""


def is_byline(element: Tree) -> bool:
    label = element.get("class") or ""
    said = "author" in (
        (element.get("rel") or "").split() or (element.get("itemprop") or "").split()
    )
    return said or (0 < len(label) < 200 and bool(_AUTHOR.search(label)))


def author_of(element: Tree) -> str | None:
    """The name in `rel=author`, in the microdata, or in what is classed as a byline: the surest first."""
    named: dict[int, str] = {}
    for child in element.iter("a", "span", "p", "div", "address", "cite", "footer"):
        kind = child.get("class") or ""
        rank = (
            0
            if "author" in (child.get("rel") or "").split()
            else 1
            if "author" in (child.get("itemprop") or "").split()
            else 2
            if len(kind) < 200 and _AUTHOR.search(kind)
            else 3
        )
        if rank < 3 and rank not in named and (name := name_in(child)):
            named[rank] = name
    return named[min(named)] if named else _beside_date(element)


def byline_name(line: str) -> str | None:
    """The name in a short line that begins with "By" and has nothing else but a date or a role."""
    if not BY.match(line) or not looks_dated(line):
        return None
    name = plain_name(_ROLE.sub("", without_date(line, "|").split("|", 1)[0]).rstrip(" ,;|·•-–—"))
    return name if name and _NAME.fullmatch(name) else None


def _beside_date(element: Tree) -> str | None:
    """The name that shares its line with the date, without saying what it is."""
    for text in short_lines(element):
        parts = _SEPARATOR.split(without_date(text, " | "))
        if len(parts) > 1:
            names = (plain_name(_ROLE.sub("", part)) for part in parts)
            return next((name for name in names if name and _NAME.fullmatch(name)), None)
    return None


def short_lines(element: Tree) -> Iterator[str]:
    """Yield the first lines that are no more than a date with a few words."""
    for child in islice(
        element.iter("p", "div", "span", "td", "font", "i", "em", "small"), NEAR_HEADING
    ):
        text = fold("".join(child.itertext())[:300])
        if len(text) < 80 and written(text) and looks_dated(text):
            yield text


def name_in(element: Tree) -> str | None:
    """The words of a byline, without its date and what follows."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "time":
            parts += child.itertext()
        parts.append(child.tail or "")
    told = without_date(fold("".join(parts))[:_SHORT], " | ").lstrip(" |")
    words = re.split(r"\s[|·•–—-]\s|[,;]\s*(?=\d)", told, maxsplit=1)[0]
    name = plain_name(_ROLE.sub("", words[:200]).rstrip(" ,;|·•-–—"))
    return name if name and len(name.split()) <= 8 and not re.search(r"\d", name) else None


def date_of(element: Tree) -> datetime | None:
    """What the element says of its date: in an attribute, else in the words of what is classed as one."""
    said: list[str] = []
    for child in element.iter("time", "meta", "span", "abbr", "p", "div", "a", "td", "font"):
        label = child.get("class") or ""
        value = child.get("datetime") or (
            child.get("content") or child.get("title")
            if (child.get("itemprop") or "") == "datePublished" or "published" in label
            else None
        )
        found = moment(value) if value else None
        if found:
            return found
        if child.tag == "time" or (0 < len(label) < 200 and _DATED.search(label)):
            said.append(fold("".join(child.itertext())[:300]))
    texts = chain((text for text in said if len(text) < 120), short_lines(element))
    dates = (written(text) for text in texts)
    return next((date for date in dates if date), None)


def written(text: str) -> datetime | None:
    """Return the date in a line, as people write it."""
    found = find_date(text[:_SHORT])
    return found[0] if found else None


def without_date(text: str, mark: str = " ") -> str:
    """Return a line with a mark in place of its date."""
    found = find_date(text[:_SHORT])
    return f"{text[: found[1]]}{mark}{text[found[2] :]}" if found else text
