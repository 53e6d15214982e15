"""Dates as machines write them: ISO 8601 (RFC 3339) and mail (RFC 5322)."""

import re
from datetime import UTC, datetime

from digest.models import as_utc

_ISO = re.compile(
    r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def moment(text: str) -> datetime | None:
    """Return the time that `text` gives, in UTC; None where it gives none between 1900 and 2100.

    A date without a time is its midnight, a time without a zone is taken to be in UTC.
    """
    text = text.strip()[:100]
    match = _ISO.match(text)
    try:
        if match:
            found = datetime.fromisoformat(match[0].replace(",", ".").replace(" Z", "Z"))
        else:
            from email.utils import parsedate_to_datetime  # 7 ms that plain text does without

            found = parsedate_to_datetime(text)
        found = as_utc(found)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if _EARLIEST <= found < _LATEST else None
