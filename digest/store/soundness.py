"""Rows as they were written: a flipped bit is seen, and a damaged row costs that row alone.

SQLite notices a page that makes no sense, but not a letter that became another one. So a row that must not
change carries a checksum of what stands in it, and what is compressed has zlib's.
"""

import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from digest.errors import BUGS
from digest.incoming import storable

T = TypeVar("T")
LOGGER = logging.getLogger("digest")
REPAIR = "`digest doctor --repair` restores what it can, and keeps the damaged file"
_MOST_BYTES = 1 << 28
"""Nothing that was kept is larger; a damaged length must not fill the memory."""


class DamagedError(ValueError):
    """A row or a text of the store that is not as it was written."""


Faults = (*BUGS, zlib.error)
"""What reading a damaged row can raise."""

SEALED: dict[str, tuple[str, ...]] = {
    "documents": ("source", "key", "version", "location", "media_type", "omissions", "added"),
    "articles": (
        *("id", "title", "text", "source", "page", "url", "author", "published", "language"),
        *("headings", "truncated", "teaser", "categories"),
    ),
    "issues": ("name", "day", "made", "folder"),
    "edits": ("issue", "made", "list"),
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
    """Return bytes as the store keeps them."""
    return zlib.compress(content, level)


def unpacked(content: Any) -> bytes:
    """Return the bytes that were kept; raises `DamagedError` where they are not what they were."""
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
    """Yield what is made of each row; one that is damaged is named and passed over."""
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
