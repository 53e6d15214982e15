"""Of what waits an issue takes what is not too old, and of each source no more than is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.config import Config
from digest.models import Article
from digest.run.issuing import select
from digest.sources import SourceConfig

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEED = "https://ledger.example/feed"


def entry(name: str, source: str = FEED, **fields: Any) -> Article:
    return Article(name, f"Title of {name}", "Text.", page=f"{source}#{name}", **fields)


def config(max_age: str = "3d", *, own: str = "", max_items: int = 0) -> Config:
    """Return a configuration of one feed, with its own age and number of entries."""
    source = SourceConfig(location=FEED, max_age=own, max_items=max_items)
    return Config(sources=(source,), max_age=max_age)


@pytest.mark.parametrize(
    ("published", "settings", "told"),
    [
        pytest.param(timedelta(days=2), {}, True, id="fresh"),
        pytest.param(timedelta(days=3), {}, True, id="just as old"),
        pytest.param(timedelta(days=3, seconds=1), {}, False, id="older"),
        pytest.param(timedelta(days=6000), {}, False, id="of the archive"),
        pytest.param(timedelta(days=6000), {"max_age": "0"}, True, id="for ever"),
        pytest.param(timedelta(hours=13), {"max_age": "12h"}, False, id="hours"),
        pytest.param(timedelta(days=-3), {}, True, id="in the future"),
        pytest.param(None, {}, True, id="undated"),
        pytest.param(
            timedelta(days=8), {"max_age": "12h", "own": "2w"}, True, id="the source's own"
        ),
        pytest.param(timedelta(days=2), {"own": "1d"}, False, id="the source's own is shorter"),
    ],
)
def test_an_entry_is_told_for_some_days_after_its_date(
    published: timedelta | None, settings: dict[str, str], told: bool
) -> None:
    """What was older when it came is left out, and named."""
    article = entry("a", published=NOON - published if published is not None else None)
    settled = config(settings.get("max_age", "3d"), own=settings.get("own", ""))
    kept, omissions = select([article], {"a": NOON}, settled)
    assert (kept, [one.reason for one in omissions]) == (([article], []) if told else ([], ["old"]))


def test_what_has_waited_is_told_however_long_it_did() -> None:
    """It is as old as it was when it came: a machine that slept for a month loses nothing."""
    article = entry("a", published=NOON - timedelta(days=30))
    seen = {"a": NOON - timedelta(days=29)}
    assert select([article], seen, config()) == ([article], [])


@pytest.mark.parametrize("page", [FEED, "inbox/a.txt", "https://gone.example/feed#a"])
def test_only_the_entries_of_a_feed_grow_old(page: str) -> None:
    """A page, a file, and what a source gave that is no longer read are told."""
    article = Article("a", "T", "Text.", page=page, published=NOON - timedelta(days=400))
    settled = Config(
        sources=(SourceConfig(location=FEED), SourceConfig(location="inbox/a.txt")), max_age="3d"
    )
    assert select([article], {"a": NOON}, settled) == ([article], [])


def test_a_file_s_parts_do_not_grow_old() -> None:
    """A mailbox of last year is what the user put there."""
    article = entry("a", "inbox.mbox", published=NOON - timedelta(days=400))
    settled = Config(sources=(SourceConfig(location="inbox.mbox"),))
    assert select([article], {"a": NOON}, settled) == ([article], [])


def test_of_a_source_no_more_are_taken_than_is_asked() -> None:
    """The first of its feed; the old ones do not count, and other sources neither."""
    old = NOON - timedelta(days=30)
    articles = [
        entry("a", published=old),
        *(entry(name) for name in "bcd"),
        entry("e", "https://tide.example/feed"),
    ]
    kept, omissions = select(articles, dict.fromkeys("abcde", NOON), config(max_items=2))
    assert [article.id for article in kept] == ["b", "c", "e"]
    assert [(one.what, one.reason, one.page) for one in omissions] == [
        ("Title of a", "old", f"{FEED}#a"),
        ("Title of d", "surplus", f"{FEED}#d"),
    ]


def test_zero_items_are_all() -> None:
    """As without the setting."""
    articles = [entry(f"n{number}") for number in range(2_000)]
    kept, omissions = select(articles, {}, config(max_items=0))
    assert (len(kept), omissions) == (2_000, [])
