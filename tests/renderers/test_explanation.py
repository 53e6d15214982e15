"""The page of an explanation: every sentence shaded, ranked and accounted for."""

import re
from collections.abc import Callable
from dataclasses import replace

import lxml.html
import pytest

from digest.models import Article, Digest
from digest.renderers.explanation import ExplanationRenderer, ExplanationRow


def rows_of(article: Article) -> list[ExplanationRow]:
    """Rank the sentences by their length: enough to draw."""
    spans = [
        (m.start(), m.end())
        for m in re.finditer(r"\S[^\n]*?(?:[.”]+(?=\s|$)|$)", article.text, re.M)
    ]
    order = sorted(range(len(spans)), key=lambda i: spans[i][0] - spans[i][1])
    return [
        ExplanationRow(
            text=article.text[start:end],
            start=start,
            end=end,
            score=(end - start) / 1000,
            rank=order.index(i) + 1,
            chosen=order.index(i) < 2,
            why=("terms: ferry 40%",) if i else (),
            neighbours=((i - 1, 0.7), (99, 0.1)) if i else (),
        )
        for i, (start, end) in enumerate(spans)
    ]


@pytest.fixture
def article(digest: Digest) -> Article:
    return digest.sections[0].topic.articles[0]


@pytest.fixture
def page(article: Article) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(ExplanationRenderer()(article, rows_of(article)))


def test_the_text_is_whole(page: lxml.html.HtmlElement, article: Article) -> None:
    """The ranks aside, the shaded text is the article's."""
    shaded = page.find_class("shaded")[0]
    for number in shaded.findall(".//sup"):
        number.drop_tree()
    assert "".join(shaded.text_content().split()) == "".join(article.text.split())


def test_every_sentence_has_its_line(page: lxml.html.HtmlElement, article: Article) -> None:
    """By rank, the chosen ones marked in text, chart and graph."""
    ranks = page.find_class("ranks")[0].findall("li")
    rows = rows_of(article)
    assert [int(rank.find("b").text) for rank in ranks] == list(range(1, len(rows) + 1))
    assert len(page.xpath("//span[contains(@class, 'chosen')]")) == 2
    assert len(page.xpath("//li[@class='chosen']")) == 2
    assert "l9" in page.xpath("//span[@id='at-1']/@class")[0]


def test_the_graph_has_an_arc_for_every_tie(page: lxml.html.HtmlElement, article: Article) -> None:
    """A neighbour that does not exist is no tie."""
    assert len(page.xpath("//path")) == len(rows_of(article)) - 1


def test_every_jump_arrives(page: lxml.html.HtmlElement) -> None:
    """From the text to the reasons and back."""
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert page.get_element_by_id(link.get("href")[1:]) is not None


def test_an_article_without_sentences_is_a_page(article: Article) -> None:
    """Nothing to rank is no error."""
    assert "0 sentences" in ExplanationRenderer()(replace(article, text=""), [])


def test_offsets_that_lie_break_nothing(article: Article) -> None:
    """Overlapping sentences are shown once."""
    rows = rows_of(article)
    page = ExplanationRenderer()(
        article, [*rows, replace(rows[0], rank=99), replace(rows[1], end=10**6)]
    )
    assert lxml.html.document_fromstring(page) is not None


def test_hostile_text_stays_text(
    hostile: Callable[[str], Digest], flaws: Callable[[str], list[str]]
) -> None:
    """Only our own tags and attributes are on the page."""
    text = '</span><script>alert(1)</script> "><img src=x onerror=alert(1)>'
    article = hostile(text).in_brief[0].article
    row = ExplanationRow(
        text=text, start=0, end=len(text), score=1.0, rank=1, chosen=True, why=(text,)
    )
    assert flaws(ExplanationRenderer()(article, [row])) == []
