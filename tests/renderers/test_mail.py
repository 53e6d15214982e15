"""The HTML of a mail is small, styled where it stands, and free of anything remote."""

import re
from collections.abc import Callable
from dataclasses import replace

import lxml.html
import pytest

from digest.models import Digest, Section, Topic
from digest.renderers import MailRenderer
from digest.renderers.mail import MAX_BYTES


def parsed(digest: Digest) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(MailRenderer()(digest))


def longer(digest: Digest, topics: int, script: str = "") -> Digest:
    """Return an issue of so many topics, their labels in some script."""
    sections = [
        replace(section, topic=replace(section.topic, label=f"{section.topic.label} {script} {n}"))
        for n in range(topics)
        for section in digest.sections[:1]
    ]
    return replace(digest, sections=tuple(sections))


def test_the_order_is_the_page_s(digest: Digest) -> None:
    """Date, counts, glance, topics with key sentences and headlines, in brief, left out."""
    text = parsed(digest).text_content()
    order = [
        *("Saturday, 21 November 2026", "3 topics · 6 articles", "At a glance", "spending"),
        *("Solar farm ruling", "In brief", "Every glacier", "Left out: 1 failed source"),
    ]
    places = [text.find(part) for part in order if part != "spending"]
    assert -1 not in places
    assert places == sorted(places)


def test_the_preheader_is_the_first_key_sentence(digest: Digest) -> None:
    """It stands before everything that can be seen."""
    preheader = parsed(digest).find(".//body/div")
    assert preheader.text == digest.sections[0].summary.sentences[0].text
    assert "display: none" in preheader.get("style")


def test_styles_stand_where_they_work(digest: Digest) -> None:
    """Every paragraph has its style; what is left in <style> is small and has only media queries."""
    page = parsed(digest)
    assert all(element.get("style") for element in page.iter("p", "td", "h1", "h2", "h3"))
    (style,) = page.xpath("//style/text()")
    assert len(style) < 16_000
    assert all(rule.strip().startswith("@media") for rule in style.split("}\n@")[:1])


def test_nothing_is_loaded(digest: Digest) -> None:
    """No image, no script, no form, no remote style."""
    assert not parsed(digest).xpath(
        "//img | //script | //form | //link | //*[@src] | //*[@background]"
    )


def test_layout_tables_say_so(digest: Digest) -> None:
    """A screen reader is not told of rows and columns."""
    assert {table.get("role") for table in parsed(digest).iter("table")} == {"presentation"}


@pytest.mark.parametrize("script", ["", "漢字" * 40, "ж" * 300])
def test_a_long_issue_is_cut_between_items(digest: Digest, script: str) -> None:
    """At most 90 KB; every tag is closed, the topics that are missing are counted."""
    html = MailRenderer(unsubscribe_url="https://digest.example/u")(longer(digest, 400, script))
    assert len(html.encode()) <= MAX_BYTES
    assert html.rstrip().endswith("</html>")
    assert html.count("<table") == html.count("</table")
    page = lxml.html.document_fromstring(html)
    shown = len(page.xpath("//h2[@dir]"))
    assert 10 < shown < 400
    assert f"{400 - shown} more topics did not fit" in page.text_content()
    assert page.xpath("//a[.='Unsubscribe']")


def test_one_giant_sentence_does_not_cost_the_mail(digest: Digest) -> None:
    """It is left to the page, and the rest is sent."""
    first = digest.sections[0]
    giant = replace(first.summary.sentences[0], text="word " * 40_000)
    summary = replace(first.summary, sentences=(giant, *first.summary.sentences[1:]))
    html = MailRenderer()(replace(digest, sections=(replace(first, summary=summary),)))
    assert len(html.encode()) <= MAX_BYTES
    assert "returned to the table" in html


def test_a_giant_that_differs_is_left_to_the_page(running: Digest) -> None:
    """As above, for the figures that differ."""
    first = running.sections[0]
    (one,) = first.disagreements
    giant = replace(one, first=replace(one.first, text="word " * 40_000))
    html = MailRenderer()(replace(running, sections=(replace(first, disagreements=(giant,)),)))
    assert len(html.encode()) <= MAX_BYTES
    assert "returned to the table" in html


def test_giants_everywhere_still_make_a_mail(digest: Digest) -> None:
    """A title, a label, a source of a megabyte each: short of everything, but a mail."""
    huge = "huge " * 200_000
    first = digest.sections[0]
    article = replace(first.topic.articles[0], title=huge, source=huge, author=huge)
    story = replace(first.stories[0], story=replace(first.stories[0].story, articles=(article,)))
    section = Section(Topic(huge, (story.story,), (huge,)), first.summary, (story,))
    html = MailRenderer()(replace(digest, title=huge, sections=(section,)))
    assert len(html.encode()) <= MAX_BYTES


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "</td></table>",
    ],
)
def test_hostile_text_stays_text(
    hostile: Callable[[str], Digest], flaws: Callable[[str], list[str]], vector: str
) -> None:
    """Only our own tags and attributes are in the mail."""
    assert flaws(MailRenderer(web_url=vector, reason=vector)(hostile(vector))) == []


URL = re.compile(r"<((?:https?|mailto):[^>\s]+)>")


def test_both_parts_have_the_same_links(digest: Digest) -> None:
    """Each article has one address in the mail, whichever part is read."""
    parts = MailRenderer(
        web_url="https://news.example/1.html", unsubscribe_url="https://news.example/u?t=1"
    ).parts(digest)
    links = lxml.html.document_fromstring(parts.html).xpath("//a/@href")
    assert set(links) == set(URL.findall(parts.text))
    assert len(links) > 8


def test_figures_that_differ_stand_side_by_side(running: Digest) -> None:
    """In both parts, each with its source, and the source that fails is named."""
    parts = MailRenderer().parts(running)
    page = lxml.html.document_fromstring(parts.html)
    for text in (page.text_content(), " ".join(parts.text.split())):
        assert "14 million crowns" in text
        assert "7 million crowns" in text
        assert "failing since" in text
    assert set(page.xpath("//a/@href")) == set(URL.findall(parts.text))


def test_both_parts_have_the_same_items_when_it_is_cut(digest: Digest) -> None:
    """What did not fit into the one is not in the other."""
    parts = MailRenderer().parts(longer(digest, 400))
    headings = lxml.html.document_fromstring(parts.html).xpath("//h2[@dir]")
    assert parts.text.count("FERRY STRIKE") == len(headings) < 400


def test_the_text_is_wrapped(digest: Digest) -> None:
    """At 72 columns, but for addresses, which cannot be."""
    text = MailRenderer().parts(digest).text
    assert all(len(row) <= 72 for row in text.split("\n") if "<http" not in row)


def test_the_subject_names_the_topics(digest: Digest) -> None:
    """As many as there is room for, and none of them cut."""
    subject = MailRenderer().parts(digest).subject
    assert subject.startswith("The daily digest: Ferry strike, Solar farm ruling")
    assert len(MailRenderer().parts(longer(digest, 90)).subject) <= 150


def test_an_empty_day_says_so(empty: Digest) -> None:
    """A sentence."""
    assert "No articles today from 4 sources." in MailRenderer()(empty)
