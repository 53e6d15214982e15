"""Lists of feeds are read as other programs write them, and written so that they can read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.subscriptions import Subscription, grouped, read_opml, write_opml

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0">
  <head><title>My feeds</title></head>
  <body>
    <outline text="Quay" type="rss" xmlUrl="https://quay.example/feed" htmlUrl="https://quay.example/"/>
    <outline text="World">
      <outline title="Reef" text="reef" type="rss" xmlUrl="https://reef.example/feed?a=1&amp;b=2"/>
      <outline text="North">
        <outline type="rss" xmlUrl="https://moor.example/rss"/>
        <outline text="Quay again" xmlUrl="https://quay.example/feed"/>
      </outline>
    </outline>
    <outline text="Bells" xmlurl="feed://bells.example/rss" category="/Music/Bells,/Other"/>
    <outline text="Bad" xmlUrl="javascript:alert(1)"/>
    <outline text="Missing" type="rss"/>
  </body>
</opml>"""


def test_folders_titles_and_copies():
    assert read_opml(LIST) == [
        Subscription("https://quay.example/feed", "Quay", "https://quay.example/"),
        Subscription("https://reef.example/feed?a=1&b=2", "Reef", folders=("World",)),
        Subscription("https://moor.example/rss", "moor.example", folders=("World", "North")),
        Subscription("https://bells.example/rss", "Bells", folders=("Music", "Bells")),
    ]


def test_what_is_no_feed_is_named_in_the_log(caplog):
    read_opml(LIST, "list.opml")
    assert caplog.messages == [
        "list.opml: javascript:alert(1): not a web address; passed over",
        "list.opml: Missing: no address; passed over",
    ]


def test_a_category_is_the_names_of_the_folders():
    assert Subscription("https://a.example/", folders=("World", "North")).category == "World/North"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_it_is_read_in_its_encoding(encoding):
    name = encoding.removesuffix("-sig")
    text = f"""<?xml version="1.0" encoding="{name}"?><opml version="2.0"><body>
      <outline text="Grüße" xmlUrl="https://a.example/"/></body></opml>"""
    assert read_opml(text.encode(encoding))[0].title == "Grüße"


def test_bare_ampersands_are_read():
    text = b"<opml><body><outline text='A & B' xmlUrl='https://a.example/?a=1&b=2'/></body></opml>"
    assert read_opml(text) == [Subscription("https://a.example/?a=1&b=2", "A & B")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "a.opml: not OPML: line 1: no element found"),
        (b"words", "a.opml: not OPML: line 1: "),
        (b"<opml><body>\n<outline></body></opml>", "a.opml: not OPML: line 2: mismatched tag"),
        (b"<html><body></body></html>", "it has no <opml> at its head"),
        (b"<opml><body></body></opml>", "no feeds in it"),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hosts'>]><opml>&b;</opml>", "entities"),
        (b"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><opml>&c;</opml>", "entities"),
    ],
)
def test_what_is_none_says_so_in_a_line(content, reason):
    with pytest.raises(ReadError) as caught:
        read_opml(content, "a.opml")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_list_that_is_written():
    text = write_opml(
        [
            Subscription("https://a.example/", "A <b>", folders=("World", "North")),
            Subscription("https://b.example/?x=1&y=2", 'B "q"', "https://b.example/"),
            Subscription("https://c.example/", "C", folders=("World",)),
        ],
        title="Mine & yours",
    )
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="2.0">\n'
        "<head><title>Mine &amp; yours</title></head>\n"
        "<body>\n"
        '  <outline text="World">\n'
        '    <outline text="North">\n'
        '      <outline type="rss" text="A &lt;b&gt;" title="A &lt;b&gt;" xmlUrl="https://a.example/"/>\n'
        "    </outline>\n"
        '    <outline type="rss" text="C" title="C" xmlUrl="https://c.example/"/>\n'
        "  </outline>\n"
        '  <outline type="rss" text=\'B "q"\' title=\'B "q"\' '
        'xmlUrl="https://b.example/?x=1&amp;y=2" htmlUrl="https://b.example/"/>\n'
        "</body>\n"
        "</opml>\n"
    )


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        url=NAMES.map(lambda name: f"https://a.example/{name}"),
        title=NAMES,
        site=st.just("") | NAMES.map(lambda name: f"https://a.example/{name}"),
        folders=st.lists(st.sampled_from("ab&<") | NAMES, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=8,
)


@given(SUBSCRIPTIONS)
def test_what_was_written_is_read_again(subscriptions):
    """All of it comes back, in the order of its folders; written again it is the same list."""
    written = write_opml(subscriptions)
    found = read_opml(written.encode())
    assert found == grouped(subscriptions)
    assert write_opml(found) == written
    assert {one.url for one in found} == {one.url for one in subscriptions}


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_title_holds_the_list_can_be_read(title, folder):
    written = write_opml([Subscription("https://a.example/", title, folders=(folder,))])
    (found,) = read_opml(written.encode())
    assert found.url == "https://a.example/"


@pytest.mark.parametrize(
    ("entity", "read"), [("&nbsp;", " "), ("&eacute;", "é"), ("&bogus;", "&bogus;"), ("&lt;", "<")]
)
def test_entities_of_html_are_read(entity, read):
    """Lists that were written by hand have them, though XML knows five alone."""
    text = f'<opml version="2.0"><body><outline text="A{entity}B" xmlUrl="https://a.example/"/></body></opml>'
    assert read_opml(text.encode())[0].title == f"A{read}B"
