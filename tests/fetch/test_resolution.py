"""Which addresses are reached, however they are written, and whatever the name system says."""

import dataclasses
import socket
import threading
from collections.abc import Sequence

import pytest
from fault_server import Server, answer

from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request
from digest.fetch.urls import address_kind

PUBLIC = "93.184.215.14"
OWN = ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "10.0.0.1", "172.16.0.1"]
OWN += ["172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1", "fdff::1", "64:ff9b::10.0.0.1"]
SPECIAL = [
    "0.0.0.0",
    "0.1.2.3",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::7f00:1",
    "::ffff:0:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "100:0:0:1::1",
    "1::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2620:4f:8000::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "fec0::1",
    "ff02::1",
]
ORDINARY = [PUBLIC, "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.32.0.1"]
ORDINARY += ["192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.255"]
ORDINARY += ["2001:4860:4860::8888", "2606:2800:21f:cb07::1", "2a00::1", "::ffff:8.8.8.8"]
ORDINARY += ["64:ff9b::8.8.8.8", "2003::1"]
SPELLINGS = [
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f.0.0.0x1",
    "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
    "127\u30020\u30020\u30021",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "0",
    "LOCALHOST",
]


@pytest.mark.parametrize("address", [*OWN, *SPECIAL])
def test_no_special_address_is_connected_to(connections: list[str], address: str) -> None:
    """Neither where it is written, nor where a name leads to it."""
    shown = f"[{address}]" if ":" in address else address
    named = HttpFetcher(resolver=lambda _host, _port: [address])
    for fetch, host in ((named, "news.example.org"), (HttpFetcher(), shown)):
        for scheme in ("http", "https"):
            with pytest.raises(FetchError):
                fetch.get(Request(url=f"{scheme}://{host}/"))
    assert connections == []


@pytest.mark.parametrize("address", OWN)
def test_one_s_own_network_is_open_with_the_flag(address: str) -> None:
    assert not address_kind(address).allowed(private=False)
    assert address_kind(address).allowed(private=True)


@pytest.mark.parametrize("address", SPECIAL)
def test_the_rest_stays_closed_with_the_flag(connections: list[str], address: str) -> None:
    fetch = HttpFetcher(allow_private=True, resolver=lambda _host, _port: [address])
    with pytest.raises(FetchError, match="not to the public internet"):
        fetch.get(Request(url="http://news.example.org/"))
    assert connections == []


@pytest.mark.parametrize("address", ORDINARY)
def test_the_public_internet_is_open(address: str) -> None:
    assert address_kind(address).allowed(private=False)


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_odd_spelling_is_what_it_means(connections: list[str], host: str) -> None:
    with pytest.raises(FetchError, match="not to the public internet"):
        HttpFetcher().get(Request(url=f"http://{host}/"))
    assert connections == []


class Rebinding:
    """A name that is public when it is checked, and inside when it is used."""

    def __init__(self) -> None:
        self.answers = [[PUBLIC], ["127.0.0.1"]]

    def __call__(self, _host: str, _port: int) -> Sequence[str]:
        return self.answers.pop(0)


def test_a_name_is_looked_up_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was checked is what is connected to."""
    asked: list[str] = []

    def connect(_: socket.socket, address: tuple[str, int]) -> None:
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(FetchError, match="refused"):
        HttpFetcher(resolver=Rebinding()).get(Request(url=f"http://a.example:{server.port}/"))
    assert asked == [PUBLIC]


def test_the_other_end_is_checked_before_a_byte_is_sent(
    server: Server, secure: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something on the way leads a public address inside (as 0.0.0.0 leads to loopback)."""
    connect = socket.socket.connect
    monkeypatch.setattr(
        socket.socket, "connect", lambda sock, address: connect(sock, ("127.0.0.1", address[1]))
    )
    fetch = HttpFetcher(resolver=lambda _host, _port: [PUBLIC])
    for there in (server, secure):
        with pytest.raises(FetchError, match=r"127\.0\.0\.1 \(loopback\)"):
            fetch.get(Request(url=there.url("/", "a.example")))
        assert there.requests == []


def test_only_the_public_ones_of_several_addresses_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In their order; and not endlessly many."""
    asked: list[str] = []

    def connect(_: socket.socket, address: tuple[str, int]) -> None:
        asked.append(address[0])
        raise TimeoutError

    monkeypatch.setattr(socket.socket, "connect", connect)
    found = ["10.0.0.1", PUBLIC, "127.0.0.1", *(f"8.8.8.{number}" for number in range(250))]
    with pytest.raises(FetchError):
        HttpFetcher(resolver=lambda _host, _port: found).get(Request(url="http://a.example/"))
    assert asked == [PUBLIC, "8.8.8.0", "8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4"]


def test_the_next_address_is_tried_where_one_does_not_answer(
    server: Server, fetch: HttpFetcher, connections: list[str]
) -> None:
    server["/"] = answer(b"words")
    both = dataclasses.replace(fetch, resolver=lambda _host, _port: ["::1", "127.0.0.1"])
    assert both.get(Request(url=server.url("/", "a.example"))).content == b"words"
    assert connections == ["::1", "127.0.0.1"]


def test_a_hanging_name_server_is_not_waited_for(hasty: HttpFetcher) -> None:
    never = threading.Event()
    hanging = dataclasses.replace(hasty, resolver=lambda _host, _port: never.wait(20) and [])
    with pytest.raises(FetchError, match="no whole answer within"):
        hanging.get(Request(url="http://a.example/"))
    never.set()


def test_a_name_without_an_address_leads_nowhere(fetch: HttpFetcher) -> None:
    empty = dataclasses.replace(fetch, resolver=lambda _host, _port: [])
    with pytest.raises(FetchError, match="no such host"):
        empty.get(Request(url="http://a.example/"))
