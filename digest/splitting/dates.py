"""Dates as pages print them: numbers with the year first, month names, ISO 8601; aware, in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from digest.splitting.patterns import Wording

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar février févr fevrier febrero febbraio fevereiro februari",
            "march mar märz maerz mars marzo março maart mrz mär",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août aout agosto ago augustus",
            "september sep sept septembre septiembre settembre setembro set",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:[T,\s]*(?:at|um|à|[-–|·])?\s*(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>Z\b|[+-][01]\d:?[0-5]\d|(?:GMT|UTC|BST|CET|CEST|E[SD]?T|P[SD]?T|C[SD]T|M[SD]T"
    r"|Uhr)\b)?)?"
)
_FORMS = tuple(
    Wording(form + _CLOCK, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<!\d){_DAY}\s+(?:de\s+)?{_NAME},?\s+(?:de\s+)?{_YEAR}",
        rf"\b{_NAME}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\d){_DAY}[-/]{_NAME}[-/]{_YEAR}",
        rf"(?<!\d)(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[./-])(?P<second_>0?[1-9]|[12]\d"
        rf"|3[01])(?P=mark){_YEAR}(?!\d)",
    )
)
_ZONES = {"BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "PT": -8}
_YEAR_SEEN = Wording(r"(?:19|20)\d\d")


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
    for form in _FORMS:
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
        month = int(name) if name.isdigit() else _MONTHS[name]
        day = int(part["day"] or 0)
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
