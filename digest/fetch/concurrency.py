"""Many fetches at once, few at any one host."""

import queue
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.errors import FetchError
from digest.fetch.http import HttpFetcher
from digest.fetch.messages import Request, Response
from digest.fetch.trips import Trip

Outcome = tuple[int, Response | FetchError]
_AHEAD = 3
"""Answers that nobody has taken yet are as many as the workers times this: they wait in memory."""


def fetch_all(
    fetch: HttpFetcher, requests: Sequence[Request], *, workers: int = 16, per_host: int = 2
) -> Iterator[Outcome]:
    """Yield the index of each request with its answer, or with the error, as they finish.

    A redirect waits its turn at the host it leads to, and no worker waits for it: a slow host keeps at
    most `per_host` workers. Where the answers are taken slowly, the fetching waits. Leaving the loop, also
    by Ctrl-C, leaves at once: nothing more is begun, and what is under way ends by itself in the background.
    """
    schedule = _Schedule(per_host=per_host, most=_AHEAD * workers)
    refused: list[Outcome] = []
    for index, request in enumerate(requests):
        try:
            schedule.add(index, fetch.start(request))
        except FetchError as error:
            refused.append((index, error))
    left = len(requests) - len(refused)
    results: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
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
    results: "queue.SimpleQueue[Outcome | BaseException]",
) -> None:
    while (task := schedule.next()) is not None:
        index, trip = task
        try:
            step = fetch.step(trip)
        except FetchError as error:
            results.put((index, error))
        except BaseException as error:  # noqa: BLE001 - a bug; it is raised where the results are read
            results.put(error)
        else:
            if isinstance(step, Trip):
                schedule.taken()
                schedule.add(index, step)
            else:
                results.put((index, step))
        finally:
            schedule.end(trip.url.host)


@dataclass(slots=True)
class _Schedule:
    """Which hop is next: each host has at most `per_host` hops ready or under way, and the rest wait."""

    per_host: int
    most: int
    """So many hops may be under way or have an answer that was not taken yet."""
    _out: int = 0
    _ready: deque[tuple[int, Trip]] = field(default_factory=deque)
    _waiting: dict[str, deque[tuple[int, Trip]]] = field(default_factory=lambda: defaultdict(deque))
    _active: Counter[str] = field(default_factory=Counter)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False

    def add(self, index: int, trip: Trip) -> None:
        """Line up a hop."""
        host = trip.url.host
        with self._changed:
            if self._active[host] < self.per_host:
                self._active[host] += 1
                self._ready.append((index, trip))
                self._changed.notify()
            else:
                self._waiting[host].append((index, trip))

    def next(self) -> tuple[int, Trip] | None:
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
