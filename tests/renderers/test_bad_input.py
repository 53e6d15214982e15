"""Issues that no one planned for: each is rendered, reads well, and loses nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import lxml.etree
import lxml.html
import pytest

from digest.models import Article, Digest, Section, Sentence, Story, StorySummary, Summary, Topic
from digest.renderers.archive import archive_entry, render_archive
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer, TextRenderer

ARABIC = "عادت العبّارات إلى العمل يوم الاثنين."
MIXED = "The word עברית stands in “مرحبا” (2026), they said."
EMOJI = "Ferries are back 🛳️👩🏽‍🚀 and so is the 🇳🇴 flag."
LONG = "Ferries " + "and more ferries " * 117 + "came."


def issue_of(*articles: Article, label: str = "Ferries") -> Digest:
    """An issue of one topic under its label, each article a story whose whole text is its sentence."""
    told = tuple(
        StorySummary(
            Story((article,)),
            Summary((Sentence(article.id, 0, 0, len(article.text), article.text),), "lead"),
        )
        for article in articles
    )
    topic = Topic(label, tuple(story.story for story in told))
    section = Section(topic, told[0].summary, told, heading=label, tier="lead")
    return Digest("The daily digest", date(2026, 11, 21), (section,))


def texts_of(digest: Digest) -> dict[str, str]:
    """What a reader sees of the issue in each form."""
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    archive = render_archive([archive_entry(digest, "issue")], title=digest.title)
    listed = lxml.html.document_fromstring(archive["index.html"])
    feed = lxml.etree.fromstring(archive["feed.xml"].encode())
    return {
        "page": page.text_content(),
        "markdown": MarkdownRenderer()(digest),
        "text": TextRenderer()(digest),
        "list": listed.text_content(),
        "feed": "".join(feed.itertext()),
    }


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_no_articles(empty: Digest) -> None:
    """Every form says that there are none; the list and the feed have an issue of no topics."""
    texts = texts_of(empty)
    for form in ("page", "markdown", "text"):
        assert "No articles today from 4 sources." in texts[form]
    assert "0 topics" in texts["list"]
    assert "0 topics" in texts["feed"]


def test_one_article() -> None:
    """No glance of one, no timeline of a day, no share of itself."""
    digest = issue_of(Article("a", "Ferries are back", "They left at noon.", "The Courier"))
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    assert not page.xpath("//nav")
    assert not page.find_class("days")
    for form, text in texts_of(digest).items():
        assert "Ferries are back" in text, form


def test_five_hundred_topics(digest: Digest) -> None:
    """All are there in every form, and the page stays within its size."""
    sections = tuple(replace(digest.sections[n % 3], heading=f"No. {n}") for n in range(500))
    many = replace(digest, sections=sections)
    for form, text in texts_of(many).items():
        said = text.casefold()
        assert [n for n in range(500) if f"no. {n}" not in said] == [], form
    page = lxml.html.document_fromstring(HtmlRenderer()(many))
    assert len(page.xpath("//nav//li")) == 500


def test_ten_thousand_lines(digest: Digest) -> None:
    """In brief and also read, each once in every form."""
    brief = digest.in_brief[0]
    lines = [
        replace(brief, article=replace(brief.article, id=f"l{n}", title=f"No. {n} sails"))
        for n in range(10_000)
    ]
    many = replace(digest, in_brief=tuple(lines[:5_000]), also_read=tuple(lines[5_000:]))
    for form, text in texts_of(many).items():
        assert text.count(" sails") == 10_000, form


def test_a_label_of_three_hundred_characters() -> None:
    """It is shown whole; a longer one ends in an ellipsis."""
    text = "They left at noon."
    whole, longer = "ferry " * 49 + "ferry.", "ferry " * 60
    for label, shown in ((whole, whole), (longer, "ferry " * 48 + "ferry…")):
        for form, said in texts_of(issue_of(Article("a", "Ferries", text), label=label)).items():
            assert squeezed(shown) in squeezed(said.casefold()), form


@pytest.mark.parametrize("text", [ARABIC, MIXED, EMOJI])
def test_other_scripts(text: str) -> None:
    """Each word as it was written, and on the page isolated from what stands around it."""
    digest = issue_of(Article("a", text, text, text, author=text), label=text)
    for form, said in texts_of(digest).items():
        assert squeezed(text) in squeezed(said.replace("\\", "")), form
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    for element in page.xpath("//body//*[text()]"):
        if text[:12] in (element.text or ""):
            nearest = [element, *element.iterancestors()][:3]
            assert any(one.tag == "bdi" or one.get("dir") == "auto" for one in nearest), element.tag


def test_missing_dates_addresses_and_titles() -> None:
    """Nothing stands in their place but the words "Without a title"."""
    digest = issue_of(Article("a", "", "They left at noon."), Article("b", "", "They came back."))
    for form, text in texts_of(digest).items():
        assert "None" not in text, form
        assert "1970" not in text.partition("Every sentence")[0], form
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    assert {link.get("href")[:1] for link in page.iter("a")} == {"#"}
    assert [h.text for h in page.iter("h3")] == ["Without a title", "Without a title"]


def test_a_sentence_of_two_thousand_characters() -> None:
    """It stands whole where it is read, and the link to it stays short."""
    assert len(LONG) >= 2000
    digest = issue_of(Article("a", "Ferries", LONG, url="https://courier.example/a"))
    for form, text in texts_of(digest).items():
        if form != "list":
            assert squeezed(LONG) in squeezed(text), form
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    assert max(len(link.get("href")) for link in page.iter("a")) < 2200


@pytest.mark.parametrize("code", ["ar", "he", "fa"])
def test_a_language_from_right_to_left(code: str) -> None:
    """`lang` says it, `dir="auto"` turns the paragraph, and a note is no part of a figure before it."""
    digest = issue_of(Article("a", ARABIC, ARABIC, language=code))
    made = HtmlRenderer()(digest)
    assert re.search(r"sup ?{ ?unicode-bidi: ?isolate", made)
    page = lxml.html.document_fromstring(made)
    key = page.find_class("key")[0]
    assert (key.get("lang"), key.get("dir")) == (code, "auto")


def test_the_same_issue_gives_the_same_bytes(
    running: Digest, hostile: Callable[[str], Digest]
) -> None:
    """Whichever was rendered before it."""
    first = texts_of(running)
    texts_of(hostile("<b>"))
    assert texts_of(running) == first
