"""A mailbox on an IMAP server (RFC 3501) over TLS: which mails are new, their bytes, and the mark as read.

imaplib speaks the protocol. Time and bytes are bounded by the sockets of `connections`, so that a server that
sends a byte a minute, or without end, is given up. Nothing that the server says is shown: it may repeat the
password.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from digest.errors import FetchError
from digest.fetch.connections import (
    Allowance,
    Hop,
    OverBudgetError,
    TlsSocket,
    connect,
    fault,
    tls_context,
)
from digest.fetch.messages import xoauth2
from digest.fetch.urls import Deadline, Mailbox, parse_url, resolve, system_resolver
from digest.models import Known

MOST_MAILS = 200
"""Of the new mails of a mailbox so many are fetched in a run, the newest; the others wait for the next."""
MOST_BYTES = 4 * 1024 * 1024
"""Of a longer mail the beginning is fetched: its text stands before what is attached."""
_LONGEST_S = 120.0
"""For all of one visit: 200 mails at half a second each, and the log-in."""
_MOST_ANSWERED = 2 * MOST_MAILS * MOST_BYTES
_MARKED_AT_ONCE = 200  # numbers in one command; servers allow 8,000 bytes (RFC 7162, section 4)
_NUMBER = re.compile(rb"[0-9]{1,10}")
_FAULTS = (imaplib.IMAP4.error, OSError, OverBudgetError, ValueError, LookupError, TypeError)
"""What imaplib raises on what a server may say, and the socket."""


@contextmanager
def visit(
    box: Mailbox,
    password: str,
    *,
    has_token: bool = False,
    certificates: str = "",
    seconds: float = _LONGEST_S,
) -> Iterator["Visit"]:
    """Log in and give the open mailbox; it is left on leaving. `has_token`: the password is one of OAuth2.

    Raises `FetchError`, also within the block, whatever goes wrong.
    """
    with _explained(box, seconds):
        allowance = Allowance(Deadline(seconds), _MOST_ANSWERED)
        server = _Server(box, allowance, certificates)
        try:
            _log_in(server, box, password, has_token=has_token)
            yield Visit(server, box)
        finally:
            with suppress(*_FAULTS):
                server.logout()


class Visit:
    """An open mailbox. A mail's key is its mailbox's number and its own: no other mail ever has it."""

    def __init__(self, server: imaplib.IMAP4, box: Mailbox) -> None:
        """Keep the connection; each method opens the folder as it needs it."""
        self._server = server
        self._box = box

    def keys(self, *, unread: bool, since: datetime | None) -> list[str]:
        """Return the keys of the mails that are unread or not, and came since a day, the oldest first."""
        validity = self._open(readonly=True)
        wanted = ["UNSEEN"] if unread else ["ALL"]
        if since is not None:  # a day earlier: the server's day may be another one
            day = imaplib.Time2Internaldate((since - timedelta(days=1)).astimezone())[1:12]
            wanted += ["SINCE", day]
        _, found = self._server.uid("SEARCH", *wanted)
        numbers = {int(number) for line in found if line for number in _NUMBER.findall(line)}
        return [f"{validity}.{number}" for number in sorted(numbers)]

    def content(self, key: str) -> bytes:
        """Return a mail, which stays unread; nothing where it has gone meanwhile."""
        asked = f"(BODY.PEEK[]<0.{MOST_BYTES}>)"
        _, found = self._server.uid("FETCH", key.partition(".")[2], asked)
        return next((bytes(part[1]) for part in found if isinstance(part, tuple)), b"")

    def mark(self, keys: Sequence[str]) -> None:
        """Mark mails as read."""
        validity = self._open(readonly=False)
        numbers = [
            number for own, _, number in (key.partition(".") for key in keys) if own == validity
        ]
        for at in range(0, len(numbers), _MARKED_AT_ONCE):
            some = ",".join(numbers[at : at + _MARKED_AT_ONCE])
            answer, _ = self._server.uid("STORE", some, "+FLAGS.SILENT", r"(\Seen)")
            if answer != "OK":
                raise FetchError(self._box.place, "its mails cannot be marked as read")

    def _open(self, *, readonly: bool) -> str:
        """Open the folder and return the number that its mails' numbers hold for (UIDVALIDITY)."""
        answer, _ = self._server.select(self._box.encoded_folder, readonly=readonly)
        if answer != "OK":
            raise FetchError(self._box.place, "no such folder; correct the address")
        _, found = self._server.response("UIDVALIDITY")
        return (found[-1] or b"0").decode("ascii")


def new_keys(keys: Sequence[str], known: Known) -> tuple[list[str], int]:
    """Return the keys of the newest mails that are not known, and how many others are left for later."""
    new = [key for key in keys if not known.has(key)]
    return new[-MOST_MAILS:], max(0, len(new) - MOST_MAILS)


class _Server(imaplib.IMAP4):
    """imaplib over a socket that knows what it may still spend."""

    def __init__(self, box: Mailbox, allowance: Allowance, certificates: str) -> None:
        self._allowance = allowance
        self._certificates = certificates
        super().__init__(box.host, box.port)

    def read(self, size: int) -> bytes:
        """Read a literal, if the server announces no longer one than was asked for."""
        if size > MOST_BYTES:
            raise OverBudgetError
        return super().read(size)

    def _create_socket(self, _timeout: float | None) -> TlsSocket:
        deadline = self._allowance.deadline
        url = parse_url(f"https://{_bracketed(self.host)}:{self.port}/")
        # The user alone names it: it may well stand on one's own machine or network.
        hop = Hop(url=url, headers={}, deadline=deadline, max_bytes=0, private=True)
        plain = connect(hop, resolve(system_resolver, url.host, url.port, deadline))
        plain.settimeout(deadline.remaining())
        context = tls_context(self._certificates, protocols=())
        secure = context.wrap_socket(plain, server_hostname=url.host, suppress_ragged_eofs=False)
        assert isinstance(secure, TlsSocket)
        secure.allowance = self._allowance
        return secure


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _log_in(server: imaplib.IMAP4, box: Mailbox, password: str, *, has_token: bool) -> None:
    answer: Callable[[bytes], bytes] = lambda _: f"\0{box.user}\0{password}".encode()  # noqa: E731
    # An error of XOAUTH2 is a challenge, which is answered by nothing.
    said = iter((xoauth2(box.user, password),))
    try:
        if has_token:
            server.authenticate("XOAUTH2", lambda _: next(said, b""))
        elif "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", answer)
        else:
            server.login(box.user, password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        word, advice = ("token", "renew it") if has_token else ("password", "correct it")
        raise FetchError(
            box.place, f"the server does not take the {word} of {box.user}; {advice}"
        ) from error


@contextmanager
def _explained(box: Mailbox, seconds: float) -> Iterator[None]:
    """Turn what goes wrong on the wire into a sentence."""
    try:
        yield
    except TimeoutError as error:
        reason = f"it did not answer within {seconds:g} s; the rest waits for the next run"
        raise FetchError(box.place, reason) from error
    except (imaplib.IMAP4.abort, ssl.SSLEOFError) as error:
        raise FetchError(box.place, "the connection broke off; try again later") from error
    except (ssl.SSLError, OSError, OverBudgetError) as error:
        raise FetchError(box.place, fault(error)) from error
    except _FAULTS as error:
        raise FetchError(box.place, "it does not answer as an IMAP server does") from error
