"""Columns: which column of a table, or key of a record, holds what; rows as records, and records as articles.

pyarrow is loaded only where there is a table.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.codec import Record
from digest.errors import ConfigError, ReadError
from digest.incoming import storable
from digest.models import Article, as_utc

if TYPE_CHECKING:
    import pyarrow as pa


NAMES = (
    *("id", "title", "text", "html", "documents", "url", "source", "author", "published"),
    "language",
)
"""The keys of a record that are read."""
_TEXTS = ("text", "html", "documents")
"""One of these must be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The column for each name; a name that is not given is its own column."""

    given: tuple[tuple[str, str], ...] = ()
    """(name, column): the column is empty where nothing is to be read, and `a.b` is the field b within a."""

    @classmethod
    def parse(cls, text: str) -> Columns:
        """Read `text=body,id=url,title=`; raises `ConfigError` for an unknown name."""
        given: dict[str, str] = {}
        for pair in filter(None, (pair.strip() for pair in text.split(","))):
            name, equals, column = (piece.strip() for piece in pair.partition("="))
            if not equals or name not in NAMES:
                raise ConfigError(
                    f"--columns {pair!r}: give name=column, such as text=body; the names are {', '.join(NAMES)}"
                )
            if name in given:
                raise ConfigError(f"--columns: {name!r} is given twice")
            given[name] = column
        return cls(given=tuple(given.items()))

    def record(self, row: Mapping[str, Any]) -> Record:
        """Return a row as a record with our keys."""
        if not self.given:
            return dict(row)
        record = {key: value for key, value in row.items() if key in NAMES}
        for name, column in self.given:
            record.pop(name, None)
            if column and (value := _found(row, column)) is not None:
                record[name] = value
        return record

    def of(self, name: str) -> str:
        """Return the column for a name; empty where there is to be none."""
        return dict(self.given).get(name, name)


def _found(row: Mapping[str, Any], column: str) -> Any:
    value: Any = row
    if column in row:
        return row[column]
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def wanted(schema: pa.Schema, columns: Columns, where: str) -> dict[str, str]:
    """Return the columns of a table that are read, by name; raises `ReadError` for one that is not there."""
    found = {}
    for name in NAMES:
        column = columns.of(name)
        if column and _type(schema, column) is not None:
            found[name] = column
        elif column and name in dict(columns.given):
            raise ReadError(where, f"no column {column!r}; it has {_listed(schema.names)}")
    if not any(name in found for name in _TEXTS):
        raise ReadError(
            where, f'no column "text"; it has {_listed(schema.names)}: name it, --columns text=...'
        )
    for name, column in found.items():
        _check(name, column, _type(schema, column), where)
    return found


def rows(table: pa.Table | pa.RecordBatch, wanted: Mapping[str, str]) -> Iterator[Record]:
    """Yield the rows of a table as records: texts that can be stored, dates as ISO 8601, None for no value."""
    values = [_values(name, _column(table, column)) for name, column in wanted.items()]
    for row in zip(*values, strict=True):
        yield dict(zip(wanted, row, strict=True))


def _type(schema: pa.Schema, column: str) -> pa.DataType | None:
    if column in schema.names:
        return schema.field(column).type
    head, *path = column.split(".")
    if not path or head not in schema.names:
        return None
    kind = schema.field(head).type
    for key in path:
        if not _is_struct(kind) or kind.get_field_index(key) < 0:
            return None
        kind = kind.field(key).type
    return kind


def _is_struct(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_struct(kind))


def _column(table: pa.Table | pa.RecordBatch, column: str) -> pa.Array | pa.ChunkedArray:
    import pyarrow.compute as pc

    if column in table.schema.names:
        return table.column(column)
    head, *path = column.split(".")
    return pc.struct_field(table.column(head), path)


def _check(name: str, column: str, kind: Any, where: str) -> None:
    """Refuse a column from which nothing could be read, once and not for each row."""
    import pyarrow as pa

    kinds = pa.types
    kind = kind.value_type if kinds.is_dictionary(kind) else kind
    if kinds.is_null(kind):
        return
    is_text = kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind)
    is_bytes = kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_binary_view(kind)
    fits = {
        "id": is_text or is_bytes or kinds.is_integer(kind),
        "documents": kinds.is_list(kind) or kinds.is_large_list(kind),
        "published": is_text or is_bytes or kinds.is_timestamp(kind) or kinds.is_date(kind),
    }
    if not fits.get(name, is_text or is_bytes):
        shown = str(kind) if len(str(kind)) < 60 else f"{str(kind)[:57]}..."
        wants = {"documents": "a list", "published": "a timestamp, a date or ISO 8601"}
        raise ReadError(
            where,
            f"column {column!r} is {shown}, where {wants.get(name, 'text')} is wanted for {name};"
            f" name another, such as {name}={column}.FIELD, or none: --columns {name}=",
        )


def _values(name: str, column: Any) -> Sequence[Any]:
    import pyarrow as pa

    kinds = pa.types
    if kinds.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if kinds.is_timestamp(kind):
        # Nanoseconds would need pandas, and no date of an article is so exact.
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
        return [moment and moment.isoformat() for moment in _moments(column)]
    if kinds.is_date(kind):
        return [
            moment and moment.isoformat()
            for moment in _moments(column.cast(pa.date32(), safe=False))
        ]
    if name == "documents":
        return [value and [_dated(one) for one in value] for value in column.to_pylist()]
    if kinds.is_integer(kind) or kinds.is_null(kind):
        return list(column.to_pylist())
    return [_decoded(value) for value in _texts(column)]


def _moments(column: Any) -> Iterator[Any]:
    """Yield dates and times as Python's; None for one outside of its years."""
    try:
        yield from column.to_pylist()
        return
    except (ValueError, OverflowError):
        pass
    for value in column:
        try:
            yield value.as_py()
        except (ValueError, OverflowError):
            yield None


def _texts(column: Any) -> Sequence[Any]:
    """Return texts, or their bytes where they are not UTF-8, which Parquet files do not promise."""
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return list(column.cast(pa.large_binary()).to_pylist())


def _decoded(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if value is None else storable(value)


def _dated(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    moment: Any = value.get("published")
    return {**value, "published": moment.isoformat()} if hasattr(moment, "isoformat") else value


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return (
        ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        or "none"
    )


_OPENING = 4000
"""Characters that are looked at for the language."""


def as_article(record: Mapping[str, Any], id_: str) -> Article:
    """Return a record as an article whose text is the record's, unchanged: offsets refer to it."""
    return Article(
        id=id_,
        title=_text(record, "title") or "",
        text=record["text"],
        source=_text(record, "source") or "",
        url=_text(record, "url"),
        author=_text(record, "author"),
        published=moment(record.get("published")),
        language=_text(record, "language") or _language(record),
    )


def moment(value: object) -> datetime.datetime | None:
    """Return what ISO 8601 says, in UTC; None where it is no date."""
    if not isinstance(value, str):
        return None
    try:
        return as_utc(datetime.datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None


def _language(record: Mapping[str, Any]) -> str:
    """Detect the language of a record by its title and the beginning of its text."""
    from digest.text.language import detect_language

    return detect_language(f"{_text(record, 'title') or ''}\n{record['text'][:_OPENING]}".strip())


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value.strip() else None
