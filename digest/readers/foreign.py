"""Other people's parsers on hostile input: what they raise there says nothing that a user could use."""

import logging
from collections.abc import Callable
from typing import TypeVar

from digest.errors import BUGS

T = TypeVar("T")


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
