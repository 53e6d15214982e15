"""Pages in the layouts that readers save, each with its articles and what stands around them."""

import json

import pytest

from digest.readers import read_pages
from digest.splitting import PageSplitter

HEAD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{more}</head><body>
<header><a href="/">The Quay Post</a><nav><ul><li><a href="/a">News</a></li><li><a href="/b">Sport</a></li>
<li><a href="/c">Weather</a></li></ul></nav></header>"""
FOOT = """<footer><p>About us. Contact. Privacy. All rights reserved by the publisher of this page.</p>
</footer></body></html>"""


def page(body: str, title: str = "The Quay Post", more: str = "") -> str:
    return HEAD.format(title=title, more=more) + body + FOOT


def posts(stories, tag="article", heading="h2", label="post"):
    return "\n".join(
        f'<{tag} class="{label}"><{heading}><a href="/2026/{s.slug}">{s.title}</a></{heading}>'
        f'<p class="byline">By <a rel="author" href="/who">{s.author}</a> '
        f'<time datetime="{s.date}">a day in March</time></p>{s.html}</{tag}>'
        for s in stories
    )


def text(page):
    return "\n".join(block.text for block in page.blocks)


def check_all(pages, stories):
    """Each story is a page of its own, whole, with its title, author and date, and nothing else in it."""
    assert [p.title for p in pages] == [s.title for s in stories]
    for found, story in zip(pages, stories, strict=True):
        assert found.single
        assert [b.text for b in found.blocks if b.tag == "p"][-3:] == list(story.paragraphs)
        assert len(found.blocks) <= 5
        assert found.author == story.author
        assert found.published is not None
        assert found.published.isoformat()[:10] == story.date[:10]


def test_a_section_page_gives_each_article_element(document, stories):
    pages = read_pages(document(page(f"<main><h1>Front page</h1>{posts(stories)}</main>")))
    check_all(pages, stories)


def test_links_of_headings_become_addresses(document, stories):
    more = '<link rel="canonical" href="https://quay.example/news/">'
    pages = read_pages(document(page(f"<main>{posts(stories)}</main>", more=more)))
    assert [p.url for p in pages] == [f"https://quay.example/2026/{s.slug}" for s in stories]


@pytest.mark.parametrize(("tag", "heading"), [("div", "h2"), ("section", "h3"), ("li", "h1")])
def test_a_blog_index_with_full_posts_gives_each_post(document, stories, tag, heading):
    body = f"<div id='content'>{posts(stories, tag, heading)}</div>"
    check_all(read_pages(document(page(body))), stories)


def test_headings_in_one_flat_run_part_a_magazine_page(document, stories):
    body = "".join(
        f'<h2>{s.title}</h2><p class="byline">By {s.author}, <time datetime="{s.date}">March</time></p>'
        + s.html
        for s in stories
    )
    check_all(read_pages(document(page(f"<main><h1>The spring issue</h1>{body}</main>"))), stories)


@pytest.mark.parametrize("byline", ["By {0}", "{0} | 3 March 2026", "Posted March 3, 2026"])
def test_a_line_under_each_heading_parts_articles(document, stories, byline):
    body = "".join(f"<h2>{s.title}</h2><p>{byline.format(s.author)}</p>{s.html}" for s in stories)
    pages = read_pages(document(page(f"<h1>News of the week</h1>{body}")))
    assert [p.title for p in pages] == [s.title for s in stories]


@pytest.mark.parametrize("front", ["", "<hr>"])
def test_headings_without_one_above_them_or_after_rules_part_articles(document, stories, front):
    heading = "<h1>News of the week</h1>" if front else ""
    body = front.join(f"<h2>{s.title}</h2>{s.html}" for s in stories)
    pages = read_pages(document(page(heading + body)))
    assert [p.title for p in pages] == [s.title for s in stories]
    assert [b.text for b in pages[0].blocks] == list(stories[0].paragraphs)


def test_sections_under_one_heading_stay_together(document, stories):
    body = "".join(f"<h2>{s.title}</h2>{s.html}" for s in stories)
    pages = read_pages(document(page(f"<h1>A year at the coast in four parts</h1>{body}")))
    assert [p.title for p in pages] == ["A year at the coast in four parts"]


def test_json_ld_gives_author_and_date_to_each_of_several_articles(document, stories):
    nodes = [
        {
            "@type": "NewsArticle",
            "headline": s.title,
            "datePublished": s.date,
            "author": {"name": s.author},
        }
        for s in stories
    ]
    data = json.dumps({"@context": "https://schema.org", "@graph": nodes})
    body = "".join(f"<article><h2>{s.title}</h2>{s.html}</article>" for s in stories)
    more = f'<script type="application/ld+json">{data}</script>'
    check_all(read_pages(document(page(body, more=more))), stories)


def test_an_article_appended_to_another_is_one_of_its_own(document, stories):
    more = '<meta property="og:type" content="article">'
    body = posts(stories[:2], heading="h1")
    check_all(read_pages(document(page(body, more=more))), stories[:2])


def test_sections_of_one_article_stay_together(document, stories):
    sections = "".join(f"<section><h2>{s.title}</h2>{s.html}</section>" for s in stories)
    body = f"<article><h1>A week at the coast, told in four parts</h1>{sections}</article>"
    pages = read_pages(document(page(body, more='<meta property="og:type" content="article">')))
    assert len(pages) == 1
    assert pages[0].single
    assert [b.text for b in pages[0].blocks if b.tag == "h2"] == [s.title for s in stories]


def test_an_index_gives_each_of_its_teasers_in_brief(document, stories):
    cards = "".join(
        f'<div class="card"><a href="/x/{i}-{s.slug}"><img src="x.jpg"></a>'
        f'<h3><a href="/x/{i}-{s.slug}">{s.title}</a></h3><p>{s.teaser}</p></div>'
        for i, s in enumerate(stories)
    )
    pages = read_pages(document(page(f"<main><h1>Latest</h1><div>{cards}</div></main>")))
    assert [p.title for p in pages] == [s.title for s in stories]
    assert [text(p) for p in pages] == [s.teaser for s in stories]
    assert all(p.single and p.issue and p.headline for p in pages)


def test_teasers_under_an_article_are_no_articles(document, stories):
    first, *others = stories
    cards = "".join(
        f'<article><h3><a href="/{s.slug}">{s.title}</a></h3><p>{s.teaser}</p></article>'
        for s in others
    )
    body = f"<main><article><h1>{first.title}</h1>{first.html}</article><section>{cards}</section></main>"
    pages = read_pages(document(page(body)))
    assert [p.title for p in pages] == [first.title]
    assert all(paragraph in text(pages[0]) for paragraph in first.paragraphs)


def test_an_article_without_paragraph_elements_is_no_index(document, stories):
    first, *others = stories
    cards = "".join(
        f'<li><h3><a href="/{i}/{s.slug}">{s.title}</a></h3>{s.teaser}</li>'
        for i in range(2)
        for s in others
    )
    body = f"<h1>{first.title}</h1><div>{'<br><br>'.join(first.paragraphs)}</div><ul>{cards}</ul>"
    (found,) = read_pages(document(page(body)))
    assert found.single
    assert all(paragraph in text(found) for paragraph in first.paragraphs)


def test_comments_are_never_articles(document, stories):
    first, *others = stories
    comments = "".join(
        f'<article class="comment"><h4>{s.author}</h4><time>{s.date}</time>{s.html}</article>'
        for s in others
    )
    body = (
        f'<article><h1>{first.title}</h1>{first.html}</article><div id="comments">{comments}</div>'
    )
    pages = read_pages(document(page(body)))
    assert [p.title for p in pages] == [first.title]
    assert others[0].paragraphs[0] not in text(pages[0])


def test_a_live_blog_stays_one_article_with_its_posts(document, stories):
    nodes = {
        "@type": "LiveBlogPosting",
        "headline": "The storm as it happened",
        "datePublished": stories[0].date,
    }
    updates = "".join(
        f'<article class="update"><time datetime="{s.date}">now</time><h2>{s.title}</h2>{s.html}</article>'
        for s in stories
    )
    body = f"<main><h1>The storm as it happened</h1><p>{stories[0].teaser}</p>{updates}</main>"
    more = f'<script type="application/ld+json">{json.dumps(nodes)}</script>'
    pages = read_pages(document(page(body, more=more)))
    assert [p.title for p in pages] == ["The storm as it happened"]
    assert all(s.paragraphs[1] in text(pages[0]) for s in stories)


def short(story, sentences=4):
    """The first sentences of a story, as a report of its own."""
    return ". ".join(" ".join(story.paragraphs).split(". ")[:sentences]) + "."


def test_short_reports_among_long_ones_are_articles_and_notices_are_stubs(document, stories):
    briefs = [(s, s.html if i % 2 else f"<p>{short(s, 3)}</p>") for i, s in enumerate(stories)]
    cards = "".join(
        f'<div class="item"><h2>{s.title}</h2><p class="date">3 Mar 2026</p>{text}</div>'
        for s, text in briefs
    )
    notice = '<div class="item"><h2>Our new app is here</h2><p class="date">3 Mar 2026</p><p>Try it.</p></div>'
    pages = read_pages(document(page(f"<div>{cards}{notice}</div>")))
    assert [p.title for p in pages] == [s.title for s in stories]
    assert all(p.published is not None for p in pages)
    (stub,) = [o for o in pages[0].left_out if o.reason == "stub"]
    assert stub.what.startswith("Our new app is here: ")


def test_teasers_with_three_sentences_are_articles_with_addresses(document, stories):
    cards = "".join(
        f'<li><h3><a href="/{s.slug}">{s.title}</a></h3><p>{short(s, n)}</p></li>'
        for n, s in zip((3, 1, 3, 3), stories, strict=True)
    )
    more = '<link rel="canonical" href="https://quay.example/">'
    pages = read_pages(document(page(f"<ul>{cards}</ul>", more=more)))
    told = [stories[0], *stories[2:], stories[1]]
    assert [p.url for p in pages] == [f"https://quay.example/{s.slug}" for s in told]
    assert [p.title for p in pages] == [s.title for s in told]
    assert [p.issue for p in pages] == [False, False, False, True]


def test_briefs_of_one_size_are_articles(document, stories):
    briefs = "".join(
        f"<section><h3>{s.title}</h3><p>By {s.author}</p><p>{short(s, 3)}</p></section>"
        for s in stories
    )
    pages = read_pages(document(page(f"<h1>In brief</h1>{briefs}")))
    assert [p.title for p in pages] == [s.title for s in stories]


@pytest.mark.parametrize(
    ("markup", "text", "reason"),
    [
        ("<aside><p>{}</p></aside>", "Walk the pier with us on Sunday morning", "navigation"),
        ("<div class=promo><p>{}</p></div>", "Get our letter every Monday morning", "boilerplate"),
        ("<button>{}</button>", "Accept all", "navigation"),
        ("<section id='comments'><p>{}</p></section>", "I like ferries very much", "comment"),
        ("<div><h3><a href='/x'>{}</a></h3></div>", "Ten quays that you must see", "teaser"),
        ("<p class='by'>{}</p>", "By Ingrid Solheim, 2 March 2026", "byline"),
    ],
)
def test_what_an_html_page_shows_beside_its_article_is_left_out_with_a_reason(
    document, stories, markup, text, reason
):
    extra = f"<div class='extra'>{markup.format(text)}</div>"
    story = f"<article><h1>{stories[0].title}</h1>{stories[0].html}</article>"
    (found,) = read_pages(document(page(story + extra)))
    (left,) = [o for o in found.left_out if text in o.what]
    assert left.reason == reason
    assert left.page == "page.html"
    assert not any(o.what in " ".join(stories[0].paragraphs) for o in found.left_out)


def test_what_is_left_out_is_cut_short_and_counted(document, stories):
    items = "".join(f"<li><a href='/{i}'>Number {i} in a list</a></li>" for i in range(700))
    story = f"<article><h1>{stories[0].title}</h1>{stories[0].html}</article>"
    (found,) = read_pages(document(page(f"{story}<nav>{items}</nav><aside>{'word ' * 99}</aside>")))
    assert len(found.left_out) == 500
    assert "more blocks of text" in found.left_out[-1].what
    assert max(len(o.what) for o in found.left_out) <= 200


def day(story):
    return f"{int(story.date[8:10])} March 2026"


def test_a_date_and_a_read_more_anywhere_in_a_card_are_its_own(document, stories):
    cards = "".join(
        f"<div><div><img src=x></div><div><h4>{s.title}</h4><div><span>{s.author}</span>"
        f"<span>{day(s)}</span></div><p>{short(s)}</p>"
        f'<a href="https://quay.example/{s.slug}">Read more</a></div></div>'
        for s in stories
    )
    pages = read_pages(document(f"<title>Latest</title>{cards}"))
    assert [p.url for p in pages] == [f"https://quay.example/{s.slug}" for s in stories]
    assert [p.published.isoformat()[:10] for p in pages] == [s.date[:10] for s in stories]


def test_a_name_beside_the_date_is_the_author(document, stories):
    cards = "".join(
        f'<div><h3><a href="/{s.slug}">{s.title}</a></h3><div>{s.author} &middot; {day(s)}</div>{s.html}</div>'
        for s in stories
    )
    check_all(read_pages(document(page(cards))), stories)


@pytest.mark.parametrize(
    "layout",
    [
        '<div><div><a href="/{0.slug}"><span>{0.title}</span></a></div><div>{0.author} - {1}</div>{2}</div>',
        "<table><tr><td><font size=5><b>{0.title}</b></font><br><font>By {0.author}, {1}</font><p>{2}</table>",
    ],
)
def test_headlines_without_heading_elements_are_told_by_their_looks(document, stories, layout):
    body = "".join(layout.format(s, day(s), s.html) for s in stories)
    pages = read_pages(document(page(f"<div>{body}</div>")))
    articles = [a for found in pages for a in PageSplitter()(found).articles]
    assert [a.title for a in articles] == [s.title for s in stories]
    assert [a.author for a in articles] == [s.author for s in stories]
    assert [a.text for a in articles] == ["\n\n".join(s.paragraphs) for s in stories]


@pytest.mark.parametrize(
    "layout",
    [
        "<p><strong>{0.title}</strong></p><p>{0.author}, {1}</p>{2}",
        '<div style="font-size:22px;font-weight:bold">{0.title}</div>{2}',
        '<table><tr><td style="font-weight:bold"><a href="/{0.slug}">{0.title}</a></td></tr>'
        "<tr><td>{2}</td></tr></table>",
        "<details open><summary>{0.title}</summary>{2}</details>",
        '<div role="heading" aria-level="2">{0.title}</div>{2}',
    ],
)
def test_lines_in_bold_above_text_are_headlines_where_a_page_has_no_headings(
    document, stories, layout
):
    body = "".join(layout.format(s, day(s), s.html) for s in stories)
    found = read_pages(document(page(f"<p>Good morning, here is the news.</p><div>{body}</div>")))
    assert [p.title for p in found] == [s.title for s in stories]
    for one, story in zip(found, stories, strict=True):
        assert [b.text for b in one.blocks][-3:] == list(story.paragraphs)


@pytest.mark.parametrize(
    "layout",
    [
        "<p><i>{1}</i> <b>-{0.title}</b><p>{2}",
        "<p><i>02.03.26</i> <b>-{0.title}</b><p>{2}",
        "<p><b>{0.title}!</b></p>{2}",
        "<p><font color=red>{0.title}</font><br>{1}</p>{2}",
        "<table><tr><th>{0.title}</th><th>{1}</th></tr><tr><td>{2}</td></tr></table>",
        "<table><tr><th>{0.title}</th><th>02.03.26</th></tr><tr><td>{2}</td></tr></table>",
    ],
)
@pytest.mark.parametrize(
    "head", ["<h1>Quay News</h1><h6>What goes on at the pier</h6>", "<h2>Quay News</h2>"]
)
def test_lines_of_one_look_are_titles_also_below_the_heading_of_a_page(
    document, stories, layout, head
):
    body = "".join(layout.format(s, day(s), s.html) for s in stories)
    found = read_pages(document(f"<title>Quay News</title><body>{head}{body}</body>"))
    assert [p.title.strip("-.!") for p in found] == [s.title for s in stories]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (
            "<tr><td><center><b><font size=5>{}</font></b></center></td></tr>",
            "<tr><td>{}</td></tr>",
        ),
        ('<div role="heading">{}</div>', "<div><div><span>{}</span></div></div>"),
    ],
)
def test_articles_in_rows_or_boxes_without_paragraphs_are_whole(document, stories, head, text):
    joint = "</span></div><div><span>" if "span" in text else "<br><br>"
    body = "".join(head.format(s.title) + text.format(joint.join(s.paragraphs)) for s in stories)
    body = f"<table>{body}</table>" if "tr" in head else body
    found = read_pages(document(page(body)))
    assert [p.title for p in found] == [s.title for s in stories]
    for one, story in zip(found, stories, strict=True):
        assert [b.text for b in one.blocks][-3:] == list(story.paragraphs)


def test_sections_in_bold_below_the_lead_of_an_article_stay_in_it(document, stories):
    lead, *rest = stories
    sections = "".join(f"<p><strong>{s.title}</strong></p>{s.html}" for s in rest)
    body = f"<p><strong>{lead.title}</strong></p>{lead.html}{sections}"
    assert len(read_pages(document(page(f"{lead.html}{sections}", title=lead.title)))) == 1
    assert len(read_pages(document(page(body, title=f"{lead.title} - The Quay Post")))) == 1


def test_entries_of_a_numbered_list_stay_together(document, stories):
    body = "".join(f"<h2>{i}. {s.title}</h2>{s.html}" for i, s in enumerate(stories, 1))
    assert len(read_pages(document(page(f"<h1>Four</h1>{body}")))) == 1


def test_a_live_blog_in_microdata_stays_one_article(document, stories):
    live = posts(stories).replace(
        "<article", '<article itemscope itemtype="https://schema.org/BlogPosting"'
    )
    body = f'<div itemscope itemtype="https://schema.org/LiveBlogPosting"><h1>Storm live</h1>{live}</div>'
    (found,) = read_pages(document(page(body)))
    assert found.single


def test_the_year_of_a_copyright_line_is_no_date(document, stories):
    story = f"<h1>{stories[0].title}</h1>{stories[0].html}"
    (found,) = read_pages(document(page(f"{story}<div>Copyright 2026 The Quay Post</div>")))
    assert found.published is None


def test_the_headline_is_not_the_name_of_the_site(document, stories):
    title = stories[0].title
    more = f'<meta property="og:title" content="{title}">'
    story = f"<main><h1>{title}</h1>{stories[0].html}</main>"
    (found,) = read_pages(document(page(story, title=f"{title} | The Beacon", more=more)))
    assert found.site == "The Beacon"


def test_the_role_in_a_byline_is_no_name(document, stories):
    cards = "".join(
        f'<div><h2>{s.title}</h2><p class="by">{s.author}, restaurant critic – {day(s)}</p>{s.html}</div>'
        for s in stories
    )
    check_all(read_pages(document(page(cards))), stories)


def test_links_and_labels_above_a_headline_and_known_lines_below_are_no_text(document, stories):
    story = stories[0]
    (found,) = read_pages(
        document(
            f"<title>The Post | Print | {story.title}</title><p><a href=#>Close</a> | <a href=#>Print</a></p>"
            f"<h2>{story.title}</h2><p>By {story.author}<br>{day(story)}</p>{story.html}"
        )
    )
    assert found.title == story.title
    assert found.author == story.author
    assert found.published.isoformat()[:10] == story.date[:10]
    assert [b.text for b in found.blocks if b.text != story.title] == list(story.paragraphs)
    assert {o.reason for o in found.left_out} == {"navigation", "byline"}


@pytest.mark.parametrize(
    "title",
    [
        "Letters: Ferry | Seeds | Trains",
        "Readers' letters",
        "Letters to the editor for 3 March",
        "Leserbriefe vom 3. März",
        "Courrier des lecteurs",
        "Cartas al director",
    ],
)
def test_letters_to_the_editor_are_several_articles_under_one_address(document, stories, title):
    letters = "".join(f"<h4>{s.title}</h4>{s.html}<p>{s.author}<br>Quay Town</p>" for s in stories)
    body = f"<article><h1>{title}</h1>{letters}</article>"
    more = '<meta property="og:type" content="article">'
    pages = read_pages(document(page(body, title=title, more=more)))
    assert [p.title for p in pages] == [s.title for s in stories]


def test_an_article_about_a_letter_stays_one(document, stories):
    letters = "".join(f"<h4>{s.title}</h4>{s.html}" for s in stories)
    body = f"<article><h1>Letters sent by sea arrive at last</h1>{letters}</article>"
    more = '<meta property="og:type" content="article">'
    title = "Letters sent by sea arrive at last"
    assert len(read_pages(document(page(body, title=title, more=more)))) == 1


def test_a_line_break_in_a_heading_parts_no_titles(document, stories):
    first, second, *_ = stories
    broken = second.title.replace(" ", "<br>", 1)
    body = f"<article><h1>{first.title}</h1>{first.html}<h2>{broken}</h2>{second.html}</article>"
    (found,) = read_pages(document(page(body, title=first.title)))
    assert second.title in [block.text for block in found.blocks if block.tag == "h2"]


def test_the_line_of_date_author_and_comments_below_a_title_is_of_its_own_article(document):
    """Never of the neighbour; it is no text."""
    rows = (
        ("Harbour gives its old boats away", "24. November 2026, 11:02 Uhr · Von Ada Lund"),
        ("Tower keeper leaves after twelve years", "26. Nov. 2026, 17:45 Uhr · Von Ole Kern"),
    )
    text = "<p>It was said on the quay that nobody had seen it come, and that all would stay.</p>"
    body = "".join(
        f"<article><h2>{title}</h2><div class=meta>{line} · 3 Kommentare</div>{text * 2}</article>"
        for title, line in rows
    )
    page = f"<html lang=de><title>Lokales</title><body><main><h1>Lokales</h1>{body}</main></body>"
    found = [(p.title, p.author, f"{p.published:%d %H:%M}") for p in read_pages(document(page))]
    assert found == [
        (rows[0][0], "Ada Lund", "24 11:02"),
        (rows[1][0], "Ole Kern", "26 17:45"),
    ]


def test_what_a_comparison_tells_of_is_one_article(document):
    """Its lead stands above, and its titles begin alike, though each leads to a shop."""
    title = "The three best lamps for a dark hall"
    text = "<p>It gives a warm light that reaches the last hook, and was found in the dark.</p>"
    parts = "".join(
        f"<h2><a href=https://shop.example/{n}>Best for {what}: Lumo {n}</a></h2>{text}"
        for n, what in enumerate(("reading", "little money", "a cat"))
    )
    lead = "We lived for six weeks with eleven lamps in a hall without a window. These are the ones to buy now."
    page = f"<title>{title} | Home</title><body><div class=text><p>{lead}</p>{parts}</div></body>"
    (found,) = read_pages(document(page))
    assert found.title == title
    assert found.blocks[0].text == lead
