"""Every row of a store held against what it was: what a doctor names, and a repair drops."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from digest.errors import StoreError
from digest.incoming import parse_json
from digest.store.database import Store
from digest.store.soundness import SEALED, DamagedError, Faults, check, unpacked

_KEYS = {
    "sources": "location", "issues": "id", "files": "issue, name", "documents": "id",
    "articles": "number", "filed": "issue, article", "outbox": "id", "mails": "id",
    "subscribers": "person", "keys": "name", "edits": "id", "edited": "issue, name",
}  # fmt: skip
"""Table -> what its rows are known by."""
_MOMENTS = {
    "sources": ("checked", "succeeded", "not_before", "failing_since"),
    "issues": ("made",),
    "edits": ("made", "undone"),
    "documents": ("added",),
    "outbox": ("queued", "changed", "next_attempt"),
    "subscribers": ("added", "unsubscribed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A row that is not as it was written."""

    table: str
    key: tuple[Any, ...]
    """The values of what it is known by."""
    reason: str

    def __str__(self) -> str:
        shown = " ".join(f"{one!s:.40}" for one in self.key)
        return f"{self.table} {shown}: {self.reason}"


def flaws(store: Store) -> Iterator[Flaw]:
    """Yield every damaged row; reads the whole store, every blob of it.

    Raises `StoreError` where SQLite itself cannot read it.
    """
    with store.faults():
        said = store.connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok":
            raise StoreError(f"{store.path}: the store is damaged ({' '.join(said.split())})")
        store.connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        for table in _KEYS:
            yield from flaws_of(store.connection, table)


def flaws_of(connection: sqlite3.Connection, table: str) -> Iterator[Flaw]:
    """Yield the damaged rows of a table."""
    keys = _KEYS[table].split(", ")
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY {_KEYS[table]}"):
        try:
            _examine(table, row)
        except Faults as error:
            yield Flaw(table=table, key=tuple(row[key] for key in keys), reason=str(error))


def where(flaw: Flaw) -> str:
    """Return the condition, with a mark for each value of its key, that finds a damaged row."""
    return " AND ".join(f"{key} IS ?" for key in _KEYS[flaw.table].split(", "))


def _examine(table: str, row: sqlite3.Row) -> None:
    if table in SEALED:
        check(row, table)
    for name in _MOMENTS.get(table, ()):
        if row[name] != "":
            datetime.fromisoformat(row[name])
    if table in _CONTENTS:
        _CONTENTS[table](row)


def _files(row: sqlite3.Row) -> None:
    unpacked(row["content"])


def _documents(row: sqlite3.Row) -> None:
    unpacked(row["content"])
    parse_json(row["omissions"])


def _issues(row: sqlite3.Row) -> None:
    date.fromisoformat(row["day"])
    text = unpacked(row["digest"])
    if text:  # else a repair has noted that it is lost
        parse_json(text)


def _edits(row: sqlite3.Row) -> None:
    parse_json(unpacked(row["digest"]))


def _filed(row: sqlite3.Row) -> None:
    names = ("article", "topic", "story", "label")
    if not all(isinstance(row[name], str) and "\ufffd" not in row[name] for name in names):
        raise DamagedError("no text")


def _sources(row: sqlite3.Row) -> None:
    if not isinstance(row["failures"], int) or not isinstance(row["location"], str):
        raise DamagedError("a value of another kind")


_CONTENTS: dict[str, Callable[[sqlite3.Row], None]] = {
    "files": _files,
    "edits": _edits,
    "edited": _files,
    "mails": _files,
    "documents": _documents,
    "issues": _issues,
    "filed": _filed,
    "sources": _sources,
}
