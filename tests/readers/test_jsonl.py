"""JSON Lines: records, broken lines, pages."""

import json
import logging

import pytest

from digest.errors import ReadError
from digest.readers import read_pages
from digest.readers.jsonl import records


def test_records_come_with_their_line_numbers_and_broken_lines_as_errors():
    content = b'\xef\xbb\xbf{"id": 1}\n\n{broken\n[1]\n\xff\n{"id": 2}'
    found = list(records(content, "a.jsonl"))
    assert [number for number, _ in found] == [1, 3, 4, 5, 6]
    assert found[0][1] == {"id": 1}
    assert found[4][1] == {"id": 2}
    for (number, error), reason in zip(
        found[1:4], ("not JSON", "not a JSON object", "not JSON"), strict=True
    ):
        assert isinstance(error, ReadError)
        assert str(error).startswith(f"a.jsonl: line {number}: {reason}")


def test_records_are_read_one_at_a_time():
    def lines():
        yield b'{"id": 1}'
        raise AssertionError("read ahead")

    assert next(records(lines())) == (1, {"id": 1})


def test_half_a_character_does_not_get_in():
    assert list(records(b'{"text": "a\\ud800b"}')) == [(1, {"text": "a\ufffdb"})]


def test_a_record_gives_a_page_named_by_its_id(document):
    record = {
        "id": "a-1", "text": "One.\n\nTwo.", "title": "T", "url": "https://quay.example/a", "author": "A",
        "published": "2026-03-02T07:30:00+01:00", "source": "The Quay Post", "language": "en",
    }  # fmt: skip
    (page,) = read_pages(document(json.dumps(record), "in.jsonl", "application/jsonl"))
    assert page.source.location == "a-1"
    assert (page.title, page.url, page.author, page.site, page.language) == (
        "T", "https://quay.example/a", "A", "The Quay Post", "en",
    )  # fmt: skip
    assert page.published is not None
    assert page.published.hour == 6
    assert [b.text for b in page.blocks] == ["One.", "Two."]


def test_a_record_with_a_title_is_an_article_and_one_without_a_page(document):
    content = '{"id": 1, "text": "a", "title": "T"}\n{"id": 2, "text": "b"}'
    pages = read_pages(document(content, "in.jsonl", "application/jsonl"))
    assert [(p.source.location, p.single) for p in pages] == [("1", True), ("2", False)]


def test_html_of_a_record_is_read_as_html(document, stories):
    record = {
        "id": "h",
        "html": f"<html><body><h1>{stories[0].title}</h1>{stories[0].html}</body></html>",
    }
    (page,) = read_pages(document(json.dumps(record), "in.jsonl", "application/jsonl"))
    assert page.source.location == "h"
    assert [b.text for b in page.blocks][-3:] == list(stories[0].paragraphs)


def test_broken_lines_are_named_and_passed_over(document, caplog):
    with caplog.at_level(logging.WARNING, logger="digest"):
        pages = read_pages(
            document('{\n{"id": 1, "text": "a"}\n{"id": 2}', "in.jsonl", "application/jsonl")
        )
    assert len(pages) == 1
    assert "in.jsonl: line 1: not JSON" in caplog.text
    assert "2: line 3: neither `text`, `html` nor `title`" in caplog.text


def test_nothing_but_broken_lines_is_an_error(document):
    with pytest.raises(ReadError, match="line 1: not JSON"):
        read_pages(document("{\n{", "in.jsonl", "application/jsonl"))
