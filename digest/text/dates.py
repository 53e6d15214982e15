"""Dates as people write them, in numbers or with the names of months in 36 languages; aware, in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:[T,\s]*(?:at|um|à|[-–|·])?\s*(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>Z\b|[+-][01]\d:?[0-5]\d|(?:{zones}|Uhr)\b)?)?"
)
_ZONES = {
    "GMT": 0,
    "UTC": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "PKT": 5,
    "IST": 5.5,
    "SGT": 8,
    "HKT": 8,
    "AWST": 8,
    "JST": 9,
    "KST": 9,
    "ACST": 9.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "BRT": -3,
    "ART": -3,
    "EST": -5,
    "EDT": -4,
    "ET": -5,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "PT": -8,
}
"""Hours east of Greenwich. IST is India's, which most pages mean by it."""
_ZONE_NAME = re.compile(rf"\b({'|'.join(sorted(_ZONES, key=len, reverse=True))})\)?\s*$")
_YEAR_SEEN = re.compile(r"(?:19|20)\d\d")


@cache
def months() -> dict[str, int]:
    """Return the names and abbreviations of the months, with their numbers, as the CLDR has them.

    A name that means different months in different languages is left out.
    """
    lines = files("digest.text").joinpath("months.txt").read_text(encoding="utf-8").splitlines()
    return {name: number for number, names in enumerate(lines, 1) for name in names.split()}


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    named = "|".join(map(re.escape, sorted(months(), key=len, reverse=True)))
    name = rf"(?P<month>{named})(?:\.|\b)"
    clock = _CLOCK.replace("{zones}", "|".join(sorted(_ZONES, key=len, reverse=True)))
    return tuple(
        re.compile(form + clock, re.IGNORECASE)
        for form in (
            rf"(?<!\d){_YEAR}(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
            rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>0?[1-9]|1[0-2])\s?[月월]\s?(?P<day>0?[1-9]|[12]\d|3[01])\s?[日일]",
            rf"(?<!\d){_DAY}\s*(?:de\s+|d['’]\s?|of\s+)?{name},?\s+(?:de[l]?\s+)?{_YEAR}",
            rf"\b{name}\s+{_DAY},?\s+{_YEAR}",
            rf"(?<!\d){_YEAR}\.?\s+(?:m\.\s+|gada\s+)?(?:{_DAY}\s+)?{name}(?:\s+(?P<last>0?[1-9]|[12]\d|3[01])\b)?",
            rf"(?<!\d){_DAY}[-/]{name}[-/]{_YEAR}",
            rf"(?<!\d)(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[./-])\s?(?P<second_>0?[1-9]|[12]\d|3[01])"
            rf"(?P=mark)\s?{_YEAR}(?!\d)",
        )
    )


def find_date(text: str) -> tuple[datetime, int, int] | None:
    """Return the first full date (day, month, year) in `text` with its offsets, or None.

    `05/06/2024` is read as day and month, unless only the other order is a date or an a.m./p.m. clock
    stands beside it; a clock time without a zone is taken as UTC.
    """
    return _find_date(text) if "20" in text or "19" in text else None


@lru_cache(maxsize=4096)
def _find_date(text: str) -> tuple[datetime, int, int] | None:
    if not _YEAR_SEEN.search(text):
        return None
    for form in _forms():
        match = form.search(text)
        if match:
            moment = _moment(match.groupdict())
            if moment:
                return moment, match.start(), match.end()
    return None


def _moment(part: dict[str, str | None]) -> datetime | None:
    year = int(part["year"] or 0)
    if part.get("first"):
        day, month = int(part["first"] or 0), int(part["second_"] or 0)
        if month > 12 or (part.get("half") and part.get("mark") == "/" and day <= 12):
            day, month = month, day
    else:
        name = (part["month"] or "").lower()
        month = int(name) if name.isdigit() else months()[name]
        day = int(part["day"] or part.get("last") or 0)
    hour = int(part.get("hour") or 0)
    half = (part.get("half") or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        moment = datetime(
            year, month, day, hour, int(part["minute"] or 0), int(part["second"] or 0), tzinfo=UTC
        )
        return moment - _offset(part.get("zone") or "")
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    if zone[:1] in "+-" and zone:
        digits = zone[1:].replace(":", "")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
        return -size if zone[0] == "-" else size
    return timedelta(hours=_ZONES.get(zone.upper(), 0))


def with_offset(text: str) -> str:
    """Return a date of mail with the offset of the zone that it names in words, where it is known."""
    match = _ZONE_NAME.search(text)
    if not match:
        return text
    minutes = round(_ZONES[match[1]] * 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{text[: match.start()]}{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
