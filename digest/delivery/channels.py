"""What goes to a server or a folder, and what can become of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from digest.errors import DeliveryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail with the addresses that stand outside it."""

    sender: str
    recipient: str
    message_id: str
    content: bytes
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
    """The server serves nobody at present: no recipient is to blame, and none is told apart."""

    def __init__(self, place: str, reason: str, *, temporary: bool, wait: bool = False) -> None:
        """Say which server and why; `wait` says that it asked not to be asked again at once."""
        super().__init__(place, reason, temporary=temporary)
        self.wait = wait


Begin = Callable[[], bool]
"""Notes durably that a mail is being handed over; False where it must not be any more."""


class Transport(Protocol):
    """Hands over one mail: calls `begin` before anybody could have taken it.

    Returns None where `begin` said no. Raises `SessionError` where no mail can be handed over.
    """

    def __call__(self, envelope: Envelope, begin: Begin, /) -> Outcome | None: ...


Opener = Callable[[], AbstractContextManager[Transport]]
"""Opens a transport for a number of mails."""
