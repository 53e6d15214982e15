"""The tables of the store, and the checksums of their rows: a damaged row is seen, and costs that row alone.

SQLite notices a page that makes no sense, but not a letter that became another one. So a row that must not
change carries a checksum of its values, and what is compressed has zlib's.
"""

import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from digest.errors import BUGS
from digest.incoming import storable

_BEGINNING = """
CREATE TABLE sources (
    location TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',          -- what it calls itself
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    checked TEXT NOT NULL DEFAULT '',       -- when it was last asked
    succeeded TEXT NOT NULL DEFAULT '',     -- when it last answered well
    not_before TEXT NOT NULL DEFAULT '',    -- it asked not to be asked sooner
    moved_to TEXT NOT NULL DEFAULT '',      -- its new address, where it says that it has moved for good
    reason TEXT NOT NULL DEFAULT '',        -- why it failed the last time; empty where it did not
    failures INTEGER NOT NULL DEFAULT 0,    -- issues in a row that went without it
    failing_since TEXT NOT NULL DEFAULT ''  -- the day of the first of these
);

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- of its files: the day, with a number where it is not the first
    day TEXT NOT NULL,
    made TEXT NOT NULL,
    digest BLOB NOT NULL,                   -- its JSON, compressed, whatever files are made of it
    folder TEXT NOT NULL,                   -- where its files go
    written INTEGER NOT NULL DEFAULT 0,     -- 1 once they all stand there
    to_mail INTEGER NOT NULL                -- 1 until its mails stand in the outbox
);

CREATE TABLE files (
    issue INTEGER NOT NULL REFERENCES issues (id),
    name TEXT NOT NULL,
    content BLOB NOT NULL,                  -- compressed
    PRIMARY KEY (issue, name)
) WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (location),
    key TEXT NOT NULL,                      -- what the source calls it, or a hash of its bytes
    location TEXT NOT NULL UNIQUE,          -- the `page` of its articles
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,                  -- its bytes, compressed: the proof of what is quoted
    omissions TEXT NOT NULL,                -- what was left out of it
    added TEXT NOT NULL,
    issue INTEGER REFERENCES issues (id),   -- the first issue that carried it; none yet
    UNIQUE (source, key)
);
CREATE INDEX documents_issue ON documents (issue);

CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    page TEXT NOT NULL,
    url TEXT,
    author TEXT,
    published TEXT,
    language TEXT NOT NULL,
    headings TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    teaser INTEGER NOT NULL
);
CREATE INDEX articles_document ON articles (document);

CREATE TABLE filed (
    issue INTEGER NOT NULL REFERENCES issues (id),
    article TEXT NOT NULL,
    topic TEXT NOT NULL,                    -- ids that stay the same from issue to issue
    story TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (issue, article)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (title, text, content='articles', content_rowid='number');
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    INSERT INTO search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
    INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;
"""

_MAIL = """
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    issue TEXT NOT NULL,                    -- the SHA-256 of the issue's JSON
    day TEXT NOT NULL,                      -- the issue's, for people
    recipient TEXT NOT NULL,                -- the address that the server is told
    person TEXT NOT NULL,                   -- the same for comparing: one spelling of an address
    sender TEXT NOT NULL,                   -- of the envelope
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (
        state IN ('QUEUED', 'SENDING', 'SENT', 'DEFERRED', 'REFUSED', 'UNCERTAIN', 'DROPPED')
    ),
    attempts INTEGER NOT NULL DEFAULT 0,
    queued TEXT NOT NULL,
    changed TEXT NOT NULL,                  -- when the state became what it is
    next_attempt TEXT NOT NULL,             -- not sooner
    answer TEXT NOT NULL DEFAULT '',        -- what was said the last time
    UNIQUE (issue, person)
);
CREATE INDEX outbox_waiting ON outbox (state, next_attempt);

CREATE TABLE mails (
    id INTEGER PRIMARY KEY REFERENCES outbox (id),
    content BLOB NOT NULL                   -- the exact bytes, compressed; gone once they were sent
);

CREATE TABLE subscribers (
    person TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,             -- what an unsubscribe link carries
    added TEXT NOT NULL,
    unsubscribed TEXT NOT NULL DEFAULT ''   -- when; such an address is never mailed again
) WITHOUT ROWID;

CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
"""

_EDITING = """
ALTER TABLE articles ADD COLUMN categories TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN version TEXT NOT NULL DEFAULT '';  -- a hash of what its source said of it
"""

_SUMS = """
ALTER TABLE documents ADD COLUMN sum INTEGER;   -- of what must not change in a row; see below
ALTER TABLE articles ADD COLUMN sum INTEGER;
ALTER TABLE issues ADD COLUMN sum INTEGER;
ALTER TABLE outbox ADD COLUMN sum INTEGER;
ALTER TABLE subscribers ADD COLUMN sum INTEGER;
ALTER TABLE keys ADD COLUMN sum INTEGER;
"""


_EDITS = """
ALTER TABLE issues ADD COLUMN held INTEGER NOT NULL DEFAULT 0;  -- 1 for a draft, which only a person mails

CREATE TABLE edits (
    id INTEGER PRIMARY KEY,
    issue INTEGER NOT NULL REFERENCES issues (id),
    made TEXT NOT NULL,
    list TEXT NOT NULL,                     -- as the editor closed it
    digest BLOB NOT NULL,                   -- the issue's JSON after it, compressed
    undone TEXT NOT NULL DEFAULT '',        -- when
    sum INTEGER
);
CREATE INDEX edits_issue ON edits (issue);

CREATE TABLE edited (
    issue INTEGER NOT NULL REFERENCES issues (id),
    name TEXT NOT NULL,
    content BLOB NOT NULL,                  -- of a file as it is after the last edit, compressed
    PRIMARY KEY (issue, name)
) WITHOUT ROWID;
"""

_EDITIONS = """
CREATE TABLE carried (                      -- the memory of an edition: what never waits for it again
    edition TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id),
    issue INTEGER NOT NULL REFERENCES issues (id),
    PRIMARY KEY (edition, document)
) WITHOUT ROWID;
CREATE INDEX carried_issue ON carried (issue);
"""

_FILED = "ALTER TABLE filed ADD COLUMN sum INTEGER;"

_NAMES = """
ALTER TABLE files ADD COLUMN sum INTEGER;       -- a flipped letter of a name is another file's
ALTER TABLE edited ADD COLUMN sum INTEGER;
ALTER TABLE carried ADD COLUMN sum INTEGER;
"""

MIGRATIONS: tuple[str, ...] = (
    *(_BEGINNING, _MAIL, _EDITING, _SUMS, _EDITS, _EDITIONS, _FILED, _NAMES),
)


T = TypeVar("T")
LOGGER = logging.getLogger("digest")
REPAIR = "`digest doctor --repair` restores what it can, and keeps the damaged file"
_MOST_BYTES = 1 << 28
"""256 MiB, more than any document: a damaged length must not fill the memory."""


class DamagedError(ValueError):
    """A row or a text of the store that is not as it was written."""


Faults = (*BUGS, zlib.error)
"""The errors that reading a damaged row can raise."""

SEALED: dict[str, tuple[str, ...]] = {
    "documents": ("source", "key", "version", "location", "media_type", "omissions", "added"),
    "articles": (
        *("id", "title", "text", "source", "page", "url", "author", "published", "language"),
        *("headings", "truncated", "teaser", "categories"),
    ),
    "issues": ("name", "day", "made", "folder"),
    "edits": ("issue", "made", "list"),
    "files": ("issue", "name"),
    "edited": ("issue", "name"),
    "carried": ("edition", "document", "issue"),
    "filed": ("issue", "article", "topic", "story", "label"),
    "outbox": ("issue", "day", "recipient", "person", "sender", "message_id"),
    "subscribers": ("person", "token"),
    "keys": ("name", "value"),
}
"""Table -> the columns that its checksum is made of: those that never change."""


def seal(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return values of a row as they can be stored, and their checksum after them."""
    kept = tuple(storable(one) if isinstance(one, str) else one for one in values)
    return (*kept, checksum(kept))


def checksum(values: Iterable[Any]) -> int:
    """Return the CRC-32 of the values of a row."""
    return zlib.crc32(b"\x1f".join(map(_bytes, values)))


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return value
    return b"\0" if value is None else str(int(value)).encode()


def check(row: Any, table: str) -> None:
    """Raise `DamagedError` where a row with its `sum` is not as it was written."""
    if row["sum"] is not None and row["sum"] != checksum(row[name] for name in SEALED[table]):
        raise DamagedError("its checksum is another one")


def packed(content: bytes, level: int = 6) -> bytes:
    """Compress bytes for the store."""
    return zlib.compress(content, level)


def unpacked(content: Any) -> bytes:
    """Decompress bytes of the store; raises `DamagedError` where they are damaged."""
    if not isinstance(content, bytes):
        raise DamagedError("no bytes")
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(content, _MOST_BYTES)
    except zlib.error as error:
        raise DamagedError("its bytes cannot be unpacked") from error
    if not unpacker.eof:
        raise DamagedError("its bytes break off")
    return found


def sound(rows: Iterable[Any], make: Callable[[Any], T], what: str) -> Iterator[T]:
    """Convert each row by `make`; one that is damaged is logged and passed over."""
    for row in rows:
        try:
            made = make(row)
        except Faults as error:
            LOGGER.warning(
                "%s %.40s is damaged in the store (%s) and passed over; %s",
                what,
                row[0],
                error,
                REPAIR,
            )
        else:
            yield made
