"""What feeds get wrong in their XML is put right before it is parsed."""

import pytest

from digest.readers import read_pages
from digest.readers.feeds import repaired


def _feed(items: str) -> str:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    return f'<?xml version="1.0"?><rss version="2.0" {media}><channel><title>T</title>{items}</channel></rss>'


def _item(title: str, text: str, more: str = "") -> str:
    return f"<item><title>{title}</title><description>{text}</description>{more}</item>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("R&D at AT&T", "R&amp;D at AT&amp;T"),
        ("a &amp; b &eacute; &#233; &#xE9;", "a &amp; b &eacute; &#233; &#xE9;"),
        ("<a href='?a=1&b=2'>", "<a href='?a=1&amp;b=2'>"),
        ("<![CDATA[R&D]]> & <![CDATA[&]]>", "<![CDATA[R&D]]> &amp; <![CDATA[&]]>"),
        ("&#55357;&#56832;", "\U0001f600"),
        ("a&#1114112;b&#0;c", "abc"),
        ("<![CDATA[ never closed &", "<![CDATA[ never closed &amp;"),
    ],
)
def test_what_is_no_reference_is_escaped_and_what_is_no_character_goes(xml, expected):
    assert repaired(xml) == expected


def test_one_bad_reference_costs_no_entry(feed):
    xml = _feed(_item("One &#55357; two", "The ferry runs.") + _item("Second", "A new roof."))
    pages = read_pages(feed(xml))
    assert [page.blocks[0].text for page in pages] == ["The ferry runs.", "A new roof."]


@pytest.mark.parametrize("first", [True, False])
def test_what_a_picture_shows_is_not_the_text(feed, first):
    caption = "<media:description>Firefighters in yellow coats stand outside.</media:description>"
    item = _item("A", "Two died.", caption)
    if first:
        item = item.replace(caption, "").replace("<description>", f"{caption}<description>")
    (page,) = read_pages(feed(_feed(item)))
    assert [block.text for block in page.blocks] == ["Two died."]


def test_what_a_film_is_about_is_its_text_where_there_is_no_other(feed):
    about = "<media:group><media:description>A film.</media:description></media:group>"
    item = f"<item><title>A</title>{about}</item>"
    (page,) = read_pages(feed(_feed(item)))
    assert [block.text for block in page.blocks] == ["A film."]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026/11/20 15:07:41", "2026-11-20T15:07:41+00:00"),
        ("Fri, 20 Nov 2026 15:07:41 JST", "2026-11-20T06:07:41+00:00"),
        ("20-11-2026", "2026-11-20T00:00:00+00:00"),
    ],
)
def test_dates_are_read_in_every_form(feed, written, expected):
    (page,) = read_pages(feed(_feed(_item("A", "B", f"<pubDate>{written}</pubDate>"))))
    assert page.published is not None
    assert page.published.isoformat() == expected
