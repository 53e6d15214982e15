"""The damage in a store: which rows are not as they were written, and what can be read of a broken file."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, get_args

from digest.errors import StoreError, WriteError
from digest.incoming import parse_json
from digest.store.database import Store, decoded, recorded_version
from digest.store.outbox import State
from digest.store.schema import MIGRATIONS, SEALED, DamagedError, Faults, check, unpacked

_KEYS = {
    "sources": "location", "issues": "id", "files": "issue, name", "documents": "id",
    "articles": "number", "filed": "issue, article", "carried": "edition, document", "outbox": "id",
    "mails": "id", "subscribers": "person", "keys": "name", "edits": "id", "edited": "issue, name",
}  # fmt: skip
"""Table -> its primary key."""
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
    """The values of its primary key."""
    reason: str

    def __str__(self) -> str:
        shown = " ".join(f"{one!s:.40}" for one in self.key)
        return f"{self.table} {shown}: {self.reason}"


def flaws(store: Store) -> Iterator[Flaw]:
    """Yield every damaged row; reads the whole store, every blob of it.

    Raises `StoreError` where SQLite itself cannot read it, or a table or a number of a row is another one.
    """
    with store.faults():
        said = store.connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok":
            raise StoreError(f"{store.path}: the store is damaged ({' '.join(said.split())})")
        store.connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        with _fresh() as fresh:
            own = _schema(store.connection)
            for name, statement in _schema(fresh).items():
                if own.get(name) != statement:
                    raise StoreError(f"{store.path}: the store is damaged (its table {name})")
        torn = set[str]()
        for table in _KEYS:
            for flaw in flaws_of(store.connection, table):
                torn.add(table)
                yield flaw
        for row in store.connection.execute("PRAGMA foreign_key_check"):
            if row["table"] not in torn:
                reason = f"a row of {row['table']} names one of {row['parent']} that is not there"
                raise StoreError(f"{store.path}: the store is damaged ({reason})")


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


_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises on a damaged file: its own message may have damaged letters in it."""


@contextmanager
def readable(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of the damaged file, its table of contents mended.

    Raises `StoreError` where a newer version made it.
    """
    copy = path.with_name(f".{path.name}.copy")
    try:
        for ending in ("", "-wal"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(
                    path.with_name(path.name + ending), copy.with_name(copy.name + ending)
                )
                copy.with_name(copy.name + ending).chmod(0o600)
        with closing(_opened(copy)) as connection:
            newer = max(recorded_version(connection) or 0, _version(connection))
            if newer > len(MIGRATIONS):
                raise StoreError(f"{path}: made by a newer version of digest; install that one")
            yield connection
    except OSError as error:
        raise WriteError(f"{path}: {(error.strerror or 'cannot be copied').lower()}") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def copied(
    damaged: sqlite3.Connection, whole: sqlite3.Connection, table: str
) -> tuple[int, list[Flaw]]:
    """Copy the rows of a table; return how many, and those that were torn themselves."""
    defaults = {
        row["name"]: row["dflt_value"] or "NULL"
        for row in whole.execute(f"PRAGMA table_info({table})")
    }
    columns = list(defaults)
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    known = _columns(damaged, table)
    # A store of an older version has fewer.
    chosen = ", ".join(n if not known or n in known else defaults[n] for n in columns)
    done, torn = {("version",)} if table == "keys" else set[object](), dict[object, Flaw]()
    for row in _readable_rows(damaged, table, chosen, _key(whole, table)):
        try:
            added = whole.execute(statement, _acceptable(table, columns, row)).rowcount
        except (sqlite3.Error, OverflowError):
            added = 0
        name = row[: _KEYS[table].count(",") + 1]
        if added:
            done.add(name)
        else:  # a column that must not be empty is, or it is read for the second time
            torn[name] = Flaw(table=table, key=name, reason="torn; it could not be kept")
    return whole.execute(f"SELECT count(*) FROM {table}").fetchone()[0], [
        flaw for name, flaw in torn.items() if name not in done
    ]


def _opened(copy: Path) -> sqlite3.Connection:
    with suppress(*_ERRORS), closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        _mend_schema(connection)
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = decoded
    with suppress(*_ERRORS):  # so that a table that cannot be read costs itself
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    return connection


def _mend_schema(connection: sqlite3.Connection) -> None:
    """Overwrite what is damaged in the schema of the file with ours, which is always the same."""
    with _fresh() as fresh:
        wanted = fresh.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute("PRAGMA writable_schema = ON")
    with suppress(*_ERRORS):
        # The first statement fails where the table of contents makes no sense, and those after it work.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    found = connection.execute("SELECT rowid, type, name, tbl_name, sql FROM sqlite_master")
    rows = {number: tuple(columns) for number, *columns in found}
    if len(rows) > len(wanted):
        return  # of another version
    lost = [one for one in wanted if one not in rows.values()]
    for number, columns in rows.items():
        if columns not in wanted and lost:
            meant = max(lost, key=lambda one: _likeness(one, columns))
            lost.remove(meant)
            connection.execute(
                "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?",
                (*meant, number),
            )


@contextmanager
def _fresh() -> Iterator[sqlite3.Connection]:
    """Make an empty store in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for migration in MIGRATIONS:
            fresh.executescript(migration)
        yield fresh


def _schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the statement that made each table, index and trigger, but for those that SQLite makes itself."""
    own = "sql NOT NULL AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
    rows = connection.execute(f"SELECT name, sql FROM sqlite_master WHERE {own} ORDER BY rowid")
    return dict(map(tuple, rows))


def _likeness(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[bool, float]:
    """How much two entries of a schema have in common; their order tells nothing, as VACUUM changes it."""
    ratio = SequenceMatcher(None, str(one), str(other), autojunk=False).ratio()
    return one[1] == other[1], ratio


def _version(connection: sqlite3.Connection) -> int:
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except _ERRORS:
        return 0


def _columns(damaged: sqlite3.Connection, table: str) -> set[str]:
    """Return the columns of an older store's table; none where they cannot be read."""
    try:
        return {row[1] for row in damaged.execute(f"PRAGMA table_info({table})")}
    except _ERRORS:
        return set()


def _acceptable(table: str, columns: list[str], row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A mail in a state that there is none of is one that a person must look at."""
    values = dict(zip(columns, row, strict=True))
    if table == "outbox" and values["state"] not in get_args(State):
        values["state"] = "REFUSED"
    return tuple(values.values())


def _readable_rows(
    damaged: sqlite3.Connection, table: str, columns: str, key: str
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows before the damage, then those after it, from the end backwards."""
    for order in ("ASC", "DESC"):
        try:
            yield from damaged.execute(f"SELECT {columns} FROM {table} ORDER BY {key} {order}")
        except (*_ERRORS, OverflowError):
            continue
        return


def _key(whole: sqlite3.Connection, table: str) -> str:
    """What a table is stored by: reading in this order needs no other page than those of the table."""
    try:
        whole.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:  # WITHOUT ROWID: stored by its primary key
        keys = [row for row in whole.execute(f"PRAGMA table_info({table})") if row["pk"]]
        return str(min(keys, key=lambda row: int(row["pk"]))["name"])
    return "rowid"
