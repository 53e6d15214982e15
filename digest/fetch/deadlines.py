"""How long all of one fetch may take."""

import time


class Deadline:
    """A moment that everything a fetch does has to meet: name lookup, connecting, TLS, each byte."""

    def __init__(self, seconds: float) -> None:
        """Begin now; `seconds` are left."""
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds left, more than 0; raises `TimeoutError` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
