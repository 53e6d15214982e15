"""Feeds that a person can read, and the articles in them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.models import Page, RawDocument, Source
from digest.readers import read_pages, unpack

FIXTURES = Path(__file__).parent / "fixtures"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
Pages = Callable[..., list[Page]]


@pytest.fixture
def feed() -> Callable[[str], RawDocument]:
    """Make a document of a feed: the name of a fixture, or the feed itself."""

    def make(text: str, url: str | None = None, media_type: str = "") -> RawDocument:
        path = FIXTURES / text if len(text) < 40 else None
        content = path.read_bytes() if path else text.encode()
        source = Source(name="feed", location="feed.xml")
        return RawDocument(source=source, content=content, url=url, media_type=media_type)

    return make


@pytest.fixture
def rss() -> Callable[[str], RawDocument]:
    """Make a document of the items of an RSS feed."""

    def make(items: str, head: str = "") -> RawDocument:
        text = f"<rss version='2.0'><channel><title>Feed</title>{head}{items}</channel></rss>"
        return RawDocument(source=Source("feed", "feed.xml"), content=text.encode())

    return make


@pytest.fixture
def pages() -> Pages:
    """Return the page of each entry of a feed."""

    def make(document: RawDocument) -> list[Page]:
        return [page for part in unpack(document, now=NOW) for page in read_pages(part)]

    return make
