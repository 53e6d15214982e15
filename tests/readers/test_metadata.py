"""Who wrote a page: the forms in which heads, bylines and lines of text say it."""

import json

import pytest

from digest.readers import read_pages
from digest.splitting import PageSplitter

PAIR = "Anna Lind, Bo Ray"


def ld(author):
    said = json.dumps({"@type": "NewsArticle", "headline": "Ferry", "author": author})
    return f'<script type="application/ld+json">{said}</script>'


def person(name):
    return {"@type": "Person", "name": name}


HEADS = [
    (ld(person("Anna Lind")), "Anna Lind"),
    (ld([person("Anna Lind"), person("Bo Ray")]), PAIR),
    (ld(["Anna Lind", "Bo Ray"]), PAIR),
    (ld("Anna Lind and Bo Ray"), PAIR),
    (ld("By Anna Lind, Bo Ray"), PAIR),
    (ld("Anna Lind, Science Correspondent"), "Anna Lind"),
    (ld("Anna Lind, PhD"), "Anna Lind"),
    (ld([person("Anna Lind"), person("Anna Lind")]), "Anna Lind"),
    ('<meta name="author" content="Anna Lind">', "Anna Lind"),
    ('<meta name="author" content="Anna Lind, Bo Ray, and Cy Dee">', f"{PAIR}, Cy Dee"),
    ('<meta name="author" content="Anna Lind; Bo Ray">', PAIR),
    ('<meta name="author" content="Anna Lind &amp; Bo Ray">', PAIR),
    ('<meta name="author" content="Anna Lind und Bo Ray">', PAIR),
    ('<meta name="author" content="Anna Lind (Reuters)">', "Anna Lind"),
    ('<meta name="author" content="Anna Lind @annalind">', "Anna Lind"),
    ('<meta name="author" content="Wood &amp; i">', "Wood & i"),
    ('<meta name="author" content="陈小明">', "陈小明"),
    ('<meta name="author" content="José Ortega y Gasset">', "José Ortega y Gasset"),
    ('<meta name="author" content="https://example.com/anna">', None),
    ('<meta name="author" content="admin">', None),
    ('<meta name="DC.creator" content="Lind, Anna"><meta name="DC.creator" content="Ray, B.">',
     "Anna Lind, B. Ray"),
    ('<meta name="citation_author" content="van Dyk, Piet">', "Piet van Dyk"),
    ('<meta name="author" content="Desk"><meta property="dc:creator twitter:creator" content="Anna Lind">',
     "Anna Lind"),
    ('<meta property="article:author" content="Anna Lind">', "Anna Lind"),
    ('<meta property="og:article:author" content="Tidende News">', "Tidende News"),
    ('<meta property="article:author" content="https://social.example/anna">', None),
    ('<meta name="creator" content="pagemaker version 1.111">', None),
]  # fmt: skip
BYLINES = [
    ('<p>By <a rel="author" href="/anna">Anna Lind</a></p>', "Anna Lind"),
    ('<p class="byline">By Anna Lind and Bo Ray</p>', PAIR),
    ('<p class="byline">By Anna Lind in Bergen</p>', "Anna Lind"),
    ('<p class="byline">Von Anna Lind und Bo Ray</p>', PAIR),
    ('<p class="byline">Par Anna Lind et Bo Ray</p>', PAIR),
    ('<p class="byline">Por Anna Lind y Bo Ray</p>', PAIR),
    ('<div class="author"><a>Anna Lind</a> <div class="author-title">Games Editor</div></div>', "Anna Lind"),
    ('<p class="byline">Written by Anna Lind Edited by Bo Ray</p>', "Anna Lind"),
    ('<span class="author">Last Updated:</span>', None),
    ('<span class="author">4 min read</span>', None),
    ("<p>By Anna Lind and Bo Ray, 27 November 2026</p>", PAIR),
    ("<p>Anna Lind and Bo Ray, 27 November 2026</p>", PAIR),
    ("<p>Anna Lind, Bo Ray and Cy Dee | 27 November 2026</p>", f"{PAIR}, Cy Dee"),
    ("<p>27 November 2026 | Anna Lind, Correspondent</p>", "Anna Lind"),
    ('<div class=byline><span>Anna Lind</span><span>Asia editor</span><span>Copied</span></div>', "Anna Lind"),
    ('<div class=byline>Anna Lind<br>Bergen - 23 nov 2026 - 21:14 CET</div>', "Anna Lind"),
    ('<div class=byline>Par <b>Anna Lind</b>, publié le 24/11/2026 à 18h32, mis à jour le</div>', "Anna Lind"),
    ('<div class=byline>Posted by admin on November 23, 2026 in News, Industry</div>', None),
    ('<p class=byline>By Anna Lind, Games Editor, and Bo Ray in Bergen</p>', PAIR),
    ('<p class=byline>By Anna Lind, Games Editor, in Bergen</p>', "Anna Lind"),
    ('<div class=byline>By Femke de Boer and Jo van Dam</div>', "Femke de Boer, Jo van Dam"),
    ('<div><span>Von Anna Lind</span> <time datetime="2026-11-23">23. November 2026</time></div>', "Anna Lind"),
]  # fmt: skip
LINES = [
    ("By Anna Lind", "Anna Lind"),
    ("By Anna Lind and Bo Ray", PAIR),
    ("By Anna Lind, Bo Ray and Cy Dee", f"{PAIR}, Cy Dee"),
    ("Anna Lind and Bo Ray, 27 November 2026", PAIR),
    ("27 November 2026, Anna Lind and Bo Ray", PAIR),
    ("Anna Lind | 27 November 2026", "Anna Lind"),
    ("By Anna Lind in Bergen", "Anna Lind"),
    ("24. November 2026, 11:02 Uhr · Von Anna Lind · 3 Kommentare", "Anna Lind"),
    ("Bergen, 27 November 2026 · Anna Lind", "Anna Lind"),
    ("Text: Anna Lind, Fotos: Bo Ray", "Anna Lind"),
    ("Interview: Anna Lind", "Anna Lind"),
    ('Posted by: "Anna Lind" anna@lind.example', "Anna Lind"),
    ("Von Anna Lind und Bo Ray", PAIR),
    ("Par Anna Lind et Bo Ray", PAIR),
    ("Anna Lind, Political Correspondent", "Anna Lind"),
]


def page(story, head="", byline=""):
    return (
        f"<html><head><title>{story.title}</title>{head}</head><body><article><h1>{story.title}</h1>{byline}"
        f"{story.html}</article></body></html>"
    )


@pytest.mark.parametrize(("head", "author"), HEADS)
def test_the_head_of_a_page_names_its_authors(document, stories, head, author):
    (read,) = read_pages(document(page(stories[0], head)))
    assert read.author == author


@pytest.mark.parametrize(("byline", "author"), BYLINES)
def test_a_byline_below_the_headline_names_its_authors(document, stories, byline, author):
    (read,) = read_pages(document(page(stories[0], byline=byline)))
    assert read.author == author


@pytest.mark.parametrize(("line", "author"), LINES)
def test_a_line_below_a_title_names_its_authors(document, stories, line, author):
    text = f"{stories[0].title}\n\n{line}\n\n" + "\n\n".join(stories[0].paragraphs)
    (read,) = read_pages(document(text, "a.txt"))
    (found,) = PageSplitter()(read).articles
    assert found.author == author


EVENT = '<script type="application/ld+json">{"@type":"Event","startDate":"2026-06-20"}</script>'
TOLD = "The walk along the old pier on 5 March 2026 will start an hour later than last year, the council said."
DATES = [
    ("en-US", "<p class=meta>Published 11/03/2026</p>", "2026-11-03"),
    ("en", "<p class=meta>Published 11/03/2026 10:15 AM EST</p>", "2026-11-03"),
    ("en", "<p class=meta>Published 11/03/2026</p>", None),
    ("en-GB", "<p class=meta>Published 11/03/2026</p>", "2026-03-11"),
    ("fr", "<p class=meta>Publié le 11/03/2026</p>", "2026-03-11"),
    ("de", "<p class=meta>Stand: 11.03.2026</p>", "2026-03-11"),
    ("en", "<script>var built = '2026-03-11T08:00:00Z'</script>", None),
    ("en", "<script>var built = '2026-03-11'</script><p>11 March 2026</p>", "2026-03-11"),
    ("en", """<script>app = {"datePublished": "2026-03-11"}</script>""", "2026-03-11"),
    ("en", "<p>Our next open evening: <time datetime=2027-02-14>14 February 2027</time></p>", None),
    (
        "en",
        "<aside><a href=/x>Sleepers</a> <time datetime=2024-03-05>5 March 2024</time></aside>",
        None,
    ),
    ("en", "<p>Updated: 13 March 2026 | First published: 11 March 2026</p>", "2026-03-11"),
    ("fr", "<p>Mis à jour le 13 mars 2026 à 7h, publié le 11 mars 2026 à 18h05</p>", "2026-03-11"),
    ("de", "<p>Aktualisiert: 13. März 2026, veröffentlicht: 11. März 2026</p>", "2026-03-11"),
    (
        "es",
        "<p>Actualizado: 13 de marzo de 2026 | Publicado: 11 de marzo de 2026</p>",
        "2026-03-11",
    ),
    (
        "en",
        "<ul><li><a href=/x>An older tale</a> <time datetime=2024-03-05>5 March</time></li></ul>",
        None,
    ),
    ("en", EVENT, None),
    ("en", f"<p>{TOLD}</p>", None),
    (
        "en",
        "<p>BERGEN, 11 March 2026 - The ferry came back to its old pier in the sun at noon</p>",
        "2026-03-11",
    ),
    ("en", "<p>Published <time datetime=2026-03-11>11 March 2026</time></p>", "2026-03-11"),
]


@pytest.mark.parametrize(("language", "line", "day"), DATES)
def test_a_date_is_the_page_s_own_and_read_as_its_country_writes_it(
    document, stories, language, line, day
):
    """None is better than a wrong one."""
    html = page(stories[0], byline=line).replace("<html>", f"<html lang={language}>")
    (read,) = read_pages(document(html))
    assert (f"{read.published:%Y-%m-%d}" if read.published else None) == day


OG = '<meta property="og:title" content="{}">'
TITLES = [
    (OG.format("Ferry back after a year"), "The ferry returns | Tidende", "Why the ferry returns",
     "Ferry back after a year"),
    ('<meta name="DC.title" content="A year without a ferry">' + OG.format("Tidende"), "draft-ferry-04",
     "", "A year without a ferry"),
    ('<meta property="x:title dc:title" content="The ferry is back">', "Home of the ferry", "",
     "The ferry is back"),
    (ld("Anna Lind").replace('"Ferry"', '"sort of boat that crosses water"'), "Ferry - Lexicon", "Ferry",
     "Ferry"),
    (ld("Anna Lind").replace('"Ferry"', '"The ferry returns to the harbour at last"'),
     "The ferry returns at last - Tidende", "Ferry returns", "The ferry returns to the harbour at last"),
    (OG.format("Tidende - news and more news"), "Ferry sinks off the pier", "", "Ferry sinks off the pier"),
    (OG.format("The Tidende Post"), "Ferry sinks off the old pier - The Tidende Post",
     "Ferry sinks off the old pier",     "Ferry sinks off the old pier"),
    (OG.format("Ferry returns | Tidende") + '<meta property="og:site_name" content="Tidende">', "Ferry", "",
     "Ferry returns"),
    ("", "Ferry - Lexicon", "Ferry", "Ferry"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "tab", "heading", "title"), TITLES)
def test_a_declared_title_wins_where_it_speaks_of_what_the_page_shows(
    document, stories, head, tab, heading, title
):
    body = f"<h1>{heading}</h1>{stories[1].html}" if heading else stories[1].html
    content = f"<head><title>{tab}</title>{head}</head><body>{body}</body>"
    (page,) = read_pages(document(content))
    assert page.title == title
