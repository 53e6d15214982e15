"""What is asked, for what robots.txt allows, and what is made of whole answers; many fetches at once."""

import contextlib
import email.utils
import gzip
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_server import Behaviour, Server, answer, redirect

import digest
from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request, fetch_all
from digest.models import Source

FEED = b"<rss></rss>"


def test_an_answer_comes_with_its_type_and_validators(server: Server, fetch: HttpFetcher) -> None:
    server["/"] = answer(
        FEED,
        'Content-Type: Application/RSS+XML; a=b; Charset="ISO-8859-2"',
        'ETag: W/"1"',
        "Last-Modified: Sat, 21 Nov 2026 06:00:00 GMT",
    )
    response = fetch.get(Request(url=server.url("/")))
    assert response.content == FEED
    assert (response.media_type, response.charset) == ("application/rss+xml", "iso-8859-2")
    assert (response.etag, response.last_modified) == ('W/"1"', "Sat, 21 Nov 2026 06:00:00 GMT")
    assert (response.status, response.url, response.moved_to) == (200, server.url("/"), "")


def test_an_answer_without_a_type_has_none(server: Server, fetch: HttpFetcher) -> None:
    server["/"] = answer(FEED)
    response = fetch.get(Request(url=server.url("/")))
    assert (response.media_type, response.charset, response.etag) == ("", "", "")


def test_the_request_says_who_asks_and_nothing_else(server: Server, fetch: HttpFetcher) -> None:
    """No cookie, no referrer, no name of a machine."""
    server["/?a=b%20c"] = server["/"] = answer(FEED, "Set-Cookie: a=b")
    fetch.get(Request(url=server.url("/?a=b c#d")))
    fetch.get(Request(url=server.url("/")))
    for head in server.requests:
        names = {line.split(":")[0] for line in head.splitlines()[1:] if line}
        assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert "User-Agent: digest/" in head
        assert ".example" not in head.partition("User-Agent: ")[2].splitlines()[0]
    assert server.paths() == ["/?a=b%20c", "/"]


def test_what_has_not_changed_is_not_sent_again(server: Server, fetch: HttpFetcher) -> None:
    server["/"] = answer(b"", 'ETag: "2"', status="304 Not Modified", length=False)
    response = fetch.get(
        Request(url=server.url("/"), etag='"1"', last_modified="Sat, 21 Nov 2026 06:00:00 GMT")
    )
    assert (response.status, response.content, response.etag) == (304, b"", '"2"')
    assert 'If-None-Match: "1"\r\n' in server.requests[0]
    assert "If-Modified-Since: Sat, 21 Nov 2026 06:00:00 GMT\r\n" in server.requests[0]


@pytest.mark.parametrize("etag", ["", "a\r\nX: y", "\N{SNOWMAN}", "x" * 2000])
def test_304_to_a_first_request_is_an_error(server: Server, fetch: HttpFetcher, etag: str) -> None:
    """Where the store was lost, so were the articles that the server thinks we have."""
    server["/"] = answer(b"", status="304 Not Modified", length=False)
    with pytest.raises(FetchError, match="304"):
        fetch.get(Request(url=server.url("/"), etag=etag))
    assert "X: y" not in server.requests[0]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("204 No Content", "correct the address"),
        ("300 Multiple Choices", "correct the address"),
        ("401 Unauthorized", "does not let programs in"),
        ("403 Forbidden", "does not let programs in"),
        ("404 Not Found", "remove the source or correct its address"),
        ("410 Gone", "remove the source or correct its address"),
        ("429 Too Many Requests", "run less often"),
        ("500 Oops", "try again later"),
        ("503 Service Unavailable", "try again later"),
        ("799 Whatever", "try again later"),
    ],
)
def test_a_status_says_what_to_do(
    server: Server, fetch: HttpFetcher, status: str, reason: str
) -> None:
    server["/"] = answer(b"<p>Sorry!</p>", status=status)
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url("/")))
    assert caught.value.reason.startswith(f"the server said {status[:3]}")
    assert reason in caught.value.reason
    assert caught.value.retry_after_s is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 7 ", 7.0), ("9" * 12, 604800.0), ("9" * 6000, None), ("soon", None)],
)
def test_retry_after_is_handed_on(
    server: Server, fetch: HttpFetcher, value: str, seconds: float | None
) -> None:
    """No server keeps us away for longer than a week."""
    server["/"] = answer(b"", f"Retry-After: {value}", status="429 Too Many Requests")
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url("/")))
    assert caught.value.retry_after_s == seconds


@pytest.mark.parametrize(("offset", "low", "high"), [(3600, 3500, 3600), (-3600, 0, 0)])
def test_retry_after_may_be_a_date(
    server: Server, fetch: HttpFetcher, offset: int, low: float, high: float
) -> None:
    date = email.utils.formatdate(time.time() + offset, usegmt=True)
    server["/"] = answer(b"", f"Retry-After: {date}", status="503 Service Unavailable")
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url("/")))
    assert caught.value.retry_after_s is not None
    assert low <= caught.value.retry_after_s <= high


def test_a_password_goes_to_its_server_and_nowhere_else(server: Server, fetch: HttpFetcher) -> None:
    """It is not in what is returned, and no error shows it."""
    server["/"] = answer(FEED)
    address = server.url("/", "me%40home:se:cret@127.0.0.1")
    response = fetch.get(Request(url=address))
    assert "Authorization: Basic bWVAaG9tZTpzZTpjcmV0\r\n" in server.requests[0]
    assert response.url == server.url("/")
    assert response.moved_to == ""
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=address + "missing"))
    assert "cret" not in str(caught.value)


def test_a_page_comes_as_the_bytes_of_its_source(server: Server, fetch: HttpFetcher) -> None:
    server["/a"] = answer(b"<p>\xe9</p>", "Content-Type: text/html; charset=latin-1")
    source = Source(name="A", location=server.url("/a", "me:secret@127.0.0.1"))
    document = fetch(source)
    assert document.content == b"<p>\xe9</p>"
    assert document.media_type == "text/html; charset=latin-1"
    assert document.url == document.source.location == server.url("/a")


PAGE = b"<p>The ferry line reopened.</p>"
RULES = b"User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.cgi$\n"


def allowed(fetch: HttpFetcher, server: Server, path: str) -> bool:
    """Whether a page is fetched, rather than refused for the robots.txt."""
    server[path] = answer(PAGE)
    before = server.paths().count(path)
    with contextlib.suppress(FetchError):
        fetch.get(Request(url=server.url(path), is_page=True))
        assert server.paths().count(path) == before + 1
        return True
    assert server.paths().count(path) == before
    with pytest.raises(FetchError, match=r"its robots\.txt forbids it"):
        fetch.get(Request(url=server.url(path), is_page=True))
    return False


def reason(fetch: HttpFetcher, server: Server) -> str:
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url("/page"), is_page=True))
    assert "/page" not in server.paths()
    return caught.value.reason


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open", True),
        ("/a.cgi", False),
        ("/b.cgi?x", True),
    ],
)
def test_the_longest_rule_decides(
    server: Server, fetch: HttpFetcher, path: str, expected: bool
) -> None:
    server["/robots.txt"] = answer(RULES)
    assert allowed(fetch, server, path) is expected


@pytest.mark.parametrize("rules", [RULES, b"\xef\xbb\xbf" + RULES, RULES.replace(b"\n", b"\r")])
def test_rules_are_read_as_they_are_written_in_the_wild(
    server: Server, fetch: HttpFetcher, rules: bytes
) -> None:
    server["/robots.txt"] = answer(rules)
    assert not allowed(fetch, server, "/private/x")


def test_rules_for_digest_come_before_those_for_all(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(b"User-agent: Digest\nDisallow: /\n\nUser-agent: *\nAllow: /")
    assert not allowed(fetch, server, "/x")


def test_a_feed_is_not_asked_about(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
    server["/feed"] = answer(PAGE)
    assert fetch.get(Request(url=server.url("/feed"))).content == PAGE
    assert server.paths() == ["/feed"]


def test_a_site_is_asked_once(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(RULES)
    assert allowed(fetch, server, "/a")
    assert allowed(fetch, server, "/b")
    assert not allowed(fetch, server, "/private/c")
    assert server.paths() == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 No", "404 None", "410 Gone"])
def test_without_rules_all_is_allowed(server: Server, fetch: HttpFetcher, status: str) -> None:
    server["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status=status)
    assert allowed(fetch, server, "/x")


@pytest.mark.parametrize("status", ["429 Slowly", "500 Oops", "503 Closed"])
def test_a_site_that_cannot_say_is_left_alone(
    server: Server, fetch: HttpFetcher, status: str
) -> None:
    server["/robots.txt"] = answer(b"", "Retry-After: 60", status=status)
    assert reason(fetch, server).startswith(
        f"its robots.txt cannot be had: the server said {status[:3]}"
    )
    with pytest.raises(FetchError) as again:
        fetch.get(Request(url=server.url("/other"), is_page=True))
    assert again.value.retry_after_s == 60
    assert again.value.source == server.url("/other")
    assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [answer(RULES)[:-3], answer(RULES, "Content-Encoding: gzip"), b"Disallow: /", b""],
    ids=["cut short", "damaged", "not HTTP", "nothing"],
)
def test_a_broken_answer_allows_nothing(
    server: Server, fetch: HttpFetcher, rules: Behaviour
) -> None:
    server["/robots.txt"] = rules
    reason(fetch, server)


def test_rules_may_stand_elsewhere(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = redirect("/rules.txt", "301 Moved")
    server["/rules.txt"] = answer(gzip.compress(RULES), "Content-Encoding: gzip")
    assert not allowed(fetch, server, "/private/x")
    server["/robots.txt"] = redirect("http://169.254.169.254/")
    assert "link-local" in reason(HttpFetcher(allow_private=True), server)


def test_only_the_beginning_of_long_rules_is_read(server: Server, fetch: HttpFetcher) -> None:
    """As RFC 9309 allows from 500 KiB on."""
    long = RULES + b"# x\n" * 128 * 1024 + b"Disallow: /late\n"
    server["/robots.txt"] = answer(long)
    assert allowed(fetch, server, "/late")
    assert not allowed(fetch, server, "/private/x")


def test_each_site_that_a_page_leads_to_is_asked(server: Server, fetch: HttpFetcher) -> None:
    other = Server()
    server["/page"] = redirect(other.url("/private/x"))
    other["/robots.txt"] = answer(RULES)
    with pytest.raises(FetchError, match=r"its robots\.txt forbids it"):
        fetch.get(Request(url=server.url("/page"), is_page=True))
    assert other.paths() == ["/robots.txt"]
    other.close()


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
