"""Host names to IP addresses, within a deadline."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence

from digest.fetch.deadlines import Deadline

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host, the preferred one first; raises `OSError`."""


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
