"""A damaged row costs that row, is named, and is never taken for what it was; a repair restores the rest."""

import datetime
import json
import random
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from digest.codec import article_values
from digest.errors import DigestError, FetchError, StoreError
from digest.models import Article, Identity
from digest.store import Store, open_store, outbox
from digest.store.articles import (
    Document,
    Scope,
    add_document,
    carried_since,
    document_at,
    find_articles,
    known_parts,
    waiting,
)
from digest.store.damage import flaws
from digest.store.issues import (
    all_issues,
    edit_lists,
    issue_files,
    issue_json,
    keep_edit,
    keep_issue,
    mark_written,
)
from digest.store.outbox import suppressed, tokens, unsubscribe
from digest.store.repair import repair
from digest.store.schema import MIGRATIONS, SEALED, DamagedError, packed
from digest.store.sources import record_success, source_states

NOW = datetime.datetime(2026, 11, 21, 5, tzinfo=datetime.UTC)
ISSUE = '{"schema": "x", "title": "D", "date": "2026-11-21", "articles": []}'


def fill(path: Path) -> None:
    """Make a store with something in every table."""
    with open_store(path) as store:
        with store.transaction() as connection:
            record_success(connection, "feed", now=NOW, name="Feed", etag='"1"')
            for number in range(6):
                article = Article(
                    id=f"id-{number}",
                    title=f"Ferry {number}",
                    text=f"The ferry {number} runs. " * 9,
                )
                add_document(
                    connection,
                    Document(
                        source="feed",
                        key=str(number),
                        version=f"v{number}",
                        location=f"feed#{number}",
                        content=article.text.encode(),
                        media_type="text/plain",
                        articles=(article,),
                    ),
                    now=NOW,
                )
            keep_issue(
                connection,
                name="2026-11-21",
                day=NOW.date(),
                made=NOW,
                folder=str(path.parent / "out"),
                digest=ISSUE,
                to_mail=False,
                files={"2026-11-21.json": ISSUE.encode(), "2026-11-21.md": b"# D"},
                documents=[1, 2, 3],
                filed=[Identity(id="id-0", topic="t", story="s", label="Ferries")],
            )
        edited = {"2026-11-21.json": ISSUE.encode(), "2026-11-21.md": b"# D, as it was edited"}
        keep_edit(store, 1, made=NOW, text="lead 1\n", digest=ISSUE, files=edited)
        mark_written(store, all_issues(store)[0], str(path.parent / "out"))
        tokens(store, ["a@example.org", "b@example.org"], now=NOW)
        unsubscribe(store, "b@example.org", now=NOW)
        items = [
            outbox.Item(
                recipient=f"{name}@example.org",
                sender="d@example.org",
                message_id=f"<{name}@example.org>",
                content=b"Subject: x\r\n\r\nThe ferry runs.\r\n" * 20,
            )
            for name in ("a", "c")
        ]
        outbox.enqueue(store, "key", "2026-11-21", items, now=NOW)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with something in every table."""
    path = tmp_path_factory.mktemp("whole") / "store.sqlite"
    fill(path)
    return path.read_bytes()


@pytest.fixture
def path(whole: bytes, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(whole)
    return path


def damage(path: Path, statement: str, *values: object) -> None:
    """Change a row behind the store's back."""
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def without_edits(path: Path) -> None:
    """Leave the issue as it first was."""
    for table in ("edits", "edited"):
        damage(path, f"DELETE FROM {table}")


def flip(path: Path, table: str, column: str) -> None:
    """Flip a bit in the middle of the first row's value."""
    connection = sqlite3.connect(path)
    value = connection.execute(f"SELECT CAST({column} AS BLOB) FROM {table} LIMIT 1").fetchone()[0]
    middle = len(value) // 2
    value = value[:middle] + bytes([value[middle] ^ 32]) + value[middle + 1 :]
    kind = "BLOB" if column in ("content", "digest", "value") else "TEXT"
    first = f"(SELECT CAST({column} AS BLOB) FROM {table} LIMIT 1)"
    change = f"UPDATE {table} SET {column} = CAST(? AS {kind})"
    same = (
        ""
        if table in ("files", "edited", "filed", "subscribers", "keys")
        else f" AND rowid = (SELECT min(rowid) FROM {table})"
    )
    connection.execute(f"{change} WHERE CAST({column} AS BLOB) = {first}{same}", (value,))
    connection.commit()
    connection.close()


def read_all(store: Store) -> list[object]:
    """Read the store in every way that there is."""
    found: list[object] = [
        *waiting(store), *carried_since(store, NOW.date()), *find_articles(store, query="ferry"),
        *known_parts(store, "feed").versions, *source_states(store).values(), *suppressed(store),
    ]  # fmt: skip
    for issue in all_issues(store):
        found += issue_files(store, issue.id).values()
        found += issue_files(store, issue.id, original=True).values()
        found += edit_lists(store, issue.id)
    for row in outbox.rows(store, everything=True):
        found.append(outbox.item(store, row))
    return found


BLOBS = (
    *(("files", "content"), ("documents", "content"), ("issues", "digest"), ("mails", "content")),
    *(("edits", "digest"), ("edited", "content")),
)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *((table, column) for table, columns in SEALED.items() for column in columns
          if column not in ("url", "author", "published", "truncated", "teaser", "headings", "omissions")
          and (table, column) not in (("keys", "name"), ("articles", "source"), ("articles", "page"))
          and table not in ("files", "edited", "carried")),
        *BLOBS,
    ],
)  # fmt: skip
def test_one_flipped_bit_is_found_and_repaired(path: Path, table: str, column: str) -> None:
    """Whichever value it is in: the reading goes on, the doctor names the row, and a repair makes it well."""
    flip(path, table, column)
    with open_store(path, check=True) as store:
        read_all(store)
        assert [flaw.table for flaw in flaws(store)] == [table]
    done = repair(path)
    # A key that is lost is made anew, and that is said, too.
    assert len(done.lost) == 1 + (table == "keys")
    with open_store(path, check=True) as store:
        assert list(flaws(store)) == []
        assert len(all_issues(store)) == 1
        assert {row.recipient for row in outbox.rows(store, everything=True)} >= {"c@example.org"}


def test_a_damaged_mail_stops_no_other(path: Path) -> None:
    """Its bytes are lost; the other one's are not."""
    flip(path, "mails", "content")
    with open_store(path) as store:
        items = [outbox.item(store, row) for row in outbox.rows(store)]
    assert [one is None for one in items] == [True, False]


def test_a_damaged_recipient_is_mailed_by_nobody(path: Path) -> None:
    """Neither before the repair nor after it, and a person is told."""
    flip(path, "outbox", "recipient")
    with open_store(path) as store:
        assert [row.recipient for row in outbox.due(store, now=NOW)] == ["c@example.org"]
    repair(path)
    with open_store(path) as store:
        assert [row.recipient for row in outbox.due(store, now=NOW)] == ["c@example.org"]
        assert sorted(row.state for row in outbox.rows(store)) == ["QUEUED", "REFUSED"]


def test_a_lost_secret_is_replaced_by_a_repair_alone_which_says_so(path: Path) -> None:
    """The links of mails that are out were made of it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE keys SET name = 'unsubscri`e' WHERE name = 'unsubscribe'")
    with open_store(path) as store, pytest.raises(StoreError, match="key for unsubscribing"):
        tokens(store, ["d@example.org"], now=NOW)
    assert "keys unsubscribe: a new one is made" in repair(path).lost
    with open_store(path) as store:
        assert tokens(store, ["d@example.org"], now=NOW)


def test_a_damaged_proof_proves_nothing(path: Path) -> None:
    """And says that it is damaged."""
    flip(path, "documents", "content")
    with open_store(path) as store, pytest.raises(FetchError, match="damaged in the store"):
        document_at(store, "feed#0")


def test_a_damaged_article_is_carried_by_no_issue(path: Path) -> None:
    """Its document waits until a repair has it asked for again."""
    damage(path, "UPDATE articles SET text = 'Another text.' WHERE id = 'id-4'")
    with open_store(path) as store:
        documents, articles, _ = waiting(store)
    assert [one.id for one in articles] == ["id-3", "id-5"]
    assert documents == [4, 6]
    repair(path)
    with open_store(path) as store:
        assert not known_parts(store, "feed").has("4")


def test_a_lost_digest_comes_back_from_its_file(path: Path) -> None:
    """The JSON that was written stands in the store twice."""
    without_edits(path)
    flip(path, "issues", "digest")
    with open_store(path) as store, pytest.raises(DamagedError):
        issue_json(store, 1, original=True)
    repair(path)
    with open_store(path) as store:
        assert issue_json(store, 1, original=True) == ISSUE


def test_an_issue_whose_edit_is_lost_is_as_it_was_made(path: Path) -> None:
    """Its files as well."""
    flip(path, "edits", "list")
    repair(path)
    with open_store(path) as store:
        assert edit_lists(store, 1) == []
        assert issue_files(store, 1) == issue_files(store, 1, original=True)


def test_a_store_of_an_older_version_is_repaired_whole(tmp_path: Path) -> None:
    """Columns that it does not have yet are as a migration makes them."""
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(path)
    for migration in MIGRATIONS[:2]:
        connection.executescript(migration)
    connection.execute("PRAGMA user_version = 2")
    connection.execute(
        "INSERT INTO issues (name, day, made, digest, folder, to_mail) VALUES (?, ?, ?, ?, 'out', 0)",
        ("2026-11-21", "2026-11-21", NOW.isoformat(), zlib.compress(ISSUE.encode())),
    )
    connection.commit()
    connection.close()
    assert repair(path).lost == ()
    with open_store(path) as store:
        assert [(one.name, one.held) for one in all_issues(store)] == [("2026-11-21", False)]


def test_the_memory_of_an_edition_is_restored_from_its_issues(path: Path) -> None:
    """What an issue told does not wait again, where all that the edition remembered is lost."""
    damage(path, "UPDATE issues SET name = name || '-weekly', sum = NULL")
    with open_store(path) as store:
        number = all_issues(store, "weekly")[0].id
        told = store.connection.execute(
            "SELECT document FROM filed JOIN articles ON articles.id = filed.article"
        ).fetchall()
    repair(path)
    scope = Scope(edition="weekly")
    with open_store(path) as store:
        assert told
        assert number == all_issues(store, "weekly")[0].id
        assert not {row["document"] for row in told} & set(waiting(store, scope)[0])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sqlite_master SET sql = 'CREATE TABLE ' || char(1) || 'x' WHERE name = 'articles'",
        "UPDATE sqlite_master SET sql = CAST(X'ff5741' AS TEXT) WHERE name = 'outbox'",
        "UPDATE sqlite_master SET name = CAST(X'ff' AS TEXT) WHERE name = 'issues'",
        "UPDATE sqlite_master SET type = 'tablf' WHERE name = 'documents'",
        "UPDATE sqlite_master SET sql = 'CREATE TRIGGER' WHERE name = 'articles_added'",
    ],
)
def test_a_damaged_table_of_contents_is_mended(path: Path, change: str) -> None:
    """The statements that made the tables are known: what the tables hold is all there."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(change)
    connection.commit()
    connection.close()
    with pytest.raises(StoreError):
        _open_and_read(path)
    repair(path)
    with open_store(path, check=True) as store:
        assert list(flaws(store)) == []
        assert len(waiting(store)[1]) == 3
        assert len(outbox.rows(store)) == 2


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE ' || char(1) || 'x' WHERE name = 'outbox'",
        "UPDATE sqlite_master SET name = CAST(X'ff' AS TEXT) WHERE name = 'subscribers'",
    ],
    ids=["whole", "sql", "name"],
)
def test_a_table_of_contents_in_another_order_is_as_good(path: Path, change: str) -> None:
    """`VACUUM` writes it anew: its entries are known by what they say, not by their place."""
    damage(path, "VACUUM")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(change)
    connection.commit()
    connection.close()
    repaired = repair(path)
    assert repaired.lost == ()
    assert {name: repaired.rows[name] for name in ("outbox", "mails", "subscribers", "filed")} == {
        "outbox": 2,
        "mails": 2,
        "subscribers": 2,
        "filed": 1,
    }


def test_the_memory_of_an_edition_is_sealed(path: Path) -> None:
    """A flipped letter would make it another edition's, and an article be told twice."""
    with open_store(path) as store, store.transaction() as connection:
        keep_issue(
            connection,
            name="2026-11-21-weekly",
            day=NOW.date(),
            made=NOW,
            folder="out",
            digest=ISSUE,
            to_mail=False,
            files={},
            documents=[4],
            filed=[],
        )
    damage(path, "UPDATE carried SET edition = 'weekls'")
    with open_store(path, check=True) as store:
        assert [(flaw.table, flaw.key) for flaw in flaws(store)] == [("carried", ("weekls", 4))]


@pytest.mark.parametrize("table", ["files", "edited"])
def test_a_file_under_another_name_is_named(path: Path, table: str) -> None:
    """A flipped letter of its name would lose the file in silence, as another one's."""
    damage(path, f"UPDATE {table} SET name = '2026-11-2q.md' WHERE name LIKE '%.md'")
    with open_store(path, check=True) as store:
        assert [(flaw.table, flaw.key) for flaw in flaws(store)] == [(table, (1, "2026-11-2q.md"))]


def test_a_column_under_another_name_is_damage(path: Path) -> None:
    """A flipped letter of the schema: SQLite itself finds nothing wrong with it."""
    damage(path, "ALTER TABLE filed RENAME COLUMN sum TO sun")
    with open_store(path, check=True) as store, pytest.raises(StoreError, match="its table filed"):
        list(flaws(store))
    assert repair(path).rows["filed"] == 1


@pytest.mark.parametrize(
    ("name", "meant", "flipped"),
    [
        ("articles", "PRIMARY KEY", "PRIM\xc1RY KEY"),
        ("documents", "UNIQUE", "UNIQTE"),
        ("articles_added", "INSERT", "DELETE"),
    ],
)
def test_a_flipped_letter_of_the_schema_is_damage(
    path: Path, name: str, meant: str, flipped: str
) -> None:
    """A column that is no key any more loses its values, and no checksum would tell."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (meant, flipped, name)
    )
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="damaged"), open_store(path, check=True) as store:
        list(flaws(store))
    assert repair(path).lost == ()


def test_an_issue_under_another_number_gets_its_own_back(path: Path) -> None:
    """A flipped bit of its number: what it told waited again, and would have been told twice."""
    told = {"id": "id-9", "title": "Tram", "text": "The tram runs again. " * 9}
    article = Article(**told)
    with open_store(path) as store, store.transaction() as connection:
        add_document(
            connection,
            Document(
                source="feed",
                key="9",
                location="9",
                content=b"9",
                media_type="text/plain",
                articles=(article,),
            ),
            now=NOW,
        )
        number = connection.execute("SELECT max(id) FROM documents").fetchone()[0]
        keep_issue(
            connection,
            name="2026-11-22",
            day=NOW.date(),
            made=NOW,
            folder="out",
            digest=json.dumps({"date": "2026-11-22", "articles": [told]}),
            to_mail=False,
            files={},
            documents=[number],
            filed=[],
        )
    with open_store(path) as store:
        before, waited = all_issues(store), waiting(store)[1]
    damage(path, "UPDATE issues SET id = id + 64 WHERE name = '2026-11-22'")
    with open_store(path, check=True) as store, pytest.raises(StoreError, match="not there"):
        list(flaws(store))
    repair(path)
    with open_store(path, check=True) as store:
        assert list(flaws(store)) == []
        assert all_issues(store) == before
        assert waiting(store)[1] == waited


def test_a_newer_store_is_not_repaired(path: Path) -> None:
    """It would be an older one; it is left as it is."""
    damage(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        repair(path)
    assert path.read_bytes() == before


def test_an_older_store_gets_its_checksums(path: Path) -> None:
    """What stood in it before there were any is held against them from then on."""
    old = path.with_name("old.sqlite")
    connection = sqlite3.connect(old, isolation_level=None)
    for number, step in enumerate(MIGRATIONS[:2], 1):
        connection.executescript(f"{step}PRAGMA user_version = {number};")
    connection.execute("INSERT INTO subscribers (person, token, added) VALUES ('a@b', 't', '')")
    connection.close()
    with open_store(old) as store:
        assert list(flaws(store)) == []
    damage(old, "UPDATE subscribers SET token = 'u'")
    with open_store(old) as store:
        assert [flaw.table for flaw in flaws(store)] == ["subscribers"]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Flip a few bits, zero a part, or cut the end off."""
    data = bytearray(content)
    kind = chance.choice(("flip", "flip", "flips", "zero", "cut"))
    at = chance.randrange(len(data))
    if kind == "cut":
        return bytes(data[:at])
    if kind == "zero":
        data[at : at + 100] = bytes(len(data[at : at + 100]))
    for _ in range(1 if kind == "flip" else 20):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


@pytest.mark.parametrize("seed", range(30))
def test_random_damage_ends_in_an_error_of_ours(path: Path, seed: int) -> None:
    """Whatever is hit, reading, inspecting and repairing end well or in a line; what is repaired is sound."""
    path.write_bytes(flipped(path.read_bytes(), random.Random(seed)))
    attempt(lambda: _open_and_read(path))
    if attempt(lambda: repair(path)):
        with open_store(path, check=True) as store:
            assert list(flaws(store)) == []


def _open_and_read(path: Path) -> None:
    with open_store(path, check=True) as store:
        read_all(store)
        list(flaws(store))


def attempt(what: Callable[[], object]) -> bool:
    """Do something that may fail with an error of ours, and no other; returns whether it did not."""
    try:
        what()
    except DigestError:
        return False
    return True


def test_what_is_compressed_cannot_fill_the_memory(path: Path) -> None:
    """A blob that unpacks to more than was ever kept is damaged."""
    without_edits(path)
    bomb = zlib.compress(bytes(1 << 20)) + b"trailing"
    damage(path, "UPDATE files SET content = ?", bomb[:500])
    with open_store(path) as store:
        assert issue_files(store, 1, original=True) == {}


def test_a_changed_label_is_seen(path: Path) -> None:
    """Where an article is filed says what its story is called from issue to issue."""
    damage(path, "UPDATE filed SET label = 'Fernies'")
    with open_store(path) as store:
        assert [(one.table, one.key) for one in flaws(store)] == [("filed", (1, "id-0"))]


def test_a_lost_article_comes_back_to_the_page_that_it_stood_on(path: Path) -> None:
    """Its bytes are there still: nothing stands in for them."""
    with open_store(path) as store:
        article = Article(id="id-0", title="Ferry 0", text="The ferry 0 runs. " * 9, page="feed#0")
        record = article_values(article)
        digest = json.dumps({**json.loads(ISSUE), "articles": [record]})
        with store.transaction() as connection:
            connection.execute("UPDATE issues SET digest = ?", (packed(digest.encode()),))
    damage(path, "UPDATE articles SET text = 'Another text.' WHERE id = 'id-0'")
    repair(path)
    with open_store(path) as store:
        found = store.connection.execute(
            "SELECT page, document, text FROM articles WHERE id = 'id-0'"
        )
        assert tuple(found.fetchone()) == ("feed#0", 1, "The ferry 0 runs. " * 9)
