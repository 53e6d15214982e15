"""A page of plain text in each of twenty-four languages: nothing of it is lost, and its head is read."""

from pathlib import Path

import pytest

from digest.models import Block, RawDocument, Source
from digest.readers.plain import read
from digest.splitting import PageSplitter
from digest.splitting.bylines import lone_name
from digest.splitting.lines import SENTENCE, read_lines

REPORTS = Path(__file__).with_name("reports.txt").read_text(encoding="utf-8")
"""Each begins with its language, its author and its date; then headline, date line, byline, five paragraphs."""
ORDERS = {"headline first": (0, 1, 2), "byline second": (0, 2, 1), "date first": (1, 0, 2)}


def reports():
    for report in REPORTS.strip().removeprefix("[").split("\n["):
        facts, *lines = report.splitlines()
        language, rest = facts.split("] ")
        author, published = rest.split(" | ")
        yield pytest.param(lines[:3], lines[3:], author, published, id=language)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize(("head", "paragraphs", "author", "published"), list(reports()))
def test_a_report_is_read_whole_with_its_title_date_and_author(
    head, paragraphs, author, published, order
):
    text = "\n\n".join([*(head[index] for index in order), *paragraphs])
    source = Source(name="reports", location="report.txt")
    (page,) = read(RawDocument(source, text.encode()))
    (article,) = PageSplitter()(page).articles
    assert article.text.split("\n\n") == paragraphs
    assert article.title == head[0]
    assert str(article.published)[:10] == published
    assert article.author == author


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Анна Петрова", "Анна Петрова"),
        ("старый маяк", None),
        ("Μαρία Παππά", "Μαρία Παππά"),
        ("παλιός φάρος", None),
        ("अनीता शर्मा", "अनीता शर्मा"),
        ("Łucja Żak", "Łucja Żak"),
    ],
)
def test_a_name_alone_has_capitals_where_its_script_has(line, name):
    assert lone_name(line) == name


@pytest.mark.parametrize(
    "quotation",
    [
        "Starosta řekl: „Oprava potrvá šest týdnů a bude stát devět milionů korun“",
        "– Nie możemy czekać – powiedział burmistrz gminy. „Objazd jest gotowy od dziś dla wszystkich”",
        "رئیس شورا گفت: «تعمیر پل شش هفته طول می‌کشد و هزینه زیادی دارد»",
        'The mayor told them: "We will not wait for the money any longer"',
    ],
)
def test_a_line_that_ends_in_a_quotation_without_a_full_stop_is_running_text(quotation):
    assert read_lines([Block(text=quotation)])[0].weight >= SENTENCE
