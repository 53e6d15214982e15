"""Other people's parsers on hostile input: what they raise there says nothing that a user could use."""

import logging
from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

from digest.errors import BUGS
from digest.limits import uncounted

T = TypeVar("T")


@cache
def tame_htmldate() -> None:
    """Have what htmldate loads once, for seconds, not count as the time of the page that first needs it."""
    from htmldate import extractors

    for name in ("month_words", "get_external_parser"):
        if hasattr(extractors, name):
            setattr(extractors, name, partial(_uncounted, getattr(extractors, name)))


def _uncounted(load: Callable[[], T]) -> T:
    with uncounted():
        return load()


def guarded(action: Callable[[], T], default: T, *also: type[Exception]) -> T:
    """Return what a call into a library gives, or the default where the library fails on its input.

    `also` has the library's own errors. For calls on untrusted data alone: met were `email` on broken
    headers, htmldate on a time zone of 99 hours, urllib on `http://[`. The failure is logged at debug level.
    """
    expected: tuple[type[Exception], ...] = (*BUGS, RecursionError, *also)
    try:
        return action()
    except expected as error:
        logging.getLogger("digest").debug("a library failed on its input: %r", error)
        return default
