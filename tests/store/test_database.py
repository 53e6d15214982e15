"""The store is made whole, keeps what was committed, and never takes a damaged file for a new one."""

import datetime
import sqlite3
from pathlib import Path

import pytest

from digest.errors import BusyError, StoreError, WriteError
from digest.store import locked, open_store
from digest.store.articles import Scope, passed_over, waiting
from digest.store.issues import all_issues
from digest.store.schema import MIGRATIONS


def _add(path: Path, location: str) -> None:
    with open_store(path) as store, store.transaction() as connection:
        connection.execute("INSERT INTO sources (location) VALUES (?)", (location,))


def _count(path: Path) -> int:
    with open_store(path) as store:
        return int(store.connection.execute("SELECT count(*) FROM sources").fetchone()[0])


def test_a_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    """With its folder, and with nothing in it."""
    assert _count(tmp_path / "new" / "store.sqlite") == 0


def test_what_was_committed_is_there_the_next_time(tmp_path: Path) -> None:
    """A transaction is kept."""
    path = tmp_path / "store.sqlite"
    _add(path, "one")
    assert _count(path) == 1


def test_an_error_leaves_nothing_of_its_transaction(tmp_path: Path) -> None:
    """All of it or none of it."""
    path = tmp_path / "store.sqlite"
    with open_store(path) as store, pytest.raises(StoreError), store.transaction() as connection:  # noqa: PT012
        connection.execute("INSERT INTO sources (location) VALUES ('one')")
        connection.execute("INSERT INTO nowhere VALUES (1)")
    assert _count(path) == 0


@pytest.mark.parametrize("content", [b"", b"\0" * 8192, b"not a database at all" * 500])
def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """An empty, a zeroed and a foreign file are refused, not overwritten."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError) as error, open_store(path):
        pass
    assert error.value.exit_code == 74
    assert path.read_bytes() == content


def test_a_torn_file_is_found_by_the_check(tmp_path: Path) -> None:
    """Half of a store is not a store."""
    path = tmp_path / "store.sqlite"
    _add(path, "one")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="damaged"), open_store(path, check=True):
        pass


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """What a newer version wrote is not touched."""
    path = tmp_path / "store.sqlite"
    _add(path, "one")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version"), open_store(path):
        pass


def test_a_store_from_before_there_were_editions_is_carried_over(tmp_path: Path) -> None:
    """What waited waits, what an issue carried is carried, and a new edition knows nothing of either."""
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(path)
    for migration in MIGRATIONS[:5]:
        connection.executescript(migration)
    connection.executescript(
        "PRAGMA user_version = 5;"
        "INSERT INTO sources (location) VALUES ('feed');"
        "INSERT INTO issues (name, day, made, digest, folder, to_mail)"
        " VALUES ('2026-11-21', '2026-11-21', '2026-11-21T05:00:00+00:00', X'', 'out', 0);"
        "INSERT INTO documents (source, key, location, media_type, content, omissions, added, issue)"
        " VALUES ('feed', 'old', 'feed#old', '', X'', '[]', '2026-11-21T05:00:00+00:00', 1),"
        " ('feed', 'new', 'feed#new', '', X'', '[]', '2026-11-22T05:00:00+00:00', NULL);"
    )
    connection.close()
    with open_store(path) as store:
        assert waiting(store)[0] == [2]
        assert sorted(waiting(store, Scope(edition="weekly"))[0]) == [1, 2]
        since = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
        scope = Scope(edition="weekly", since=since)
        assert (waiting(store, scope)[0], passed_over(store, scope)) == ([2], [1])
        assert [issue.edition for issue in all_issues(store)] == [""]
    with open_store(path) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)


def test_another_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    """A file of some other program stays as it is."""
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(StoreError, match="not a store"), open_store(path):
        pass


def test_a_store_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError) as error, open_store(tmp_path / "file" / "store.sqlite"):
        pass
    assert error.value.exit_code == 73


def test_a_second_run_is_turned_away(tmp_path: Path) -> None:
    """The lock is held by one, and free again afterwards."""
    path = tmp_path / "store.sqlite"
    with locked(path):
        with pytest.raises(BusyError) as error, locked(path):
            pass
        assert error.value.exit_code == 75
    with locked(path):
        pass


def test_what_is_kept_concerns_nobody_else(tmp_path: Path) -> None:
    """The store, its log and its lock are the user's alone; one of earlier days becomes so."""
    path = tmp_path / "store.sqlite"
    _add(path, "one")
    path.chmod(0o644)
    with locked(path), open_store(path) as store:
        store.connection.execute("INSERT INTO sources (location) VALUES ('two')")
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 4


def test_a_link_to_the_store_is_the_store(tmp_path: Path) -> None:
    """Who holds it under one name holds it under all."""
    path, link = tmp_path / "store.sqlite", tmp_path / "link.sqlite"
    _add(path, "one")
    link.symlink_to(path)
    with locked(link), pytest.raises(BusyError), locked(path):
        pass


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb"])
def test_no_string_is_one_that_sqlite_cannot_hold(tmp_path: Path, value: str) -> None:
    """Neither what is written nor what is looked for."""
    _add(tmp_path / "store.sqlite", value)
    with open_store(tmp_path / "store.sqlite") as store:
        query = "SELECT count(*) FROM sources WHERE location = :it"
        assert store.connection.execute(query, {"it": value}).fetchone()[0] == 1
