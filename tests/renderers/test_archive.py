"""The list of issues, the links between them, and the feed."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import lxml.etree
import lxml.html
import pytest

from digest.models import Digest
from digest.renderers.archive import (
    IssueEntry,
    IssueNeighbours,
    archive_entry,
    neighbours,
    render_archive,
)
from digest.renderers.formats import HtmlRenderer

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def issues(digest: Digest) -> list[IssueEntry]:
    """Five issues over two months, with a gap."""
    days = (date(2026, 10, 30), *(date(2026, 11, day) for day in (1, 2, 20, 21)))
    return [archive_entry(replace(digest, date=day), day.isoformat()) for day in days]


def index_of(entries: list[IssueEntry]) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(
        render_archive(entries, title="The daily digest")["index.html"]
    )


def feed_of(entries: list[IssueEntry], base_url: str = "") -> lxml.etree._Element:
    text = render_archive(entries, title="The daily digest", base_url=base_url)["feed.xml"]
    return lxml.etree.fromstring(text.encode())


def test_the_list_has_every_issue_the_latest_first(
    digest: Digest, issues: list[IssueEntry]
) -> None:
    """By month, each with its page and its topics, which lead to their place on the page."""
    page = index_of(issues)
    assert [h.text for h in page.iter("h2")] == ["November 2026", "October 2026"]
    links = page.xpath("//h3/a/@href")
    assert links[0] == "2026-11-21.html"
    assert links == sorted(links, reverse=True)
    entry = page.find_class("entry")[0]
    assert entry.xpath("./ul/li/a/@href")[1] == "2026-11-21.html#topic-2"
    assert entry.xpath("./ul/li/a")[1].text == digest.sections[1].heading


def test_a_topic_of_the_list_is_one_of_the_page(digest: Digest, issues: list[IssueEntry]) -> None:
    """Every link arrives; what the page only lists is a headline that the search finds."""
    page = lxml.html.document_fromstring(HtmlRenderer()(digest))
    entry = index_of(issues).find_class("entry")[0]
    links = entry.xpath("./ul/li/a/@href")
    assert len(links) == 4
    for link in links:
        assert page.get_element_by_id(link.partition("#")[2]).tag == "section"
    folded = [row.text for row in entry.xpath(".//details//li")]
    assert "Lyngholm votes on its school" in folded
    assert "A year of small pears" in folded


def test_a_headline_stands_once_in_an_entry(issues: list[IssueEntry]) -> None:
    """In the list and in the feed: what a topic is called is not said again below it."""
    heading = "Sund bridge to open in June"
    assert index_of(issues).find_class("entry")[0].text_content().count(heading) == 1
    content = feed_of(issues).findtext(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.count(heading) == 1


def test_the_search_looks_at_what_is_there_without_it(issues: list[IssueEntry]) -> None:
    """Headlines stand on the page; the box appears only where a script can run."""
    page = index_of(issues)
    assert page.find(".//search").get("hidden") is not None
    assert "Bread museum reopens" in page.find_class("entry")[0].text_content()
    assert len(page.findall(".//script")) == 1


def test_the_one_script_is_the_one_that_may_run(issues: list[IssueEntry]) -> None:
    """The page's policy names the script's hash: no other runs."""
    import base64
    import hashlib

    page = index_of(issues)
    script = page.find(".//script").text
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_the_order_of_the_issues_has_no_meaning(issues: list[IssueEntry]) -> None:
    """The same issues give the same bytes."""
    expected = render_archive(issues, title="The daily digest")
    shuffled = random.Random(1).sample(issues, len(issues))
    assert render_archive(shuffled, title="The daily digest") == expected


def test_an_archive_without_issues_says_so() -> None:
    """Both files are there and valid."""
    assert "No issue yet." in index_of([]).text_content()
    assert feed_of([]).findall(f"{ATOM}entry") == []


def test_neighbours_go_by_date_and_name(issues: list[IssueEntry]) -> None:
    """The first has none before, the last none after; two of a day follow one another."""
    evening = replace(issues[1], name="2026-11-01-evening")
    entries = [*reversed(issues), evening]
    assert neighbours(entries, "2026-10-30").previous is None
    assert neighbours(entries, "2026-11-21").next is None
    assert neighbours(entries, "2026-11-01") == IssueNeighbours(previous=issues[0], next=evening)


def test_a_page_links_to_its_neighbours(digest: Digest, issues: list[IssueEntry]) -> None:
    """To the one before, the list and the one after; a page that stands alone has no such links."""
    page = lxml.html.document_fromstring(
        HtmlRenderer(neighbours=neighbours(issues, "2026-11-20"))(digest)
    )
    links = page.xpath("//nav[contains(@class, 'issues')]/a")
    assert [link.get("href") for link in links] == [
        "2026-11-02.html",
        "index.html",
        "2026-11-21.html",
    ]
    assert [link.get("rel") for link in links] == ["prev", None, "next"]
    assert "index.html" not in HtmlRenderer()(digest)


def test_the_feed_has_what_atom_asks_for(issues: list[IssueEntry]) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: id, title, updated, an author, and a link for every entry."""
    feed = feed_of(issues, "https://news.example.org/digest")
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert element.findtext(f"{ATOM}title")
        assert element.findtext(f"{ATOM}updated", "").endswith("T00:00:00Z")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert links[:3] == [
        "https://news.example.org/digest/feed.xml",
        "https://news.example.org/digest/index.html",
        "https://news.example.org/digest/2026-11-21.html",
    ]
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 6


def test_an_entry_keeps_its_id(issues: list[IssueEntry]) -> None:
    """A new issue changes no other's id, and an issue that is made again keeps its own."""
    before = [e.findtext(f"{ATOM}id") for e in feed_of(issues[:-1]).findall(f"{ATOM}entry")]
    again = [*issues[:-2], replace(issues[-2], topics=()), issues[-1]]
    after = [e.findtext(f"{ATOM}id") for e in feed_of(again).findall(f"{ATOM}entry")]
    assert after[1:] == before


def test_the_feed_is_a_month_long(issues: list[IssueEntry]) -> None:
    """The latest thirty issues, the latest first."""
    many = [replace(issues[0], name=f"{year}", date=date(year, 1, 1)) for year in range(1990, 2027)]
    titles = [e.findtext(f"{ATOM}title", "") for e in feed_of(many).findall(f"{ATOM}entry")]
    assert len(titles) == 30
    assert titles[0].endswith("1 January 2026")


def test_old_issues_are_listed_by_their_topics_alone(issues: list[IssueEntry]) -> None:
    """A list of years stays a page that opens: four hundred issues with headlines, the rest without."""
    many = [replace(issues[0], name=f"n{number:04}") for number in range(500)]
    assert len(index_of(many).findall(".//details")) == 400


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        "]]><b>&amp;<!--",
        "</content></entry>",
        "\x00\x0b\ufffe\ud800",
        "'\"><svg onload=alert(1)>",
        "{{ 7 * 7 }}",
        "../../etc/passwd",
    ],
)
def test_hostile_text_stays_text(
    hostile: Callable[[str], Digest], flaws: Callable[[str], list[str]], vector: str
) -> None:
    """In the list only our own tags and the folder's pages; the feed is well-formed, and so is its HTML."""
    entry = archive_entry(hostile(vector), vector)
    texts = render_archive([entry], title=vector, base_url=vector)
    found = flaws(texts["index.html"])
    assert len(found) == 3
    assert all(re.fullmatch(r"href [\w%.~-]+\.html(#topic-[12])?", flaw) for flaw in found)
    feed = lxml.etree.fromstring(texts["feed.xml"].encode("utf-8", "replace"))
    content = feed.findtext(f"{ATOM}entry/{ATOM}content")
    assert flaws(f"<html><body>{content}</body></html>") == []
