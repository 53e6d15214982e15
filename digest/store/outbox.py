"""The outbox, and who asked not to be mailed: one row for each issue and recipient, with the exact bytes.

    QUEUED ──> SENDING ──> SENT
                 │  └────> UNCERTAIN   nobody knows whether the server took it: the answer was lost
                 ├───────> DEFERRED    not now: tried again after a while
                 └───────> REFUSED     not at all: a person must look
    DROPPED: a person said so, or the recipient unsubscribed

A mail that may have been taken is the price of one that is never lost (RFC 1047): it is sent once more
with the same Message-ID. The token of an unsubscribe link is made of a secret of the store and the address
(HMAC-SHA-256, RFC 2104): nobody can guess another person's, and a person keeps the same one for ever, so that
the link of an old mail still works.
"""

import base64
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from digest.errors import ConfigError, StoreError, WriteError
from digest.store.database import Store
from digest.store.schema import REPAIR, SEALED, DamagedError, check, packed, seal, sound, unpacked

State = Literal["QUEUED", "SENDING", "SENT", "DEFERRED", "REFUSED", "UNCERTAIN", "DROPPED"]

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
_GIVE_UP = timedelta(days=5)
"""How long a mail is tried that the server puts off (RFC 5321, section 4.5.4.1: four to five days)."""
_ROOM_BYTES = 1 << 20
"""What must be free on the disk before a mail is handed over, so that it can be noted that it was."""

MAILS_A_RESERVE = 8
"""How many mails may be sent on one reserve."""
_RESERVE_BYTES = 1 << 19
"""Each mail takes two commits of a few pages of 4 KiB."""

_COLUMNS = (
    "id, issue, day, recipient, sender, message_id, state, attempts, queued, changed,"
    " next_attempt, answer"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A mail for one recipient that is to go out."""

    recipient: str
    sender: str
    """Of the envelope."""
    message_id: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the outbox."""

    id: int
    issue: str
    day: str
    recipient: str
    sender: str
    message_id: str
    state: State
    attempts: int
    queued: str
    changed: str
    next_attempt: str
    answer: str


def known(store: Store, issue: str) -> frozenset[str]:
    """Return everyone that the outbox has a mail of the issue for, in the form of `person`."""
    with store.faults():
        rows = store.connection.execute("SELECT person FROM outbox WHERE issue = ?", (issue,))
        return frozenset(row["person"] for row in rows)


def enqueue(store: Store, issue: str, day: str, items: Iterable[Item], *, now: datetime) -> int:
    """Keep the mails of an issue, all or none; return how many are new.

    A recipient has one mail an issue, whatever the state of it: a second one changes nothing.
    """
    moment, added = stamp(now), 0
    with store.transaction() as connection:
        for item in items:
            cursor = connection.execute(
                f"INSERT OR IGNORE INTO outbox ({', '.join(SEALED['outbox'])}, sum, state,"
                " queued, changed, next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?, ?, ?)",
                (*seal((issue, day, *_of(item))), *(moment, moment, moment)),
            )
            if cursor.rowcount:
                added += 1
                connection.execute(
                    "INSERT INTO mails (id, content) VALUES (?, ?)",
                    (cursor.lastrowid, packed(item.content)),
                )
    return added


def recover(store: Store, *, now: datetime) -> list[Row]:
    """Mark the mails that a run was handing over when it ended as UNCERTAIN; return them.

    To be called by who holds the store's lock: nobody else is sending.
    """
    with store.faults():
        found = _rows(store, "state = 'SENDING'")
    for row in found:
        settle(store, row.id, "UNCERTAIN", "the run ended while it was handed over", now=now)
    return found


def due(store: Store, *, now: datetime, hold_uncertain: bool = False) -> list[Row]:
    """Return the mails that are to be sent now, the oldest first."""
    states = "('QUEUED', 'DEFERRED')" if hold_uncertain else "('QUEUED', 'DEFERRED', 'UNCERTAIN')"
    with store.faults():
        return _rows(store, f"state IN {states} AND next_attempt <= ?", stamp(now))


def rows(store: Store, *, issue: str | None = None, everything: bool = False) -> list[Row]:
    """Return the rows of an issue or of all, the oldest first; sent and dropped ones only with `everything`."""
    clauses = ["1"] if everything else ["state NOT IN ('SENT', 'DROPPED')"]
    with store.faults():
        if issue is None:
            return _rows(store, clauses[0])
        return _rows(store, f"{clauses[0]} AND issue = ?", issue)


def named(store: Store, numbers: Sequence[int]) -> list[Row]:
    """Return the rows of these numbers."""
    with store.faults():
        return _rows(store, f"id IN ({_list(numbers)})")


def item(store: Store, row: Row) -> Item | None:
    """Return a mail that was not sent yet, its exact bytes with it; None where a repair lost them."""
    with store.faults():
        found = store.connection.execute(
            "SELECT id, content FROM mails WHERE id = ?", (row.id,)
        ).fetchall()
    for content in sound(found, lambda one: unpacked(one["content"]), "mail"):
        return Item(
            recipient=row.recipient,
            sender=row.sender,
            message_id=row.message_id,
            content=content,
        )
    return None


def _of(item: Item) -> tuple[str, str, str, str]:
    return item.recipient, person(item.recipient), item.sender, item.message_id


def reserve(store: Store) -> None:
    """Reserve disk space, so that the states of the next mails can be written even when the disk is full.

    The write-ahead log is made large once and then written from its beginning again, over what is there;
    so noting takes no new room. To be called before a mail and after every `MAILS_A_RESERVE`.
    """
    log = store.path.with_name(f"{store.path.name}-wal")
    with store.faults():
        if not log.exists() or log.stat().st_size < _RESERVE_BYTES:
            with store.transaction() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO keys (name, value) VALUES ('reserve', zeroblob(?))",
                    (_RESERVE_BYTES,),
                )
            with store.transaction() as connection:
                connection.execute("DELETE FROM keys WHERE name = 'reserve'")
        store.connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()


def begin(store: Store, row: int, *, now: datetime) -> bool:
    """Note that a mail is being handed over; False where it must not be any more.

    Committed before the server gets to see the mail. Raises `WriteError` where the disk has no room
    left to note that it was taken.
    """
    _ensure_room(store)
    with store.transaction() as connection:
        changed = connection.execute(
            "UPDATE outbox SET state = 'SENDING', changed = ?"
            " WHERE id = ? AND state IN ('QUEUED', 'DEFERRED', 'UNCERTAIN', 'SENDING')",
            (stamp(now), row),
        ).rowcount
    return bool(changed)


def settle(
    store: Store, row: int, state: State, answer: str, *, now: datetime, wait: bool = False
) -> State:
    """Note the new state of a mail, and return it; with `wait`, it is tried again only after a while.

    A mail that has been put off for five days is refused.
    """
    with store.transaction() as connection:
        return _settle(connection, row, state, answer, now, wait)


def put_off(
    store: Store, waiting: Iterable[Row], answer: str, *, now: datetime, wait: bool = False
) -> None:
    """Note that mails were not handed over, because nobody was served."""
    with store.transaction() as connection:
        for row in waiting:
            # What may have arrived before may still have arrived.
            state: State = "UNCERTAIN" if row.state == "UNCERTAIN" else "DEFERRED"
            _settle(connection, row.id, state, answer, now, wait)


def _settle(
    connection: sqlite3.Connection, row: int, state: State, answer: str, now: datetime, wait: bool
) -> State:
    found = connection.execute(
        "SELECT attempts, queued, state FROM outbox WHERE id = ?", (row,)
    ).fetchone()
    if found["state"] == "DROPPED":
        return "DROPPED"
    if state == "DEFERRED" and now - datetime.fromisoformat(found["queued"]) > _GIVE_UP:
        state, answer = "REFUSED", f"given up after {_GIVE_UP.days} days: {answer}"
    later = now + _wait(found["attempts"] + 1) if wait else now
    connection.execute(
        "UPDATE outbox SET state = ?, answer = ?, changed = ?, next_attempt = ?,"
        " attempts = attempts + 1 WHERE id = ?",
        (state, answer, stamp(now), stamp(later), row),
    )
    return state


def requeue(store: Store, numbers: Sequence[int], *, now: datetime) -> int:
    """Let mails be tried at once: those named, refused ones too, or else all that wait."""
    if not numbers:
        return _change(
            store, "next_attempt = ?", "state IN ('QUEUED', 'DEFERRED', 'UNCERTAIN')", stamp(now)
        )
    return _change(
        store,
        "state = CASE state WHEN 'REFUSED' THEN 'QUEUED' ELSE state END, next_attempt = ?, queued = ?",
        f"state NOT IN ('SENT', 'DROPPED', 'SENDING') AND id IN ({_list(numbers)})",
        *(stamp(now), stamp(now)),
    )


def drop(store: Store, numbers: Sequence[int], *, now: datetime) -> int:
    """Give up mails that were not sent; return how many. A rerun does not send them either."""
    return _change(
        store,
        "state = 'DROPPED', changed = ?",
        f"state NOT IN ('SENT', 'DROPPED') AND id IN ({_list(numbers)})",
        stamp(now),
    )


def clear(store: Store) -> None:
    """Delete the bytes of mails that are done; the rows stay, so that nothing is sent twice."""
    with store.transaction() as connection:
        connection.execute(
            "DELETE FROM mails WHERE id IN (SELECT id FROM outbox WHERE state IN ('SENT', 'DROPPED'))"
        )


def stamp(moment: datetime) -> str:
    """Return a moment as the store writes it; such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _rows(store: Store, condition: str, *values: object) -> list[Row]:
    cursor = store.connection.execute(
        f"SELECT {_COLUMNS}, person, sum FROM outbox WHERE {condition} ORDER BY id", values
    )
    return list(sound(cursor.fetchall(), _row, "mail"))


def _row(row: sqlite3.Row) -> Row:
    check(row, "outbox")
    for moment in ("queued", "changed", "next_attempt"):
        datetime.fromisoformat(row[moment])
    if row["state"] not in get_args(State) or not isinstance(row["attempts"], int):
        raise DamagedError("no state that a mail can be in")
    return Row(**{field.name: row[field.name] for field in fields(Row)})


def _change(store: Store, setting: str, condition: str, *values: object) -> int:
    with store.transaction() as connection:
        return connection.execute(f"UPDATE outbox SET {setting} WHERE {condition}", values).rowcount


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


def _wait(attempts: int) -> timedelta:
    """5 minutes, then three times as long each time, up to 4 hours."""
    factor: int = 3 ** min(max(attempts - 1, 0), 10)
    return min(_FIRST_WAIT * factor, _LONGEST_WAIT)


def _ensure_room(store: Store) -> None:
    import shutil

    try:
        free = shutil.disk_usage(store.path.parent).free
    except OSError:
        return
    if free < _ROOM_BYTES:
        raise WriteError(
            f"{store.path}: the disk is full; nothing more was sent, make room and rerun"
        )


_TOKEN_LENGTH = 26
"""Characters of base32: 130 bits."""


def person(address: str) -> str:
    """Return an address for comparing: whoever unsubscribed in one spelling is meant in all of them.

    Small letters, and no more: case folding would take `straße` and `strasse` for one mailbox.
    """
    return address.lower()


def tokens(store: Store, addresses: Iterable[str], *, now: datetime) -> dict[str, str]:
    """Return the unsubscribe token of each address, which the store knows from now on."""
    moment = now.isoformat(timespec="seconds")
    with store.transaction() as connection:
        secret = _secret(store)
        return {
            address: _known(connection, secret, person(address), moment) for address in addresses
        }


def _known(connection: sqlite3.Connection, secret: bytes, whom: str, moment: str) -> str:
    """Return the token that a person has, or has from now on."""
    connection.execute(
        "INSERT OR IGNORE INTO subscribers (person, token, sum, added) VALUES (?, ?, ?, ?)",
        (*seal((whom, _token(secret, whom))), moment),
    )
    row = connection.execute("SELECT token FROM subscribers WHERE person = ?", (whom,)).fetchone()
    return str(row["token"]) if row else _token(secret, whom)


def mark(store: Store, key: str) -> str:
    """Return a placeholder for a token, which nobody outside can know."""
    with store.transaction():
        return _token(_secret(store), f"the mark of {key}")


def suppressed(store: Store) -> frozenset[str]:
    """Return everyone who must not be mailed, in the form of `person`."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT person, token, sum FROM subscribers WHERE unsubscribed <> ''"
        ).fetchall()
    return frozenset(sound(rows, _person, "an unsubscription"))


def _person(row: sqlite3.Row) -> str:
    check(row, "subscribers")
    return str(row["person"])


def unsubscribe(store: Store, token: str, *, now: datetime) -> str:
    """Mail the owner of `token` (or of an address) never again; return the address.

    What waits for them is dropped. Doing it twice is no error. Raises `ConfigError` for an unknown token.
    """
    moment = now.isoformat(timespec="seconds")
    with store.transaction() as connection:
        if "@" in token:
            whom = person(token.strip())
            _known(connection, _secret(store), whom, moment)
        else:
            whom = _owner(store, token)
        connection.execute(
            "UPDATE subscribers SET unsubscribed = ? WHERE person = ? AND unsubscribed = ''",
            (moment, whom),
        )
        connection.execute(
            "UPDATE outbox SET state = 'DROPPED', answer = 'unsubscribed', changed = ?"
            " WHERE person = ? AND state IN ('QUEUED', 'DEFERRED', 'REFUSED', 'UNCERTAIN')",
            (moment, whom),
        )
    return whom


def _owner(store: Store, token: str) -> str:
    row = store.connection.execute(
        "SELECT person FROM subscribers WHERE token = ?", (token.strip().lower(),)
    ).fetchone()
    if row is None:
        raise ConfigError(f"no subscriber has the token {token!r}; give the one of the mail's link")
    return str(row["person"])


def _secret(store: Store) -> bytes:
    connection = store.connection
    try:
        if is_secret_lost(connection):
            raise DamagedError("lost")
        make_secret(connection)
        row = connection.execute("SELECT * FROM keys WHERE name = 'unsubscribe'").fetchone()
        check(row, "keys")
    except DamagedError as error:
        raise StoreError(f"{store.path}: its key for unsubscribing is damaged; {REPAIR}") from error
    return bytes(row["value"])


def is_secret_lost(connection: sqlite3.Connection) -> bool:
    """Return whether a store has subscribers, whose tokens were made of its secret, but no secret."""
    has = "SELECT 1 FROM keys WHERE name = 'unsubscribe'"
    found = connection.execute(f"SELECT 1 FROM subscribers WHERE NOT EXISTS ({has})")
    return found.fetchone() is not None


def make_secret(connection: sqlite3.Connection) -> None:
    """Make the secret of a store that has none."""
    connection.execute(
        "INSERT OR IGNORE INTO keys (name, value, sum) VALUES (?, ?, ?)",
        seal(("unsubscribe", secrets.token_bytes(32))),
    )


def _token(secret: bytes, text: str) -> str:
    made = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode().lower()[:_TOKEN_LENGTH]
