"""When a page was published, as far as it says so itself: None is better than a wrong day."""

import re
from datetime import datetime
from itertools import islice

from digest.readers.cards import first_heading, sidelined
from digest.readers.fields import BY, Tree, parse_date, parse_written_date, short_lines
from digest.text.characters import fold

_LABEL_WORDS = 3
"""Words that may stand before or behind a date which is a line's own ("Last updated:")."""
_LABELLED = re.compile(r"(?:\S+\s+){2,8}\S+:\s")
"""The date of something that a line names, as of an event; "Last updated:" has fewer words."""
_MONTHS = 12
_NEAR = 40
"""Characters around a date in which its time and zone stand."""
_AMERICAN = re.compile(r"\b(?:[ECMP][SD]?T|a\.m\.|p\.m\.)(?!\w)|\d\s?[AP]M\b")
_PUBLISHED = re.compile(r"(?i)publi[cs]|datecreated|posted")
_UNSEEN = ("script", "style")
_LONGEST_VALUE = 500  # characters of an attribute, such as an address, hold a date
_NEW_YEAR = re.compile(
    r"(?i)\bjan[a-z]*\.?\s1(?:st)?\b|\b0?1(?:st|\.)?\s(?:de\s)?(?:jan|ene|gen)|\b0?1([-/.])0?1\b"
)


def published(tree: Tree, guessed: str | None) -> datetime | None:
    """Return when a page was published: on the day that htmldate `guessed`, or that stands by its heading.

    The time is what the page declares for the same day.
    """
    day = _certain(tree, guessed)
    return _declared(tree, day) or (parse_date(day) if day else None) or _dated_heading(tree)


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
    if times and all(sidelined(time) or _is_within_words(time) for time in times):
        return None
    said = [value for meta in tree.iter("meta", "time", "abbr") for value in meta.values()]
    text = "\n".join([*said, *tree.itertext()])
    if day.endswith("-01-01") and not _NEW_YEAR.search(text):
        return None
    if any(day in value for value in said):
        return day
    return None if _is_of_script(tree, day) else _ordered(tree, day, text)


def _is_of_script(tree: Tree, day: str) -> bool:
    """Return whether a day stands in a script alone, which does not say that it is that of publication."""
    scripts = [script for script in tree.iter("script") if day in (script.text or "")]
    if not scripts or any("ld+json" in (script.get("type") or "").lower() for script in scripts):
        return False
    if any(_PUBLISHED.search(script.text) for script in scripts):
        return False
    values = (value for element in tree.iter() for value in element.values())
    digits = day.replace("-", "")
    if any(digits in "".join(filter(str.isdigit, value[:_LONGEST_VALUE])) for value in values):
        return False
    shown = (
        text
        for element in tree.iter()
        for text in (element.text if element.tag not in _UNSEEN else None, element.tail)
        if text and any(map(str.isdigit, text))
    )
    dates = map(parse_written_date, map(fold, shown))
    return all(f"{found:%Y-%m-%d}" != day for found in dates if found)


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
            found = None if _LABELLED.match(line) else parse_written_date(line)
            if found and (day := _ordered(tree, f"{found:%Y-%m-%d}", line)):
                return datetime.fromisoformat(day).replace(
                    hour=found.hour, minute=found.minute, tzinfo=found.tzinfo
                )
    return None
