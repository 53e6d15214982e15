"""Which reader a document gets."""

import subprocess
import sys

import pytest

from digest.errors import ReadError
from digest.media import format_name
from digest.models import RawDocument, Source
from digest.readers import read_pages


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        ("Just words.", "", "plain"),
        ("# Words", "text/markdown", "markdown"),
        ("# Words", "text/plain", "plain"),
        ("## [A](/a)\n\nBy [B](/b) in [C](https://c.example/c)", "text/plain", "markdown"),
        ("Title\n=====\n\n[A](/a) [B](/b) [C](#c)", "", "markdown"),
        ("# Words\n\nA [link](/a) and [another](/b)", "text/plain", "plain"),
        ("Words with [A](/a), [B](/b), [C](/c)", "text/plain", "plain"),
        ("<!DOCTYPE html><p>a", "text/plain", "html"),
        ("\ufeff\n<!-- saved --><html lang='en'><p>a", "text/plain", "html"),
        ("<p>One</p><p>Two</p><div>Three</div>", "", "html"),
        ("Use the <p> tag: <p>so</p>, or <b>so</b>, or <a>so</a>.", "text/plain", "plain"),
        ("<p>once", "text/plain", "plain"),
        ("words", "text/html", "html"),
        ("From: a@b.example\nSubject: c\nMIME-Version: 1.0\n\nWords", "text/plain", "mail"),
        ("From: here\nTo: there\nBy: bus\n\nWords", "text/plain", "plain"),
        ("<rss version='2.0'>", "text/html", "feed"),
        ("<?xml version='1.0'?>\n<!-- <html> -->\n<atom:feed xmlns:atom='x'>", "", "feed"),
        ("<!DOCTYPE rss [<!ENTITY a '>'>\n]>\n<rdf:RDF>", "text/plain", "feed"),
        ('{"items": [], "version": "https://jsonfeed.org/version/1"}', "", "feed"),
        ("From a@b.example Mon Jan  5 10:00:00 2026\nSubject: a\n\nb", "", "mailbox"),
        ("From here to there at noon\nBy: bus\n\nWords", "text/plain", "plain"),
        ('{"id": 1, "text": "a"}', "", "jsonl"),
        ('{"id": 1, "name": "a"}', "", "plain"),
    ],
)
def test_content_and_name_choose_the_reader(content, media_type, expected, document):
    assert format_name(document(content, "x", media_type)) == expected


@pytest.mark.parametrize(
    "root", ["<opml version='2.0'>", "<?xml version='1.0'?><urlset xmlns='x'>"]
)
def test_a_list_of_addresses_says_where_to_give_it(root, document):
    with pytest.raises(ReadError, match="give it to `digest feeds"):
        read_pages(document(root))


def test_a_source_can_name_its_reader(document):
    raw = document("# Words", "a.txt", "text/plain")
    asked = RawDocument(
        source=Source(name="a", location="a", reader="markdown"), content=raw.content
    )
    assert read_pages(asked)[0].blocks[0].tag == "h1"


def test_an_unknown_reader_is_refused_with_those_there_are():
    source = Source(name="a", location="a", reader="papyrus")
    with pytest.raises(
        ReadError,
        match="no reader 'papyrus'; use plain, markdown, ",
    ):
        read_pages(RawDocument(source=source, content=b"a"))


HEAVY = ("lxml", "trafilatura", "charset_normalizer", "markdown_it", "email.message", "json")


@pytest.mark.parametrize(
    ("media_type", "content", "loaded"),
    [
        ("text/plain", b"Gr\xc3\xb6\xc3\x9fe", set()),
        ("text/markdown", b"# a", {"markdown_it"}),
        ("message/rfc822", b"Subject: a\n\nb", {"email.message"}),
        ("application/jsonl", b'{"text": "a"}', {"json"}),
    ],
)
def test_a_reader_loads_only_the_libraries_that_it_needs(media_type, content, loaded):
    code = (
        "import sys; from digest.models import RawDocument, Source; from digest.readers import read_pages\n"
        f"read_pages(RawDocument(source=Source('a', 'a'), content={content!r}, media_type={media_type!r}))\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded <= set(run.stdout.split())
    assert not set(run.stdout.split()) & {"lxml", "trafilatura", "charset_normalizer"}
    assert loaded or not run.stdout.split()
