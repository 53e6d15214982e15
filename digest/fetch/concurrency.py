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


def fetch_all(
    fetch: HttpFetcher, requests: Sequence[Request], *, workers: int = 16, per_host: int = 2
) -> Iterator[Outcome]:
    """Yield the index of each request with its answer, or with the error, as they finish.

    A redirect waits its turn at the host it leads to, and no worker waits for it: a slow host keeps at
    most `per_host` workers. Leaving the loop, also by Ctrl-C, leaves at once: nothing more is begun, and
    what is under way ends by itself in the background.
    """
    schedule = _Schedule(per_host=per_host)
    results: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
    left = len(requests)
    for index, request in enumerate(requests):
        try:
            schedule.add(index, fetch.start(request))
        except FetchError as error:
            results.put((index, error))
    for _ in range(min(workers, left)):
        # Not a pool of concurrent.futures, whose threads a program waits for before it ends.
        arguments = (fetch, schedule, results)
        threading.Thread(target=_work, args=arguments, name="digest fetch", daemon=True).start()
    try:
        for _ in range(left):
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        schedule.close()


def _work(
    fetch: HttpFetcher,
    schedule: "_Schedule",
    results: "queue.SimpleQueue[Outcome | BaseException]",
) -> None:
    while (task := schedule.take()) is not None:
        index, trip = task
        try:
            step = fetch.step(trip)
        except FetchError as error:
            results.put((index, error))
        except BaseException as error:  # noqa: BLE001 - a bug; it is raised where the results are read
            results.put(error)
        else:
            if isinstance(step, Trip):
                schedule.add(index, step)
            else:
                results.put((index, step))
        finally:
            schedule.end(trip.url.host)


@dataclass(slots=True)
class _Schedule:
    """Which hop is next: each host has at most `per_host` hops ready or under way, and the rest wait."""

    per_host: int
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

    def take(self) -> tuple[int, Trip] | None:
        """Wait for the next hop to be begun; None when there is to be none any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._ready or self._closed)
            return None if self._closed else self._ready.popleft()

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
