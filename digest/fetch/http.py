"""Request -> Response over HTTP, politely and safely; many at once, few at any one host.

A fetch is a chain of requests, one for each redirect. Each goes to an address that was looked up, checked, and
connected to as checked, so that neither a redirect nor a name that changes its address (DNS rebinding) leads
inside. robots.txt (RFC 9309) is asked for once a site and a run, for pages only: where there is none (4xx), all
is allowed; where it cannot be had (5xx, 429, no connection), the site is left alone for now.
"""

import queue
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from digest.errors import FetchError, without_credentials
from digest.fetch.decompression import ACCEPTED, CodingError, beginning, body, too_large
from digest.fetch.messages import (
    REDIRECTS,
    RedirectChain,
    Request,
    Response,
    conditions,
    content_type,
    headers_of,
    reason,
    redirected,
    retry_after_s,
    usable,
)
from digest.fetch.urls import Deadline, Resolver, Url, parse_url, system_resolver
from digest.models import RawDocument, Source

if TYPE_CHECKING:
    import ssl

    from protego import Protego

    from digest.fetch.connections import Answer

MAX_BYTES = 500 * 1024
"""What of a longer file is read (RFC 9309, section 2.5)."""
FetchResult = tuple[int, Response | FetchError]
_AHEAD = 3
"""Answers that nobody has taken yet are as many as the workers times this: they wait in memory."""


# --- robots.txt


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: "Protego | FetchError | None" = None


@dataclass(slots=True)
class Robots:
    """The rules of every site that was asked for so far."""

    _sites: dict[str, _Site] = field(default_factory=dict)

    def check(self, url: Url, product: str, read: Callable[[Url], bytes | None]) -> None:
        """Raise `FetchError` where the rules of the site forbid `url`.

        `product` is the name that the rules have for us; `read` gives the bytes of a robots.txt, or None
        where there is none.
        """
        site = self._sites.setdefault(url.origin, _Site())
        with site.lock:
            if site.rules is None:
                site.rules = _rules(url, read)
        if isinstance(site.rules, FetchError):
            raise FetchError(
                str(url), site.rules.reason, retry_after_s=site.rules.retry_after_s
            ) from site.rules
        if not site.rules.can_fetch(str(url), product):
            raise FetchError(str(url), "its robots.txt forbids it; save the page and give the file")


def _rules(url: Url, read: Callable[[Url], bytes | None]) -> "Protego | FetchError":
    from protego import Protego

    try:
        content = read(url.join("/robots.txt"))
    except FetchError as error:
        return error
    text = (content or b"")[:MAX_BYTES].decode("utf-8", "replace")
    return Protego.parse(text.removeprefix("\ufeff"))


# --- one fetch


def _user_agent() -> str:
    from digest import __version__

    return f"digest/{__version__} (digest-briefing)"


@dataclass(frozen=True, kw_only=True)
class HttpFetcher:
    """Fetches http and https addresses; one may be used from many threads.

    It keeps the robots.txt of each site for as long as it lives, so make a new one for each run.
    """

    allow_private: bool = False
    """Connect to one's own machine and network, too; never where the public internet leads there."""
    timeout_s: float = 30.0
    """For all of one fetch: name lookups, redirects, robots.txt, and the last byte."""
    max_bytes: int = 32 * 1024 * 1024
    """The most that the body may hold, decompressed."""
    max_ratio: float = 250.0
    """How many times its compressed size a body may be, from 4 MiB on."""
    max_redirects: int = 5
    user_agent: str = field(default_factory=_user_agent)
    certificates: str = ""
    """A PEM file of certificates to trust besides those of the system."""
    resolver: Resolver = system_resolver
    _robots: Robots = field(default_factory=Robots, init=False, repr=False, compare=False)

    def __call__(self, source: Source, /) -> RawDocument:
        """Fetch one page as the bytes of a source."""
        response = self.get(Request(url=source.location, is_page=True))
        return response.document(replace(source, location=without_credentials(source.location)))

    def get(self, request: Request) -> Response:
        """Return the whole answer to `request`, after redirects.

        Raises:
            FetchError: there is none that can be used; the reason says what to do.
        """
        step: RedirectChain | Response = self.start(request)
        while isinstance(step, RedirectChain):
            step = self.step(step)
        return step

    def start(self, request: Request) -> RedirectChain:
        """Return the trip that `request` sets out on; raises `FetchError` for a bad address."""
        return RedirectChain(
            request=request, url=parse_url(request.url), public=request.from_public
        )

    def step(self, chain: RedirectChain) -> RedirectChain | Response:
        """Make one hop: return the answer, or the trip that goes on where it redirects; see `get`."""
        began = time.monotonic()
        deadline = Deadline(self.timeout_s, spent_s=chain.spent_s)
        try:
            if chain.request.is_page:
                self._robots.check(
                    chain.url,
                    (chain.request.ways.user_agent or self.user_agent).partition("/")[0],
                    lambda url: self._robots_txt(url, chain, deadline),
                )
            with self._answer(chain, deadline) as answer:
                onward = self._redirected(chain, answer)
                if onward is None:
                    return self._response(chain, answer)
        except FetchError as error:
            raise _at_the_start(error, chain) from error
        return replace(onward, spent_s=chain.spent_s + time.monotonic() - began)

    @contextmanager
    def _answer(self, chain: RedirectChain, deadline: Deadline) -> "Iterator[Answer]":
        from digest.fetch.connections import Hop, exchange

        hop = Hop(
            url=chain.url,
            headers=headers_of(chain, user_agent=self.user_agent, codings=ACCEPTED),
            deadline=deadline,
            max_bytes=self.max_bytes,
            private=self.allow_private,
            from_public=chain.public,
            proxy=chain.request.ways.proxy_for(chain.url),
        )
        with exchange(hop, self.resolver, lambda: self._tls) as answer:
            yield answer

    def _redirected(self, chain: RedirectChain, answer: "Answer") -> RedirectChain | None:
        if answer.status not in REDIRECTS:
            return None
        location = answer.header("location")
        return redirected(
            chain, answer.status, location, public=answer.public, most=self.max_redirects
        )

    def _response(self, chain: RedirectChain, answer: "Answer") -> Response:
        if answer.status not in (200, 304):
            raise _status_error(chain, answer)
        if answer.status == 304 and not conditions(chain.request):
            raise FetchError(
                str(chain.url),
                "the server said 304 (not modified) to a first request; try again later",
            )
        content = b"" if answer.status == 304 else self._body(answer)
        media_type, charset = content_type(answer.header("content-type"))
        etag, last_modified = answer.header("etag"), answer.header("last-modified")
        return Response(
            request=chain.request,
            url=str(chain.url),
            status=answer.status,
            public=answer.public,
            content=content,
            media_type=media_type,
            charset=charset,
            etag=etag if usable(etag) else "",
            last_modified=last_modified if usable(last_modified) else "",
            moved_to=_new_address(chain),
        )

    def _body(self, answer: "Answer") -> bytes:
        length = answer.header("content-length")
        if length.isdecimal() and len(length) < 20 and int(length) > self.max_bytes:
            raise CodingError(too_large(self.max_bytes))
        return body(
            answer.chunks(),
            answer.header("content-encoding"),
            max_bytes=self.max_bytes,
            max_ratio=self.max_ratio,
        )

    def _robots_txt(self, url: Url, chain: RedirectChain, deadline: Deadline) -> bytes | None:
        """Return the beginning of a robots.txt, or None where the site has none."""
        onward: RedirectChain | None = RedirectChain(
            request=Request(url=str(url), ways=chain.request.ways), url=url, public=chain.public
        )
        while onward is not None:
            here = onward
            with self._answer(here, deadline) as answer:
                if answer.status == 200:
                    return beginning(
                        answer.chunks(), answer.header("content-encoding"), max_bytes=MAX_BYTES
                    )
                if 400 <= answer.status < 500 and answer.status != 429:
                    return None
                onward = self._redirected(here, answer)
                if onward is None:
                    raise _status_error(here, answer, "its robots.txt cannot be had: ")
        return None

    @cached_property
    def _tls(self) -> "ssl.SSLContext":
        from digest.fetch.connections import tls_context

        return tls_context(self.certificates)


def _new_address(chain: RedirectChain) -> str:
    """Return where all of a trip moved for good; not where a password would be lost on the way."""
    old = chain.request.url
    if not chain.visited or not chain.permanent or without_credentials(old) != old:
        return ""
    return str(chain.url)


def _at_the_start(error: FetchError, chain: RedirectChain) -> FetchError:
    """Return an error of a later hop as one of the address that was asked for."""
    where = f"redirected to {error.source}: " if chain.visited else ""
    return FetchError(chain.request.url, where + error.reason, retry_after_s=error.retry_after_s)


def _status_error(chain: RedirectChain, answer: "Answer", about: str = "") -> FetchError:
    wait = retry_after_s(answer.header("retry-after"))
    return FetchError(str(chain.url), about + reason(answer.status), retry_after_s=wait)


# --- many at once


def fetch_all(
    fetch: HttpFetcher, requests: Sequence[Request], *, workers: int = 16, per_host: int = 2
) -> Iterator[FetchResult]:
    """Yield the index of each request with its answer, or with the error, as they finish.

    A redirect waits its turn at the host it leads to, and no worker waits for it: a slow host keeps at
    most `per_host` workers. Where the answers are taken slowly, the fetching waits. Leaving the loop, also
    by Ctrl-C, leaves at once: nothing more is begun, and what is under way ends by itself in the background.
    """
    schedule = _Schedule(per_host=per_host, most=_AHEAD * workers)
    refused: list[FetchResult] = []
    for index, request in enumerate(requests):
        try:
            schedule.add(index, fetch.start(request))
        except FetchError as error:
            refused.append((index, error))
    left = len(requests) - len(refused)
    results: queue.SimpleQueue[FetchResult | BaseException] = queue.SimpleQueue()
    try:
        yield from refused
        for _ in range(min(workers, left)):
            # Not a pool of concurrent.futures, whose threads a program waits for before it ends.
            arguments = (fetch, schedule, results)
            threading.Thread(target=_work, args=arguments, name="digest fetch", daemon=True).start()
        for _ in range(left):
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            schedule.taken()
            yield result
    finally:
        schedule.close()


def _work(
    fetch: HttpFetcher,
    schedule: "_Schedule",
    results: "queue.SimpleQueue[FetchResult | BaseException]",
) -> None:
    while (task := schedule.next()) is not None:
        index, chain = task
        try:
            step = fetch.step(chain)
        except FetchError as error:
            results.put((index, error))
        except BaseException as error:  # noqa: BLE001 - a bug; it is raised where the results are read
            results.put(error)
        else:
            if isinstance(step, RedirectChain):
                schedule.taken()
                schedule.add(index, step)
            else:
                results.put((index, step))
        finally:
            schedule.end(chain.url.host)


@dataclass(slots=True)
class _Schedule:
    """Which hop is next: each host has at most `per_host` hops ready or under way, and the rest wait."""

    per_host: int
    most: int
    """So many hops may be under way or have an answer that was not taken yet."""
    _out: int = 0
    _ready: deque[tuple[int, RedirectChain]] = field(default_factory=deque)
    _waiting: dict[str, deque[tuple[int, RedirectChain]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _active: Counter[str] = field(default_factory=Counter)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False

    def add(self, index: int, chain: RedirectChain) -> None:
        """Line up a hop."""
        host = chain.url.host
        with self._changed:
            if self._active[host] < self.per_host:
                self._active[host] += 1
                self._ready.append((index, chain))
                self._changed.notify()
            else:
                self._waiting[host].append((index, chain))

    def next(self) -> tuple[int, RedirectChain] | None:
        """Wait for the next hop to be begun; None when there is to be none any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._ready and self._out < self.most))
            if self._closed:
                return None
            self._out += 1
            return self._ready.popleft()

    def taken(self) -> None:
        """Say that what came of a hop was taken."""
        with self._changed:
            self._out -= 1
            self._changed.notify()

    def end(self, host: str) -> None:
        """Say that a hop to `host` is over."""
        with self._changed:
            if self._waiting[host]:
                self._ready.append(self._waiting[host].popleft())
                self._changed.notify()
            else:
                self._active[host] -= 1

    def close(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
