"""A damaged store: what can still be read of it is copied into a new one, and the damaged file is kept."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.errors import WriteError
from digest.incoming import parse_json
from digest.models import Article
from digest.store.articles import Document, add_document
from digest.store.database import Store, make_store, open_store
from digest.store.issues import Issue, all_issues, issue_json

_LOST = "restored"
"""The source of documents whose own was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was done."""

    kept: Path
    """Where the damaged file is now."""
    rows: dict[str, int]
    """Table -> rows that were restored."""


def repair(path: Path) -> Repaired:
    """Put a new store in the place of a damaged one, with every row that can still be read.

    An article whose issue was lost is told again rather than never. Raises `WriteError` where there is no
    room for it.
    """
    new = path.with_name(f"{path.name}.repaired")
    new.unlink(missing_ok=True)
    make_store(new)
    rows = {}
    with open_store(new) as store:
        try:
            damaged = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            raise WriteError(f"{path}: {error}") from error
        # Rows of what was lost may be named by rows that were not.
        store.connection.execute("PRAGMA foreign_keys = OFF")
        store.connection.row_factory = None
        with store.transaction() as connection:
            for table in _tables(connection):
                rows[table] = _copied(damaged, connection, table)
            _mend(connection)
        damaged.close()
        store.connection.row_factory = sqlite3.Row
        rows["articles"] += _from_issues(store)
    kept = _free(path)
    try:
        for ending in ("-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.replace(kept.with_name(kept.name + ending))
        path.replace(kept)
        new.replace(path)
    except OSError as error:
        raise WriteError(f"{path}: {(error.strerror or 'cannot be renamed').lower()}") from error
    return Repaired(kept=kept, rows=rows)


def _tables(whole: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own; the index for searching is made of them."""
    rows = whole.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in rows if not name.startswith(("search", "sqlite_"))]


def _copied(damaged: sqlite3.Connection, whole: sqlite3.Connection, table: str) -> int:
    columns = [row[1] for row in whole.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    key = _key(whole, table)
    count = 0
    for row in _readable(damaged, table, ", ".join(columns), key):
        try:
            count += whole.execute(statement, row).rowcount
        except sqlite3.IntegrityError:
            continue  # a row that was torn itself: a column that must not be empty is
    return count


def _readable(
    damaged: sqlite3.Connection, table: str, columns: str, key: str
) -> Iterator[tuple[object, ...]]:
    """Yield the rows before the damage, then those after it, from the end backwards."""
    for order in ("ASC", "DESC"):
        try:
            yield from damaged.execute(f"SELECT {columns} FROM {table} ORDER BY {key} {order}")
        except sqlite3.Error:
            continue
        return


def _key(whole: sqlite3.Connection, table: str) -> str:
    """What a table is stored by: reading in this order needs no other page than those of the table."""
    try:
        whole.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:  # WITHOUT ROWID: stored by its primary key
        keys = [row for row in whole.execute(f"PRAGMA table_info({table})") if row[5]]
        return str(min(keys, key=lambda row: row[5])[1])
    return "rowid"


def _mend(connection: sqlite3.Connection) -> None:
    """Let nothing point to what was lost."""
    connection.execute(
        "UPDATE documents SET issue = NULL WHERE issue NOT IN (SELECT id FROM issues)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO sources (location) SELECT DISTINCT source FROM documents"
    )
    connection.execute("DELETE FROM articles WHERE document NOT IN (SELECT id FROM documents)")
    connection.execute("DELETE FROM filed WHERE issue NOT IN (SELECT id FROM issues)")
    for table in ("files", "edits", "edited"):
        connection.execute(f"DELETE FROM {table} WHERE issue NOT IN (SELECT id FROM issues)")
    connection.execute(
        "DELETE FROM edited WHERE issue NOT IN (SELECT issue FROM edits WHERE undone = '')"
    )
    # A document whose articles were lost is asked for again.
    connection.execute(
        "DELETE FROM documents WHERE issue IS NULL AND id NOT IN (SELECT document FROM articles)"
    )
    # What is asked for again must be answered again.
    connection.execute("UPDATE sources SET etag = '', last_modified = ''")


def _from_issues(store: Store) -> int:
    """Restore the lost articles that issues carried from the JSON of these issues; returns how many.

    So they are known again when their source gives them once more. Their own bytes are lost: their text
    stands in for them.
    """
    count = 0
    for issue in all_issues(store):
        with store.transaction() as connection:
            for record in parse_json(issue_json(store, issue.id, original=True))["articles"]:
                count += _restored(connection, record, issue)
    return count


def _restored(connection: sqlite3.Connection, record: dict[str, Any], issue: Issue) -> bool:
    published = datetime.fromisoformat(record["published"]) if record["published"] else None
    names = ("id", "title", "text", "source", "url", "author", "language", "truncated", "teaser")
    article = Article(
        **{name: record[name] for name in names},
        published=published,
        headings=tuple(record["headings"]),
    )
    connection.execute("INSERT OR IGNORE INTO sources (location) VALUES (?)", (_LOST,))
    added = add_document(
        connection,
        Document(
            source=_LOST,
            key=article.id,
            location=record["page"],
            content=f"{article.title}\n\n{article.text}".encode(),
            media_type="text/plain",
            articles=(article,),
        ),
        now=issue.made,
    )
    if added:
        connection.execute(
            "UPDATE documents SET issue = ? WHERE source = ? AND key = ?",
            (issue.id, _LOST, article.id),
        )
    return added


def _free(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return kept
