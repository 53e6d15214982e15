"""One mail over one SMTP connection: MAIL, RCPT, DATA, and the dot from which on it may have been taken."""

import contextlib
import re
import smtplib

from digest.deliverers.connection import Connection
from digest.deliverers.outcome import Begin, Envelope, Outcome, SessionError

CLOSING = 421
_NUMBER = re.compile(r"[0-9]{1,18}")
FAULTS = (smtplib.SMTPException, OSError, ValueError, LookupError)
"""What smtplib and the socket raise."""


class LostError(Exception):
    """The connection ended before the server could have taken the mail."""


def hand_over(
    connection: Connection, envelope: Envelope, begin: Begin, data_timeout_s: float
) -> Outcome | None:
    """MAIL, RCPT, DATA and the dot; after an answer that ends it, RSET makes the connection good again."""
    problem = _unfit(connection, envelope)
    if problem:
        return Outcome(state="REFUSED", answer=problem)
    try:
        answer = _announce(connection, envelope)
        if answer is not None:
            _reset(connection)
            return answer
        if not begin():
            _reset(connection)
            return None
        code, words = connection.docmd("DATA")
        if code != 354:
            _raise_if_closing(connection, code, words)
            _reset(connection)
            return _refusal(code, words)
        early = _send_body(connection, envelope.content)
    except FAULTS as error:
        raise LostError(why(error)) from error
    return early or _end(connection, data_timeout_s)


def _unfit(connection: Connection, envelope: Envelope) -> str:
    """Say why the server could never take the mail, from what it said of itself; empty where it could."""
    limit = connection.esmtp_features.get("size", "").split(" ")[0]
    if _NUMBER.fullmatch(limit) and 0 < int(limit) < len(envelope.content):
        return f"the mail has {len(envelope.content):,} bytes, the server takes {int(limit):,}"
    if not envelope.recipient.isascii() and not connection.has_extn("smtputf8"):
        return "the part before the @ is not ASCII, and the server does not speak SMTPUTF8"
    return ""


def _announce(connection: Connection, envelope: Envelope) -> Outcome | None:
    """Name sender and recipient; return what came of it where the server wants no mail after that."""
    options = []
    if connection.has_extn("size"):
        options.append(f"SIZE={len(envelope.content)}")
    if not envelope.recipient.isascii():
        options.append("SMTPUTF8")
    code, words = connection.mail(envelope.sender, options)
    if not 200 <= code < 300:
        _raise_if_closing(connection, code, words)
        if code != 552:
            # It is the sender that is not wanted, whoever the recipient is.
            _reset(connection)
            raise SessionError(
                envelope.sender, said(code, words), temporary=code < 500, wait=code < 500
            )
        return _refusal(code, words)
    code, words = connection.rcpt(envelope.recipient)
    if 200 <= code < 300:
        return None
    _raise_if_closing(connection, code, words)
    return _refusal(code, words)


def _send_body(connection: Connection, content: bytes) -> Outcome | None:
    """Send all but the dot that ends a mail: until then no server has taken it."""
    assert connection.sock is not None
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    if not stuffed.endswith(b"\r\n"):
        stuffed += b"\r\n"
    try:
        connection.sock.settimeout(connection.reply_timeout_s)
        connection.sock.sendall(stuffed)
    except OSError:
        # It may have said why before it hung up.
        code, words = connection.getreply()
        connection.close()
        if code < 400:
            raise
        return _refusal(code, words)
    return None


def _end(connection: Connection, timeout_s: float) -> Outcome:
    """Send the dot. From here on a lost answer means that nobody knows."""
    before = connection.reply_timeout_s
    connection.reply_timeout_s = timeout_s
    try:
        assert connection.sock is not None
        connection.sock.sendall(b".\r\n")
        code, words = connection.getreply()
    except FAULTS as error:
        connection.close()
        return Outcome(state="UNCERTAIN", answer=f"no answer to the whole mail: {why(error)}")
    connection.reply_timeout_s = before
    if 200 <= code < 300:
        return Outcome(state="SENT", answer=line(f"{code} {_text(words)}"))
    if code < 400:
        connection.close()
        return Outcome(state="UNCERTAIN", answer=said(code, words))
    if code == CLOSING:
        connection.close()
    return _refusal(code, words)


def _reset(connection: Connection) -> None:
    with contextlib.suppress(*FAULTS):
        code, _ = connection.rset()
        if code == 250:
            return
    connection.close()


def _raise_if_closing(connection: Connection, code: int, words: bytes) -> None:
    if code == CLOSING or not 400 <= code < 600:
        connection.close()
        raise LostError(said(code, words))


def _refusal(code: int, words: bytes) -> Outcome:
    temporary = code < 500
    return Outcome(
        state="DEFERRED" if temporary else "REFUSED", answer=said(code, words), wait=temporary
    )


def why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return line(error.strerror).lower()
    return line(error)


def said(code: int, words: bytes | str) -> str:
    """Return a reply in one line."""
    return f"the server said {code} {_text(words)}".rstrip()


def _text(words: bytes | str) -> str:
    return line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words)


def line(reason: object) -> str:
    """Return a reason in one line of at most 200 characters."""
    text = " ".join(str(reason).split()) or type(reason).__name__
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"
