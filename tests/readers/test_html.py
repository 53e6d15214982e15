"""The articles of a page, whatever its markup, and pages that are none."""

import json
import logging
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.models import Block
from digest.readers import read_pages, visible_text
from digest.readers.completion import SourceLines, aligned


def article(story, head="", body=""):
    return f"<html><head><title>{story.title} | The Quay Post</title>{head}</head><body>{body}<article>" \
        f"<h1>{story.title}</h1>{story.html}</article></body></html>"  # fmt: skip


def json_ld(**fields):
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_an_article_keeps_its_headings_quotes_and_lists(document, stories):
    first, second = stories[0].paragraphs[:2]
    html = (
        f"<html><body><article><h1>{stories[0].title}</h1><p>{first}</p><h2>The pier</h2><p>{second}</p>"
        "<blockquote><p>A quay is a promise that a town makes to the water.</p></blockquote>"
        "<ul><li>two hundred piles of steel</li><li>one deck of oak</li></ul></article></body></html>"
    )
    (page,) = read_pages(document(html))
    assert page.single
    assert [(b.tag, b.text) for b in page.blocks if b.tag != "h1"] == [
        ("p", first),
        ("h2", "The pier"),
        ("p", second),
        ("blockquote", "A quay is a promise that a town makes to the water."),
        ("li", "two hundred piles of steel"),
        ("li", "one deck of oak"),
    ]


def test_what_a_page_declares_wins_over_guesses(document, stories):
    story = stories[0]
    head = json_ld(
        **{"@type": "NewsArticle", "headline": story.title, "datePublished": story.date},
        author=[{"@type": "Person", "name": story.author}],
        publisher={"name": "The Quay Post"},
    )
    head += '<link rel="canonical" href="https://quay.example/2026/ferry"><meta name="author" content="Desk">'
    (page,) = read_pages(document(article(story, head)))
    assert (page.title, page.author, page.url) == (
        story.title,
        story.author,
        "https://quay.example/2026/ferry",
    )
    assert page.published is not None
    assert page.published.isoformat() == "2026-03-02T06:30:00+00:00"


def test_the_name_of_the_site_is_no_part_of_the_title(document, stories):
    assert read_pages(document(article(stories[0])))[0].title == stories[0].title


@pytest.mark.parametrize("date", ["2026-03-02T10:00:00+99:99", "9999-99-99", "0000-00-00"])
@pytest.mark.parametrize("url", ["http://[", "//", "javascript:alert(1)", "http://a b"])
def test_impossible_dates_and_addresses_cost_only_themselves(document, stories, date, url):
    head = f'<link rel="canonical" href="{url}"><meta property="article:published_time" content="{date}">'
    (page,) = read_pages(document(article(stories[0], head)))
    assert page.url is None
    assert page.published is None
    assert page.title == stories[0].title
    assert page.blocks[-1].text == stories[0].paragraphs[-1]


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, '{"@graph": 3}', '{"@type": "NewsArticle", "headline": 5}']
)
def test_broken_declarations_do_no_harm(document, stories, data):
    head = f'<script type="application/ld+json">{data}</script>'
    assert read_pages(document(article(stories[0], head)))[0].title == stories[0].title


def test_comments_of_readers_are_no_text(document, stories):
    comments = "<div id='comments'><h3>Comments</h3><p>I was on that boat, and it was late as ever!</p></div>"
    html = article(stories[0]).replace("</body>", comments + "</body>")
    (page,) = read_pages(document(html))
    assert "late as ever" not in " ".join(b.text for b in page.blocks)


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul", "table", "b", "article"])
def test_no_depth_of_nesting_loses_text_and_a_warning_says_so(document, stories, tag, caplog):
    body = f"<{tag}>" * 5000 + stories[0].html + f"</{tag}>" * 5000
    with caplog.at_level(logging.WARNING, logger="digest"):
        pages = read_pages(document(f"<html><body><main>{body}</main></body></html>"))
    found = " ".join(b.text for page in pages for b in page.blocks)
    assert all(paragraph in found for paragraph in stories[0].paragraphs)
    assert "deep; read without most of them" in caplog.text


def test_an_unfinished_page_is_read_as_far_as_it_goes(document, stories):
    html = article(stories[0])
    cut = html[: html.index(stories[0].paragraphs[2]) + 40]
    found = " ".join(b.text for b in read_pages(document(cut))[0].blocks)
    assert stories[0].paragraphs[1] in found
    assert stories[0].paragraphs[2][:40] in found


def test_a_page_without_words_says_so(document):
    with pytest.raises(ReadError, match="no text in the page"):
        read_pages(document("<html><body><script>var a;</script><img src=x></body></html>"))


def test_the_charset_of_the_head_is_heeded(document, stories):
    html = article(stories[0], '<meta charset="cp1251">').replace("hospital", "больница")
    assert "больница" in read_pages(document(html.encode("cp1251")))[0].blocks[1].text


def test_a_dropped_time_comes_back_into_its_sentence(document, stories):
    html = article(stories[0]).replace("on Monday", "on <time datetime='2026-03-02'>Monday</time>")
    raw = document(html)
    (page,) = read_pages(raw)
    assert stories[0].paragraphs[0] in [b.text for b in page.blocks]
    assert all(block.text in visible_text(raw) for block in page.blocks)


def test_text_that_the_source_does_not_have_stays_as_it_is():
    blocks = [Block(text="Wholly other words that are found nowhere", tag="p")]
    assert aligned(blocks, SourceLines.of(["One line of the page", "and another one"])) == blocks


PLACES = [
    "nav",
    "header",
    "footer",
    "aside",
    "button",
    "div",
    "section",
    "ul",
    "figcaption",
    "p",
    "h2",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.integers(1, 12)), max_size=12),
    st.integers(0, 12),
)
def test_every_word_that_a_page_shows_is_in_an_article_or_left_out(
    document, stories, places, where
):
    """No text is lost without a word, wherever it stands around an article."""
    pieces = [
        f"<{tag}>{' '.join(f'word{number}x{i}' for i in range(size))}</{tag}>"
        for number, (tag, size) in enumerate(places)
    ]
    pieces.insert(where, f"<article><h1>{stories[0].title}</h1>{stories[0].html}</article>")
    content = f"<title>Post</title><body>{''.join(pieces)}</body>".encode()
    pages = read_pages(document(content))
    kept = [block.text for page in pages for block in page.blocks]
    left = [omission.what for page in pages for omission in page.left_out]
    titles = [page.title or "" for page in pages]
    words = set(re.findall(r"word\d+x\d+", " ".join([*titles, *kept, *left])))
    assert words == {f"word{n}x{i}" for n, (_, size) in enumerate(places) for i in range(size)}


def test_a_letter_that_becomes_two_in_small_moves_no_word(document, stories):
    """The Turkish İ is one letter as a capital, and a letter with a sign in small."""
    first = stories[0].paragraphs[0]
    shown = f"<div>{first} {'İI' * 5} kept behind {'İ' * 9} alone here</div>"
    content = f"<title>Post</title><body><article><h1>{stories[0].title}</h1>{stories[0].html}</article>{shown}"
    (page, *_) = read_pages(document(content.encode()))
    assert any("alone here" in omission.what for omission in page.left_out)


@pytest.mark.parametrize(
    ("tab", "head", "title"),
    [
        (
            "The boats are late — The quay is rising",
            "<h1>The quay is rising</h1><h2>The boats are late¶</h2>",
            "The boats are late",
        ),
        (
            "港の渡し船が十一か月ぶりに再開　写真1枚　海の新聞",
            "<h1>港の渡し船が十一か月ぶりに再開</h1>",
            "港の渡し船が十一か月ぶりに再開",
        ),
        (
            "The boats of the quay — The Pier",
            "<h1>The boats of the quay¶</h1>",
            "The boats of the quay",
        ),
        (
            "",
            "<svg><title>Boats</title></svg><h1>The boats of the quay</h1>",
            "The boats of the quay",
        ),
        (
            "The Boats of the Quay: A Year Later — The Pier",
            "<h2>Boats of the Quay:</h2>",
            "The Boats of the Quay: A Year Later",
        ),
    ],
    ids=[
        "masthead as long",
        "script without spaces",
        "permalink",
        "title of a drawing",
        "half a title",
    ],
)
def test_the_headline_is_what_the_title_of_the_page_repeats(document, stories, tab, head, title):
    body = f"{head}{stories[0].html}"
    (found,) = read_pages(document(f"<title>{tab}</title><body>{body}</body>"))
    assert found.title == title


@pytest.mark.parametrize("day", ["Saturday", "21 Nov 2026", "November 21st, 2026", "samedi"])
def test_a_day_in_a_title_is_not_the_name_of_the_site(document, day):
    text = "The ferry came late again, and nobody at the quay knew why. " * 12
    markup = f"<title>The ferry is late - {{}}</title><h1>The ferry is late</h1><p>{text}</p>"
    for after, site in ((f"Quay and Tide - {day}", "Quay and Tide"), (day, None)):
        (page,) = read_pages(document(markup.format(after), "a.html"))
        assert page.site == site


def test_the_declared_name_of_a_site_wins_over_what_its_title_adds(document):
    markup = (
        "<title>Quay &amp; Tide – notes on boats</title>"
        "<meta property='og:site_name' content='Quay &amp; Tide'><h1>Quay &amp; Tide</h1>"
        "<article><h2>The ferry is late</h2><p>"
        + "The ferry came late again. " * 30
        + "</p></article>"
    )
    assert {page.site for page in read_pages(document(markup, "a.html"))} == {"Quay & Tide"}


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display:none"',
        'style="visibility: hidden"',
        'style="font-size:0"',
        'style="opacity:0"',
        'style="position:absolute; left:-9999px"',
        'style="color: transparent"',
        'class="sr-only"',
        'class="note visually-hidden"',
        'style="position:absolute; clip:rect(0,0,0,0)"',
        'style="clip-path: inset(50%)"',
        'style="transform:scale(0)"',
    ],
)
def test_what_a_page_hides_is_not_read(document, stories, attributes):
    story = stories[0]
    hidden = f"<p {attributes}>Win a prize: send your card.</p>"
    html = f"<article><h1>{story.title}</h1>{story.html}{hidden}</article>"
    (found,) = read_pages(document(f"<html><body>{html}</body></html>"))
    assert not any("prize" in block.text for block in found.blocks)


@pytest.mark.parametrize(
    "style", ["background-color: transparent", "margin-left:-120px", "border-color: transparent"]
)
def test_what_only_has_no_background_is_read(document, stories, style):
    row = f"<td style='{style}'>Boats of the harbour</td><td style='{style}'>Forty</td>"
    table = f"<table>{f'<tr>{row}</tr>' * 2}</table>"
    html = f"<article><h1>{stories[0].title}</h1>{stories[0].html}{table}</article>"
    (found,) = read_pages(document(f"<html><body>{html}</body></html>"))
    assert any("Boats of the harbour" in block.text for block in found.blocks)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<a href='javascript:'><p>two boats</p><p>one quay</p></a>", "two boats one quay"),
        ("<article><h2>The boats</h2><h2>The quay</h2></article>", "The boats The quay"),
    ],
)
def test_a_page_of_a_few_words_is_an_article_of_them(document, body, text):
    (found,) = read_pages(document(f"<title>A small page of ours</title><body>{body}</body>"))
    assert " ".join(block.text for block in found.blocks) == text
    assert {block.tag for block in found.blocks} == {"p"}


def test_sections_under_a_heading_of_their_own_are_one_article(document, stories):
    parts = "".join(f"<h3>{word}</h3>{stories[0].html}" for word in ("Boats", "Quays", "Piers"))
    body = f"<div><h2>What we did this week in the harbour</h2>{stories[1].html}{parts}</div>"
    (found,) = read_pages(document(f"<title>What we did this week</title><body>{body}</body>"))
    assert found.single


@pytest.mark.parametrize(
    ("masthead", "title", "sections"),
    [
        (
            "<h1>The Pier</h1>",
            "<h3 class='entry-title'>An open chart of the old harbour</h3>",
            ["So what is a chart?", "Great! How do I read it?", "I am lost, what now?"],
        ),
        (
            "<h4>The Pier</h4>",
            "<article><h1>This week at the pier: number 85</h1>",
            ["Boats", "Quays", "Cranes"],
        ),
    ],
)
def test_the_sections_of_a_post_below_a_masthead_are_one_article(
    document, stories, masthead, title, sections
):
    lead = f"<p>{stories[1].teaser}</p>"
    parts = "".join(f"<h2>{name}</h2>{stories[0].html}" for name in sections)
    tab = re.sub("<[^>]*>", "", title)
    body = f"{masthead}{title}{lead}{parts}"
    (found,) = read_pages(document(f"<title>The Pier: {tab}</title><body>{body}</body>"))
    assert found.single
    assert found.title == tab


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("The <del>old</del> <ins>new</ins> pier was opened", "The new pier was opened"),
        (
            "The <ruby>pier<rp>(</rp><rt>pi-er</rt><rp>)</rp></ruby> was opened",
            "The pier was opened",
        ),
    ],
)
def test_struck_out_words_and_readings_of_characters_are_no_text(document, stories, inner, shown):
    text = f"{inner} on Monday by the mayor, who had waited for it for eleven years."
    body = f"<article><h1>{stories[0].title}</h1><p>{text}</p>{stories[0].html}</article>"
    html = f"<html><body>{body}</body></html>"
    (found,) = read_pages(document(html))
    assert any(shown in block.text for block in found.blocks)
    assert shown in visible_text(document(html))


@pytest.mark.parametrize(
    "layout",
    [
        "<main><h1>{0}</h1><p class=intro>{1}</p><article>{2}</article></main>",
        "<main><h1>{0}</h1><div class=lede>{1}</div><div class=text>{2}</div></main>",
        "<article><header><h1>{0}</h1><p>{1}</p></header><div>{2}</div></article>",
        "<div><h1>{0}</h1></div><section><p><strong>{1}</strong></p></section><article>{2}</article>",
    ],
)
def test_a_lead_beside_the_text_belongs_to_it(document, stories, layout):
    story = stories[0]
    lead = "The ferry runs again after six weeks of repairs, and two hundred people took the first boat."
    html = f"<html><body>{layout.format(story.title, lead, story.html)}</body></html>"
    (found,) = read_pages(document(html))
    assert next(block.text for block in found.blocks if block.tag[:1] != "h") == lead


def test_a_wall_is_refused_with_its_kind(document):
    html = (
        "<title>404</title><h1>Page not found</h1><p>The page you requested could not be found.</p>"
    )
    with pytest.raises(ReadError, match="a page that is missing in place of a page"):
        read_pages(document(f"<html><head></head><body>{html}</body></html>"))


@pytest.mark.parametrize(
    "extra", ["<h2>Sea</h2>", "<p>quay</p>", "<li>The</li>", "<div>of the</div>"]
)
@pytest.mark.parametrize(
    "place", ["{extra}{article}", "{article}{extra}", "{article}{extra}{article}"]
)
def test_a_word_alone_is_told_or_left_out_though_a_text_ends_or_begins_with_it(
    document, stories, extra, place
):
    story = stories[0]
    whole = f"<article><h1>{story.title}</h1>{story.html}</article>"
    pages = read_pages(
        document(f"<html><body>{place.format(extra=extra, article=whole)}</body></html>")
    )
    word = re.sub("<[^>]+>", "", extra)
    told = [block.text for page in pages for block in page.blocks]
    left_out = [omission.what for page in pages for omission in page.left_out]
    assert word in told + left_out


@pytest.mark.parametrize(
    "items",
    [
        "<p>Its features are:</p><ul><li><code>fast</code></li><li><b>cheap</b> and green</li></ul>",
        "<table><tr><td>Stops<ul><li>fast</li><li>cheap and green</li></ul></td></tr></table>",
        "<table><tr><td>Outer<table><tr><td>fast</td><td>cheap and green</td></tr></table></table>",
        "<dl><dt>fast</dt><dd>cheap and green</dd></dl>",
    ],
)
def test_lists_and_tables_within_an_article_are_text(document, stories, items):
    body = (
        f"<article><h1>{stories[0].title}</h1>{stories[0].html}{items}{stories[1].html}</article>"
    )
    (found,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>"))
    text = " ".join(block.text for block in found.blocks)
    assert text.count("fast") == text.count("cheap and green") == 1
    assert text.index("fast") < text.index(stories[1].paragraphs[0])


def test_products_under_a_lead_are_one_article_though_their_names_lead_on(document, stories):
    parts = "".join(
        f'<h2><a href="https://shop.example/{n}">{name}</a></h2>{stories[n].html}'
        for n, name in enumerate(("Sea Lady 200", "North Star", "Old Swan"))
    )
    title = "The best three boats to buy this spring"
    body = f"<h1>{title}</h1><p>{stories[3].paragraphs[0]}</p>{parts}"
    (found,) = read_pages(document(f"<title>{title}</title><body>{body}</body>"))
    assert found.title == title


FURNITURE = {
    "hidden by the page's style": '<div class="u-x">Furniture of the page.</div>',
    "template": "<template><p>Furniture of the page.</p></template>",
    "share": '<div class="share">Furniture of the page.</div>',
    "feedback": '<div class="feedback">Furniture of the page.</div>',
    "sign-up": '<div class="signup"><h3>Get it</h3>Furniture of the page.</div>',
    "signature": '<div class="signature">Furniture of the page.</div>',
    "contents": '<div id="toc" class="toc"><h2>Furniture</h2></div>',
    "struck": "<p>The boat left <s>Furniture</s> on time in the morning, as it did before the war.</p>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE)
def test_what_a_page_hides_or_calls_furniture_is_no_text(document, stories, furniture):
    style = (
        "<style>body{margin:0}.u-x,.y{display:none!important}@media print{.z{display:none}}</style>"
    )
    body = f"<article><h1>{stories[0].title}</h1>{stories[0].html}{furniture}</article>"
    (page,) = read_pages(document(f"<head>{style}</head><body>{body}</body>".encode()))
    assert "Furniture" not in " ".join(block.text for block in page.blocks)


BESIDE = {
    "a row of labels": "<div>Print goats - Send goats - Guestbook</div>",
    "a link": "<p><a href='/g'>More goats</a></p>",
    "gallery": "<div class='full-gallery'><ul><li><h2>1/9 Goats</h2><p>{}</p></li></ul></div>",
    "slides": "<ul class='slideshow'><li><h4>Goats</h4><p>{}</p></li></ul>",
    "comments": "<div id='sf_comment_list'><div><p>{}</p></div></div>",
    "hidden, though it is most of the page": "<p style='display: none'>{0}</p><p hidden>{0}{0}{0}</p>",
    "teasers": "<h3><a href='/1'>A goat in the sun</a></h3><p>{0} See.</p><p>Quay Times</p>"
    "<h3><a href='/2'>Goats of the moon</a></h3><p>And {0}</p><h3><a href='/3'>More</a></h3><p>But {0}</p>",
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_a_text_is_none_of_it(document, stories, beside):
    """A gallery, what readers wrote, teasers: however long, where a text is left."""
    goats = "Forty goats of the island were seen upon the roof of the old town hall this week. " * 2
    body = f"<article><h1>{stories[0].title}</h1>{stories[0].html}{beside.format(goats)}</article>"
    (page,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>".encode()))
    text = " ".join(block.text for block in page.blocks)
    assert "goats" not in text
    assert stories[0].paragraphs[-1] in text


def test_the_comment_of_a_program_is_text(document, stories):
    code = "<pre>x = 1 <span class='comment'># the quay is counted once</span></pre>"
    body = f"<article><h1>{stories[0].title}</h1>{stories[0].html}{code}</article>"
    (page,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>".encode()))
    assert "counted once" in page.blocks[-1].text


@pytest.mark.parametrize("beside", ["<div class='gallery'>{}</div>", "<div id=comments>{}</div>"])
def test_a_page_of_pictures_or_comments_alone_is_read(document, stories, beside):
    body = f"<h1>{stories[0].title}</h1>{beside.format(stories[0].html)}"
    (page,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>".encode()))
    assert (
        stories[0].paragraphs[-1] in " ".join(block.text for block in page.blocks) or page.left_out
    )


def test_a_label_above_the_headline_is_no_text(document, stories):
    story = stories[0]
    body = f"<div><p>FOR IMMEDIATE RELEASE</p><h1>{story.title}</h1>{story.html}</div>"
    (page,) = read_pages(document(f"<title>{story.title}</title><body>{body}</body>".encode()))
    assert page.blocks[-len(story.paragraphs) :] == page.blocks[-3:]
    assert "RELEASE" not in " ".join(block.text for block in page.blocks)


def test_a_short_page_without_spaces_keeps_its_paragraphs(document):
    """An extractor makes one line of them, and sets spaces around the elements within."""
    ruby = "港の<ruby>灯台<rt>とうだい</rt></ruby>は月曜日に閉まった。"
    body = f"<article><h1>港の灯台</h1><p>{ruby}</p><p>来年の春にまた開く。</p></article>"
    (page,) = read_pages(document(f"<title>港の灯台</title><body>{body}</body>".encode()))
    assert [b.text for b in page.blocks][-2:] == [
        "港の灯台は月曜日に閉まった。",
        "来年の春にまた開く。",
    ]


def test_a_count_of_votes_before_a_headline_is_none_of_it(document):
    titles = [f"The harbour opens its pier number {n}" for n in range(5)]
    rows = "".join(
        f"<li><b>{n * 7}</b> <a href='https://k{n}.example/'>{title}</a> <i>k{n}</i><div>via kim</div></li>"
        for n, title in enumerate(titles)
    )
    pages = read_pages(document(f"<title>Links</title><body><ol>{rows}</ol></body>".encode()))
    assert [page.title for page in pages] == titles
    linked = rows.replace(
        "<b>0</b> <a href='https://k0.example/'>The", "<a href='/0'><i>2054</i>, the"
    )
    pages = read_pages(document(f"<title>Links</title><body><ol>{linked}</ol></body>".encode()))
    assert pages[0].title.startswith("2054, the")


def test_a_refrain_is_told_each_time(document, stories):
    refrain = "<p>Row on, row on, and the tide shall bear us home before the morning.</p>"
    verses = "".join(f"<p>{text}</p>{refrain}" for text in stories[0].paragraphs)
    body = f"<article><h1>{stories[0].title}</h1>{verses}</article>"
    (page,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>".encode()))
    assert [block.text.startswith("Row on") for block in page.blocks[1:]] == [False, True] * 3


def test_words_that_a_line_hides_are_not_put_back_into_it(document, stories):
    first = stories[0].paragraphs[0].replace("forty", "forty <i style='display:none'>magic</i>")
    body = f"<article><h1>{stories[0].title}</h1><p>{first}</p>{stories[1].html}</article>"
    (page,) = read_pages(document(f"<title>{stories[0].title}</title><body>{body}</body>".encode()))
    assert stories[0].paragraphs[0] in " ".join(block.text for block in page.blocks)


def test_what_a_style_shows_on_some_screens_is_text(document, stories):
    style = "<style>.by{display:none}@media(min-width:9em){.by{display:block}}</style>"
    last = "<p class=by>It was seen by all who came.</p>"
    body = f"<article><h1>{stories[0].title}</h1>{stories[0].html}{last}</article>"
    (page,) = read_pages(document(f"<head>{style}</head><body>{body}</body>".encode()))
    assert "seen by all" in page.blocks[-1].text


def test_the_numbers_of_notes_and_the_links_that_edit_are_no_text(document, stories):
    note = '<sup class="reference"><a href="#c1">[1]</a></sup>'
    edit = '<span>History</span><span class="e">[<a href="/edit">edit</a>]</span>'
    paragraphs = "".join(f"<p>{text}{note}</p><h2>{edit}</h2>" for text in stories[0].paragraphs)
    (page,) = read_pages(document(f"<h1>{stories[0].title}</h1>{paragraphs}".encode()))
    assert "[" not in " ".join(block.text for block in page.blocks)
