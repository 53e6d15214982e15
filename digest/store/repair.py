"""Repair a damaged store: every row that can be read is copied into a new one; the damaged file is kept."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from digest.codec import article_of
from digest.errors import WriteError
from digest.incoming import parse_json
from digest.store.articles import Document, add_articles, add_document
from digest.store.damage import Flaw, copied, flaws_of, readable, where
from digest.store.database import Store, make_store, open_store
from digest.store.issues import Issue, all_issues, edition_of, issue_json
from digest.store.outbox import is_secret_lost, make_secret
from digest.store.schema import SEALED, Faults, packed, seal, unpacked

_LOST = "restored"
"""The source of documents whose own was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The result of a repair."""

    kept: Path
    """Where the damaged file is now."""
    rows: dict[str, int]
    """Table -> rows that were restored."""
    lost: tuple[str, ...] = ()
    """The damaged rows, each in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedIssue:
    """An issue whose JSON is in its folder, whether or not the store still has it."""

    name: str
    folder: str
    text: str
    """Its JSON, as it was written."""

    @property
    def value(self) -> dict[str, Any]:
        """The JSON, read."""
        found: dict[str, Any] = parse_json(self.text)
        return found

    @property
    def articles(self) -> frozenset[str]:
        """The ids of its articles."""
        return frozenset(one["id"] for one in self.value["articles"])


def repair(path: Path, *, published: Sequence[PublishedIssue] = ()) -> Repaired:
    """Put a new store in the place of a damaged one, with every row that can still be read.

    What the issues in `published` have is known again, even where the store has lost it.

    Raises:
        StoreError: the store was made by a newer version; it is left as it is.
        WriteError: there is no room for it.
    """
    new = path.with_name(f"{path.name}.repaired")
    for ending in ("", "-wal", "-shm"):
        new.with_name(new.name + ending).unlink(missing_ok=True)
    with readable(path) as damaged:
        make_store(new)
        with open_store(new) as store:
            rows, lost = _restore(damaged, store, published)
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
    return Repaired(kept=kept, rows=rows, lost=tuple(map(str, lost)))


def _restore(
    damaged: sqlite3.Connection, store: Store, published: Sequence[PublishedIssue]
) -> tuple[dict[str, int], list[Flaw]]:
    """Copy every table, without its damaged rows."""
    rows: dict[str, int] = {}
    lost: list[Flaw] = []
    # Rows of what was lost may be named by rows that were not.
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.transaction() as connection:
        for table in _tables(connection):
            rows[table], torn = copied(damaged, connection, table)
            lost += torn
        for table in rows:
            damages = _dropped(connection, table)
            rows[table] -= len(damages)
            lost += damages
        if is_secret_lost(connection):
            make_secret(connection)
            lost.append(Flaw(table="keys", key=("unsubscribe",), reason="a new one is made"))
        _find_issues(connection, published)
        _mend(connection)
    return rows, lost


def _dropped(connection: sqlite3.Connection, table: str) -> list[Flaw]:
    """Drop the damaged rows of a table, or keep the part of them that can be read; return them."""
    lost = list(flaws_of(connection, table))
    for flaw in lost:
        if table == "issues":
            _keep_issue(connection, flaw)
        elif table == "outbox":
            _keep_mail(connection, flaw)
        elif table == "documents":
            # Its articles rest on it; `_from_issues` restores those that an issue has.
            connection.execute("DELETE FROM articles WHERE document = ?", flaw.key)
        if table not in ("issues", "outbox"):
            connection.execute(f"DELETE FROM {table} WHERE {where(flaw)}", flaw.key)
    return lost


def _keep_issue(connection: sqlite3.Connection, flaw: Flaw) -> None:
    """Keep as much of an issue as can be read: without it, all its articles would be shown once more."""
    row = connection.execute("SELECT * FROM issues WHERE id = ?", flaw.key).fetchone()
    files = connection.execute(
        "SELECT name, content FROM files WHERE issue = ?", flaw.key
    ).fetchall()
    texts = (
        row["digest"],
        *(one["content"] for one in files if str(one["name"]).endswith(".json")),
    )
    digest, day = next(filter(None, map(_dated, texts)), (b"", "1970-01-01"))
    names = connection.execute("SELECT name FROM issues WHERE id <> ?", flaw.key).fetchall()
    stems = [str(one["name"]).rpartition(".")[0] for one in files]
    name = next(
        (stem for stem in stems if stem not in {one["name"] for one in names}), f"lost-{row['id']}"
    )
    known = connection.execute(
        "SELECT folder FROM issues WHERE id <> ? ORDER BY id DESC LIMIT 1", flaw.key
    ).fetchone()
    folder = known["folder"] if known else str(row["folder"])
    connection.execute(
        "UPDATE issues SET name = ?, day = ?, made = ?, folder = ?, sum = ?, digest = ?,"
        " to_mail = to_mail AND ? WHERE id = ?",
        (
            *seal((name, day, f"{day}T00:00:00+00:00", folder)),
            packed(digest),
            bool(digest),
            *flaw.key,
        ),
    )


def _dated(content: Any) -> tuple[bytes, str] | None:
    """Return the JSON of an issue with its day; None where it is lost."""
    try:
        text = unpacked(content)
        day = str(parse_json(text)["date"])
        date.fromisoformat(day)
    except Faults:
        return None
    return text, day


def _keep_mail(connection: sqlite3.Connection, flaw: Flaw) -> None:
    """Keep a row of the outbox as one that a person must look at: it is sent to nobody by itself."""
    row = connection.execute("SELECT * FROM outbox WHERE id = ?", flaw.key).fetchone()
    state = row["state"] if row["state"] in ("SENT", "DROPPED") else "REFUSED"
    moment = "1970-01-01T00:00:00+00:00"
    values = seal([str(row[name]) for name in SEALED["outbox"]])
    columns = ", ".join(f"{name} = ?" for name in (*SEALED["outbox"], "sum"))
    connection.execute(
        f"UPDATE outbox SET {columns}, state = ?, attempts = 0, queued = ?, changed = ?, next_attempt = ?,"
        " answer = 'damaged in the store; a person must look' WHERE id = ?",
        (*values, state, moment, moment, moment, *flaw.key),
    )


def _find_issues(connection: sqlite3.Connection, published: Sequence[PublishedIssue]) -> None:
    """Put issues of the folder, and those whose number was damaged, in the places of those that are lost."""
    names = {row["name"] for row in connection.execute("SELECT name FROM issues")}
    moved = dict(_unnamed(connection))
    others = [one for one in published if one.name not in names]
    carried = connection.execute(
        "SELECT documents.issue, articles.id FROM documents JOIN articles ON articles.document = documents.id"
        " WHERE documents.issue NOT NULL AND documents.issue NOT IN (SELECT id FROM issues)"
        " ORDER BY documents.issue, articles.id"
    ).fetchall()
    for number in dict.fromkeys(row["issue"] for row in carried):
        own = {row["id"] for row in carried if row["issue"] == number}
        found = max(
            (*others, *moved), key=lambda one: (len(own & one.articles), one.name), default=None
        )
        if found is None or not own & found.articles:
            continue
        if found in moved:
            change = "UPDATE issues SET id = ? WHERE id = ?"
            connection.execute(change, (number, moved.pop(found)))
        else:
            others.remove(found)
            _add_issue(connection, found, number)
    for one in others:
        _add_issue(connection, one, None)


def _unnamed(connection: sqlite3.Connection) -> Iterator[tuple[PublishedIssue, int]]:
    """Yield the issues that no document names, with their numbers: a number has no checksum."""
    for row in connection.execute(
        "SELECT id, name, folder, digest FROM issues"
        " WHERE id NOT IN (SELECT issue FROM documents WHERE issue NOT NULL) ORDER BY id"
    ).fetchall():
        with suppress(*Faults):
            text = unpacked(row["digest"]).decode()
            found = PublishedIssue(name=row["name"], folder=row["folder"], text=text)
            if found.articles:
                yield found, row["id"]


def _add_issue(
    connection: sqlite3.Connection, published: PublishedIssue, number: int | None
) -> None:
    day = str(published.value["date"])
    connection.execute(
        "INSERT OR IGNORE INTO issues (id, name, day, made, folder, sum, digest, written, to_mail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0)",
        (
            number,
            *seal((published.name, day, f"{day}T00:00:00+00:00", published.folder)),
            packed(published.text.encode()),
        ),
    )


def _tables(whole: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own; the index for searching is made of them."""
    rows = whole.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [row["name"] for row in rows if not row["name"].startswith(("search", "sqlite_"))]


def _mend(connection: sqlite3.Connection) -> None:
    """Remove references to lost rows."""
    connection.execute(
        "UPDATE documents SET issue = NULL WHERE issue NOT IN (SELECT id FROM issues)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO sources (location) SELECT DISTINCT source FROM documents"
    )
    connection.execute("DELETE FROM articles WHERE document NOT IN (SELECT id FROM documents)")
    for table in ("filed", "carried", "files", "edits", "edited"):
        connection.execute(f"DELETE FROM {table} WHERE issue NOT IN (SELECT id FROM issues)")
    connection.execute(
        "DELETE FROM edited WHERE issue NOT IN (SELECT issue FROM edits WHERE undone = '')"
    )
    # A document whose articles were lost is asked for again.
    connection.execute(
        "DELETE FROM documents WHERE issue IS NULL AND id NOT IN (SELECT document FROM articles)"
    )
    connection.execute("DELETE FROM carried WHERE document NOT IN (SELECT id FROM documents)")
    # An edition that lost its memory still has what its issues filed.
    connection.create_function("edition_of", 1, edition_of, deterministic=True)
    connection.execute(
        "INSERT OR IGNORE INTO carried (edition, document, issue)"
        " SELECT edition_of(name), document, issues.id FROM filed"
        " JOIN issues ON issues.id = filed.issue JOIN articles ON articles.id = filed.article"
        " WHERE edition_of(name) <> ''"
    )
    # Without its row nobody knows whose a mail is; the next one under its number would be sent in its place.
    connection.execute("DELETE FROM mails WHERE id NOT IN (SELECT id FROM outbox)")
    # What is asked for again must be answered again.
    connection.execute("UPDATE sources SET etag = '', last_modified = ''")


def _from_issues(store: Store) -> int:
    """Restore the lost articles that issues carried from the JSON of these issues; returns how many.

    So they are known again when their source gives them once more. Where the bytes of their page are lost as
    well, their text stands in for them.
    """
    count = 0
    for issue in all_issues(store):
        with suppress(*Faults), store.transaction() as connection:
            for record in parse_json(issue_json(store, issue.id, original=True))["articles"]:
                count += _restored(connection, record, issue)
    return count


def _restored(connection: sqlite3.Connection, record: dict[str, Any], issue: Issue) -> bool:
    article = article_of(record)
    page = record["page"]
    kept = connection.execute("SELECT id FROM documents WHERE location = ?", (page,)).fetchone()
    if kept:
        return bool(add_articles(connection, kept["id"], page, (article,)))
    connection.execute("INSERT OR IGNORE INTO sources (location) VALUES (?)", (_LOST,))
    added = add_document(
        connection,
        Document(
            source=_LOST,
            key=article.id,
            location=page,
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
    if issue.edition:
        connection.execute(
            "INSERT OR IGNORE INTO carried (edition, document, issue)"
            " SELECT ?, document, ? FROM articles WHERE id = ?",
            (issue.edition, issue.id, article.id),
        )
    return added


def _free(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return kept
