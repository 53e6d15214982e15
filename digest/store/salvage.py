"""A damaged file of SQLite, read as far as it can be: its table of contents mended, its rows one by one."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, get_args

from digest.errors import StoreError, WriteError
from digest.store.database import decoded, recorded_version
from digest.store.inspection import Flaw
from digest.store.outbox import State
from digest.store.schema import MIGRATIONS

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
        name = row[:2] if table in ("files", "filed", "edited") else row[:1]
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
    """Write the statements that made the tables over those that stand there: ours are always the same."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for migration in MIGRATIONS:
            fresh.executescript(migration)
        wanted = fresh.execute(
            "SELECT rowid, type, name, tbl_name, sql FROM sqlite_master"
        ).fetchall()
    connection.text_factory = bytes
    connection.execute("PRAGMA writable_schema = ON")
    with suppress(*_ERRORS):
        # The first statement fails where the table of contents makes no sense, and those after it work.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    found = {row[0]: row for row in connection.execute("SELECT rowid, rootpage FROM sqlite_master")}
    if found.keys() - {row[0] for row in wanted} or not found:
        return  # of another version
    for number, *columns in wanted:
        connection.execute(
            "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?",
            (*columns, number),
        )


def _version(connection: sqlite3.Connection) -> int:
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except _ERRORS:
        return 0


def _columns(damaged: sqlite3.Connection, table: str) -> set[str]:
    """The columns that the table of an older store has; none where that cannot be told."""
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
