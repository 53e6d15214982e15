"""Dates, counts and reasons as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.errors import ConfigError
from digest.length import WORDS_PER_MINUTE
from digest.renderers import words
from digest.renderers.words import ENGLISH, words_of


def test_dates_are_written_as_people_write_them() -> None:
    """No leading zero, the month in letters."""
    day = date(2026, 11, 1)
    assert ENGLISH.formats.long_day(day) == "Sunday, 1 November 2026"
    assert ENGLISH.formats.long_date(day) == "1 November 2026"
    assert ENGLISH.formats.short_date(day) == "1 Nov 2026"


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
    assert ENGLISH.period(first, last) == period


def test_a_moment_falls_on_its_day_in_utc() -> None:
    """Half past midnight in Oslo is still the day before."""
    oslo = timezone(timedelta(hours=1))
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=oslo)) == date(2026, 11, 20)
    assert words.day_of(datetime(2026, 11, 21, 0, 30, tzinfo=UTC)) == date(2026, 11, 21)
    assert words.day_of(None) is None


def test_counts_agree_with_their_nouns() -> None:
    """One topic, no topics, a thousand with a comma."""
    topics = ("{number} topic", "{number} topics")
    assert ENGLISH.count(1, *topics) == "1 topic"
    assert ENGLISH.count(0, *topics) == "0 topics"
    assert ENGLISH.count(1204, *topics) == "1,204 topics"
    assert ENGLISH.left_out(2, "duplicate") == "2 copies"
    assert ENGLISH.left_out(1, "duplicate") == "1 copy"
    assert ENGLISH.left_out(3, "something {new}") == "3 something {new}"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 20), "Friday"),
        (date(2026, 11, 15), "Sunday"),
        (date(2026, 11, 14), "14 Nov"),
        (date(2026, 11, 21), "21 Nov"),
        (date(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_a_day_of_the_last_week_goes_by_its_name(day: date, name: str) -> None:
    """Thursday is the last one, never that of a week ago."""
    assert ENGLISH.recent_day(day, date(2026, 11, 21)) == name


def test_an_unknown_language_is_a_usage_error() -> None:
    """The message says which there are."""
    with pytest.raises(ConfigError, match="no language 'tlh': choose from en, de, es, fr"):
        words_of("tlh")


@pytest.mark.parametrize(("number", "minutes"), [(0, 1), (1, 1), (238, 1), (357, 2), (2380, 10)])
def test_minutes_are_whole_and_never_none(number: int, minutes: int) -> None:
    """The reading speed is the one in the models."""
    assert WORDS_PER_MINUTE == 238
    assert words.minutes(number) == minutes
