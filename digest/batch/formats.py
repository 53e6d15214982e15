"""Parts as records, and records as parts: JSON lines, Parquet, WARC (ISO 28500: the pages of a crawl)."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, cast

from digest.batch.columns import Columns, moment, rows, wanted
from digest.batch.parts import Part, endings, opened
from digest.codec import Record
from digest.errors import ConfigError, FetchError, ReadError, counted
from digest.fetch.decompression import CodingError, body
from digest.incoming import MOST_BYTES, storable

if TYPE_CHECKING:
    import pyarrow as pa

_READ = ("text/html", "application/xhtml+xml", "text/plain")
_MOST_RATIO = 250.0
"""Of unpacked bytes to packed ones, as for pages that are fetched."""


class Located(NamedTuple):
    """A record and its place."""

    source: str
    place: str
    """`line` or `row`."""
    number: int
    """From 1 within its part."""
    record: Record

    @property
    def where(self) -> str:
        """Return the place in words, for messages."""
        return f"{self.source}, {self.place} {self.number}"

    @property
    def id(self) -> Any:
        """Return the `id` of the record; where it has none, its number as a text."""
        given = self.record.get("id")
        return str(self.number) if given is None else given


Write = Callable[[list[Record]], object]
Format = Literal["jsonl", "parquet"]

_ROWS = 256
"""Rows that are read at once."""
_GROUP = 4096
"""Rows of a row group that is written: some megabytes of articles."""
_DAMAGED = (EOFError, OSError, zlib.error)


def read(part: Part, columns: Columns) -> Iterator[Located | ReadError]:
    """Yield the records of a part, in order.

    In place of a record that cannot be read comes the `ReadError`, and the others follow; the same holds for
    the end of an archive that is cut off, such as that of a crawl that is not finished. Raises
    `ReadError` for a table that cannot be read to its end, and `FetchError` for one that cannot be opened.
    """
    with opened(part) as file:
        if part.kind == "parquet":
            yield from _parquet(file, part, columns)
        elif part.kind == "warc":
            for number, page in enumerate(pages(file, part.shown), 1):
                if isinstance(page, ReadError):
                    yield page
                else:
                    yield Located(part.shown, "page", number, page)
        else:
            yield from _json_lines(file, part, columns)


def _json_lines(file: BinaryIO, part: Part, columns: Columns) -> Iterator[Located | ReadError]:
    from digest.readers.jsonl import records

    number = 0
    try:
        for number, record in records(_lines(file, part), part.shown):
            if isinstance(record, ReadError):
                yield record
            else:
                yield Located(part.shown, "line", number, columns.record(record))
    except _DAMAGED as error:
        raise ReadError(part.shown, f"damaged, or cut off, after line {number}") from error


def _lines(file: BinaryIO, part: Part) -> Iterator[bytes]:
    lines = _unpacked(file, part)
    while line := lines.readline(MOST_BYTES + 1):
        if len(line) > MOST_BYTES:
            raise ReadError(part.shown, f"a line of more than {MOST_BYTES >> 20} MiB")
        yield line


def _unpacked(file: BinaryIO, part: Part) -> BinaryIO:
    if part.packing == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if part.packing == ".zst":
        arrow = _arrow(part.shown)
        return io.BufferedReader(arrow.CompressedInputStream(file, "zstd"))
    return file


def _arrow(where: str) -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise FetchError(where, "needs pyarrow: pip install 'digest-briefing[parquet]'") from error
    return pyarrow


def _parquet(file: BinaryIO, part: Part, columns: Columns) -> Iterator[Located]:
    _arrow(part.shown)
    with _understood(part):
        from pyarrow.parquet import ParquetFile

        table = ParquetFile(file)
    names = wanted(table.schema_arrow, columns, part.shown)
    heads = list(dict.fromkeys(_head(table.schema_arrow, column) for column in names.values()))
    with _understood(part):
        batches = table.iter_batches(_ROWS, columns=heads, use_threads=False)
        records = (record for batch in batches for record in rows(batch, names))
        for number, record in enumerate(records, 1):
            yield Located(part.shown, "row", number, record)


def _head(schema: pa.Schema, column: str) -> str:
    return column if column in schema.names else column.partition(".")[0]


@contextmanager
def _understood(part: Part) -> Iterator[None]:
    """Turn errors of pyarrow into a `ReadError` of a few words."""
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, OSError) as error:
        if "encrypt" in str(error).lower():
            raise ReadError(part.shown, "encrypted; decrypt it first") from error
        raise ReadError(
            part.shown, f"damaged ({str(error).strip().splitlines()[0][:80]})"
        ) from error


def output_ending(part: Part, format_: Format | None) -> str:
    """Return how the name of a part's output ends: in `format_`, else as the part itself does."""
    if format_ == "parquet" or (format_ is None and part.kind == "parquet"):
        return ".parquet"
    return ".jsonl" + (part.packing if part.kind == "jsonl" else "")


@contextmanager
def writer(file: IO[bytes], name: str, schema: Callable[[], pa.Schema]) -> Iterator[Write]:
    """Yield a function that writes records into a file, as its ending says; equal records give equal bytes."""
    taken = endings(name)
    if taken is None or taken[1] == "warc":
        raise ConfigError(f"{name}: write .jsonl (or .jsonl.gz, .jsonl.zst) or .parquet")
    _, kind, packing = taken
    if kind == "parquet":
        yield from _parquet_writer(file, schema())
        return
    with _packed(file, packing) as packed:
        yield lambda records: packed.write(b"".join(map(json_line, records)))


def json_line(record: Record) -> bytes:
    """Return a record as a line."""
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


@contextmanager
def _packed(file: IO[bytes], packing: str) -> Iterator[Any]:
    if packing == ".gz":
        # Neither a name nor a time: the same records give the same bytes.
        with gzip.GzipFile(
            filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6
        ) as packed:
            yield packed
    elif packing == ".zst":
        with _arrow("zstd").CompressedOutputStream(file, "zstd") as packed:
            yield packed
    else:
        yield file


def _parquet_writer(file: IO[bytes], schema: pa.Schema) -> Iterator[Write]:
    from pyarrow.parquet import ParquetWriter

    waiting: list[Record] = []
    with ParquetWriter(file, schema, compression="zstd") as parquet:

        def flush(least: int) -> None:
            # Groups of one size, however the records came.
            while len(waiting) >= least:
                group, waiting[:] = waiting[:_GROUP], waiting[_GROUP:]
                parquet.write_table(table_of(group, schema), row_group_size=_GROUP)
                if not waiting:
                    return

        def write(records: Iterable[Record]) -> None:
            waiting.extend(records)
            flush(_GROUP)

        yield write
        flush(1)


def table_of(records: list[Record], schema: pa.Schema) -> pa.Table:
    """Return records as a table: an id is a text, and a date a timestamp."""
    import pyarrow as pa

    dated = "published" in schema.names
    fit = [
        {**one, "id": str(one["id"])} | ({"published": moment(one["published"])} if dated else {})
        for one in records
    ]
    return pa.Table.from_pylist(fit, schema=schema)


def pages(file: BinaryIO, where: str) -> Iterator[Record | ReadError]:
    """Yield the pages of an archive, packed or not: `id` and `url`, `document` (bytes) and `media_type`.

    Answers with status 200, resources and the texts of WET files that are HTML or plain text; everything else
    in a crawl is passed over. Where the archive is cut off or damaged, the pages before that come first, and
    then the `ReadError`. Raises `ReadError` where its bytes cannot be had.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise FetchError(where, "needs FastWARC: pip install 'digest-briefing[warc]'") from error

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
                yield ReadError(
                    where,
                    f"cut off in the middle of a record, after {counted(count, 'page', 'pages')}",
                )
                return
            if page := _page(record, content):
                count += 1
                yield page
    except (OSError, ValueError) as error:
        reason = str(error).lower()[:80]
        if stream.failed:
            raise ReadError(where, f"cannot be read to its end ({reason})") from error
        yield ReadError(
            where, f"damaged, or cut off, after {counted(count, 'page', 'pages')} ({reason})"
        )


class _Stream:
    """The bytes of an archive; `failed` tells whether reading them failed, or else they are damaged."""

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
    """Return whether the archive ends within the record or its head; each record must give its length."""
    if size < min(record.content_length, MOST_BYTES):
        return True
    declared = record.headers.get("Content-Length")
    lacks_head = record.content_length == 0 and not record.http_headers
    return declared is None or (int(declared) > 0 and lacks_head)


def _page(record: Any, content: bytes) -> Record | ReadError | None:
    """Return the page in a record; None where it is no page, `ReadError` where it cannot be unpacked."""
    headers = record.http_headers
    if headers is not None and headers.status_code != 200:
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
            content = _decoded(headers, content)
        except CodingError as error:
            return ReadError(url, str(error).partition(";")[0])
    return {"id": url, "url": url, "document": content, "media_type": media_type}


def _decoded(headers: Any, content: bytes) -> bytes:
    """Return the body without its codings; some crawlers undo them and leave the headers as they were."""
    if "chunked" in str(headers.get("Transfer-Encoding") or "").lower():
        from fastwarc.stream_io import ChunkedReader

        with suppress(OSError, ValueError):  # it was undone
            content = ChunkedReader(BytesIO(content)).read(MOST_BYTES)
    coding = str(headers.get("Content-Encoding") or "").lower()
    if coding and content.lstrip().startswith(b"<"):
        return content
    return body([content], coding, max_bytes=MOST_BYTES, max_ratio=_MOST_RATIO)
