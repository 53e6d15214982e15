"""The pages of a crawl are found among all that is in it; where it is cut off, those before are had."""

import gzip
import io
import zlib
from collections.abc import Callable

import pytest
from batch_files import page, warc_record

from digest.batch.warc import pages
from digest.errors import ReadError

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
