"""Dates as machines and people write them."""

from contextlib import nullcontext
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.readers.fields import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02", "2026-03-02T00:00:00+00:00"),
        ("2026-03-02T07:30:00+01:00", "2026-03-02T06:30:00+00:00"),
        ("2026-03-02T07:30Z", "2026-03-02T07:30:00+00:00"),
        ("2026-03-02 07:30:00", "2026-03-02T07:30:00+00:00"),
        ("Mon, 02 Mar 2026 07:30:00 +0100", "2026-03-02T06:30:00+00:00"),
        ("Mon, 02 Mar 2026 07:30:00 JST", "2026-03-01T22:30:00+00:00"),
        ("Mon, 02 Mar 2026 07:30:00 CET", "2026-03-02T06:30:00+00:00"),
        ("Mon, 02 Mar 2026 07:30:00 IST", "2026-03-02T02:00:00+00:00"),
        ("2026-03-02 07:30:00 CEST", "2026-03-02T05:30:00+00:00"),
        ("2026/11/20 15:07", "2026-11-20T15:07:00+00:00"),
        ("20-11-2026", "2026-11-20T00:00:00+00:00"),
        ("20.11.2026 15:07", "2026-11-20T15:07:00+00:00"),
        ("20 novembre 2026", "2026-11-20T00:00:00+00:00"),
    ],
)
def test_iso_and_mail_dates_become_times_in_utc(text, expected):
    found = parse_date(text)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-02-30", "1066-10-14", "2300-01-01", "12", "Mon, 01 Jan 0001 00:00:00 +0000"],
)
def test_no_date_or_an_impossible_one_is_none(text):
    assert parse_date(text) is None


@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d([+-]\d\d:\d\d)?", fullmatch=True)
)
def test_no_text_raises(text):
    found = parse_date(text)
    assert found is None or found.utcoffset() is not None


def test_an_odd_date_is_read_without_the_languages_of_the_library(monkeypatch):
    from htmldate import extractors

    from digest.readers import fields

    monkeypatch.setattr(extractors, "_external_date", extractors._external_date)
    monkeypatch.setattr(extractors, "month_words", extractors.month_words)
    fields.patch_htmldate.cache_clear()
    fields.patch_htmldate()
    assert extractors._external_date("el 21 de noviembre de 2026") == datetime(2026, 11, 21)
    assert extractors._external_date("one of these days") is None
    fields.patch_htmldate.cache_clear()


def test_what_a_library_loads_once_is_no_page_s_own_time(monkeypatch):
    """htmldate loads all languages at the first odd date, for seconds: the page that has it is not given up."""
    from htmldate import extractors

    from digest.readers import fields

    counted = []
    monkeypatch.setattr(fields, "uncounted", lambda: counted.append(1) or nullcontext())
    monkeypatch.setattr(extractors, "month_words", lambda: frozenset(["may"]))
    fields.patch_htmldate.cache_clear()
    fields.patch_htmldate()
    assert extractors.month_words() == frozenset(["may"])
    assert counted == [1]
    fields.patch_htmldate.cache_clear()
