"""Small tables and archives, made by tests in the folder of each."""

import gzip
import json
from pathlib import Path
from typing import Any

TEXT = (
    "The ferry between Harrow and Dale runs again after six weeks. Two hundred people took it on the first day."
    " The council paid for a new engine. A storm had broken the old one in October."
)


def record(number: int, **more: Any) -> dict[str, Any]:
    """Return an article that no other is like."""
    return {"id": f"a{number}", "text": f"Line {number} opened at noon. {TEXT}", **more}


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write JSON lines, packed as the name says."""
    content = "".join(json.dumps(one) + "\n" for one in records).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        content = gzip.compress(content)
    if path.suffix == ".zst":
        import pyarrow

        packed = pyarrow.BufferOutputStream()
        with pyarrow.CompressedOutputStream(packed, "zstd") as file:
            file.write(content)
        content = packed.getvalue().to_pybytes()
    path.write_bytes(content)
    return path


def write_parquet(path: Path, records: list[dict[str, Any]], **options: Any) -> Path:
    """Write a Parquet file; its types are those of the values."""
    import pyarrow
    from pyarrow.parquet import write_table

    path.parent.mkdir(parents=True, exist_ok=True)
    write_table(pyarrow.Table.from_pylist(records), path, **options)
    return path


def page(title: str, *paragraphs: str) -> bytes:
    """Return a small page of HTML."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def warc_record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8",
) -> bytes:
    """Return a record of WARC 1.0."""
    if kind == "response":
        body = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
        type_ = "application/http; msgtype=response"
    else:
        type_ = headers.partition(": ")[2]
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-21T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: {type_}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
