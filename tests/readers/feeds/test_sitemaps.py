"""The addresses of a sitemap."""

import gzip
from datetime import UTC, datetime

import pytest

from digest.errors import ReadError
from digest.readers.discovery import parse_sitemap

HEAD = "<?xml version='1.0' encoding='UTF-8'?>"
PAGES = f"""{HEAD}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>https://a.example/1</loc><lastmod>2026-03-02T07:30:00+01:00</lastmod></url>
  <url><lastmod>2026-03-02</lastmod><loc>
    https://a.example/2?x=1&amp;y=2
  </loc><image:image><image:loc>https://a.example/2.png</image:loc></image:image></url>
  <url><loc><![CDATA[https://a.example/3?x=1&y=2]]></loc><lastmod>soon</lastmod></url>
  <url><loc>https://a.example/1</loc></url>
  <url><loc>javascript:alert(1)</loc></url>
</urlset>"""
FOUND = (
    ("https://a.example/1", datetime(2026, 3, 2, 6, 30, tzinfo=UTC)),
    ("https://a.example/2?x=1&y=2", datetime(2026, 3, 2, tzinfo=UTC)),
    ("https://a.example/3?x=1&y=2", None),
)


def test_pages_come_in_order_each_once_with_their_dates():
    sitemap = parse_sitemap(PAGES.encode())
    assert not sitemap.index
    assert sitemap.addresses == FOUND


def test_a_gzipped_one_is_the_same():
    assert parse_sitemap(gzip.compress(PAGES.encode())) == parse_sitemap(PAGES.encode())


def test_an_index_says_that_it_is_one():
    index = (
        f"{HEAD}<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>https://a.example/s1.xml.gz</loc></sitemap></sitemapindex>"
    )
    sitemap = parse_sitemap(index.encode())
    assert sitemap.index
    assert sitemap.addresses == (("https://a.example/s1.xml.gz", None),)


def test_a_news_sitemap_gives_the_date_of_publication():
    news = f"""{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
      <loc>https://a.example/1</loc><lastmod>2026-03-09</lastmod><news:news>
      <news:publication_date>2026-03-02</news:publication_date><news:title>A</news:title>
      </news:news></url></urlset>"""
    assert parse_sitemap(news.encode()).addresses == (
        ("https://a.example/1", datetime(2026, 3, 2, tzinfo=UTC)),
    )


def test_a_plain_list_is_one_too():
    sitemap = parse_sitemap(b"\xef\xbb\xbfhttps://a.example/1\r\nhttps://a.example/2\nnothing\n")
    assert sitemap.addresses == (("https://a.example/1", None), ("https://a.example/2", None))


def test_of_one_that_breaks_off_the_addresses_before_are_kept():
    cut = PAGES[: PAGES.index("<![CDATA[")]
    assert parse_sitemap(cut.encode()).addresses == FOUND[:2]


def test_bare_ampersands_are_read():
    text = "<urlset><url><loc>https://a.example/?a=1&b=2</loc></url></urlset>"
    assert parse_sitemap(text.encode()).addresses == (("https://a.example/?a=1&b=2", None),)


def test_no_more_than_the_protocol_allows_are_taken():
    urls = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(50_010))
    assert len(parse_sitemap(f"<urlset>{urls}</urlset>".encode()).addresses) == 50_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no sitemap: line 1: no element found"),
        (b"words", "no sitemap: line 1"),
        (b"<urlset></urlset>", "without addresses"),
        (b"\x1f\x8bnothing", "damaged .gz"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset><url><loc>&b;</loc></url></urlset>", "entities"),
    ],
)
def test_what_is_none_says_so(content, reason):
    with pytest.raises(ReadError, match=reason):
        parse_sitemap(content)
