"""Addresses on the web (RFC 3986) and of mailboxes (RFC 5092), read once: one reading serves all that ask."""

import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, unquote, urljoin, urlsplit

from digest.errors import FetchError, without_credentials

PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_KEPT = "%/:=&?~#+!$,;'@()*[]|"
_LONGEST = 8192  # characters; servers refuse longer ones (RFC 9110 asks for 8,000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An http or https address; as text it shows no user name and no password."""

    scheme: str
    host: str
    """In lower case and ASCII: the A-labels of an international name, an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""
    credentials: str = ""
    """`user:password`, decoded."""

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        return self.origin + self.target

    def join(self, location: str) -> "Url":
        """Return the address that a `Location` header means; raises `FetchError`."""
        try:
            joined = urljoin(str(self), location)
        except ValueError as error:
            raise FetchError(location, "not an address") from error
        return parse_url(joined)


def is_address(location: str) -> bool:
    """True where `location` begins with a scheme, such as `https://`: it names no file."""
    return _ADDRESS.match(location) is not None


def parse_url(address: str) -> Url:
    """Read an address; raises `FetchError` for one that is not http or https, or not well formed."""
    address = address.strip()
    shown = without_credentials(address)
    if len(address) > _LONGEST:
        raise FetchError(shown[:100] + "...", "the address is too long; correct it")
    if _FORBIDDEN.search(address):
        raise FetchError(shown, "not an address: it holds a control character or a backslash")
    try:
        parts = urlsplit(address)
        if parts.scheme not in PORTS:
            raise FetchError(shown, _unknown_scheme(parts.scheme))
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        host = parts.hostname or ""
        if "[" in parts.netloc and ":" not in host:
            raise ValueError("brackets without an IPv6 address")
    except ValueError as error:
        raise FetchError(shown, "not an address; correct it") from error
    if not port:
        raise FetchError(shown, "not an address: there is no port 0")
    path = quote(parts.path or "/", safe=_KEPT, errors="replace")
    query = f"?{quote(parts.query, safe=_KEPT, errors='replace')}" if parts.query else ""
    return Url(
        scheme=parts.scheme,
        host=_ascii_host(host, shown),
        port=port,
        target=(path if path.startswith("/") else f"/{path}") + query,
        credentials=unquote(parts.netloc.rpartition("@")[0]),
    )


def basic(credentials: str) -> str:
    """Return `user:password` as the value of a header (RFC 7617)."""
    import base64

    return f"Basic {base64.b64encode(credentials.encode('utf-8', 'replace')).decode('ascii')}"


def _ipv6(host: str, shown: str) -> str:
    from ipaddress import IPv6Address

    try:
        address = IPv6Address(host)
    except ValueError as error:
        raise FetchError(shown, "not an IPv6 address; correct it") from error
    if address.scope_id is not None:
        raise FetchError(shown, "an address of one machine's own network; give one without %")
    return host


def _unknown_scheme(scheme: str) -> str:
    if scheme == "file":
        return "only http and https addresses are fetched; give the name of the file instead"
    return "only http and https addresses are fetched" + (f", not {scheme}:" if scheme else "")


def _ascii_host(host: str, shown: str) -> str:
    """Return a host name as the name system wants it (IDNA 2008 with the mapping of UTS 46)."""
    if ":" in host:
        return _ipv6(host, shown)
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise FetchError(shown, "no host can have this name; correct the address") from error
    if not _HOST.fullmatch(host):
        raise FetchError(shown, "no host can have this name; correct the address")
    return host


# --- mailboxes

_SCHEME = "imaps://"
_PORT = 993
"""RFC 8314."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A folder of mails, and who may read it."""

    host: str
    port: int
    user: str
    folder: str

    @property
    def place(self) -> str:
        """The address without the user, as errors name it."""
        port = "" if self.port == _PORT else f":{self.port}"
        return f"{_SCHEME}{self.host}{port}/{self.folder}"

    @property
    def encoded_folder(self) -> str:
        """The folder as IMAP writes it: in quotes, in its own UTF-7 (RFC 3501, section 5.1.3)."""
        parts = re.findall(r"[ -~]+|[^ -~]+", self.folder)
        encoded = "".join(
            p.replace("&", "&-") if p.isascii() and p.isprintable() else _shifted(p) for p in parts
        )
        return '"' + encoded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_mailbox(location: str) -> bool:
    """True where `location` is the address of a mailbox."""
    return location[: len(_SCHEME)].lower() == _SCHEME


def parse_mailbox(location: str) -> Mailbox:
    """Read `imaps://user@host/Folder` (RFC 5092); raises `FetchError`."""
    url = parse_url("https" + location[len("imaps") :])
    if not url.credentials:
        raise FetchError(location, "it needs the name of a user: imaps://user@host/Folder")
    if ":" in url.credentials:
        raise FetchError(
            location,
            "a password does not belong into a configuration: set the environment variable"
            " DIGEST_IMAP_PASSWORD, or name a password_file or a keyring",
        )
    parts = urlsplit(location)
    return Mailbox(
        host=url.host,
        port=parts.port or _PORT,
        user=url.credentials,
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _shifted(text: str) -> str:
    import base64

    packed = base64.b64encode(text.encode("utf-16-be", "replace")).decode("ascii")
    return "&" + packed.rstrip("=").replace("/", ",") + "-"


Resolver = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host, the preferred one first; raises `OSError`."""
_NETWORKS = """
0.0.0.0/8 this network
10.0.0.0/8 private
100.100.100.200/32 a cloud's own services
100.64.0.0/10 shared
127.0.0.0/8 loopback
168.63.129.16/32 a cloud's own services
169.254.0.0/16 link-local
172.16.0.0/12 private
192.0.0.0/24 protocol assignments
192.0.2.0/24 documentation
192.31.196.0/24 AS112
192.52.193.0/24 AMT
192.88.99.0/24 6to4 relay
192.168.0.0/16 private
192.175.48.0/24 AS112
198.18.0.0/15 benchmarking
198.51.100.0/24 documentation
203.0.113.0/24 documentation
224.0.0.0/4 multicast
255.255.255.255/32 broadcast
240.0.0.0/4 reserved
::/128 unspecified
::1/128 loopback
::/96 IPv4-compatible
64:ff9b:1::/48 local NAT64
100::/64 discard-only
100:0:0:1::/64 dummy prefix
2001::/32 Teredo
2001:2::/48 benchmarking
2001:10::/28 ORCHID
2001:20::/28 ORCHIDv2
2001::/23 protocol assignments
2001:db8::/32 documentation
2002::/16 6to4
2620:4f:8000::/48 AS112
3fff::/20 documentation
5f00::/16 segment routing
fd00:ec2::/32 a cloud's own services
fd20:ce::/32 a cloud's own services
fc00::/7 unique local
fe80::/10 link-local
fec0::/10 site-local
ff00::/8 multicast
"""
PRIVATE = frozenset({"loopback", "private", "shared", "unique local"})
"""The kinds that `--allow-private` opens: one's own machine and network, and nothing else."""
_GLOBAL = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class Deadline:
    """A moment that everything a fetch does has to meet: name lookup, connecting, TLS, each byte."""

    def __init__(self, seconds: float, *, spent_s: float = 0.0) -> None:
        """Begin now; of the `seconds` for all of it, `spent_s` are gone."""
        self.seconds = seconds
        self._end = time.monotonic() + seconds - spent_s

    def remaining(self) -> float:
        """Return the seconds left, more than 0; raises `TimeoutError` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system, which reads numbers in every spelling that C does (`0x7f000001`, `127.1`)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def resolve(resolver: Resolver, host: str, port: int, deadline: Deadline) -> list[str]:
    """Return the addresses of a host; raises `OSError`, or `TimeoutError` at the deadline.

    A lookup cannot be broken off, so it has a thread of its own, which is left behind when it hangs.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(resolver(host, port)))
        except OSError as error:
            answers.put(error)
        except UnicodeError:  # a name that cannot be looked up at all
            answers.put(socket.gaierror(socket.EAI_NONAME, "no such name"))

    threading.Thread(target=look_up, name="digest name lookup", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.remaining())
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(answer, OSError):
        raise answer
    if not answer:
        raise socket.gaierror(socket.EAI_NONAME, "a name without an address")
    return answer


# --- kinds of addresses


@dataclass(frozen=True, slots=True)
class AddressKind:
    """What an address is for; `special` is empty for the public internet."""

    special: str

    def allowed(self, *, private: bool) -> bool:
        """True for the public internet, and with `private` for one's own machine and network."""
        return not self.special or (private and self.special in PRIVATE)


def address_kind(address: str) -> AddressKind:
    """Classify an IP address; raises `ValueError` where the text is none."""
    ip = ip_address(address.partition("%")[0])
    inner = _embedded(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return address_kind(str(inner))
    for network, kind in _table():
        if ip in network:
            return AddressKind(kind)
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL:
        return AddressKind("reserved")
    return AddressKind("")


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    rows = (line.split(" ", 1) for line in _NETWORKS.strip().splitlines())
    return tuple((ip_network(network), kind) for network, kind in rows)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
