"""Issues: the documents that each carried, and its files byte for byte.

What an issue carries is decided in one transaction, with the bytes of its files. They are written only after
that, and a run that finds an issue whose files were not all written writes them: so an article is carried by
exactly one issue of an edition, wherever the power fails. An edit is decided in the same way; it covers the
issue as it was made, which stays in the store.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from digest.models import Identity, as_utc
from digest.store.database import Store
from digest.store.schema import DamagedError, check, packed, seal, sound, unpacked

_NAME = re.compile(r"\d{4}-\d\d-\d\d(?:-([a-z].*?))?(?:-\d{1,4})?")


def edition_of(name: str) -> str:
    """Return the edition of an issue's name, `2026-11-21-weekly-2`; empty where it has none.

    The name has a checksum: an issue never changes into one of another edition.
    """
    found = _NAME.fullmatch(name)
    return (found[1] or "") if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue that is decided: a row of the table."""

    id: int
    name: str
    day: date
    made: datetime
    folder: str
    written: bool
    to_mail: bool
    held: bool
    """True for a draft: it is mailed when a person says so."""

    @property
    def edition(self) -> str:
        """The name of its edition; empty where it has none."""
        return edition_of(self.name)


def keep_issue(
    connection: sqlite3.Connection,
    *,
    name: str,
    day: date,
    made: datetime,
    folder: str,
    digest: str,
    to_mail: bool,
    held: bool = False,
    files: Mapping[str, bytes],
    documents: Sequence[int],
    passed: Sequence[int] = (),
    filed: Sequence[Identity],
) -> int:
    """Decide an issue inside a transaction: its files, the documents it carries, where articles are filed.

    `digest` is its JSON; `to_mail` says whether mails of it are to be put in the outbox, and `held`
    that they wait until a person says so.

    A document that an earlier issue carried stays with that one. Those that are `passed` over do not wait
    for the issue's edition any more. Returns the number of the issue.
    """
    known = (name, day.isoformat(), as_utc(made).isoformat(), folder)
    cursor = connection.execute(
        "INSERT INTO issues (name, day, made, folder, sum, digest, to_mail, held)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*seal(known), packed(digest.encode(), 9), to_mail, held),
    )
    number = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO files (issue, name, sum, content) VALUES (?, ?, ?, ?)",
        _packed(number, files),
    )
    connection.executemany(
        "UPDATE documents SET issue = ? WHERE id = ? AND issue IS NULL",
        [(number, document) for document in documents],
    )
    if edition := edition_of(name):
        connection.executemany(
            "INSERT OR IGNORE INTO carried (edition, document, issue, sum) VALUES (?, ?, ?, ?)",
            [seal((edition, document, number)) for document in (*documents, *passed)],
        )
    connection.executemany(
        "INSERT OR IGNORE INTO filed (issue, article, topic, story, label, sum) VALUES (?, ?, ?, ?, ?, ?)",
        [seal((number, one.id, one.topic, one.story, one.label)) for one in filed],
    )
    return number


def _packed(number: int, files: Mapping[str, bytes]) -> list[tuple[Any, ...]]:
    return [(*seal((number, file)), packed(content, 9)) for file, content in sorted(files.items())]


def mark_written(store: Store, issue: Issue, folder: str) -> None:
    """Note that all files of an issue are written, and where."""
    *_, folder, total = seal((issue.name, issue.day.isoformat(), issue.made.isoformat(), folder))
    with store.transaction() as connection:
        connection.execute(
            "UPDATE issues SET written = 1, folder = ?, sum = ? WHERE id = ?",
            (folder, total, issue.id),
        )


def mark_mailed(store: Store, number: int) -> None:
    """Note that all mails of an issue are in the outbox."""
    with store.transaction() as connection:
        connection.execute("UPDATE issues SET to_mail = 0, held = 0 WHERE id = ?", (number,))


def keep_edit(
    store: Store, number: int, *, made: datetime, text: str, digest: str, files: Mapping[str, bytes]
) -> None:
    """Decide an edit of an issue: the list, its JSON after it and its files, which are to be written."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO edits (issue, made, list, sum, digest) VALUES (?, ?, ?, ?, ?)",
            (*seal((number, as_utc(made).isoformat(), text)), packed(digest.encode(), 9)),
        )
        connection.execute("DELETE FROM edited WHERE issue = ?", (number,))
        connection.executemany(
            "INSERT INTO edited (issue, name, sum, content) VALUES (?, ?, ?, ?)",
            _packed(number, files),
        )
        connection.execute("UPDATE issues SET written = 0 WHERE id = ?", (number,))


def undo_edits(store: Store, number: int, *, now: datetime) -> int:
    """Take back the edits of an issue, whose files are to be written as they first were; return how many."""
    with store.transaction() as connection:
        undone = connection.execute(
            "UPDATE edits SET undone = ? WHERE issue = ? AND undone = ''",
            (as_utc(now).isoformat(), number),
        ).rowcount
        if undone:
            connection.execute("DELETE FROM edited WHERE issue = ?", (number,))
            connection.execute("UPDATE issues SET written = 0 WHERE id = ?", (number,))
        return undone


def edit_lists(store: Store, number: int) -> list[str]:
    """Return the lists of the edits of an issue that were not taken back, the oldest first."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT list FROM edits WHERE issue = ? AND undone = '' ORDER BY id", (number,)
        )
        return [row["list"] for row in rows]


def issue_json(store: Store, number: int, *, original: bool = False) -> str:
    """Return the JSON of an issue as it is now, or as it was made; raises `DamagedError` where it is lost."""
    edits = "SELECT digest FROM edits WHERE issue = ? AND undone = '' ORDER BY id DESC LIMIT 1"
    made = "SELECT digest FROM issues WHERE id = ?"
    with store.faults():
        row = None if original else store.connection.execute(edits, (number,)).fetchone()
        row = row or store.connection.execute(made, (number,)).fetchone()
        text = unpacked(row["digest"]).decode()
    if not text:
        raise DamagedError("its JSON was lost with a damaged store")
    return text


def all_issues(store: Store, edition: str | None = None) -> list[Issue]:
    """Return every issue, or those of an edition, the oldest first."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT id, name, day, made, folder, written, to_mail, held, sum FROM issues ORDER BY id"
        ).fetchall()
    issues = sound(rows, _issue, "issue")
    return [issue for issue in issues if edition is None or issue.edition == edition]


def uncarrying(store: Store) -> frozenset[int]:
    """Return the numbers of the issues that carried nothing: those of days without news."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT id FROM issues WHERE id NOT IN (SELECT issue FROM filed) AND id NOT IN"
            " (SELECT issue FROM documents WHERE issue IS NOT NULL)"
        )
        return frozenset(row["id"] for row in rows)


def unwritten(store: Store) -> list[Issue]:
    """Return the issues that were decided, but whose files may not all be written."""
    return [issue for issue in all_issues(store) if not issue.written]


def issue_files(store: Store, number: int, *, original: bool = False) -> dict[str, bytes]:
    """Return the files of an issue, by name, byte for byte: as they are now, or as they were first written."""
    found = {} if original else _files(store, "edited", number)
    return found or _files(store, "files", number)


def _files(store: Store, table: str, number: int) -> dict[str, bytes]:
    with store.faults():
        rows = store.connection.execute(
            f"SELECT name, issue, sum, content FROM {table} WHERE issue = ? ORDER BY name",
            (number,),
        ).fetchall()

    def file(row: sqlite3.Row) -> tuple[str, bytes]:
        check(row, table)
        return row["name"], unpacked(row["content"])

    return dict(sound(rows, file, "file"))


def names_taken(store: Store) -> frozenset[str]:
    """Return the names that no further issue can have."""
    with store.faults():
        return frozenset(row["name"] for row in store.connection.execute("SELECT name FROM issues"))


def _issue(row: sqlite3.Row) -> Issue:
    check(row, "issues")
    return Issue(
        id=row["id"],
        name=row["name"],
        day=date.fromisoformat(row["day"]),
        made=datetime.fromisoformat(row["made"]),
        folder=row["folder"],
        written=bool(row["written"]),
        to_mail=bool(row["to_mail"]),
        held=bool(row["held"]),
    )
