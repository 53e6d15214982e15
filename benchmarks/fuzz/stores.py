"""A store whose bytes are fuzzed: read, inspected, repaired, and read again."""

import datetime
import tempfile
from functools import cache
from pathlib import Path

from digest.errors import DigestError
from digest.models import Article, Identity
from digest.store import Store, open_store, outbox
from digest.store.articles import (
    Document,
    add_document,
    carried_since,
    document_at,
    find_articles,
    known_parts,
    waiting,
)
from digest.store.damage import flaws
from digest.store.issues import all_issues, issue_files, keep_issue
from digest.store.outbox import suppressed, tokens
from digest.store.repair import repair
from digest.store.sources import record_success, source_states

NOW = datetime.datetime(2026, 11, 21, 5, tzinfo=datetime.UTC)


@cache
def seeds() -> list[bytes]:
    """A store with something in every table, of few and small pages, so that each byte is hit often."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.sqlite")
        with open_store(path) as store:
            _fill(store)
        return [path.read_bytes()]


def _fill(store: Store) -> None:
    with store.transaction() as connection:
        record_success(connection, "feed", now=NOW, name="Feed", etag='"1"')
        for number in range(4):
            article = Article(
                id=f"id-{number}", title=f"Ferry {number}", text="The ferry runs. " * 20
            )
            document = Document(
                source="feed",
                key=str(number),
                location=f"feed#{number}",
                content=article.text.encode(),
                media_type="text/plain",
                articles=(article,),
            )
            add_document(connection, document, now=NOW)
        keep_issue(
            connection,
            name="2026-11-21",
            day=NOW.date(),
            made=NOW,
            folder="/nowhere",
            digest='{"date": "2026-11-21", "articles": []}',
            to_mail=False,
            files={"2026-11-21.md": b"# D"},
            documents=[1, 2],
            filed=[Identity(id="id-0", topic="t", story="s", label="Ferries")],
        )
    tokens(store, ["a@example.org"], now=NOW)
    item = outbox.Item(
        recipient="a@example.org",
        sender="d@example.org",
        message_id="<1@a>",
        content=b"Subject: x\r\n\r\n",
    )
    outbox.enqueue(store, "key", "2026-11-21", [item], now=NOW)


def store(data: bytes) -> str:
    """Read a damaged store in every way, and repair it; what was repaired must be sound."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.sqlite")
        path.write_bytes(data)
        _attempt(path)
        try:
            repair(path)
        except DigestError:
            return ""
        with open_store(path, check=True) as opened:
            left = list(flaws(opened))
            _read(opened)
    return f"a repaired store has flaws: {left[0]}" if left else ""


def _attempt(path: Path) -> None:
    try:
        with open_store(path, check=True) as opened:
            _read(opened)
            list(flaws(opened))
    except DigestError:
        return


def _read(opened: Store) -> None:
    waiting(opened)
    carried_since(opened, NOW.date())
    find_articles(opened, query="ferry")
    known_parts(opened, "feed")
    source_states(opened)
    suppressed(opened)
    for issue in all_issues(opened):
        issue_files(opened, issue.id)
    for row in outbox.rows(opened, everything=True):
        outbox.item(opened, row)
    try:
        document_at(opened, "feed#0")
    except DigestError:
        return
