"""Dates, counts and reasons as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.models import WORDS_PER_MINUTE
from digest.renderers import words


def test_dates_are_written_as_people_write_them() -> None:
    """No leading zero, the month in letters."""
    day = date(2026, 11, 1)
    assert words.long_day(day) == "Sunday, 1 November 2026"
    assert words.long_date(day) == "1 November 2026"
    assert words.short_date(day) == "1 Nov 2026"


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (date(2025, 9, 24), date(2025, 9, 24), "24 Sep 2025"),
        (date(2025, 9, 24), date(2025, 9, 26), "24 to 26 Sep 2025"),
        (date(2025, 9, 24), date(2025, 10, 2), "24 Sep to 2 Oct 2025"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 Dec 2025 to 1 Jan 2026"),
    ],
)
def test_a_period_says_nothing_twice(first: date, last: date, period: str) -> None:
    """Month and year stand once where they are the same."""
    assert words.period(first, last) == period


def test_a_moment_falls_on_its_day_in_utc() -> None:
    """Half past midnight in Oslo is still the day before."""
    oslo = timezone(timedelta(hours=1))
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=oslo)) == date(2026, 11, 20)
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=UTC)) == date(2026, 11, 21)
    assert words.day_of(None) is None


def test_counts_agree_with_their_nouns() -> None:
    """One topic, no topics, a thousand with a comma."""
    assert words.count(1, "topic") == "1 topic"
    assert words.count(0, "topic") == "0 topics"
    assert words.count(1204, "article") == "1,204 articles"
    assert words.left_out(2, "duplicate") == "2 copies"
    assert words.left_out(1, "duplicate") == "1 copy"
    assert words.left_out(3, "something new") == "3 something new"


@pytest.mark.parametrize(("number", "minutes"), [(0, 1), (1, 1), (238, 1), (357, 2), (2380, 10)])
def test_minutes_are_whole_and_never_none(number: int, minutes: int) -> None:
    """The reading speed is the one in the models."""
    assert WORDS_PER_MINUTE == 238
    assert words.minutes(number) == minutes
