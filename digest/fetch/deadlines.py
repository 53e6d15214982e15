"""How long all of one fetch may take."""

import time


class Deadline:
    """A moment that everything a fetch does has to meet: name lookup, connecting, TLS, each byte."""

    def __init__(self, seconds: float, *, spent_s: float = 0.0) -> None:
        """Begin now; of the `seconds` for all of it, `spent_s` are gone."""
        self.seconds = seconds
        self._end = time.monotonic() + seconds - spent_s

    def remaining(self) -> float:
        """Return the seconds left, more than 0; raises `TimeoutError` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
