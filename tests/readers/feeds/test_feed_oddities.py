"""What feeds get wrong, and what becomes of it."""

from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.models import RawDocument, Source
from digest.readers import read_pages, unpack
from digest.readers.entries import Entry, documents, html_of_text
from digest.readers.fields import plain_name
from digest.splitting import PageSplitter
from digest.text.characters import fold

TEXT = "<description>The ferry sails again from Monday on, the board said.</description>"


def _item(inside: str) -> str:
    return f"<item>{inside}</item>"


@pytest.mark.parametrize("title", ["Link: https://ledger.example/a", "https://ledger.example/a"])
def test_an_address_is_no_title(title, rss, pages):
    """The entry is named by the beginning of its text."""
    (page,) = pages(rss(_item(f"<title>{title}</title>{TEXT}")))
    assert page.title.startswith("The ferry sails again")


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("A &lt;b&gt;bold&lt;/b&gt; plan", "A bold plan"),
        ("<![CDATA[A <em>fine</em> plan]]>", "A fine plan"),
        ("3 &lt; 4 and 5 &gt; 2", "3 < 4 and 5 > 2"),
        ("A\n   long \t title", "A long title"),
        ("The &lt;script&gt; element", "The <script> element"),
        ("A &quot;quoted&quot; &lt;/title&gt; word", 'A "quoted" </title> word'),
        ("07:15 Ferry sails again", "Ferry sails again"),
        ("07:15 Uhr „Fähre“ fährt wieder", "„Fähre“ fährt wieder"),
        ("07:15 is too early for a ferry", "07:15 is too early for a ferry"),
    ],
)
def test_a_title_is_text(title, read, rss, pages):
    (page,) = pages(rss(_item(f"<title>{title}</title>{TEXT}")))
    assert page.title == read


def test_without_a_title_the_first_words_are_one(rss, pages):
    (page,) = pages(rss(_item("<description>One two, three.</description>")))
    assert page.title == "One two, three."
    (page,) = pages(rss(_item(f"<description>{'word ' * 30}</description>")))
    assert page.title == "word " * 11 + "word…"


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("Fri, 20 Nov 2026 10:00:00 GMT", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 -0500", datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("2026-11-20T10:00:00+02:00", datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("20 Nov 26 10:00 EST", datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 10:00:00 GMT", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 10:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Thu, 01 Jan 2099 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_believed_where_it_can_be(date, read, rss, pages):
    (page,) = pages(rss(_item(f"<title>A</title>{TEXT}<pubDate>{date}</pubDate>")))
    assert page.published == read


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/b?utm_medium=x", "https://a.example/b"),
        ("/b", "https://a.example/b"),
        ("https://a.example/b?x=1&amp;y=2", "https://a.example/b?x=1&y=2"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_only_web_addresses_are_links(link, url, rss, pages):
    head = "<link>https://a.example/</link>"
    (page,) = pages(rss(_item(f"<title>A</title>{TEXT}<link>{link}</link>"), head))
    assert page.url == url


def test_an_entry_without_text_is_its_headline(rss, pages):
    link = "<link>https://a.example/4</link>"
    empty, full = pages(rss(_item(f"<title>Episode 4</title>{link}") + _item(TEXT)))
    (article,) = PageSplitter()(empty).articles
    assert (article.title, article.text, article.url) == ("Episode 4", "", "https://a.example/4")
    assert article.teaser
    assert article.source == "Feed"
    (other,) = PageSplitter()(full).articles
    assert other.text
    assert not other.teaser


def test_an_entry_without_title_and_text_is_a_named_stub(rss, pages):
    (empty,) = pages(rss(_item("<link>https://a.example/4</link>")))
    split = PageSplitter()(empty)
    assert split.articles == ()
    (omission,) = split.omissions
    assert (omission.what, omission.reason) == ("https://a.example/4", "stub")
    assert omission.page.startswith("feed.xml#")


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://a.example/talk/4'>Comments</a>",
        "<p>Article URL: <a href='https://b.example/4'>https://b.example/4</a></p>"
        "<p>Comments URL: <a href='https://a.example/4'>https://a.example/4</a></p>"
        "<p>Points: 113</p><p># Comments: 54</p>",
        "submitted by &#32; <a href='https://a.example/u/mona'> /u/mona </a> <br/>"
        "<span><a href='https://b.example/'>[link]</a></span> <span><a href='/4'>[comments]</a></span>",
        "<table><tr><td><a href='https://b.example/'><img src='a.png' alt=''/></a></td><td>submitted by"
        " <a href='/u'>/u/mona</a> <a href='/l'>[link]</a> <a href='/c'>[comments]</a></td></tr></table>",
        "<p><small>6 posts - 3 participants</small></p><p><a href='/t/72'>Read full topic</a></p>",
    ],
)
def test_an_entry_whose_text_is_all_boilerplate_is_its_headline(text, rss, pages):
    item = _item(f"<title>Old crane moves again</title><description>{escape(text)}</description>")
    (page,) = pages(rss(item))
    split = PageSplitter()(page)
    (article,) = split.articles
    assert (article.title, article.text) == ("Old crane moves again", "")
    assert split.omissions


def test_the_boilerplate_around_a_text_is_left_out(rss, pages):
    text = (
        "<div><p>The vote was close. Sailings begin again on Monday.</p></div> submitted by "
        "<a href='/u'> /u/mona </a> <br/> <a href='/l'>[link]</a> <a href='/c'>[comments]</a>"
    )
    (page,) = pages(rss(_item(f"<title>A vote</title><description>{escape(text)}</description>")))
    (article,) = PageSplitter()(page).articles
    assert article.text == "The vote was close. Sailings begin again on Monday."


NEWS = "<p>The old crane on the quay moved again on Monday, and the divers below it were told by radio.</p>"


@pytest.mark.parametrize(
    "around",
    [
        "<hr><p><a href='/4'>Old crane moves again</a> was originally published in <a href='/'>The Desk</a>"
        " on Somewhere, where people are going on with the conversation.</p>",
        "<div class='kg-card kg-signup-card'><h2>Join the quay</h2><p>Once a week.</p></div>",
        "<figure class='bookmark-card'><a href='/9'><div>A long read</div><div>On cranes.</div></a></figure>",
        "<div class='sharing'><p>Tell a friend of it.</p></div>",
    ],
)
def test_what_stands_around_a_text_is_left_out(around, rss, pages):
    content = f"<description>{escape(NEWS + around)}</description>"
    (page,) = pages(rss(_item(f"<title>Old crane moves again</title>{content}")))
    split = PageSplitter()(page)
    assert [article.text for article in split.articles] == [fold(NEWS[3:-4])]
    assert split.omissions
    assert all(omission.what for omission in split.omissions)


def test_a_box_that_holds_the_whole_text_is_the_text(rss, pages):
    content = f"<description>{escape(f'<div class=newsletter>{NEWS}</div>')}</description>"
    (page,) = pages(rss(_item(f"<title>Crane</title>{content}")))
    assert PageSplitter()(page).articles[0].text == fold(NEWS[3:-4])


def test_a_list_of_links_to_others_reports_is_no_text(rss, pages):
    links = "".join(
        f"<li><a href='https://{name}.example/'>{title}</a>&nbsp;&nbsp;<font>{name}</font></li>"
        for name, title in (
            ("Post", "Old crane moves again"),
            ("Courier", "Quay crane turns at last"),
        )
    )
    content = f"<description>{escape(f'<ol>{links}</ol>')}</description>"
    (page,) = pages(rss(_item(f"<title>Old crane moves again</title>{content}")))
    split = PageSplitter()(page)
    assert [(article.title, article.text) for article in split.articles] == [
        ("Old crane moves again", "")
    ]
    assert [(one.what, one.reason) for one in split.omissions] == [
        ("Quay crane turns at last Courier", "teaser")
    ]


def test_a_forum_that_names_the_thread_as_source_goes_by_its_own_name(rss, pages):
    source = "<source url='https://a.example/t/1.rss'>Which rope?</source>"
    (page,) = pages(rss(_item(f"<title>Which rope?</title>{TEXT}{source}")))
    assert page.site == "Feed"


def test_the_publisher_behind_a_headline_is_no_part_of_it(rss, pages):
    source = "<source url='https://b.example/'>The Courier</source>"
    (page,) = pages(rss(_item(f"<title>Crane moves - again - The Courier</title>{TEXT}{source}")))
    assert (page.title, page.site) == ("Crane moves - again", "The Courier")


def test_an_episode_without_a_page_leads_to_its_file(rss, pages):
    enclosure = "<enclosure url='https://a.example/a.mp3' type='audio/mpeg' length='1'/>"
    (page,) = pages(rss(_item(f"<title>Episode 4</title>{TEXT}{enclosure}")))
    assert page.url == "https://a.example/a.mp3"


def test_scripts_and_styles_are_no_text(rss, pages):
    body = escape(
        "<p>Boats.</p><script>alert(1)</script><style>p{}</style><p onclick='x'>Sails.</p>"
    )
    (page,) = pages(rss(_item(f"<title>A</title><description>{body}</description>")))
    assert [block.text for block in page.blocks] == ["Boats.", "Sails."]


def test_a_body_cannot_speak_for_its_head(rss, pages):
    body = escape(
        "</body><head><title>False</title><link rel='canonical' href='https://false.example/'>"
        '<meta name="author" content="False"></head><p>Boats.</p>'
    )
    (page,) = pages(rss(_item(f"<title>True</title><description>{body}</description>")))
    assert (page.title, page.url, page.author) == ("True", None, None)


def test_the_longer_of_summary_and_content_is_the_text(pages, feed):
    text = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry><id>a</id><title>T</title>"
        "<content type='html'>&lt;img src='https://a.example/a-very-long-name-of-a-picture.png'></content>"
        "<summary>The whole story is told here.</summary></entry></feed>"
    )
    (page,) = pages(feed(text))
    assert [block.text for block in page.blocks] == ["The whole story is told here."]


def test_a_text_that_was_escaped_once_too_often_is_read_as_it_was_meant(rss, pages):
    text = escape(escape("<p>Boats.</p><p>Sails.</p>"))
    (page,) = pages(rss(_item(f"<title>A</title><description>{text}</description>")))
    assert [block.text for block in page.blocks] == ["Boats.", "Sails."]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("ann@quay.example (Ann Lee)", "Ann Lee"),
        ("Ann Lee &lt;ann@quay.example&gt;", "Ann Lee"),
        ("By Ann Lee", "Ann Lee"),
        ("ann@quay.example", None),
        ("admin", None),
        ("", None),
    ],
)
def test_an_author_is_a_name(author, name, rss, pages):
    (page,) = pages(rss(_item(f"<title>A</title>{TEXT}<author>{author}</author>")))
    assert page.author == name


def test_in_atom_the_author_of_the_feed_is_that_of_its_entries(feed, pages):
    text = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><author><name>Ann Lee</name></author>"
        "<entry><id>a</id><title>T</title><summary>Boats.</summary></entry></feed>"
    )
    assert pages(feed(text))[0].author == "Ann Lee"


def test_an_entry_names_the_publication_that_it_was_taken_from(rss, pages):
    source = "<source url='https://other.example/rss'>The Other Paper</source>"
    taken, own = pages(rss(_item(f"<title>A</title>{TEXT}{source}") + _item(TEXT)))
    assert (taken.site, own.site) == ("The Other Paper", "Feed")


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        (
            "de-AT",
            "Die Fähre fährt ab Montag wieder, sagte der Rat, und auch die Brücke ist offen.",
            "de",
        ),
        (
            "en-US",
            "Die Fähre fährt ab Montag wieder, sagte der Rat, und auch die Brücke ist offen.",
            None,
        ),
        (
            "en_GB",
            "The ferry sails again from Monday on, and the bridge is open, the council said.",
            "en",
        ),
        ("zh", "渡轮从星期一起恢复航行。" * 20, "zh"),
        ("fr", "Trop court.", "fr"),
        ("no such language", "Words.", None),
    ],
)
def test_a_declared_language_is_believed_unless_the_text_is_plainly_in_another(
    declared, text, language, rss, pages
):
    head = f"<language>{declared}</language>"
    item = _item(f"<title>A</title><description>{text}</description>")
    assert pages(rss(item, head))[0].language == language


@pytest.mark.parametrize("cut", [60, 20, 12])
def test_of_a_feed_that_breaks_off_the_good_entries_are_kept(cut, rss, pages):
    whole = rss(_item(f"<title>A</title>{TEXT}") + _item(f"<title>B</title>{TEXT}"))
    broken = RawDocument(source=whole.source, content=whole.content[:-cut])
    assert [page.title for page in pages(broken)][:1] == ["A"]


def test_bare_ampersands_and_unknown_entities_cost_no_entry(rss, pages):
    items = _item(f"<title>A & B &nbsp; C</title><link>https://a.example/?a=1&b=2</link>{TEXT}")
    first, second = pages(rss(items + _item(f"<title>D</title>{TEXT}")))
    assert (first.title, first.url) == ("A & B C", "https://a.example/?a=1&b=2")
    assert second.title == "D"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "koi8-r"])
def test_a_feed_is_read_in_its_encoding(encoding, pages):
    word = "Поезд" if encoding == "koi8-r" else "Grüße"
    text = f"<rss version='2.0'><channel>{_item(f'<title>{word}</title>{TEXT}')}</channel></rss>"
    declared = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>"
    document = RawDocument(Source("a", "a"), (declared + text).encode(encoding))
    assert pages(document)[0].title == word


def test_letters_and_references_beyond_latin_1_stand_together(pages):
    item = "<item><title>A</title><description>Größe&#8217;s Łódź</description></item>"
    text = f"<rss><channel>{item}</channel></rss>"
    (page,) = pages(RawDocument(Source("a", "a"), text.encode()))
    assert page.blocks[0].text == "Größe’s Łódź"
    (page,) = pages(RawDocument(Source("a", "a"), text.replace("Łódź", "Müller").encode()))
    assert page.blocks[0].text == "Größe’s Müller"


def test_the_charset_of_the_server_is_heeded(pages):
    text = f"<rss version='2.0'><channel>{_item(f'<title>Поезд</title>{TEXT}')}</channel></rss>"
    content = text.encode("windows-1251")
    document = RawDocument(
        Source("a", "a"), content, media_type="application/rss+xml; charset=windows-1251"
    )
    assert pages(document)[0].title == "Поезд"


def test_a_page_where_a_feed_should_be_is_named(feed):
    page = "<!DOCTYPE html><html><body><p>Not here</p></body></html>"
    with pytest.raises(ReadError, match="an HTML page where a feed should be"):
        unpack(feed(page, media_type="application/rss+xml"))
    asked = RawDocument(Source("a", "a", reader="feed"), page.encode(), media_type="text/html")
    with pytest.raises(ReadError, match="an HTML page where a feed should be"):
        unpack(asked)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just some words that are no feed at all, in no way.", "too broken"),
        ("<?xml version='1.0'?>\n", "too broken"),
        ("", "empty"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "too broken"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "without items"),
    ],
)
def test_what_is_no_feed_says_so(text, reason):
    with pytest.raises(ReadError, match=reason):
        unpack(RawDocument(Source("a", "a", reader="feed"), text.encode()))


def test_a_feed_without_entries_has_none(rss):
    assert unpack(rss("")) == []
    with pytest.raises(ReadError, match="no text"):
        read_pages(rss(""))


def test_an_entry_that_comes_twice_is_one(rss):
    assert len(unpack(rss(2 * _item(f"<guid>1</guid><title>A</title>{TEXT}")))) == 1


def test_entries_that_share_a_guid_are_told_apart_by_address_or_content(rss):
    guid = "<guid>https://a.example/</guid>"
    items = _item(f"{guid}<link>https://a.example/1</link>{TEXT}")
    items += _item(f"{guid}<link>https://a.example/2</link>{TEXT}")
    assert [part.key for part in unpack(rss(items))] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    items = _item(f"{guid}<title>A</title>{TEXT}") + _item(f"{guid}<title>B</title>{TEXT}")
    keys = [part.key for part in unpack(rss(items))]
    assert len(set(keys)) == 2
    assert all(len(key) == 16 for key in keys)


def test_a_key_of_a_page_is_cut_to_a_hash(rss):
    (part,) = unpack(rss(_item(f"<guid>{'k' * 5000}</guid><title>A</title>{TEXT}")))
    assert len(part.key) == 16


def test_nothing_outside_of_a_feed_is_opened(tmp_path, pages):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word")
    text = (
        f"<!DOCTYPE rss [<!ENTITY e SYSTEM '{secret.as_uri()}'><!ENTITY f SYSTEM '{secret}'>]>"
        "<rss version='2.0'><channel><title>F</title><item><title>A &e; &f;</title>"
        "<description>Words &e; &f; and more words.</description></item></channel></rss>"
    )
    document = RawDocument(Source("a", "a"), text.encode())
    (page,) = pages(document)
    assert "secret word" not in repr(page)


def test_a_feed_is_never_taken_for_the_name_of_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "name").write_text(
        "<rss version='2.0'><channel><item><title>A</title></item></channel></rss>"
    )
    with pytest.raises(ReadError):
        unpack(RawDocument(Source("a", "a", reader="feed"), b"name"))


def test_an_entity_bomb_does_not_go_off(pages):
    entities = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    text = (
        f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]><rss version='2.0'><channel><item>"
        "<title>A</title><description>&a9; boats</description></item></channel></rss>"
    )
    (page,) = pages(RawDocument(Source("a", "a"), text.encode()))
    assert sum(len(block.text) for block in page.blocks) < 10_000


def test_an_author_of_a_megabyte_is_nobody(rss, pages):
    (page,) = pages(rss(_item(f"<title>A</title>{TEXT}<author>{'a.' * 500_000}</author>")))
    assert page.author is None


@pytest.mark.parametrize("end", ["/>", ">", "/></broken>"])
def test_an_element_of_many_attributes_costs_no_entry(end, rss, pages):
    many = "<x " + " ".join(f"a{n}='>'" for n in range(20_000)) + end
    items = _item(f"<title>A</title>{TEXT}{many}") + _item(f"<title>B</title>{TEXT}")
    assert [page.title for page in pages(rss(items))] == ["A", "B"]


def test_twenty_thousand_levels_cost_no_entry(rss, pages):
    deep = "<x>" * 20_000 + "</x>" * 20_000
    items = _item(f"<title>A</title>{TEXT}{deep}") + _item(f"<title>B</title>{TEXT}")
    assert [page.title for page in pages(rss(items))] == ["A", "B"]


# Control characters by the dozen make a file binary, which is refused whole.
ANYTHING = st.characters(exclude_categories=("Cc", "Cs"))


@given(
    title=st.text(ANYTHING, min_size=1, max_size=80),
    author=st.text(ANYTHING, max_size=80),
    body=st.text(ANYTHING, max_size=300),
    key=st.text(ANYTHING, max_size=80),
)
def test_whatever_an_entry_says_it_gives_one_document(title, author, body, key):
    text = (
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item>"
        f"<title>{escape(title)}</title><guid>{escape(key)}</guid>"
        f"<dc:creator>{escape(author)}</dc:creator>"
        f"<description>{escape(body)}</description></item></channel></rss>"
    )
    document = RawDocument(Source("a", "a"), text.encode("utf-8", "replace"))
    (part,) = unpack(document)
    (page,) = read_pages(part)
    assert page.single
    assert page.title != ""
    assert "\n" not in part.source.location
    assert unpack(document) == [part]


LINE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(title=LINE, site=LINE, author=LINE, path=LINE, body=LINE)
def test_all_that_is_known_of_an_entry_comes_back_from_its_document(
    title, site, author, path, body
):
    url = f"https://a.example/{quote(path)}"
    entry = Entry(title=title, site=site, author=author, url=url, content=html_of_text(body))
    feed = RawDocument(Source("a", "a"), b"")
    (part,) = documents([entry], feed, datetime(2026, 11, 21, tzinfo=UTC))
    (page,) = read_pages(part)
    assert (page.title, page.site, page.url) == (fold(title), fold(site) or None, url)
    assert page.author in (plain_name(author), None)
    assert [block.text for block in page.blocks] == ([fold(body)] if fold(body) else [])


@given(st.binary(max_size=400))
def test_any_bytes_give_documents_or_a_reason(content):
    for start in (b"<rss version='2.0'><channel><item>", b"<feed>", b'{"items":[],', b"From "):
        document = RawDocument(Source("a", "a"), start + content)
        with suppress(ReadError):
            assert all(part.key for part in unpack(document) if part is not document)
