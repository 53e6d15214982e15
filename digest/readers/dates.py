"""Dates as machines write them: ISO 8601 (RFC 3339), mail (RFC 5322), and whatever a page calls a date."""

import re
from datetime import UTC, datetime

from digest.models import as_utc
from digest.text.dates import find_date, with_offset

_ISO = re.compile(
    r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_OFFSET = re.compile(r"[+-]\d{4}")
_DAY = 10
_BESIDE = 20
"""Characters of a weekday or a label that may stand beside a date."""
_NUMBERS = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)")
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def moment(text: str) -> datetime | None:
    """Return the time that `text` gives, in UTC; None where it gives none between 1900 and 2100.

    A date without a time is its midnight, a time without a zone is taken to be in UTC.
    """
    text = text.strip()[:100]
    found = _machine_written(text) if _ISO.match(text) else _machine_written(text) or _written(text)
    return found if found and _EARLIEST <= found < _LATEST else None


def _machine_written(text: str) -> datetime | None:
    match = _ISO.match(text)
    if not match and _NUMBERS.match(text):
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


def _written(text: str) -> datetime | None:
    """A date as people write it, where a value is little else."""
    found = find_date(text)
    return found[0] if found and len(text) - (found[2] - found[1]) <= _BESIDE else None
