"""Files of arrays: a line of JSON (what it is, a checksum, the shapes), and their bytes; nothing is run."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from digest.durability import write_file
from digest.errors import ConfigError
from digest.incoming import parse_json, read_regular

_MOST_BYTES = 1 << 34
_TYPES = ("<f2", "<f4", "<f8", "<i4", "<i8")


def save_arrays(path: Path, kind: str, said: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    """Write arrays, and what else is to be said of them, as a file that `load_arrays` reads."""
    # The first byte of a number is the lowest, whatever machine writes.
    bodies = [np.ascontiguousarray(one, one.dtype.newbyteorder("<")) for one in arrays.values()]
    body = b"".join(one.tobytes() for one in bodies)
    shapes = {
        name: [one.dtype.str, list(one.shape)] for name, one in zip(arrays, bodies, strict=True)
    }
    head = {"digest": kind, "sha256": "", "arrays": shapes, **said}
    head["sha256"] = _checksum(head, body)
    write_file(path.parent, path.name, json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)


def load_arrays(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a file says, and its arrays; raises `ConfigError` where it is damaged, or of another kind."""
    line, _, body = _bytes(path).partition(b"\n")
    try:
        head = parse_json(line)
        found, given = str(head["digest"]), head["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a {kind.partition('/')[0]} file") from error
    if found != kind:
        raise ConfigError(
            f"{path}: {found}, and this version of digest reads {kind}; make it again"
        )
    if given != _checksum(head, body):
        raise ConfigError(f"{path}: damaged (its checksum differs); make it again")
    try:
        return head, dict(_arrays(head["arrays"], body))
    except (ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: not as digest writes it; make it again") from error


def _arrays(shapes: Mapping[str, Any], body: bytes) -> Iterator[tuple[str, Any]]:
    at = 0
    for name, (type_, shape) in shapes.items():
        size = prod(shape) * np.dtype(type_).itemsize
        if type_ not in _TYPES or size < 0 or at + size > len(body):
            raise ValueError(name)
        yield name, np.frombuffer(body[at : at + size], dtype=type_).reshape(shape)
        at += size


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, most=_MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error


def _checksum(head: Mapping[str, Any], body: bytes) -> str:
    said = json.dumps({**head, "sha256": ""}, ensure_ascii=False).encode()
    return hashlib.sha256(said + b"\n" + body).hexdigest()
