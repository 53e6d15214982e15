"""Sources and their health."""

import sqlite3
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from digest.store.database import Store
from digest.store.schema import DamagedError, sound

REPORTED_AFTER = 3
"""Issues in a row that a source fails before a reader is told of it, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The state of a source: a row of the table, empty where nothing is known. Times are ISO 8601 in UTC."""

    location: str
    name: str = ""
    etag: str = ""
    last_modified: str = ""
    checked: str = ""
    succeeded: str = ""
    not_before: str = ""
    moved_to: str = ""
    reason: str = ""
    failures: int = 0
    failing_since: str = ""


_FIELDS = ", ".join(field.name for field in fields(SourceState))


def source_states(store: Store) -> dict[str, SourceState]:
    """Return the state of every source, by location."""
    with store.faults():
        rows = store.connection.execute(
            f"SELECT {_FIELDS} FROM sources ORDER BY location"
        ).fetchall()
    return {state.location: state for state in sound(rows, _state, "source")}


def _state(row: sqlite3.Row) -> SourceState:
    state = SourceState(**dict(row))
    texts = (value for name, value in asdict(state).items() if name != "failures")
    if not isinstance(state.failures, int) or not all(isinstance(text, str) for text in texts):
        raise DamagedError("a value of another kind")
    for moment in (state.checked, state.succeeded, state.not_before, state.failing_since):
        if moment:
            datetime.fromisoformat(moment)
    return state


def record_success(
    connection: sqlite3.Connection,
    location: str,
    *,
    now: datetime,
    name: str = "",
    etag: str = "",
    last_modified: str = "",
    moved_to: str = "",
) -> None:
    """Note that a source answered, in the transaction that keeps its documents.

    Its validators (RFC 9110, 8.8) are kept with its articles or not at all: otherwise an answer that was
    lost half way would never be asked for again.
    """
    connection.execute(
        "INSERT INTO sources (location, name, etag, last_modified, moved_to, checked, succeeded) "
        "VALUES (:location, :name, :etag, :last_modified, :moved_to, :now, :now) "
        "ON CONFLICT (location) DO UPDATE SET etag = :etag, last_modified = :last_modified, "
        "name = CASE WHEN :name = '' THEN name ELSE :name END, moved_to = :moved_to, "
        "checked = :now, succeeded = :now, not_before = '', reason = ''",
        {
            "location": location,
            "name": name,
            "etag": etag,
            "last_modified": last_modified,
            "moved_to": moved_to,
            "now": now.isoformat(),
        },
    )


def record_unchanged(connection: sqlite3.Connection, location: str, *, now: datetime) -> None:
    """Note that a source answered that nothing is new."""
    connection.execute(
        "UPDATE sources SET checked = ?, succeeded = ?, not_before = '', reason = '' WHERE location = ?",
        (now.isoformat(), now.isoformat(), location),
    )


def record_failure(
    connection: sqlite3.Connection,
    location: str,
    reason: str,
    *,
    now: datetime,
    not_before: str = "",
) -> None:
    """Note that a source failed, and why. What is known of it stays, but for where it has moved to."""
    connection.execute(
        "INSERT INTO sources (location, reason, checked, not_before) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (location) DO UPDATE SET reason = excluded.reason, checked = excluded.checked, "
        "not_before = excluded.not_before, moved_to = ''",
        (location, reason, now.isoformat(), not_before),
    )


def count_failures(connection: sqlite3.Connection, locations: list[str], day: date) -> None:
    """Count one more issue for each source that it went without, and reset the count of the others."""
    for location in locations:
        connection.execute(
            "UPDATE sources SET failures = CASE WHEN reason = '' THEN 0 ELSE failures + 1 END, "
            "failing_since = CASE WHEN reason = '' THEN '' "
            "WHEN failing_since = '' THEN ? ELSE failing_since END WHERE location = ?",
            (day.isoformat(), location),
        )
