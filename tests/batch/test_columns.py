"""Columns are found by name or as told, and rows are records whatever their types."""

import datetime
from typing import Any

import pytest

from digest.batch.columns import Columns, rows, wanted
from digest.errors import ConfigError, ReadError

pa = pytest.importorskip("pyarrow")
DAY = datetime.datetime(2026, 11, 21, 8, 30)
ISO = "2026-11-21T08:30:00"


def _read(table: Any, columns: str = "") -> list[dict[str, Any]]:
    return list(rows(table, wanted(table.schema, Columns.parse(columns), "t.parquet")))


@pytest.mark.parametrize("text", ["body", "txt=body", "text=a,text=b", "=body"])
def test_columns_that_make_no_sense_are_refused(text: str) -> None:
    """Unknown names, no name, and one given twice."""
    with pytest.raises(ConfigError, match="--columns"):
        Columns.parse(text)


@pytest.mark.parametrize(
    ("columns", "record"),
    [
        ("", {"text": "a", "body": {"main": "b"}, "title": "t"}),
        ("text=body.main", {"text": "b", "title": "t"}),
        ("text=title,title=", {"text": "t"}),
        ("text=none", {"title": "t"}),
    ],
)
def test_a_record_is_read_under_our_names(columns: str, record: dict[str, Any]) -> None:
    """What is not given keeps its name; nothing is read for an empty column."""
    row = {"text": "a", "body": {"main": "b"}, "title": "t"}
    assert Columns.parse(columns).record(row) == record


@pytest.mark.parametrize(
    "array",
    [
        pa.array(["a", None]),
        pa.array(["a", None], pa.large_string()),
        pa.array(["a", None], pa.string_view()),
        pa.array(["a", None]).dictionary_encode(),
        pa.array([b"a", None]),
    ],
    ids=lambda array: str(array.type),
)
def test_texts_of_every_type_are_read(array: Any) -> None:
    """Nulls are None."""
    assert _read(pa.table({"text": array})) == [{"text": "a"}, {"text": None}]


def test_text_that_is_no_utf_8_is_read_all_the_same() -> None:
    """Parquet does not check it; the broken bytes are U+FFFD."""
    broken = pa.array([b"caf\xe9", b"ok"]).view(pa.string())
    assert _read(pa.table({"text": broken})) == [{"text": "caf\ufffd"}, {"text": "ok"}]


@pytest.mark.parametrize(
    ("array", "date"),
    [
        (pa.array([DAY]), ISO),
        (pa.array([DAY], pa.timestamp("s")), ISO),
        (pa.array([1763713800123456789], pa.timestamp("ns")), "2025-11-21T08:30:00.123456"),
        (pa.array([DAY], pa.timestamp("ms", "UTC")), f"{ISO}+00:00"),
        (pa.array([DAY.date()]), "2026-11-21"),
        (pa.array([ISO]), ISO),
        (pa.array([2**62], pa.timestamp("us")), None),
        (pa.array([None], pa.timestamp("us")), None),
    ],
    ids=str,
)
def test_a_timestamp_keeps_its_date(array: Any, date: str | None) -> None:
    """Whatever its unit; a year beyond the calendar is no date."""
    (row,) = _read(pa.table({"text": ["a"], "published": array}))
    assert row["published"] == date


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ({"body": ["a"]}, "", 'no column "text"; it has body: name it'),
        ({"text": ["a"]}, "title=head", "no column 'head'; it has text"),
        ({"text": [{"a": "b"}]}, "", "is struct<a: string>, where text is wanted for text"),
        ({"text": [["a"]]}, "", "where text is wanted"),
        ({"text": [1.5]}, "", "where text is wanted"),
        ({"text": ["a"], "published": [1763713800]}, "", "a timestamp, a date or ISO 8601"),
        ({"text": ["a"], "id": [[1]]}, "", "where text is wanted for id"),
        ({"a": [{"b": "c"}]}, "text=a.c", "no column 'a.c'"),
    ],
)
def test_a_column_that_cannot_be_read_is_named(
    table: dict[str, Any], columns: str, said: str
) -> None:
    """Once for the table, and with what can be done."""
    with pytest.raises(ReadError, match=r"t\.parquet: ") as caught:
        _read(pa.table(table), columns)
    assert said in str(caught.value)


def test_a_nested_column_is_read_by_its_path() -> None:
    """As Spark and Parquet name it."""
    table = pa.table({"page": [{"body": {"text": "a"}}, None]})
    assert _read(table, "text=page.body.text") == [{"text": "a"}, {"text": None}]


def test_several_documents_are_a_list_of_structs() -> None:
    """Their dates are kept as well."""
    table = pa.table({"documents": [[{"text": "a", "published": DAY}]]})
    assert _read(table) == [{"documents": [{"text": "a", "published": ISO}]}]
