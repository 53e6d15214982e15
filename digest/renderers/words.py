"""The fixed words of a briefing: dates as people write them, counts, minutes, reasons."""

from datetime import date, datetime

from digest.models import WORDS_PER_MINUTE, as_utc

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_REASONS = {
    "failed source": ("failed source", "failed sources"),
    "duplicate": ("copy", "copies"),
    "stub": ("stub", "stubs"),
    "teaser": ("teaser", "teasers"),
    "advert": ("advert", "adverts"),
    "caption": ("caption", "captions"),
    "credit": ("credit", "credits"),
    "byline": ("byline", "bylines"),
    "date": ("date line", "date lines"),
    "note": ("note", "notes"),
    "comment": ("comment", "comments"),
    "navigation": ("navigation line", "navigation lines"),
    "widget": ("widget", "widgets"),
    "boilerplate": ("piece of boilerplate", "pieces of boilerplate"),
}
REASONS = tuple(_REASONS)
"""The reasons in the order a reader cares for them: what failed first, furniture last."""


def long_day(day: date) -> str:
    """Return "Saturday, 21 November 2026"."""
    return f"{_DAYS[day.weekday()]}, {long_date(day)}"


def long_date(day: date) -> str:
    """Return "21 November 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return "21 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def period(first: date, last: date) -> str:
    """Return "24 Sep 2025" for one day, "24 to 26 Sep 2025" for several."""
    if first == last:
        return short_date(first)
    if first.year != last.year:
        return f"{short_date(first)} to {short_date(last)}"
    start = f"{first.day}" if first.month == last.month else day_and_month(first)
    return f"{start} to {short_date(last)}"


def day_and_month(day: date) -> str:
    """Return "21 Nov"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def day_of(moment: datetime | None) -> date | None:
    """Return the day of a moment in UTC, or None where it is not known."""
    return None if moment is None else as_utc(moment).date()


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 topic", "3 topics", "1,204 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def left_out(number: int, reason: str) -> str:
    """Return "2 copies" for two duplicates; a reason that is not ours is shown as it stands."""
    one, many = _REASONS.get(reason, (reason, reason))
    return count(number, one, many)


def minutes(words: int) -> int:
    """Return the whole minutes it takes to read so many words; at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))
