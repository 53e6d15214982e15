"""The HTML of a mail is small, styled where it stands, and free of anything remote."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import lxml.html
import pytest

from digest.models import Brief, Digest, Importance, Section, Topic
from digest.renderers.mail import MAX_BYTES, MailRenderer


def parsed(digest: Digest) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(MailRenderer()(digest))


def longer(digest: Digest, topics: int, script: str = "") -> Digest:
    """Return an issue of so many topics, their headings in some script, and of nothing else."""
    sections = [
        replace(section, heading=f"{section.heading} {n} {script}", importance=weighed(topics - n))
        for n in range(topics)
        for section in digest.sections[:1]
    ]
    return replace(digest, sections=tuple(sections), in_brief=(), also_read=())


def weighed(total: float) -> Importance:
    return Importance((("outlets", float(total)),))


def with_lines(digest: Digest, importances: Sequence[float]) -> Digest:
    """Return an issue of one topic and many lines in brief, in an order that is not that of importance."""
    article = digest.in_brief[0].article
    lines = tuple(
        Brief(replace(article, id=f"line-{n}", title=f"Line {n} " + "of many words " * 12),
              weighed(importance), "science" if n % 2 else "world")
        for n, importance in enumerate(importances)
    )  # fmt: skip
    return replace(digest, sections=digest.sections[:1], in_brief=lines, also_read=())


def test_the_order_is_the_page_s(digest: Digest) -> None:
    """Date, counts, the lead in sentences, stories, in brief by parts of the paper, left out."""
    text = " ".join(parsed(digest).text_content().split())
    order = [
        *("Saturday, 21 November 2026", "15 articles of 5 outlets", "Ferry strike", "Hotel rooms"),
        *("Court stops the largest", "Orlan picks", "Sund bridge to open", "3 outlets: Harbour"),
        *("In brief", "Science and health", "Every glacier", "Left out: 1 failed source"),
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_what_is_only_read_is_left_to_the_page(digest: Digest) -> None:
    """A mail is as long as one reads."""
    for text in MailRenderer().parts(digest)[1:]:
        assert "A year of small pears" not in text
        assert "Lyngholm votes" not in text


def test_seven_sections_are_told_in_sentences(digest: Digest) -> None:
    """The others by their headlines and outlets."""
    parts = MailRenderer().parts(longer(digest, 12))
    page = lxml.html.document_fromstring(parts.html)
    assert len(page.xpath("//h2[@class='topic']")) == 7
    assert len(page.xpath("//h2[@class='line']")) == 5
    assert parts.text.count("FERRY STRIKE") == 7
    assert parts.text.count("\nFerry strike") == 5


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


def test_a_paragraph_begins_where_its_script_begins(digest: Digest) -> None:
    """No side is set: what is written from right to left stands at the right."""
    assert "text-align" not in MailRenderer()(digest)


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
    assert f"{400 - shown} more items did not fit into this mail." in page.text_content()
    headings = [heading.text_content() for heading in page.xpath("//h2[@dir]")]
    assert [heading.split()[2] for heading in headings] == [str(n) for n in range(shown)]
    assert page.xpath("//a[.='Unsubscribe']")


def test_where_it_is_cut_the_least_important_goes(digest: Digest) -> None:
    """The lead stays; of the lines the most important, wherever they stand; of those alike the first."""
    importances = [(n * 7919) % 1000 / 1000 for n in range(900)]
    parts = MailRenderer().parts(with_lines(digest, importances))
    assert len(parts.html.encode()) <= MAX_BYTES
    assert "Ferries between Port Wessel" in parts.html
    shown = [int(n) for n in re.findall(r"Line (\d+) of many", parts.html)]
    assert 50 < len(shown) < 900
    lost = set(range(900)) - set(shown)
    assert min(importances[n] for n in shown) >= max(importances[n] for n in lost)
    alike = MailRenderer().parts(with_lines(digest, [0.5] * 900)).html
    shown = [int(n) for n in re.findall(r"Line (\d+) of many", alike)]
    assert 50 < len(shown) < 900
    assert shown == [*range(0, 900, 2), *range(1, 900, 2)][: len(shown)]


def test_a_day_of_headlines_alone_is_a_mail(digest: Digest) -> None:
    """Also where no line is more important than another; the subject is the first."""
    lines = replace(with_lines(digest, [0.0] * 2_000), sections=())
    parts = MailRenderer().parts(lines)
    assert len(parts.html.encode()) <= MAX_BYTES
    assert re.search(r"1,\d{3} more items did not fit into this mail\.", parts.html)
    assert parts.subject.startswith("Line ")


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
    assert len(links) > 15


def test_in_plain_text_a_link_stands_at_its_item(digest: Digest) -> None:
    """Below the sentence, the outlet or the headline it belongs to, and each sentence's once."""
    text = MailRenderer().parts(digest).text
    assert "    Meridian <https://meridian.example/bridge>\n" in text
    assert "Bread museum reopens · The Ledger\n  <https://ledger.example/bread>\n" in text
    links = [link for link in URL.findall(text) if "#:~:text=" in link]
    assert len(links) == len(set(links)) == 5
    for link in links:
        row = text[: text.index(link)].split("\n")[-2]
        assert re.search(r"\[\d\]$", row)


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
    assert parts.text.casefold().count("\nferry strike") == len(headings) < 400


def test_the_text_is_wrapped(digest: Digest) -> None:
    """At 72 columns, but for addresses, which cannot be."""
    text = MailRenderer().parts(digest).text
    assert all(len(row) <= 72 for row in text.split("\n") if "<http" not in row)


def test_the_subject_is_the_lead_s_headline(digest: Digest, empty: Digest) -> None:
    """Whole; cut at a word only where no subject is so long; without a topic the first line's."""
    story = replace(digest, sections=digest.sections[1:])
    assert MailRenderer().parts(story).subject == digest.sections[1].heading
    long = replace(digest.sections[0], heading="word " * 100)
    subject = MailRenderer().parts(replace(digest, sections=(long,))).subject
    assert len(subject) <= 150
    assert subject.endswith("word…")
    lines = replace(digest, sections=())
    assert MailRenderer().parts(lines).subject == "Every glacier lost ice again"
    nothing = MailRenderer().parts(empty).subject
    assert nothing == "The daily digest: Saturday, 21 November 2026"


def test_an_empty_day_says_so(empty: Digest) -> None:
    """A sentence."""
    assert "No articles today from 4 sources." in MailRenderer()(empty)
