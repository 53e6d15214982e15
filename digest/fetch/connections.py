"""One request to one checked address, over a socket that knows what it may still spend: time and bytes.

Each request has a connection of its own, by HTTP/1.1: a digest asks most hosts once. HTTP/2 would need a
second protocol library for nothing that is felt at one request a host. A proxy is used where a source names
one, and where only the environment does, not: behind it, nobody can check the address that is connected to.
`Referer` is never sent. Each read is bounded by what is left of time and bytes, so that no thread
has to watch over a connection.
"""

import http.client
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from digest.errors import FetchError
from digest.fetch.decompression import CodingError
from digest.fetch.urls import Deadline, Resolver, Url, address_kind, basic, resolve

_OVERHEAD = 1024 * 1024
"""What an answer may need on top of its body: headers (http.client takes 100), chunk sizes."""
_MOST_ADDRESSES = 6
"""Of a host so many are tried, three of each family: more would share the time of the fetch too thinly."""
_CHUNK = 16 * 1024
"""Bytes that are read at once: a record of TLS has no more (RFC 8446, section 5.1)."""


# --- sockets with limits


class OverBudgetError(Exception):
    """A server sent more than can be of use."""


class Allowance:
    """What the reads from a socket may still take: time until the deadline, and bytes."""

    def __init__(self, deadline: Deadline, max_bytes: int) -> None:
        """Begin with all of it."""
        self.deadline = deadline
        self.left = max_bytes
        self.ended = False

    def spend(self, count: int) -> int:
        """Note that `count` bytes were read, and return it; 0 is the end. Raises `OverBudgetError`."""
        self.left -= count
        self.ended = count == 0
        if self.left < 0:
            raise OverBudgetError
        return count


class PlainSocket(socket.socket):
    """No read waits beyond the deadline of the whole fetch: a byte a second does not outlive it."""

    allowance: Allowance

    def recv_into(self, buffer, nbytes=0, flags=0):  # type: ignore[no-untyped-def]
        self.settimeout(self.allowance.deadline.remaining())
        return self.allowance.spend(super().recv_into(buffer, nbytes, flags))


class TlsSocket(ssl.SSLSocket):
    """The same over TLS."""

    allowance: Allowance

    def recv_into(self, buffer, nbytes=None, flags=0):  # type: ignore[no-untyped-def]
        self.settimeout(self.allowance.deadline.remaining())
        return self.allowance.spend(super().recv_into(buffer, nbytes, flags))


def tls_context(certificates: str = "", protocols: Sequence[str] = ("http/1.1",)) -> ssl.SSLContext:
    """Return a context that trusts what the system trusts, and the certificates of a PEM file besides."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if sys.platform != "win32" and not (paths.cafile or paths.capath):
        import certifi

        context.load_verify_locations(certifi.where())
    if certificates:
        context.load_verify_locations(certificates)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    context.sslsocket_class = TlsSocket
    return context


@contextmanager
def dropped(sock: socket.socket) -> Iterator[None]:
    """Close a socket on leaving, whatever was left behind that reads from it: `close()` would wait for that."""
    try:
        yield
    finally:
        descriptor = sock.detach()
        if descriptor >= 0:
            socket.close(descriptor)


# --- request and response


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request: where to, what to say, and what it may take."""

    url: Url
    headers: Mapping[str, str]
    deadline: Deadline
    max_bytes: int
    private: bool
    """True where the user lets addresses lead to one's own machine and network."""
    from_public: bool = False
    """True where the public internet redirected here: it leads nobody inside."""
    proxy: Url | None = None
    """Who is asked to ask; a person named it, so it may stand on one's own machine or network."""

    def allows(self, address: str) -> bool:
        """True where `address` may be connected to."""
        return address_kind(address).allowed(private=self.private and not self.from_public)


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer; `chunks` reads the body, still compressed."""

    status: int
    header: Callable[[str], str]
    chunks: Callable[[], Iterator[bytes]]
    public: bool
    """True where it came from the public internet."""


@contextmanager
def exchange(hop: Hop, resolver: Resolver, tls: Callable[[], ssl.SSLContext]) -> Iterator[Answer]:
    """Send a request and give its answer; the connection is closed on leaving.

    Raises:
        FetchError: whatever goes wrong, also while the body is read inside the block.
    """
    allowance = Allowance(hop.deadline, hop.max_bytes + _OVERHEAD)
    with _explained(hop):
        plain = _connected(hop, resolver, allowance)
        with dropped(plain), _secured(plain, hop, tls) as sock:
            sock.allowance = allowance
            # Nobody knows where a proxy went: what it brings leads nowhere inside.
            public = hop.proxy is not None or not address_kind(sock.getpeername()[0]).special
            with closing(_ask(hop, sock)) as response:
                yield _answer(response, public=public)


def _connected(hop: Hop, resolver: Resolver, allowance: Allowance) -> PlainSocket:
    """Connect to the server, or to the proxy, which for https connects to it."""
    if hop.proxy is None:
        addresses = _allowed(hop, resolve(resolver, hop.url.host, hop.url.port, hop.deadline))
        return connect(hop, addresses)
    if (stated := _stated(hop.url.host)) and not hop.allows(stated):
        raise _refused(hop, stated)
    to_proxy = replace(hop, url=hop.proxy, private=True, from_public=False)
    found = resolve(resolver, hop.proxy.host, hop.proxy.port, hop.deadline)
    plain = connect(to_proxy, _allowed(to_proxy, found))
    if hop.url.scheme == "https":
        try:
            plain.allowance = allowance
            _tunnel(plain, hop.url, hop.proxy)
        except BaseException:
            plain.close()
            raise
    return plain


def _stated(host: str) -> str:
    """Return the address that a host's name is, or stands for everywhere; a proxy looks up all others."""
    if f".{host.rstrip('.')}".endswith(".localhost"):
        return "127.0.0.1"
    if ":" in host:
        return host
    # In every spelling that C knows: a proxy may know them too (`0x7f000001`, `127.1`).
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return ""


_MOST_HEAD = 16 * 1024
"""Bytes of a proxy's answer before the tunnel; http.client takes as many for a line."""


def _tunnel(plain: PlainSocket, url: Url, proxy: Url) -> None:
    """Ask a proxy for a way to a server (CONNECT, RFC 9110, section 9.3.6); raises `FetchError`."""
    place = f"[{url.host}]:{url.port}" if ":" in url.host else f"{url.host}:{url.port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if proxy.credentials:
        lines.append(f"Proxy-Authorization: {basic(proxy.credentials)}")
    plain.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii"))
    head = bytearray()
    byte = bytearray(1)
    # Byte by byte: what follows the head is already the server's.
    while not head.endswith(b"\r\n\r\n"):
        count = plain.recv_into(byte)  # type: ignore[no-untyped-call]
        if not count or len(head) > _MOST_HEAD:
            raise FetchError(str(url), f"the proxy {proxy} broke off; try again later")
        head += byte
    status = head.split(None, 2)[1:2]
    if status != [b"200"]:
        said = status[0][:3].decode("ascii", "replace") if status else "nothing"
        raise FetchError(str(url), f"the proxy {proxy} does not let it through ({said})")


def _allowed(hop: Hop, addresses: Sequence[str]) -> list[str]:
    """Return the addresses that may be connected to, before any packet leaves."""
    allowed = [address for address in addresses if hop.allows(address)]
    if not allowed:
        raise _refused(hop, addresses[0])
    return allowed[:_MOST_ADDRESSES]


def _refused(hop: Hop, address: str) -> FetchError:
    kind = address_kind(address)
    can = kind.allowed(private=True) and not hop.from_public
    flag = "; --allow-private permits it" if can else ""
    return FetchError(
        str(hop.url), f"it leads to {address} ({kind.special}), not to the public internet{flag}"
    )


def connect(hop: Hop, addresses: Sequence[str]) -> PlainSocket:
    """Connect to the first address that answers; what then stands at the other end is checked again."""
    last: OSError = ConnectionError()
    for number, address in enumerate(addresses):
        sock = PlainSocket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        try:
            sock.settimeout(hop.deadline.remaining() / (len(addresses) - number))
            sock.connect((address, hop.url.port))
            peer = sock.getpeername()[0]
        except OSError as error:
            sock.close()
            last = error
            continue
        if not hop.allows(peer):
            sock.close()
            raise _refused(hop, peer)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock
    raise last


@contextmanager
def _secured(
    plain: PlainSocket, hop: Hop, tls: Callable[[], ssl.SSLContext]
) -> Iterator[PlainSocket | TlsSocket]:
    plain.settimeout(hop.deadline.remaining())
    if hop.url.scheme == "http":
        yield plain
        return
    # A body that only the end of the connection ends may be cut short by anybody, unless TLS says that it
    # is the end (RFC 9112, section 9.8): an end without a word is an error.
    secure = tls().wrap_socket(
        plain, server_hostname=hop.url.host.rstrip("."), suppress_ragged_eofs=False
    )
    assert isinstance(secure, TlsSocket)
    with dropped(secure):
        yield secure


def _ask(hop: Hop, sock: PlainSocket | TlsSocket) -> BaseHTTPResponse:
    kind = HTTPConnection if hop.url.scheme == "http" else HTTPSConnection
    # It gets a socket that is connected, secured and checked already, and so never connects itself.
    connection = kind(hop.url.host, hop.url.port, timeout=hop.deadline.remaining())
    connection.sock = sock
    try:
        target, headers = _asked(hop)
        connection.request(
            "GET", target, headers=headers, preload_content=False, decode_content=False
        )
        response = connection.getresponse()
    except ValueError as error:  # what http.client cannot make sense of
        raise http.client.HTTPException from error
    if sock.allowance.ended:  # http.client takes half a head for a whole one
        response.close()
        raise ConnectionResetError
    return response


def _asked(hop: Hop) -> tuple[str, Mapping[str, str]]:
    """Return the target of a request and its headers: a proxy is told the whole address."""
    if hop.proxy is None or hop.url.scheme == "https":
        return hop.url.target, hop.headers
    headers = dict(hop.headers)
    if hop.proxy.credentials:
        headers["Proxy-Authorization"] = basic(hop.proxy.credentials)
    return str(hop.url), headers


def _answer(response: BaseHTTPResponse, *, public: bool) -> Answer:
    return Answer(
        status=response.status,
        header=lambda name: response.headers.get(name, ""),
        chunks=lambda: response.stream(_CHUNK, decode_content=False),
        public=public,
    )


@contextmanager
def _explained(hop: Hop) -> Iterator[None]:
    """Turn what goes wrong on the wire into a sentence."""
    try:
        yield
    except CodingError as error:
        raise FetchError(str(hop.url), str(error)) from error
    except (TimeoutError, ReadTimeoutError) as error:
        reason = f"no whole answer within {hop.deadline.seconds:g} s; try again later"
        raise FetchError(str(hop.url), reason) from error
    except (OSError, HTTPError, http.client.HTTPException, OverBudgetError) as error:
        raise FetchError(str(hop.url), fault(error)) from error


def fault(error: BaseException) -> str:
    """Return what went wrong on the wire, and what to do."""
    if isinstance(error, OverBudgetError):
        return "the server sends more than an answer needs; it is left out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); correct the address"
    if isinstance(error, ssl.SSLError):
        return "no secure connection (TLS) came about; try again later"
    if isinstance(error, socket.gaierror):
        return "no such host; correct the address, or see whether the network is there"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused; correct the address, or try again later"
    if isinstance(error, OSError | HTTPError | http.client.IncompleteRead):
        return "the connection broke off; try again later"
    return "the answer is not HTTP; correct the address"
