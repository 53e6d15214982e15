"""What is asked, and what is made of a whole answer."""

import email.utils
import time

import pytest
from fault_server import Server, answer

from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request
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
