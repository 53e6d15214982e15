"""Many at once, few at one host, and no waiting for the slow."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_server import Server, answer, redirect

import digest
from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request, fetch_all

PAGE = b"<p>The ferry line reopened.</p>"


def slowly(pause: float) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        time.sleep(pause)
        connection.sendall(answer(PAGE))

    return behave


def test_every_request_comes_back_once(server: Server, fetch: HttpFetcher) -> None:
    """With its answer or its error, under its own index."""
    server["/page"] = answer(PAGE)
    urls = [server.url("/page"), server.url("/none"), "gopher://x", server.url("/page")] * 5
    outcomes = dict(fetch_all(fetch, [Request(url=url) for url in urls]))
    assert sorted(outcomes) == list(range(20))
    for index, outcome in outcomes.items():
        if isinstance(outcome, FetchError):
            assert index % 4 in (1, 2)
            assert outcome.source == urls[index]
        else:
            assert (outcome.request.url, outcome.content) == (urls[index], PAGE)


def test_no_request_gives_nothing(fetch: HttpFetcher) -> None:
    assert list(fetch_all(fetch, [])) == []


@pytest.mark.parametrize("per_host", [1, 2, 5])
def test_a_host_is_asked_for_few_things_at_once(
    server: Server, fetch: HttpFetcher, per_host: int
) -> None:
    """As many as allowed, and never more; also where others redirect to it."""
    other = Server()
    now: list[int] = []
    most: list[int] = []

    def count(connection: socket.socket) -> None:
        now.append(1)
        most.append(len(now))
        time.sleep(0.02)
        now.pop()  # before the answer, after which the next may come
        connection.sendall(answer(PAGE))

    server["/page"] = count
    other["/"] = redirect(server.url("/page"))
    urls = [server.url("/page")] * 10 + [other.url("/", "localhost")] * 10
    outcomes = list(fetch_all(fetch, [Request(url=url) for url in urls], per_host=per_host))
    assert len(outcomes) == 20
    assert max(most) == per_host
    other.close()


def test_a_slow_host_holds_up_nobody_else(server: Server, fetch: HttpFetcher) -> None:
    """Though it has more requests than there are workers."""
    let_go = threading.Event()

    def wait(connection: socket.socket) -> None:
        let_go.wait(10)
        connection.sendall(answer(PAGE))

    server["/slow"], server["/fast"] = wait, answer(PAGE)
    slow = [Request(url=server.url("/slow"))] * 8
    fast = [Request(url=server.url("/fast", "localhost"))] * 8
    outcomes = fetch_all(fetch, [*slow, *fast], workers=4)
    first = [next(outcomes)[0] for _ in fast]
    assert sorted(first) == list(range(8, 16))
    let_go.set()
    assert len(list(outcomes)) == 8


def test_time_in_the_queue_does_not_count(server: Server) -> None:
    """A redirect that waits its turn at a busy host has not lost its patience by then."""
    other = Server()
    server["/page"] = slowly(0.2)
    other["/"] = redirect(server.url("/page"))
    fetch = HttpFetcher(allow_private=True, timeout_s=1)
    urls = [server.url("/page")] * 8 + [other.url("/", "localhost")]
    outcomes = fetch_all(fetch, [Request(url=url) for url in urls], per_host=1)
    assert not [outcome for _, outcome in outcomes if isinstance(outcome, FetchError)]
    other.close()


def test_leaving_begins_nothing_more(server: Server, fetch: HttpFetcher) -> None:
    server["/page"] = slowly(0.05)
    outcomes = fetch_all(fetch, [Request(url=server.url("/page"))] * 50, per_host=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    time.sleep(0.3)
    assert len(server.requests) <= 5


def test_fetching_waits_for_those_who_take_the_answers(server: Server, fetch: HttpFetcher) -> None:
    """Else the answers of a thousand sources would stand in memory."""
    server["/page"] = answer(PAGE)
    requests = [Request(url=server.url("/page"))] * 60
    outcomes = fetch_all(fetch, requests, workers=4, per_host=4)
    next(outcomes)
    time.sleep(0.5)
    assert len(server.requests) <= 13
    assert len(list(outcomes)) == 59


def test_a_bug_is_raised_where_the_results_are_read(server: Server) -> None:
    broken = HttpFetcher(allow_private=True, resolver=None)  # type: ignore[arg-type]
    object.__setattr__(broken, "_robots", None)
    with pytest.raises(AttributeError):
        list(fetch_all(broken, [Request(url=server.url("/"), is_page=True)]))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to send")
def test_an_interruption_leaves_at_once(server: Server) -> None:
    """A program that fetches from a server which never answers ends at the first Ctrl-C."""
    asked = threading.Event()

    def never(_: socket.socket) -> None:
        asked.set()
        time.sleep(20)

    server["/"] = never
    script = (
        "import sys; from digest.fetch import HttpFetcher, Request, fetch_all\n"
        "list(fetch_all(HttpFetcher(allow_private=True), [Request(url=sys.argv[1])] * 9))"
    )
    root = str(Path(digest.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-c", script, server.url("/")], cwd=root, stderr=subprocess.PIPE
    ) as process:
        assert asked.wait(10)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert b"KeyboardInterrupt" in told
