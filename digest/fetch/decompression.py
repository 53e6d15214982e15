"""Content codings (RFC 9110, section 8.4.1): gzip, deflate and brotli, taken apart in bounded steps.

A body is decompressed a few kilobytes at a time and counted as it grows, so that a bomb costs no more
memory than the limit. A body that breaks off is an error: nothing half is used.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

ACCEPTED = "gzip, deflate, br"
_STEP = 64 * 1024
"""Bytes that are decompressed at once: so little goes beyond a limit before it is seen."""
_RATIO_COUNTS_FROM = 4 * 1024 * 1024
"""Bytes: smaller bodies may be mostly repetition, and do no harm."""
_OTHERS = ("gzip", "deflate", "br", "zstd", "compress", "dcz", "exi", "aes")
"""Codings that change the body, or several at once. Other names (`none`, `utf-8`) are a slip of the server."""
_GZIP = b"\x1f\x8b"


class CodingError(Exception):
    """A body that cannot be decompressed, or is not worth it; its text is the reason."""


def body(chunks: Iterable[bytes], coding: str, *, max_bytes: int, max_ratio: float) -> bytes:
    """Return what the chunks of a body hold.

    Args:
        chunks: the body as it comes.
        coding: the header `Content-Encoding`.
        max_bytes: the most that may come of it.
        max_ratio: how many times the body it may be, which counts from 4 MiB on.

    Raises:
        CodingError: too large, broken off, damaged, or a coding that was not asked for.
    """
    whole, read = bytearray(), 0

    def counted() -> Iterator[bytes]:
        nonlocal read
        for chunk in chunks:
            read += len(chunk)
            yield chunk

    for piece in _decoded(counted(), coding.strip().lower()):
        whole += piece
        if len(whole) > max_bytes:
            raise CodingError(too_large(max_bytes))
        if len(whole) > _RATIO_COUNTS_FROM and len(whole) > max_ratio * read:
            raise CodingError("a decompression bomb; remove the source")
    return bytes(whole)


def too_large(max_bytes: int) -> str:
    """Return the reason for a body over the limit."""
    return f"larger than {max_bytes / 2**20:g} MiB; it is left out"


def beginning(chunks: Iterable[bytes], coding: str, *, max_bytes: int) -> bytes:
    """Return the first bytes of what a body holds, without reading the rest; raises as `body`."""
    start = bytearray()
    for piece in _decoded(iter(chunks), coding.strip().lower()):
        start += piece
        if len(start) >= max_bytes:
            break
    return bytes(start[:max_bytes])


def _decoded(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    if coding in ("gzip", "x-gzip"):
        return _gunzipped(chunks)
    if coding == "deflate":
        return _inflated(chunks)
    if coding == "br":
        return _brotli(chunks)
    if any(name in coding for name in _OTHERS):
        raise CodingError("compressed in a way that was not asked for; try again later")
    return chunks


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A file of gzip may have several members (RFC 1952); what follows the last is no part of it."""
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder.eof:
                if not rest.startswith(_GZIP):
                    break
                decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield _decompress(decoder, rest)
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    yield from _end(decoder)


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """`deflate` means the format of zlib (RFC 1950), but some servers send it bare (RFC 1951)."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) > 1:
            break
    wrapped = len(head) > 1 and head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    rest = head
    while not decoder.eof:
        yield _decompress(decoder, rest)
        rest = decoder.unconsumed_tail or next(chunks, b"")
        if not rest:
            break
    yield from _end(decoder)


def _decompress(decoder: Any, data: bytes) -> bytes:
    try:
        return bytes(decoder.decompress(data, _STEP))
    except zlib.error as error:
        raise CodingError("its compression is damaged; try again later") from error


def _end(decoder: Any) -> Iterator[bytes]:
    """What the decoder still holds when all is read; raises where the end is missing."""
    while not decoder.eof and (piece := _decompress(decoder, b"")):
        yield piece
    if not decoder.eof:
        raise CodingError("the answer broke off; try again later")


def _brotli(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """RFC 7932."""
    import brotli

    decoder = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield decoder.process(chunk, output_buffer_limit=_STEP)
            while not decoder.can_accept_more_data():
                yield decoder.process(b"", output_buffer_limit=_STEP)
        # It may have taken in all there is, and still hold more than it gave out.
        while not decoder.is_finished() and (
            piece := decoder.process(b"", output_buffer_limit=_STEP)
        ):
            yield piece
    except brotli.error as error:
        raise CodingError("its compression is damaged; try again later") from error
    if not decoder.is_finished():
        raise CodingError("the answer broke off; try again later")
