"""What was compressed comes back whole, or not at all, and never more of it than is allowed."""

import contextlib
import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch.decompression import CodingError, beginning, body

MEBIBYTE = 1024 * 1024
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
}


def bare(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-zlib.MAX_WBITS)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def read(chunks: Iterator[bytes], coding: str, max_bytes: int = MEBIBYTE) -> bytes:
    return body(chunks, coding, max_bytes=max_bytes, max_ratio=250)


@given(data=st.binary(max_size=3000), size=st.integers(1, 400), coding=st.sampled_from([*CODINGS]))
def test_whatever_is_compressed_comes_back(data: bytes, size: int, coding: str) -> None:
    assert read(cut(CODINGS[coding](data), size), coding) == data
    assert read(cut(bare(data), size), "deflate") == data


@given(data=st.binary(max_size=300), end=st.floats(0, 1, exclude_max=True))
def test_a_part_of_it_is_nothing(data: bytes, end: float) -> None:
    for coding in ("gzip", "deflate", "br"):
        packed = CODINGS[coding](data)
        part = packed[: int(end * len(packed))]
        if coding == "gzip" and not part:
            continue
        with pytest.raises(CodingError):
            read(cut(part, 50), coding)


@given(data=st.binary(min_size=1, max_size=300), coding=st.sampled_from(["gzip", "deflate", "br"]))
def test_any_other_bytes_are_an_error_or_something(data: bytes, coding: str) -> None:
    """Nothing but a `CodingError` is ever raised."""
    with contextlib.suppress(CodingError):
        assert isinstance(read(cut(data, 7), coding), bytes)


def test_large_data_come_back_over_many_steps() -> None:
    data = b"".join(b"%d\n" % number for number in range(100_000))
    for coding, compress in CODINGS.items():
        assert read(cut(compress(data), 65536), coding, 4 * MEBIBYTE) == data


def bomb(coding: str) -> Iterator[bytes]:
    """A gigabyte of NULs, a piece at a time."""
    compress = {
        "gzip": zlib.compressobj(9, wbits=31),
        "deflate": zlib.compressobj(9),
        "br": brotli.Compressor(quality=5),
    }[coding]
    feed = compress.process if coding == "br" else compress.compress
    for _ in range(256):
        yield feed(bytes(4 * MEBIBYTE))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_is_refused_in_little_memory(coding: str) -> None:
    """A gigabyte would come of it; a few megabytes do, and then it is over."""
    packed = b"".join(itertools.islice(bomb(coding), 64))
    tracemalloc.start()
    with pytest.raises(CodingError, match="bomb"):
        read(cut(packed, 16384), coding, 1024 * MEBIBYTE)
    with pytest.raises(CodingError, match="larger than 1 MiB"):
        read(cut(packed, 16384), coding, MEBIBYTE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * MEBIBYTE


def test_small_data_may_be_packed_as_tightly_as_they_can_be() -> None:
    data = bytes(3 * MEBIBYTE)
    for coding, compress in CODINGS.items():
        assert read(iter([compress(data)]), coding, 4 * MEBIBYTE) == data


def test_the_beginning_needs_no_end() -> None:
    """Of endless data, too."""
    packed = gzip.compress(b"abc" * 1000)[:-8]
    assert (
        beginning(itertools.chain([packed], itertools.repeat(b"x")), "gzip", max_bytes=4) == b"abca"
    )
    assert beginning(iter([b"ab", b"cd"]), "", max_bytes=9) == b"abcd"


@pytest.mark.parametrize("coding", ["compress", "zstd", "gzip, br", "br, br", "x-compress"])
def test_only_what_was_asked_for_is_read(coding: str) -> None:
    with pytest.raises(CodingError, match="not asked for"):
        read(iter([b"x"]), coding)


@pytest.mark.parametrize("coding", ["identity", "none", "UTF-8", " "])
def test_what_is_no_coding_changes_nothing(coding: str) -> None:
    assert read(iter([b"words"]), coding) == b"words"
