"""The functions on tables: rows do not depend on one another, nor on how they are cut into tables."""

import datetime
from typing import Any

import pytest
from batch_files import TEXT, record

from digest.errors import ReadError

pa = pytest.importorskip("pyarrow")
pytest.importorskip("threadpoolctl")
from digest.batch.functions import split_table, summarize_table  # noqa: E402


def _table(count: int) -> Any:
    return pa.Table.from_pylist([record(number, title=f"Line {number}") for number in range(count)])


def test_a_summary_is_made_for_each_row_in_order() -> None:
    """Its sentences are slices of the text."""
    table = _table(100)
    found = summarize_table(table, length=1).to_pylist()
    assert [row["id"] for row in found] == table["id"].to_pylist()
    for text, row in zip(table["text"].to_pylist(), found, strict=True):
        (sentence,) = row["sentences"]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_rows_do_not_depend_on_the_cut(size: int) -> None:
    """Byte by byte, and in the other order as well."""
    table = _table(70)
    whole = summarize_table(table)
    pieces = [table.slice(start, size) for start in range(0, 70, size)]
    assert pa.concat_tables(map(summarize_table, pieces)).equals(whole)
    turned = summarize_table(table.take(list(range(69, -1, -1))))
    assert turned.take(list(range(69, -1, -1))).equals(whole)


def test_a_row_without_a_text_says_so_and_keeps_its_place() -> None:
    """So that columns can be put beside it."""
    table = pa.table({"url": ["a", "b"], "body": [None, TEXT]})
    first, second = summarize_table(table, columns="text=body,id=url").to_pylist()
    assert first == {"id": "a", "sentences": [], "words": 0, "note": 'no "text"'}
    assert second["id"] == "b"
    assert second["sentences"]


def test_a_row_without_an_id_has_its_number() -> None:
    """From 1."""
    assert summarize_table(pa.table({"text": [TEXT, TEXT]}))["id"].to_pylist() == ["1", "2"]


def test_an_empty_table_gives_an_empty_table() -> None:
    """Engines try functions on such, to learn their columns."""
    empty = _table(1).slice(0, 0)
    assert summarize_table(empty).num_rows == 0
    assert split_table(empty).schema == split_table(_table(1)).schema


def test_pages_are_taken_apart() -> None:
    """A timestamp keeps its date, and the page is named by its id."""
    day = datetime.datetime(2026, 11, 21, 8, tzinfo=datetime.UTC)
    table = pa.Table.from_pylist([{"id": "p1", "title": "Ferry", "text": TEXT, "published": day}])
    (row,) = split_table(table).to_pylist()
    assert (row["page"], row["title"], row["published"]) == ("p1", "Ferry", day)


def test_html_is_read_as_html() -> None:
    """By whatever name its column has."""
    body = f"<article><h1>Ferry runs</h1><p>{TEXT}</p></article>"
    (row,) = split_table(pa.table({"content": [body]}), columns="html=content").to_pylist()
    assert row["title"] == "Ferry runs"


def test_a_table_without_a_text_is_refused() -> None:
    """At once, not row by row."""
    with pytest.raises(ReadError, match='the table: no column "text"; it has a'):
        summarize_table(pa.table({"a": ["b"]}))
