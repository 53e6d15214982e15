"""Addresses that are meant to lead a fetcher inside: none may, written plainly or in a redirect.

    python -m benchmarks.sources.payloads

Reads every address in the payload lists for server-side request forgery and header injection, and adds
every spelling of the special addresses that can be made here. Each is fetched twice: as the user's own
address, and as what a public server redirects to, by a fetcher with `allow_private`. Names lead to the
cloud's metadata service, whatever they are. Prints how many were refused before a connection and why, and
exits 1 where anything was connected to, or anything but a `FetchError` came.
"""

import re
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import shared_folder
from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request

METADATA = "169.254.169.254"
SPECIAL = (
    "127.0.0.1 127.1.2.3 10.1.2.3 172.16.0.9 192.168.1.1 169.254.169.254 100.100.100.200 0.0.0.0"
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s`\"'<>|]{1,2000}")
_CIRCLED = {str(digit): chr(0x2460 + digit - 1) for digit in range(1, 10)} | {"0": "\u24ea"}


def spellings(address: str) -> Iterator[str]:
    """Yield hosts that mean the IPv4 address to one reader of addresses or another."""
    parts = [int(part) for part in address.split(".")]
    number = int.from_bytes(bytes(parts), "big")
    yield address
    yield from (str(number), hex(number), f"0{number:o}", f"0x{number:08X}", f"{number:#034o}")
    yield ".".join(hex(part) for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(f"000{part:03o}" for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield f"0x{parts[0]:x}.0{parts[1]:o}.{number & 0xFFFF}"
    yield "".join(_CIRCLED.get(character, character) for character in address)
    yield "".join(chr(0xFF10 + int(c)) if c.isdigit() else "\u3002" for c in address)
    yield address.replace(".", "\uff0e")
    yield address + "."
    high, low = number >> 16, number & 0xFFFF
    for prefix in ("::", "::ffff:", "0:0:0:0:0:ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::"):
        yield f"[{prefix}{address}]"
        yield f"[{prefix}{high:x}:{low:x}]"
    yield f"[2002:{high:x}:{low:x}::]"
    yield f"[2001:0:{high:x}:{low:x}::]"
    yield f"[2001::{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}]"


def made() -> Iterator[str]:
    """Yield addresses that are made here."""
    for address in SPECIAL.split():
        for host in spellings(address):
            yield f"http://{host}/latest/"
            yield f"https://{host}:8443/"
            yield f"http://example.org@{host}/"
            yield f"http://{host}#@example.org/"


def found(folder: Path) -> Iterator[str]:
    """Yield what looks like an address in the payload lists; other lines are taken as paths."""
    for path in sorted(folder.glob("server_side_request_forgery/**/*")):
        if path.is_file():
            for match in _ADDRESS.finditer(path.read_text(encoding="utf-8", errors="replace")):
                yield match[0]
    for path in sorted(folder.glob("crlf_injection/files/*")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            yield f"http://127.0.0.1{line}"


class Inside:
    """Names lead to the metadata service; numbers are what the system takes them for."""

    def __call__(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        except OSError:
            return [METADATA]
        return [str(found[0][4][0])]


def attempt(fetch: HttpFetcher, address: str, *, from_public: bool) -> str:
    """Return why an address was refused."""
    try:
        fetch.get(Request(url=address, from_public=from_public))
    except FetchError as error:
        return re.sub(r"\S*[:./]\S*", "...", error.reason.split(";")[0])
    except BaseException:  # noqa: BLE001 - the point is to find any
        return "TRACEBACK " + traceback.format_exc()
    return "FETCHED"


def main() -> int:
    """Fetch everything, and return 1 where anything came of it."""
    addresses = [
        *dict.fromkeys([*found(shared_folder() / "data" / "hostile" / "payloads"), *made()])
    ]
    connected: list[object] = []

    def refuse(_: socket.socket, there: object) -> None:
        connected.append(there)
        raise ConnectionRefusedError

    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    start = time.process_time()
    reasons: Counter[str] = Counter()
    for from_public in (False, True):
        fetch = HttpFetcher(allow_private=from_public, resolver=Inside())
        for address in addresses:
            reasons[attempt(fetch, address, from_public=from_public)] += 1
    for reason, count in reasons.most_common():
        print(f"{count:6d}  {reason}")
    public = [there for there in connected if not _is_public(there)]
    seconds = time.process_time() - start
    print(f"{len(addresses)} addresses, each twice, in {seconds:.1f} s of processor time")
    print(f"connections: {len(connected)}, of them inside: {len(public)}")
    bad = sum(count for reason, count in reasons.items() if reason.startswith(("TRACE", "FETCHED")))
    return 1 if public or bad else 0


def _is_public(there: object) -> bool:
    from ipaddress import ip_address

    return isinstance(there, tuple) and ip_address(there[0]).is_global


if __name__ == "__main__":
    sys.exit(main())
