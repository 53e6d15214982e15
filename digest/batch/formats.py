"""Parts as records, and records as parts: JSON lines, Parquet, WARC."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, cast

from digest.batch.columns import Columns, rows, wanted
from digest.batch.parts import Part, endings, opened
from digest.batch.warc import pages
from digest.codec import Record
from digest.errors import ConfigError, FetchError, ReadError
from digest.incoming import MOST_BYTES

if TYPE_CHECKING:
    import pyarrow as pa


class Located(NamedTuple):
    """A record, and where it stands."""

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

    A record that cannot be read comes as the `ReadError` that says so, and the others go on; so does the end of
    an archive that is cut off, as a crawl is that still goes on. Raises `ReadError` for a table that cannot be
    read to its end, and `FetchError` for one that cannot be had.
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
        raise FetchError(where, "needs pyarrow: pip install 'digest[parquet]'") from error
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
    """Say in a few words what is wrong with a Parquet file."""
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
    """Give what writes records into a file, as its name ends; the same records give the same bytes."""
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

    from digest.batch.schemas import table_of

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
