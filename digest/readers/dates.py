"""When a page was published, as far as it says so itself: None is better than a wrong day."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from digest.readers.cards import first_heading, sidelined
from digest.readers.fields import (
    BY,
    Tree,
    is_byline,
    parse_date,
    parse_written_date,
    short_lines,
)
from digest.text.characters import fold
from digest.text.dates import find_date, published_in

_LABEL_WORDS = 3
"""Words that may stand before or behind a date which is a line's own ("Last updated:")."""
_LABELLED = re.compile(r"(?:\S+\s+){2,8}\S+:\s")
"""The date of something that a line names, as of an event; "Last updated:" has fewer words."""
_LONGEST_LABEL = 160
"""Characters of a line that says when a page was published and updated, with times and zones."""
_MONTHS = 12
_NEAR = 40
"""Characters around a date in which its time and zone stand."""
_AMERICAN = re.compile(r"\b(?:[ECMP][SD]?T|a\.m\.|p\.m\.)(?!\w)|\d\s?[AP]M\b")
_PUBLISHED = re.compile(r"(?i)publi[cs]|datecreated|posted")
_TOLD = 12
"""More words around a date are a sentence; a label with a weekday, a time and a name has fewer."""
_PLACE = 4
"""Words before the date in the dateline of a report, at the most."""
_UNSEEN = ("script", "style")
_LONGEST_VALUE = 500  # characters of an attribute, such as an address, hold a date
_NEW_YEAR = re.compile(
    r"(?i)\bjan[a-z]*\.?\s1(?:st)?\b|\b0?1(?:st|\.)?\s(?:de\s)?(?:jan|ene|gen)|\b0?1([-/.])0?1\b"
)


def published(tree: Tree, guessed: str | None) -> datetime | None:
    """Return when a page was published: on the day that htmldate `guessed`, or that stands by its heading.

    The time is what the page declares for the same day.
    """
    day = _first_day(tree, _certain(tree, guessed))
    return _declared(tree, day) or (parse_date(day) if day else None) or _dated_heading(tree)


def _first_day(tree: Tree, day: str | None) -> str | None:
    """The day of publication where a line near the heading says that the one found is that of an update."""
    heading = first_heading(tree) if day else None
    for element in islice(heading.iterancestors(), 2) if heading is not None else ():
        for child in islice(element.iter("p", "div", "span", "small"), _NEAR):
            line = fold("".join(child.itertext())[:_LONGEST_VALUE])
            found = find_date(line) if len(line) <= _LONGEST_LABEL else None
            if found and f"{found[0]:%Y-%m-%d}" == day and (first := published_in(line)):
                return f"{first:%Y-%m-%d}"
    return day


def _declared(tree: Tree, day: str | None) -> datetime | None:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in ("article:published_time", "datepublished", "og:published_time"):
            exact = parse_date(meta.get("content") or "")
            if exact and (meta.get("content") or "").startswith(day or ""):
                return exact
    return None


def _certain(tree: Tree, day: str | None) -> str | None:
    """The day that htmldate found, where the page means it as its own.

    It is not the first of a year that a copyright line has, nor what stands in an aside or within a sentence
    alone; of two numbers that may be day or month, the page's language says which is which.
    """
    if not day:
        return None
    times = [time for time in tree.iter("time") if (time.get("datetime") or "").startswith(day)]
    if times and all(sidelined(t) or _is_within_words(t) or _is_teaser_s(t) for t in times):
        return None
    said = [value for meta in tree.iter("meta", "time", "abbr") for value in meta.values()]
    text = "\n".join([*said, *tree.itertext()])
    if day.endswith("-01-01") and not _NEW_YEAR.search(text):
        return None
    if any(day in value for value in said):
        return day
    if not _is_addressed(tree, day):
        lines = list(_lines_of(tree, day))
        if _are_sentences(lines) if lines else _is_of_script(tree, day):
            return None
    return _ordered(tree, day, text)


def _is_of_script(tree: Tree, day: str) -> bool:
    """Return whether a day stands in a script which does not say that it is that of publication."""
    scripts = [script.text for script in tree.iter("script") if day in (script.text or "")]
    return bool(scripts) and not any(map(_PUBLISHED.search, scripts))


def _is_addressed(tree: Tree, day: str) -> bool:
    """Return whether an attribute, such as the page's address, has the digits of a day."""
    values = (value for element in tree.iter() for value in element.values())
    digits = day.replace("-", "")
    return any(digits in "".join(filter(str.isdigit, value[:_LONGEST_VALUE])) for value in values)


def _lines_of(tree: Tree, day: str) -> Iterator[tuple[str, int, int]]:
    """Yield each piece of text that writes out a day, and where in it the date begins and ends."""
    for element in tree.iter():
        for text in (element.text if element.tag not in _UNSEEN else None, element.tail):
            if text and any(map(str.isdigit, text)):
                found = find_date(line := fold(text)[:_LONGEST_VALUE])
                if found and f"{found[0]:%Y-%m-%d}" == day:
                    yield line, found[1], found[2]


def _are_sentences(lines: Sequence[tuple[str, int, int]]) -> bool:
    """Return whether lines around a date are running sentences, which it does not open as a dateline."""
    return all(
        len(line[:start].split()) > _PLACE and len(f"{line[:start]} {line[end:]}".split()) > _TOLD
        for line, start, end in lines
    )


def _is_teaser_s(time: Tree) -> bool:
    """Return whether a date shares a list's item with the link to another page, and hardly anything else."""
    item = next(islice(time.iterancestors("li", "article", "figure"), 1), None)
    if item is None or any(True for _ in item.iter("h1")):
        return False
    links = (fold("".join(link.itertext())) for link in item.iter("a") if link.get("href"))
    linked = max(map(len, links), default=0)
    return 0 < linked >= len(fold("".join(item.itertext()))) / 3 and not is_byline(item)


def _is_within_words(element: Tree) -> bool:
    """True where an element stands in a line with more words than a label has."""
    line = element.getparent()
    if line is None or line.tag not in ("p", "li", "td", "blockquote"):
        return False
    own, whole = fold("".join(element.itertext())), fold("".join(line.itertext()))
    return len(whole.split()) - len(own.split()) > _LABEL_WORDS and not BY.match(whole)


def _ordered(tree: Tree, day: str, text: str) -> str | None:
    """A day that a page writes in numbers alone, by the order of its country; None where nothing tells it."""
    year, one, other = day.split("-")
    if one == other or int(other) > _MONTHS:
        return day
    numbers = f"0?{int(one)}|0?{int(other)}"
    found = re.search(rf"(?<!\d)(({numbers})([/.-])(?!\2\b)(?:{numbers})\3)(?:{year})(?!\d)", text)
    if found is None:
        return day
    language = (tree.get("lang") or "").lower().replace("_", "-")
    beside = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    first, second = (int(part) for part in re.split(r"[/.-]", found[1])[:2])
    american = found[3] != "." and (language == "en-us" or bool(_AMERICAN.search(beside)))
    if language == "en" and found[3] != "." and not american:
        return None
    month, number = (first, second) if american else (second, first)
    return f"{year}-{month:02}-{number:02}"


def _dated_heading(tree: Tree) -> datetime | None:
    """The date in a line of its own shortly below the heading of the page."""
    heading = first_heading(tree)
    for element in islice(heading.iterancestors(), 2) if heading is not None else ():
        if element.tag in ("body", "html"):
            break
        for line in short_lines(element):
            date = find_date(line)
            is_event = date is None or _LABELLED.match(line[: date[1]])
            found = None if is_event else parse_written_date(line)
            if found and (day := _ordered(tree, f"{found:%Y-%m-%d}", line)):
                return datetime.fromisoformat(day).replace(
                    hour=found.hour, minute=found.minute, tzinfo=found.tzinfo
                )
    return None
