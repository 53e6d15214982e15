"""Which feeds a page names, and in which order."""

import pytest

from digest.readers.discovery import discover

PAGE = "https://www.quay.example/news/today.html"


def _found(html: str) -> list[str]:
    return discover(f"<!DOCTYPE html><html>{html}</html>".encode(), PAGE)


def test_declared_feeds_come_first_links_next_comments_last():
    html = """<head>
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="News" href="/feed/">
      <link rel='alternate' type='application/atom+xml' href='news.atom'>
      <link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">
    </head><body>
      <a href="https://other.example/rss">A friend</a>
      <a href="/rss.xml">RSS</a>
    </body>"""
    assert _found(html) == [
        "https://www.quay.example/feed/",
        "https://www.quay.example/news/news.atom",
        "https://cdn.example/feed.json",
        "https://www.quay.example/rss.xml",
        "https://other.example/rss",
        "https://www.quay.example/comments/feed/",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<link rel='alternate' type='application/json' href='/wp-json/wp/v2/posts/1'>",
        "<link rel='alternate' type='application/json+oembed' href='/oembed?url=feed'>",
        "<link rel='alternate' hreflang='de' href='/de/'>",
        "<link rel='stylesheet' type='text/css' href='/feed.css'>",
        "<link rel='alternate' type='application/rss+xml' href='javascript:alert(1)'>",
        "<link rel='alternate' type='application/rss+xml' href='file:///etc/passwd'>",
        "<link rel='alternate' type='application/rss+xml'>",
        "<a href='/feedback'>Feedback</a>",
        "<a href='/2026/feed-the-birds.html'>Feed the birds</a>",
        "<!-- <link rel='alternate' type='application/rss+xml' href='/feed'> -->",
    ],
)
def test_what_is_no_feed_is_not_named(html):
    assert _found(html) == []


def test_the_base_of_the_page_counts():
    html = "<base href='https://b.example/x/'><link rel=alternate type=application/rss+xml href=f?a&amp;b>"
    assert _found(html) == ["https://b.example/x/f?a&b"]


def test_an_address_is_named_once():
    link = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    assert _found(f"{link}{link}<a href='/feed'>Feed</a>") == ["https://www.quay.example/feed"]


def test_a_feed_names_itself():
    assert discover(b"<rss version='2.0'><channel/></rss>", PAGE) == [PAGE]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\0" * 99, b"<urlset/>", b"words"])
def test_what_is_no_page_names_nothing(content):
    assert discover(content, PAGE) == []


def test_a_page_that_links_to_very_many_names_a_few():
    assert len(_found("".join(f"<a href='/{n}/feed'>x</a>" for n in range(1000)))) == 50
