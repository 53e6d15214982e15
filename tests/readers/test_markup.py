"""HTML without a tree: every word is kept, in order, however broken the markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.readers import html as html_reader
from digest.readers import markup

TAGS = ("div", "p", "b", "ul", "li", "table", "td", "h2", "br", "a", "blockquote", "section")
ELEMENTS = [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]
WORDS = st.integers(0, 999).map(lambda n: f" word{n} ")
PIECES = st.one_of(
    WORDS,
    st.sampled_from(ELEMENTS),
    st.sampled_from(
        ["<", ">", "<!--", "-->", "<!", '<a href="', "<a title='x' ", "&amp;", "&lt;b&gt;", "<p/"]
    ),
)


def tokens(text):
    return [tuple(token[:3]) for token in markup.tokens(text)]


def test_tags_text_and_raw_content_are_told_apart():
    html = "<P class=x>One<!-- no --> two<br/><script>if (a<b) {}</script>&amp;</p>"
    assert tokens(html) == [
        ("start", "p", " class=x"),
        ("text", "", "One"),
        ("text", "", " two"),
        ("start", "br", "/"),
        ("start", "script", ""),
        ("raw", "script", "if (a<b) {}"),
        ("end", "script", ""),
        ("text", "", "&amp;"),
        ("end", "p", ""),
    ]


def test_a_quoted_bracket_ends_no_tag():
    assert tokens("<a title=\"a > b\" href='<'>x") == [
        ("start", "a", " title=\"a > b\" href='<'"),
        ("text", "", "x"),
    ]


@pytest.mark.parametrize("html", ["a < b and <3", "1 <2", "x <- y"])
def test_a_stray_bracket_is_text(html):
    assert markup.scan(html).visible == html


@pytest.mark.parametrize(
    "start", ["<!-- ", "<!-- a --> <!--", "<div style='display:none'>", "<p hidden>"]
)
def test_what_never_closes_hides_nothing(start):
    assert "Words" in markup.blocks(f"<p>a</p>{start}<p>Words</p>")[-1].text


def test_entities_are_resolved_and_inline_tags_part_no_word():
    assert markup.scan("<p>caf&eacute;&nbsp;<b>W</b>orld</p>&copy;").visible == "café World\n©"


def test_blocks_have_the_tag_of_their_element_and_their_line():
    html = "<nav>Menu</nav>\n<h1>Head</h1>\n\n<p>One\ntwo</p><ul><li>three<li>four</ul><hr><aside>six</aside>"
    found = [(b.line, b.tag, b.text) for b in markup.blocks(html)]
    assert found == [
        (1, "nav", "Menu"),
        (2, "h1", "Head"),
        (4, "p", "One two"),
        (5, "li", "three"),
        (5, "li", "four"),
        (0, "hr", ""),
        (5, "aside", "six"),
    ]


def test_bold_lines_and_double_breaks_part_blocks():
    html = "<td><b>Head</b><br>One<br>goes on<br><br>Two</td>"
    assert [(b.tag, b.text) for b in markup.blocks(html)] == [
        ("strong", "Head"),
        ("td", "One goes on"),
        ("td", "Two"),
    ]


def test_depth_counts_what_stays_open():
    assert markup.scan("<p>a<p>b<p>c").depth == 1
    assert markup.scan("<div>" * 300).depth == 300
    assert not markup.scan("<div>" * 300).parseable
    assert not markup.scan("<p " + "a=1 " * 1000 + ">").parseable


def words(text):
    return re.findall(r"word\d+", text)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_view_of_broken_markup_shows_the_same_words_in_order(html):
    seen = words(markup.scan(html).visible)
    assert words(" ".join(block.text for block in markup.blocks(html))) == seen
    assert words(markup.scan(html_reader.with_fewer_tags(html, 3)).visible) == seen


@given(st.lists(st.one_of(st.sampled_from(ELEMENTS), WORDS), max_size=60).map("".join))
def test_no_order_of_tags_loses_a_word(html):
    assert words(markup.scan(html).visible) == words(html)
