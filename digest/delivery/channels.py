"""Channels: the seam through which mails leave. Each has a key and a payload, and is handed over.

A channel is a module of this package and a row of `CHANNELS`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from digest.errors import DeliveryError


class Kind(NamedTuple):
    """Where a channel is made, and what it cannot be made without."""

    module: str
    """Its `open_channel` makes the channel from `[mail]`."""
    needs: str = ""
    """A key of `[mail]`."""


CHANNELS = {
    "smtp": Kind("digest.delivery.smtp"),
    "maildir": Kind("digest.delivery.folders", needs="folder"),
    "file": Kind("digest.delivery.folders", needs="folder"),
}
"""What `deliver` may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail, and what is written on the outside of it."""

    key: str
    """Its Message-ID. A mail that is handed over again has the same, so that it is known for the same."""
    payload: bytes
    sender: str
    recipient: str
    name: str = ""
    """What a file of it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one mail."""

    state: Literal["SENT", "DEFERRED", "REFUSED", "UNCERTAIN"]
    answer: str
    """In one line, mostly the server's own words."""
    wait: bool = False
    """True where the server asked not to be asked again at once."""


class SessionError(DeliveryError):
    """The server serves nobody at present, whoever the recipient is."""

    def __init__(self, place: str, reason: str, *, temporary: bool, wait: bool = False) -> None:
        """Say which server and why; `wait` says that it asked not to be asked again at once."""
        super().__init__(place, reason, temporary=temporary)
        self.wait = wait


Begin = Callable[[], bool]
"""Notes durably that a mail is being handed over; False where it must not be any more."""


class HandOver(Protocol):
    """Hands over one mail: calls `begin` before anybody could have taken it.

    Returns None where `begin` said no. Raises `SessionError` where no mail can be handed over.
    """

    def __call__(self, envelope: Envelope, begin: Begin, /) -> Outcome | None: ...


class Channel(Protocol):
    """A way for mails to leave."""

    @property
    def place(self) -> str:
        """Where they go, such as `mail.example.org:587` or a folder."""

    def check(self) -> None:
        """See that mails could be handed over; raises `SessionError` or `WriteError` where they could not."""

    def session(self) -> AbstractContextManager[HandOver]:
        """Return what hands over any number of mails, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneByOne:
    """A channel that holds nothing open from one message to the next."""

    def check(self) -> None:
        """Nothing can be seen without sending something."""

    @contextmanager
    def session(self) -> Iterator[HandOver]:
        """Return what hands over a message."""

        def hand_over(envelope: Envelope, begin: Begin, /) -> Outcome | None:
            return self._sent(envelope) if begin() else None

        yield hand_over

    def _sent(self, envelope: Envelope) -> Outcome:
        raise NotImplementedError
