"""CSS selectors find the items of a page, and say where they find nothing or everything."""

from datetime import UTC, datetime

import pytest

from digest.errors import ConfigError, ReadError
from digest.models import RawDocument, Source
from digest.readers.discovery import Item, Selectors, check_selectors, select_items

PAGE = """<html><head><meta charset=utf-8></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h2><a href="/sluice#top">Sluice repairs  begin</a></h2>
<time datetime="2026-11-20">yesterday</time></article>
<article><h2><a href="https://other.example/pears">A frost</a></h2><span class=when>19 November 2026</span>
<a class=more href="pears.html">Read on</a></article>
<article><h2><a href="javascript:alert(1)">Bad</a></h2></article>
<article><h2><a href="/sluice">Again</a></h2></article>
</body></html>"""
SLUICE = Item(
    "https://ledger.example/sluice", "Sluice repairs begin", datetime(2026, 11, 20, tzinfo=UTC)
)
PEARS = Item("https://other.example/pears", "A frost", None)


def found(page: str, **selectors: str) -> list[Item]:
    """Return the items of a page at an address."""
    document = RawDocument(Source("a", "https://ledger.example/news/"), page.encode())
    return select_items(document, Selectors(**selectors))


def test_an_item_has_an_address_a_title_and_a_date() -> None:
    """Each address once, and only those of the web."""
    assert found(PAGE, item="article") == [SLUICE, PEARS]


def test_a_link_may_be_the_item_itself() -> None:
    """Then nothing around it dates it."""
    assert [item.url for item in found(PAGE, item="article h2 a")] == [SLUICE.url, PEARS.url]


def test_parts_of_an_item_have_selectors_of_their_own() -> None:
    """What an item does not have makes it none, or leaves its date out."""
    (item,) = found(PAGE, item="article", link="a.more", title="h2", date=".when")
    assert item == Item(
        "https://ledger.example/news/pears.html", "A frost", datetime(2026, 11, 19, tzinfo=UTC)
    )


MANY = "".join(f"<li><a href=/{number}>{number}</a></li>" for number in range(40))


@pytest.mark.parametrize(
    ("page", "item", "reason"),
    [
        (PAGE, "article h3", "finds nothing"),
        (PAGE, "span", "none with a link"),
        (PAGE, "body", "finds everything"),
        (MANY, "a", "finds everything"),
        ("<p>x</p>" * 1500 + MANY, "*", "finds everything"),
        ("", "a", "empty|nothing|no page"),
    ],
)
def test_a_selector_that_finds_nothing_or_everything_is_said(
    page: str, item: str, reason: str
) -> None:
    """The page may have changed since."""
    with pytest.raises(ReadError, match=reason):
        found(page, item=item)


@pytest.mark.parametrize("selector", ["a[", "p:::x", "h2 >", "a:hover(", ":has("])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    """Before anything is fetched."""
    with pytest.raises(ConfigError, match="no CSS selector"):
        check_selectors(Selectors(item=selector))
