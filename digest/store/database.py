"""The SQLite file: where it is, opened, created, locked, and its faults said in one line.

SQLite is told to be careful rather than fast: a write-ahead log with `synchronous=FULL`, so that what was
committed survives a power cut, and one transaction for what belongs together.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.durability import sync_folder
from digest.errors import BusyError, DigestError, StoreError, WriteError
from digest.incoming import storable
from digest.store.schema import MIGRATIONS, REPAIR, SEALED, checksum, seal

FILE_NAME = "digest.sqlite"


def default_store() -> Path:
    """Return the store's place in the platform's folder for data."""
    from platformdirs import user_data_path

    return user_data_path("digest", appauthor=False) / FILE_NAME


_BUSY_TIMEOUT_S = 10.0
"""As long as a person waits for a command whose neighbour writes; the lock of a run is another one."""
_PRIVATE = 0o600
"""For the owner alone: it holds what somebody reads, and who is mailed."""


class Connection(sqlite3.Connection):
    """A connection that no string reaches that SQLite could not hold."""

    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        """Run one statement."""
        return super().execute(statement, _fit(values))

    def executemany(self, statement: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        """Run one statement for each row of values."""
        return super().executemany(statement, map(_fit, rows))


def _fit(values: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
    if isinstance(values, Mapping):
        return {name: _fit_one(value) for name, value in values.items()}
    return tuple(map(_fit_one, values))


_LARGEST = 2**63 - 1
"""The largest number that SQLite has; a limit beyond it is none."""


def _fit_one(value: Any) -> Any:
    if isinstance(value, int):
        return max(-_LARGEST - 1, min(value, _LARGEST))
    return storable(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Its parts are read and written by the modules beside this one."""

    connection: sqlite3.Connection
    path: Path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept together, or none of it where an error leaves the block."""
        with self.faults():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn SQLite's errors into `StoreError`s that name the file."""
        try:
            yield
        except UnicodeDecodeError as error:  # SQLite's own message, with damaged names in it
            raise StoreError(f"{self.path}: the store is damaged; {REPAIR}") from error
        except sqlite3.Error as error:
            raise _fault(self.path, error) from error

    def close(self) -> None:
        """Close the file; the log is written back into it."""
        self.connection.close()


@contextmanager
def open_store(path: Path, *, check: bool = False) -> Iterator[Store]:
    """Open the store at `path`, created where there is none, brought up to date where it is older.

    `check` reads the whole file to see that it is sound.

    Raises:
        StoreError: the file is damaged, no store, or of a newer version. It is left as it is.
        WriteError: it cannot be created, or the disk is full.
        BusyError: another program holds it.
    """
    if not path.exists():
        make_store(path)
    _make_private(path)
    try:
        connection = _connect(path)
    except sqlite3.Error as error:
        raise _fault(path, error) from error
    store = Store(connection, path)
    try:
        with store.faults():
            _prepare(store, check=check)
        yield store
    finally:
        store.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the store for one run; the kernel lets go of it however the run ends.

    Raises `BusyError` at once where another run holds it.
    """
    from filelock import FileLock, Timeout

    # Of the file itself: under another name, by a link, it is the same store.
    real = Path(os.path.realpath(path))
    lock = real.with_name(f"{real.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(lock, timeout=0, mode=_PRIVATE)
        held.acquire()
    except Timeout as error:
        raise BusyError(f"{path}: another run is at work; this one leaves") from error
    except OSError as error:
        raise WriteError(f"{lock}: {(error.strerror or 'cannot be written').lower()}") from error
    try:
        yield
    finally:
        held.release()


def version(connection: sqlite3.Connection) -> int:
    """Return the number of migrations that were applied."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def recorded_version(connection: sqlite3.Connection) -> int | None:
    """Return the version in the table `keys`: where it differs from the file's head, the head is damaged."""
    try:
        row = connection.execute("SELECT value FROM keys WHERE name = 'version'").fetchone()
        return None if row is None else int(row[0])
    except (sqlite3.Error, ValueError, TypeError):  # an older store, or a damaged one
        return None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        factory=Connection,
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = decoded
    return connection


def decoded(raw: bytes) -> str:
    """Decode a text; damaged characters are found by the checksum of their row."""
    return raw.decode("utf-8", "replace")


def _make_private(path: Path) -> None:
    """Close a store of earlier days to others; SQLite gives its log the same mode."""
    with suppress(OSError):  # not ours to change
        if path.stat().st_mode & 0o077:
            path.chmod(_PRIVATE)


def make_store(path: Path) -> None:
    """Make an empty store under another name, then rename it: a store under its own name is complete.

    So an empty file is never taken for a new store: it once was one, and forgetting what was carried in
    silence would carry all of it again. Raises `WriteError` where it cannot be made.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
        connection = sqlite3.connect(new, isolation_level=None)
        try:
            _migrate(connection)
        finally:
            connection.close()
        new.replace(path)
        sync_folder(path.parent)
    except sqlite3.Error as error:
        raise _fault(path, error) from error
    except OSError as error:
        raise WriteError(
            f"{path}: {(error.strerror or 'cannot be written').lower()}; choose another place with --store"
        ) from error


def _prepare(store: Store, *, check: bool) -> None:
    if store.path.stat().st_size == 0:
        raise StoreError(f"{store.path}: the store is empty, as a full disk leaves it; {REPAIR}")
    connection = store.connection
    if version(connection) > len(MIGRATIONS):
        raise StoreError(f"{store.path}: made by a newer version of digest; install that one")
    if recorded_version(connection) not in (None, version(connection)):
        raise StoreError(f"{store.path}: the store is damaged (its version); {REPAIR}")
    if version(connection) == 0:
        raise StoreError(f"{store.path}: not a store of digest; choose another file with --store")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    _migrate(connection)
    if check:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreError(f"{store.path}: the store is damaged ({found.strip()}); {REPAIR}")


def _migrate(connection: sqlite3.Connection) -> None:
    for number in range(version(connection), len(MIGRATIONS)):
        # One script a step: `executescript` would end a transaction that was begun outside it.
        connection.executescript(
            f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
        )
    if recorded_version(connection) != len(MIGRATIONS):
        _seal_all(connection)


def _seal_all(connection: sqlite3.Connection) -> None:
    """Give the rows of a store from before there were checksums theirs, and note its version."""
    connection.create_function("checksum", -1, lambda *values: checksum(values))
    for table, columns in SEALED.items():
        values = ", ".join(columns)
        connection.execute(f"UPDATE {table} SET sum = checksum({values}) WHERE sum IS NULL")
    connection.execute(
        "INSERT OR REPLACE INTO keys (name, value, sum) VALUES (?, ?, ?)",
        seal(("version", str(len(MIGRATIONS)))),
    )


def _fault(path: Path, error: sqlite3.Error) -> DigestError:
    """Return the error for one of SQLite's (https://www.sqlite.org/rescode.html), with a hint."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError(f"{path}: the store is damaged ({error}); {REPAIR}")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BusyError(f"{path}: another program holds the store; try again later")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return WriteError(f"{path}: {error}; make room, or choose another place with --store")
    return StoreError(f"{path}: the store cannot be used: {error}")
