"""Every format of feed gives its entries, with all that it says of them."""

from datetime import UTC, datetime

import pytest

from digest.readers import read_pages, unpack, visible_text
from digest.readers.discovery import feed_name


def _facts(page):
    return (
        page.title,
        page.url,
        page.author,
        page.published,
        page.language,
        page.site,
        [block.text for block in page.blocks],
    )


def test_rss_2(feed, pages):
    ferry, pier = pages(feed("rss20.xml", url="https://harbour.example/rss"))
    assert _facts(ferry) == (
        "Ferry line reopens",
        "https://harbour.example/ferry?id=7",
        "Ingrid Solheim",
        datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        "en",
        "Harbour & Quay",
        [
            "The oldest ferry line of the city is back after eleven months.",
            "The first boat left at six with forty nurses on board.",
        ],
    )
    assert _facts(pier) == (
        "Pier closed",
        "https://harbour.example/pier",
        None,
        None,
        "en",
        "Harbour & Quay",
        ["The northern pier is closed until May — the piles are rotten."],
    )


def test_rss_091_with_its_document_type(feed, pages):
    (page,) = pages(feed("rss091.xml"))
    assert _facts(page) == (
        "Bell cast anew",
        "https://bells.example/cast",
        None,
        None,
        "en",
        "Old Bells",
        ["The great bell was cast anew on Friday, and rang at noon."],
    )


def test_rdf(feed, pages):
    (page,) = pages(feed("rdf10.xml"))
    assert _facts(page) == (
        "Peat fire is out",
        "https://moor.example/peat",
        "Anna Weld",
        datetime(2026, 3, 4, 8, 15, tzinfo=UTC),
        None,
        "Moor Gazette",
        ["The peat fire that had burned for a month is out, the wardens say."],
    )


def test_atom_1(feed, pages):
    (page,) = pages(feed("atom10.xml", url="https://glas.example/feed.atom"))
    assert _facts(page) == (
        "Ein neuer Ofen",
        "https://glas.example/ofen",
        "Tomas Arnaud",
        datetime(2026, 3, 3, 12, 0, tzinfo=UTC),
        "de",
        "Glas & Licht",
        ["Der neue Ofen der Werkstatt brennt seit Montag.", "Er braucht die Hälfte der Kohle."],
    )


def test_atom_03(feed, pages):
    (page,) = pages(feed("atom03.xml"))
    assert _facts(page) == (
        "Lamps dimmed",
        "https://lamp.example/dimmed",
        None,
        datetime(2026, 1, 10, 8, 0, tzinfo=UTC),
        "en",
        "Lamp Post",
        ["The lamps of the old town burn at half their strength after midnight."],
    )


def test_json_feed(feed, pages):
    sound, plain = pages(feed("feed.json"))
    assert _facts(sound) == (
        "The sound of a healthy reef",
        "https://reef.example/sound",
        "Lena Okafor",
        datetime(2026, 3, 4, 8, 15, tzinfo=UTC),
        "en",
        "Reef Notes",
        ["Divers played the sound of a healthy reef to a dying one."],
    )
    assert plain.title == "Two lines of text. And a second paragraph with 3 < 4."
    assert plain.author == "Ola Brandt"
    assert [block.text for block in plain.blocks] == [
        "Two lines of text.",
        "And a second paragraph with 3 < 4.",
    ]


NAMES = ["rss20.xml", "rss091.xml", "rdf10.xml", "atom10.xml", "atom03.xml", "feed.json"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("media_type", ["", "text/html", "text/plain", "application/xml"])
def test_the_content_tells_a_feed_whatever_its_media_type(name, media_type, feed):
    assert all(part.fragment for part in unpack(feed(name, media_type=media_type)))


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_shows_the_text_of_all_its_entries(name, feed):
    document = feed(name)
    shown = visible_text(document)
    blocks = [block.text for page in read_pages(document) for block in page.blocks]
    assert blocks
    assert all(text in shown for text in blocks)


def test_an_entry_knows_its_place_and_key(feed):
    ferry, pier = unpack(feed("rss20.xml", url="https://harbour.example/rss"))
    assert (ferry.key, ferry.source.location) == ("harbour-7", "feed.xml#harbour-7")
    assert pier.key == "https://harbour.example/pier"
    assert pier.source.location == "feed.xml#https://harbour.example/pier"
    assert unpack(ferry) == [ferry]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "<rss><channel><title>Tom &amp;amp; Co</title><item><title>A</title></item></channel></rss>",
            "Tom & Co",
        ),
        (
            "<rss><channel><image><title>L</title></image><title><![CDATA[ A & B ]]></title></channel></rss>",
            "A & B",
        ),
        (
            "<a:feed xmlns:a='x'><a:title type='html'>&lt;b&gt;Quay&lt;/b&gt;</a:title><a:entry/></a:feed>",
            "Quay",
        ),
        ("<rss><channel><item><title>A</title></item></channel></rss>", ""),
        (
            '{"version": "https://jsonfeed.org/version/1", "title": "Qu\\u00e9 tal", "items": []}',
            "Qué tal",
        ),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"title": "A"}]}', ""),
        ('{"version": "https://jsonfeed.org/version/1", "title": "a\\x", "items": []}', ""),
        ("<rss><channel><image><title>A</title><item/></channel></rss>", ""),
    ],
)
def test_a_feed_has_a_name_of_its_own(text, name, feed):
    assert feed_name(feed(text)) == name
