"""Who asked not to be mailed, and the tokens with which they can say so.

A token is made of a secret of the store and the address (HMAC-SHA-256, RFC 2104): nobody can guess the one
of another, and a person keeps the same one for ever, so that the link of an old mail still works.
"""

import base64
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from digest.errors import ConfigError, StoreError
from digest.store.database import Store
from digest.store.soundness import REPAIR, DamagedError, check, seal, sound

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
    """Return a text of the form of a token that nobody outside can know, to stand for one."""
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
    connection.execute(
        "INSERT OR IGNORE INTO keys (name, value, sum) VALUES (?, ?, ?)",
        seal(("unsubscribe", secrets.token_bytes(32))),
    )
    row = connection.execute("SELECT * FROM keys WHERE name = 'unsubscribe'").fetchone()
    try:
        check(row, "keys")
    except DamagedError as error:
        raise StoreError(f"{store.path}: its key for unsubscribing is damaged; {REPAIR}") from error
    return bytes(row["value"])


def _token(secret: bytes, text: str) -> str:
    made = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode().lower()[:_TOKEN_LENGTH]
