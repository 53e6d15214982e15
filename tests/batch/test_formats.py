"""Each kind of part is read as records, and damage is named; of a crawl the pages are found."""

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_files import page, record, warc_record, write_lines, write_parquet

from digest.batch.columns import Columns
from digest.batch.formats import Located, pages, read, writer
from digest.batch.jobs import SummarizeJob
from digest.batch.parts import find
from digest.errors import ConfigError, ReadError

pytest.importorskip("pyarrow")


def _read(path: Path) -> list[Any]:
    (part,) = find([str(path)])
    found = read(part, Columns())
    return [one.record if isinstance(one, Located) else str(one) for one in found]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson.gz", "a.jsonl.zst", "a.parquet"])
def test_the_same_records_are_read_of_every_kind(name: str, tmp_path: Path) -> None:
    """In their order."""
    records = [record(number) for number in range(600)]
    write = write_parquet if name.endswith(".parquet") else write_lines
    assert _read(write(tmp_path / name, records)) == records


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_a_table_that_is_cut_off_is_no_table(name: str, share: float, tmp_path: Path) -> None:
    """It may have lost anything."""
    write = write_parquet if name.endswith(".parquet") else write_lines
    path = write(tmp_path / name, [record(number) for number in range(50)])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    if share == 0.0 and name != "a.parquet":
        assert _read(path) in ([], [])
        return
    with pytest.raises(ReadError, match="damaged"):
        _read(path)


def test_a_damaged_row_group_is_named(tmp_path: Path) -> None:
    """Though what stands before it could be read."""
    path = write_parquet(
        tmp_path / "a.parquet",
        [record(number) for number in range(900)],
        row_group_size=300,
        compression="zstd",
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = bytes(400)
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        _read(path)


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    """Its last bytes tell."""
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PARE" + bytes(40) + (20).to_bytes(4, "little") + b"PARE")
    with pytest.raises(ReadError, match="encrypted; decrypt it first"):
        _read(path)


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    """And is named by its number."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\nno JSON\n{"text": "b"}\n')
    first, broken, last = _read(path)
    assert (first, last) == ({"text": "a"}, {"text": "b"})
    assert "a.jsonl: line 2: not JSON" in broken


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_the_same_records_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    """However many come at once."""
    made = [{"id": number, "sentences": [], "words": 0, "note": "none"} for number in range(5000)]
    written = []
    for size in (64, 4999):
        with (
            (tmp_path / name).open("wb") as file,
            writer(file, name, SummarizeJob().schema) as write,
        ):
            for start in range(0, len(made), size):
                write(made[start : start + size])
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert len(_read_back(tmp_path / name)) == 5000


def _read_back(path: Path) -> list[Any]:
    if path.suffix == ".parquet":
        from pyarrow.parquet import read_table

        return list(read_table(path).to_pylist())
    return _read(path)


def test_an_archive_is_not_written(tmp_path: Path) -> None:
    """What can be written is said."""
    with (
        (tmp_path / "a").open("wb") as file,
        pytest.raises(ConfigError, match=r"write \.jsonl"),
        writer(file, "a.warc", SummarizeJob().schema),
    ):
        pass


pytest.importorskip("fastwarc")
BODY = page("Ferry runs", "The ferry runs again. " * 40)


def _urls(archive: bytes) -> list[str]:
    found = pages(io.BytesIO(archive), "a.warc")
    return [str(one) if isinstance(one, ReadError) else one["url"] for one in found]


def _crawl(count: int) -> list[bytes]:
    return [warc_record(f"https://example.org/{number}", BODY) for number in range(count)]


@pytest.mark.parametrize(
    "pack",
    [bytes, gzip.compress, lambda one: zlib.compress(one, wbits=31)],
    ids=["plain", "gzip", "zlib"],
)
def test_an_archive_is_read_packed_or_not(pack: Callable[[bytes], bytes]) -> None:
    """Record by record, as crawlers pack them."""
    assert _urls(b"".join(map(pack, _crawl(3)))) == [f"https://example.org/{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("record", "count"),
    [
        (warc_record("https://e.org/", BODY), 1),
        (warc_record("https://e.org/", BODY, status="404 Not Found"), 0),
        (warc_record("https://e.org/", BODY, headers="Content-Type: image/png"), 0),
        (warc_record("https://e.org/", b"{}", headers="Content-Type: application/json"), 0),
        (warc_record("https://e.org/", b""), 0),
        (warc_record("https://e.org/", BODY, kind="request"), 0),
        (warc_record("https://e.org/", b"Words.", kind="conversion", headers="Content-Type: text/plain"), 1),
        (warc_record("https://e.org/", BODY, kind="resource", headers="Content-Type: text/html"), 1),
        (warc_record("https://e.org/", b"software: x", kind="warcinfo"), 0),
    ],
)  # fmt: skip
def test_only_pages_are_taken(record: bytes, count: int) -> None:
    """Answers that were given with status 200, and hold text."""
    assert len(_urls(record)) == count


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(BODY)),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)),
        ("Content-Encoding: gzip", BODY),
        ("Transfer-Encoding: chunked", BODY),
    ],
    ids=["gzip", "chunked", "gzip undone", "chunks undone"],
)
def test_a_body_is_unpacked(headers: str, body: bytes) -> None:
    """Also where the crawler has done it, and left the header."""
    record = warc_record("https://e.org/", body, headers=f"Content-Type: text/html\r\n{headers}")
    (found,) = pages(io.BytesIO(record), "a.warc")
    assert not isinstance(found, ReadError)
    assert found["document"] == BODY


def test_a_body_that_cannot_be_unpacked_costs_itself() -> None:
    """And is named by its address."""
    broken = warc_record(
        "https://e.org/broken", b"\x1f\x8bno", headers="Content-Type: text/html\r\nContent-Encoding: gzip"
    )  # fmt: skip
    first, second = _urls(broken + _crawl(1)[0])
    assert first == "https://e.org/broken: its compression is damaged"
    assert second == "https://example.org/0"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_in_the_middle_of_a_record_is_named(
    pack: Callable[[bytes], bytes], share: float
) -> None:
    """The pages before it are had, and half a page is none."""
    records = [pack(one) for one in _crawl(3)]
    whole = b"".join(records[:2]) + records[2][: int(len(records[2]) * share)]
    *urls, said = _urls(whole)
    assert urls == ["https://example.org/0", "https://example.org/1"]
    assert "after 2 pages" in said


@pytest.mark.parametrize("junk", [b"no archive " * 50, b"\x1f\x8b" + bytes(50), bytes(500)])
def test_what_is_no_archive_is_named(junk: bytes) -> None:
    """In a line."""
    (said,) = _urls(junk)
    assert said.startswith("a.warc: ")


def test_an_archive_that_cannot_be_had_to_its_end_is_no_archive() -> None:
    """A connection that breaks may come back: half of it is not taken for the whole."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 5000:
                raise ConnectionResetError("gone")
            return super().read(size)

    with pytest.raises(ReadError, match="cannot be read to its end"):
        list(pages(Broken(b"".join(_crawl(300))), "a.warc"))
