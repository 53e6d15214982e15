"""Dates, names and addresses as documents write them; and parsers that may fail on what they are given.

Machines write ISO 8601 (RFC 3339) and the dates of mail (RFC 5322); people write bylines, in elements that say
so or in short lines of text.
"""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from html import unescape
from itertools import chain, islice
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from digest.errors import BUGS
from digest.incoming import uncounted
from digest.models import as_utc
from digest.text.addresses import untracked
from digest.text.bylines import is_full_name, named_in_byline
from digest.text.characters import fold
from digest.text.dates import find_date, months, published_in, with_month, with_offset

T = TypeVar("T")
_ISO = re.compile(
    r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_OFFSET = re.compile(r"[+-]\d{4}")
_DAY = 10  # characters of a date without a time
_BESIDE = 20
"""Characters of a weekday or a label that may stand beside a date."""
_NUMBERS = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)")
_YEAR_ZERO = re.compile(r"\s0\d{3}(?:\s|$)")
"""A year of four digits that begins with none, as programs write a date they do not know."""
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_MAX_ADDRESS = 2_000  # characters; servers refuse longer ones
_BY = re.compile(
    r"(?i)(?:(?:view |all |view all )?posts by|(?:written |posted |story |words )?by|author"
    r"|von|par|por|di|door|av|af)(?:\s*+:)?\s++(?=\S)"
)
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}[)>\]]?")
_MARKED = re.compile("[:：・]")
_NOBODY = frozenset(("admin", "author", "follow", "no author", "staff", "unknown"))
TAG = re.compile(r"<[^<>]{0,500}>")

BY = re.compile(r"(?:By|BY|Von|Par|Por|Di|Door)(?:\s*+:)?\s++[^\W\d_]")
_DATE = re.compile(
    r"(?i)(?:\b(?:19|20)\d\d\b.{0,20}\d|\d.{0,20}\b(?:19|20)\d\d\b|[a-z]{3,9}\.? \d{1,2}, (?:19|20)\d\d)"
)
_MAX_BYLINE_WORDS = 14  # of a byline, at the most

Tree = Any
"""An lxml element: the package carries no types."""
_AUTHOR = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:byline|author|author-name|writer)(?:[-_\s]|$)|by(?:\s|$))"
)
_DATED = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:by|date|dat)?line|by|dates?|published|pubdate|posted|timestamp|time|meta)(?:[-_\s]|$)"
)
_ROLE = re.compile(
    r"(?i),\s[^,]{0,40}\b(?:columnist|correspondent|critic|editor|editor-in-chief|producer|reporter|writer)\b"
    r"(?:(?=,?\s(?:and|und|et|y|e|og|och|with|mit)\s(?-i:[A-ZÀ-Þ]))|.*)"
)
"""A job behind a name, and what follows but for another name."""
_AND = re.compile(r"\s?[;/|]\s?|,?\s(?:and|und|et|y|e|og|och|ja|i|with|mit|avec|con|&)\s")
"""Between the names of several writers; a comma besides."""
_NOT_A_NAME = re.compile(
    r"(?i)\b(?:username|see full bio|link copied|min(?:ute)?s? read|updated|published|contributor profile"
    r"|follow|sign (?:in|up)|read more|share|view profile|version)\b|^(?:作者|记者|autor|author|auteur|by)$|@|://"
)
_JOB = re.compile(
    r"(?i)(?:\s(?:(?:senior|chief|deputy|staff|managing|associate|assistant|contributing|political|business"
    r"|science|health|sports?|games|tech|technology|culture|food|world|foreign|economics|news|features)\s)*"
    r"(?:columnist|correspondent|critic|editor|editor-in-chief|producer|reporter|writer|redakteur(?:in)?"
    r"|korrespondent(?:in)?|journaliste?|redactora?|redattore))+$"
)
_OUTLET = re.compile(
    r"(?i)\b(?:agency|bbc|bureau|chronicle|courier|courrier|daily|diario|gazette|giornale|herald|journal|kurier|magazine"
    r"|media|news|observer|press|presse|reuters|staff|telegraph|times|tribune|zeitung|\w*blatt|\w*zeitung)$"
)
"""The last word of what is a paper or an agency, beside a person's name."""
_DEGREE = re.compile(r"(?:M\.?A|M\.?D|Ph\.?\s?D|M\.?Sc|B\.?A|R\.?N|MBA|MPH|J\.?D|Jr|Sr|I{2,3})\.?")
_BEHIND_NAME = re.compile(
    r"\s?[(（\[].*|\s@\w.*|\s[\w.+-]{1,64}@[\w.-]+$"
    r"|\s(?i:edited|photograph(?:s|y)?|photos?|translated|illustrat\w+)\s+(?i:by)\s.*"
    r"|\s(?:for|in|from|aus|à|desde)\s+(?=[^\W\d_a-zß-öø-ÿ]).*|\s(?:on|at|am|um|le|el|il|op|den|à)$"
)
"""An agency in brackets, an address, who else worked on it, where it was filed: none of them is of the name."""
NEAR_HEADING = 30  # elements below a heading may name author and date
_SHORT = 300  # characters of a line are searched for a date
_PARTS = re.compile(
    r"(?:(?<!\s)\s++)?\|\s*+|\s[·•–—-]\s|[,;]\s*(?=\d)"
    r"|,\s(?!(?:and|und|et|y|e|og|och|with|mit)\s)(?=[a-zß-öø-ÿ])"
)
"""Between the parts of a byline."""
_BAR = re.compile(r"(?:(?<!\s)\s++)?[|·•]\s*+|\s[–—-]\s")
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?[|·•,]\s*+|\s[–—-]\s")
LAST_DATE = "2099-12-31"
"""Fixed, so that a page gives the same date whenever it is read."""


# --- calls into libraries


@cache
def patch_htmldate() -> None:
    """Have htmldate read odd dates as we do, and what it loads once not count as the time of a page.

    Its own parser of odd dates compiles patterns of two hundred languages at the first of them, for seconds.
    """
    from htmldate import extractors

    for name, better in (
        ("month_words", partial(_uncounted, extractors.month_words)),
        ("_external_date", _naive_date),
    ):
        if hasattr(extractors, name):
            setattr(extractors, name, better)


def _naive_date(text: str) -> datetime | None:
    found = parse_written_date(text)
    return found.replace(tzinfo=None) if found else None


def _uncounted(load: Callable[[], T]) -> T:
    with uncounted():
        return load()


def guarded(action: Callable[[], T], default: T, *also: type[Exception]) -> T:
    """Return what a call into a library gives, or the default where the library fails on its input.

    `also` has the library's own errors. For calls on untrusted data alone: met were `email` on broken
    headers, htmldate on a time zone of 99 hours, urllib on `http://[`. The failure is logged at debug level.
    """
    expected: tuple[type[Exception], ...] = (*BUGS, RecursionError, *also)
    try:
        return action()
    except expected as error:
        logging.getLogger("digest").debug("a library failed on its input: %r", error)
        return default


# --- dates as machines write them


def parse_date(text: str, language: str = "") -> datetime | None:
    """Return the time that `text` gives, in UTC; None where it gives none between 1900 and 2100.

    A date without a time is its midnight, a time without a zone is taken to be in UTC. The language tells what
    a month's name means that is another month's elsewhere.
    """
    text = text.strip()[:100]
    text = with_month(text, language) if language else text
    found = (
        _machine_written(text)
        if _ISO.match(text)
        else _machine_written(text) or _written_alone(text)
    )
    return found if found and _EARLIEST <= found < _LATEST else None


def _machine_written(text: str) -> datetime | None:
    match = _ISO.match(text)
    if not match and (_NUMBERS.match(text) or _YEAR_ZERO.search(text)):
        return None  # The parser of mail would take the first number for a day, or a year.
    try:
        if match:
            zone = with_offset(f"{match[0]}{text[match.end() :]}")[len(match[0]) :].strip()
            said = match[0].replace(",", ".").replace(" Z", "Z")
            named = zone if _OFFSET.fullmatch(zone) and len(said) > _DAY else ""
            found = datetime.fromisoformat(f"{said}{named}")
        else:
            from email.utils import parsedate_to_datetime  # 7 ms that plain text does without

            found = parsedate_to_datetime(with_offset(text))
        return as_utc(found)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written_alone(text: str) -> datetime | None:
    """A date as people write it, where a value is little else."""
    found = find_date(text)
    return found[0] if found and len(text) - (found[2] - found[1]) <= _BESIDE else None


# --- bylines


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
    return named[min(named)] if named else _beside_date(element) or _line_of_names(element)


def _line_of_names(element: Tree) -> str | None:
    """The name in a line near the beginning, or a heading, that holds a byline and nothing else."""
    for child in islice(element.iter("p", "div", "span", "h3", "h4", "h5", "h6"), NEAR_HEADING):
        if name := named_in_byline(fold("".join(child.itertext())[:_SHORT])):
            return name
    return None


def byline_name(line: str) -> str | None:
    """The names in a short line that begins with "By" or has a date beside them, and but a role besides."""
    if name := named_in_byline(line):
        return people(name)
    if not looks_dated(line):
        return None
    if not BY.match(line):
        return _named_beside(line) if parse_written_date(line) else None
    name = plain_name(_ROLE.sub("", without_date(line, "|").split("|", 1)[0]).rstrip(" ,;|·•-–—"))
    return people(name) if name and are_names(name) else None


def _beside_date(element: Tree) -> str | None:
    """The name that shares its line with the date, without saying what it is."""
    return next(filter(None, map(_named_beside, short_lines(element))), None)


def _named_beside(line: str) -> str | None:
    """The names beside the date of a line: one, or several that "and" joins."""
    line = without_date(line, " | ")
    team = next((part.strip(" ,") for part in _BAR.split(line) if _AND.search(part)), "")
    if team and are_names(team):
        return people(team)
    parts = _SEPARATOR.split(line)
    names = (plain_name(_ROLE.sub("", part)) for part in parts if len(parts) > 1)
    return next((name for name in names if name and is_full_name(name)), None)


def short_lines(element: Tree) -> Iterator[str]:
    """Yield the first lines that are no more than a date with a few words."""
    for child in islice(
        element.iter("p", "div", "span", "td", "font", "i", "em", "small"), NEAR_HEADING
    ):
        text = fold("".join(child.itertext())[:300])
        if len(text) < 80 and parse_written_date(text) and looks_dated(text):
            yield text


def name_in(element: Tree) -> str | None:
    """The names in a byline: what follows "By", or is a full name, else its first words."""
    line = without_date(fold(_parted(element))[:_SHORT], " | ").strip(" |")
    if named := named_in_byline(line):
        return named
    parts = [part for part in _PARTS.split(line) if part.strip(" ,;|")]
    names = [_name(part) for part in parts]
    sure = (
        name
        for part, name in zip(parts, names, strict=True)
        if name and (BY.match(part) or are_names(name))
    )
    return next(sure, names[0] if names else None)


def _name(words: str) -> str | None:
    name = plain_name(_ROLE.sub("", words[:200]).rstrip(" ,;|·•-–—"))
    return name if name and len(name.split()) <= 8 and not re.search(r"\d", name) else None


def _parted(element: Tree, levels: int = 8) -> str:
    """The words of an element but for its times, with a bar between parts that no words join."""
    said = between = element.text or ""
    for child in element:
        words = ""
        if isinstance(child.tag, str) and child.tag != "time":
            words = _parted(child, levels - 1) if levels else "".join(child.itertext())
        apart = child.tag == "br" or (said.strip() and not between.strip())
        between = child.tail or ""
        said = f"{said}{' | ' if apart else ''}{words}{between}"
    return said


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
        found = parse_date(value) if value else None
        if found:
            return found
        if child.tag == "time" or (0 < len(label) < 200 and _DATED.search(label)):
            said.append(fold("".join(child.itertext())[:300]))
    texts = chain((text for text in said if len(text) < 120), short_lines(element))
    dates = (parse_written_date(text) for text in texts)
    return next((date for date in dates if date), None)


def parse_written_date(text: str) -> datetime | None:
    """Return the date in a line, as people write it."""
    return published_in(text[:_SHORT])


def without_date(text: str, mark: str = " ") -> str:
    """Return a line with a mark in place of its date."""
    found = find_date(text[:_SHORT])
    return f"{text[: found[1]]}{mark}{text[found[2] :]}" if found else text


def looks_dated(text: str) -> bool:
    """Return whether a short line is no sentence, and has a date or names who wrote."""
    if len(text) > 120 or len(text.split()) > _MAX_BYLINE_WORDS or text.endswith((".", "!", "?")):
        return False
    return bool(BY.match(text) or _DATE.search(text))


def http_url(value: object) -> str | None:
    """Return an http(s) address as it stands, None for anything else."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    if len(value) > _MAX_ADDRESS or re.search(r"[\s<>\"]", value):
        return None
    parts = guarded(lambda: urlsplit(value), None)
    whole = parts and parts.scheme.lower() in ("http", "https") and parts.hostname
    return value if whole else None


def plain_name(value: str | None) -> str | None:
    """Return the name in a byline: without "By", markup and addresses; None where no name is left."""
    if not value:
        return None
    name = _MAIL.sub(" ", fold(unescape(TAG.sub(" ", value[:500])))).strip("()<>[],;- ")
    labelled = named_in_byline(name) if _MARKED.search(name) else None
    name = labelled or (_BY.sub("", name, count=1) if _BY.match(name) else name)
    nobody = not name or len(name) > 150 or "://" in name or name.lower() in _NOBODY
    return None if nobody else name.replace("; ", ", ")


def people(said: str | None, site: str | None = None) -> str | None:
    """Return the names in a list of authors, each once; dates, jobs, labels and the site are none."""
    found: dict[str, str] = {}
    for part in re.split(r"[,，、]", fold(said or "")):
        for name in map(_bare_name, _each(part)):
            key = "".join(filter(str.isalnum, name)).lower()
            if key and not _NOT_A_NAME.search(name) and not re.search(r"\d", name):
                found.setdefault(key, name)
    if found and next(iter(found.values())).lower() in _NOBODY:
        return None
    if any(map(is_full_name, found.values())):  # a place, a label, an agency beside a name
        found = {key: name for key, name in found.items() if " " in name}
    outlet = "".join(filter(str.isalnum, site or "")).lower()
    if len(found) > 1:
        own = {key: name for key, name in found.items() if key != outlet}
        found = {key: name for key, name in own.items() if not _OUTLET.search(name)} or own or found
    return ", ".join(found.values()) or None


def _each(part: str) -> list[str]:
    """The names that "and" joins; a name with such a word in it is one."""
    names = _AND.split(re.sub(r"^\s?(?:and|und|et|y|e|&)\s", "", part))
    return names if all(len(name.split()) > 1 for name in names) else [part]


def _bare_name(said: str) -> str:
    """A name without months, job, degree and whatever else stands behind it."""
    words = fold(said).split()
    while words and words[-1].strip(".,").lower() in months():
        words.pop()
    name = " ".join(words)
    for behind in (_BEHIND_NAME, _JOB):
        cut = behind.sub("", name, count=1)
        name = cut if len(cut.split()) > 1 or not cut else name
    return "" if _DEGREE.fullmatch(name) or _JOB.fullmatch(f" {name}") else name


def are_names(text: str) -> bool:
    """Return whether a text is one full name, or several."""
    parts = [name.strip() for part in text.split(",") for name in _each(part.strip())]
    return all(map(is_full_name, parts))


def absolute_url(link: str | None, base: str | None) -> str | None:
    """Return an http(s) address made whole by `base`, without what only tracks its reader; or None."""
    link = "".join((link or "").split())
    whole = http_url(guarded(lambda: urljoin(base or "", link), None)) if link else None
    return None if whole is None else untracked(whole)
