"""What the head of an answer says: its status, in a sentence that says what to do, and its type."""

import re
import time

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_LONGEST_WAIT_S = 7 * 24 * 3600.0
"""No server keeps us away for longer than a week."""
_LONGEST_TYPE = 512
_SECONDS = re.compile(r"\s*(\d{1,12})\s*")


def reason(status: int) -> str:
    """Return why an answer with this status is of no use."""
    return f"the server said {_named(status)}; {_advice(status)}"


def retry_after_s(value: str) -> float | None:
    """Return the seconds that a header `Retry-After` asks for, as a number or a date (RFC 9110, 10.2.3)."""
    if match := _SECONDS.fullmatch(value):
        return min(float(match[1]), _LONGEST_WAIT_S)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value[:64]).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(moment - time.time(), 0.0), _LONGEST_WAIT_S)


def content_type(value: str) -> tuple[str, str]:
    """Return the media type and the charset of a header `Content-Type`, in lower case."""
    media_type, *parameters = value[:_LONGEST_TYPE].lower().split(";")
    named = (parameter.partition("=") for parameter in parameters)
    charsets = [text.strip(" \t\"'") for name, _, text in named if name.strip() == "charset"]
    return media_type.strip(), charsets[0] if charsets else ""


def _named(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _advice(status: int) -> str:
    if status in (404, 410):
        return "remove the source or correct its address"
    if status in (401, 403, 407, 451):
        return "it does not let programs in: see what a browser shows, or remove the source"
    if status == 429:
        return "it is asked too often: run less often"
    if status >= 500:
        return "try again later"
    return "see what a browser shows, and correct the address"
