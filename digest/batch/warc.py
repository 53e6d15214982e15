"""WARC (ISO 28500): the pages of a crawl, read with FastWARC."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, BinaryIO, cast

from digest.codec import Record
from digest.errors import FetchError, ReadError
from digest.fetch.decompression import CodingError, body
from digest.incoming import MOST_BYTES, storable

_READ = ("text/html", "application/xhtml+xml", "text/plain")
_OK = 200
_MOST_RATIO = 250.0
"""As for pages that are fetched."""


def pages(file: BinaryIO, where: str) -> Iterator[Record | ReadError]:
    """Yield the pages of an archive, packed or not: `id` and `url`, `document` (bytes) and `media_type`.

    Answers of servers with status 200, resources and the texts of WET files that are HTML or plain text;
    everything else in a crawl is passed over. Where the archive is cut off or damaged, the pages before that
    come first, and then the `ReadError` that says so. Raises `ReadError` where its bytes cannot be had.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise FetchError(where, "needs FastWARC: pip install 'digest[warc]'") from error

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    kinds |= WarcRecordType.unknown  # a head that was cut off may have lost what it is of
    count = 0
    stream = _Stream(file)
    try:
        for record in ArchiveIterator(
            cast(BinaryIO, stream), record_types=kinds, fsspec_args=False
        ):
            content = record.reader.read(MOST_BYTES + 1)
            if _is_cut(record, len(content)):
                yield ReadError(where, f"cut off in the middle of a record, after {count} pages")
                return
            if page := _page(record, content):
                count += 1
                yield page
    except (OSError, ValueError) as error:
        reason = str(error).lower()[:80]
        if stream.failed:
            raise ReadError(where, f"cannot be read to its end ({reason})") from error
        yield ReadError(where, f"damaged, or cut off, after {count} pages ({reason})")


class _Stream:
    """The bytes of an archive, and whether they could not be had: what is had may still be damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed = False
        self._taken = 0

    def tell(self) -> int:
        return self._taken

    def read(self, size: int = -1) -> bytes:
        self.failed = True
        content = self._file.read(size)
        self.failed = False
        self._taken += len(content)
        return content


def _is_cut(record: Any, size: int) -> bool:
    """Whether the archive ends before the record does, or within its head: each must give its length."""
    if size < min(record.content_length, MOST_BYTES):
        return True
    declared = record.headers.get("Content-Length")
    lacks_head = record.content_length == 0 and not record.http_headers
    return declared is None or (int(declared) > 0 and lacks_head)


def _page(record: Any, content: bytes) -> Record | ReadError | None:
    """Return the page in a record; None where it is no page, `ReadError` where it cannot be unpacked."""
    headers = record.http_headers
    if headers is not None and headers.status_code != _OK:
        return None
    given = (record.headers if headers is None else headers).get("Content-Type")
    media_type = storable(str(given or "")).strip()
    url = storable(str(record.headers.get("WARC-Target-URI") or "")).strip("<> ")
    if not url or not content or len(content) > MOST_BYTES:
        return None
    if media_type.partition(";")[0].strip().lower() not in _READ:
        return None
    if headers is not None:
        try:
            content = _unpacked(headers, content)
        except CodingError as error:
            return ReadError(url, str(error).partition(";")[0])
    return {"id": url, "url": url, "document": content, "media_type": media_type}


def _unpacked(headers: Any, content: bytes) -> bytes:
    """Return the body without its codings; some crawlers undo them and leave the headers as they were."""
    if "chunked" in str(headers.get("Transfer-Encoding") or "").lower():
        from fastwarc.stream_io import ChunkedReader

        with suppress(OSError, ValueError):  # it was undone
            content = ChunkedReader(BytesIO(content)).read(MOST_BYTES)
    coding = str(headers.get("Content-Encoding") or "").lower()
    if coding and content.lstrip().startswith(b"<"):
        return content
    return body([content], coding, max_bytes=MOST_BYTES, max_ratio=_MOST_RATIO)
