"""Host names to IP addresses, within a deadline; and which addresses lead to the public internet.

The special ranges are those of the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its
successors), of multicast, and of the well-known services of clouds. `ipaddress.is_private` is no such
guard: it passes a third of them. IPv6 outside 2000::/3, which is all that was ever given out, is special
as well. An IPv4 address inside an IPv6 address (mapped, or translated by NAT64) counts as itself; the
tunnels whose addresses hold one (6to4, Teredo, the old compatible form) are special as a whole.
"""

import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

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
