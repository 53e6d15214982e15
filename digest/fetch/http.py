"""Request -> Response over HTTP, politely and safely.

A fetch is a trip of hops: each goes to an address that was looked up, checked, and connected to as
checked, so that neither a redirect nor a name that changes its address (DNS rebinding) leads inside.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from digest.errors import FetchError, without_credentials
from digest.fetch.deadlines import Deadline
from digest.fetch.decompression import ACCEPTED, CodingError, beginning, body, too_large
from digest.fetch.heads import REDIRECTS, content_type, reason, retry_after_s
from digest.fetch.messages import Request, Response
from digest.fetch.resolution import Resolver, system_resolver
from digest.fetch.robots import MAX_BYTES, Robots
from digest.fetch.trips import Trip, conditions, headers_of, redirected, usable
from digest.fetch.urls import Url, parse_url
from digest.models import RawDocument, Source

if TYPE_CHECKING:
    import ssl

    from digest.fetch.connections import Answer


def _user_agent() -> str:
    from digest import __version__

    return f"digest/{__version__} (+https://digest.example/)"


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
        step: Trip | Response = self.start(request)
        while isinstance(step, Trip):
            step = self.step(step)
        return step

    def start(self, request: Request) -> Trip:
        """Return the trip that `request` sets out on; raises `FetchError` for a bad address."""
        return Trip(request=request, url=parse_url(request.url), public=request.from_public)

    def step(self, trip: Trip) -> Trip | Response:
        """Make one hop: return the answer, or the trip that goes on where it redirects; see `get`."""
        began = time.monotonic()
        deadline = Deadline(self.timeout_s, spent_s=trip.spent_s)
        try:
            if trip.request.is_page:
                self._robots.check(
                    trip.url,
                    self.user_agent.partition("/")[0],
                    lambda url: self._robots_txt(url, trip, deadline),
                )
            with self._answer(trip, deadline) as answer:
                onward = self._redirected(trip, answer)
                if onward is None:
                    return self._response(trip, answer)
        except FetchError as error:
            raise _at_the_start(error, trip) from error
        return replace(onward, spent_s=trip.spent_s + time.monotonic() - began)

    @contextmanager
    def _answer(self, trip: Trip, deadline: Deadline) -> "Iterator[Answer]":
        from digest.fetch.connections import Hop, exchange

        hop = Hop(
            url=trip.url,
            headers=headers_of(trip, user_agent=self.user_agent, codings=ACCEPTED),
            deadline=deadline,
            max_bytes=self.max_bytes,
            private=self.allow_private,
            from_public=trip.public,
        )
        with exchange(hop, self.resolver, lambda: self._tls) as answer:
            yield answer

    def _redirected(self, trip: Trip, answer: "Answer") -> Trip | None:
        if answer.status not in REDIRECTS:
            return None
        location = answer.header("location")
        return redirected(
            trip, answer.status, location, public=answer.public, most=self.max_redirects
        )

    def _response(self, trip: Trip, answer: "Answer") -> Response:
        if answer.status not in (200, 304):
            raise _status_error(trip, answer)
        if answer.status == 304 and not conditions(trip.request):
            raise FetchError(
                str(trip.url),
                "the server said 304 (not modified) to a first request; try again later",
            )
        content = b"" if answer.status == 304 else self._body(answer)
        media_type, charset = content_type(answer.header("content-type"))
        etag, last_modified = answer.header("etag"), answer.header("last-modified")
        return Response(
            request=trip.request,
            url=str(trip.url),
            status=answer.status,
            public=answer.public,
            content=content,
            media_type=media_type,
            charset=charset,
            etag=etag if usable(etag) else "",
            last_modified=last_modified if usable(last_modified) else "",
            moved_to=_new_address(trip),
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

    def _robots_txt(self, url: Url, trip: Trip, deadline: Deadline) -> bytes | None:
        """Return the beginning of a robots.txt, or None where the site has none."""
        onward: Trip | None = Trip(request=Request(url=str(url)), url=url, public=trip.public)
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
        from digest.fetch.sockets import tls_context

        return tls_context(self.certificates)


def _new_address(trip: Trip) -> str:
    """Return where all of a trip moved for good; not where a password would be lost on the way."""
    old = trip.request.url
    if not trip.visited or not trip.permanent or without_credentials(old) != old:
        return ""
    return str(trip.url)


def _at_the_start(error: FetchError, trip: Trip) -> FetchError:
    """Return an error of a later hop as one of the address that was asked for."""
    where = f"redirected to {error.source}: " if trip.visited else ""
    return FetchError(trip.request.url, where + error.reason, retry_after_s=error.retry_after_s)


def _status_error(trip: Trip, answer: "Answer", about: str = "") -> FetchError:
    wait = retry_after_s(answer.header("retry-after"))
    return FetchError(str(trip.url), about + reason(answer.status), retry_after_s=wait)
