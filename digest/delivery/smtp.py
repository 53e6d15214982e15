"""Handing mails to an SMTP server (RFC 5321), one command at a time, so that it is known what it took."""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from digest.delivery.channels import Begin, Channel, Envelope, Outcome, SessionError
from digest.delivery.connection import Connection, Secret, line, why
from digest.delivery.options import MailConfig, Security, password
from digest.errors import ConfigError

_STRIKES = 3
"""New connections in a row that break before a mail is taken: after so many the server is left alone."""
_QUIT_TIMEOUT_S = 5.0
"""Nothing depends on the answer to QUIT."""
_CLOSING = 421
"""The server closes the connection (RFC 5321, section 4.2.1)."""
_NUMBER = re.compile(r"[0-9]{1,18}")
FAULTS = (smtplib.SMTPException, OSError, ValueError, LookupError)
"""What smtplib and the socket raise."""


def open_channel(mail: MailConfig) -> Channel:
    """Return the server that `mail` names; raises `ConfigError` where its password is missing."""
    return SmtpServer(
        host=mail.host,
        port=mail.server_port,
        security=mail.encryption,
        user=mail.user,
        password=password(mail),
        token=partial(password, mail) if mail.auth == "oauth2" else None,
        timeout_s=mail.timeout,
        data_timeout_s=mail.data_timeout,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A server, and how it is spoken to."""

    host: str
    port: int
    security: Security = "starttls"
    """`starttls` and `tls` need a certificate that proves the host's name; nothing is sent otherwise."""
    user: str = ""
    password: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    """Returns the token of OAuth2 for a connection: a token lasts an hour, and mails may take longer."""
    timeout_s: float = 60.0
    """For connecting and for each answer."""
    data_timeout_s: float = 600.0
    """For taking a mail, after its last line (RFC 5321, section 4.5.3.2.6)."""

    def __post_init__(self) -> None:
        """Refuse to send a password in the clear."""
        if self.user and self.security == "none":
            raise ConfigError(
                'a password is sent over TLS only: set security = "starttls" or "tls", or no user'
            )

    @contextmanager
    def session(self) -> Iterator["SmtpSession"]:
        """Open a session; it connects when the first mail is handed to it."""
        session = SmtpSession(self)
        try:
            yield session
        finally:
            session.close()

    @property
    def place(self) -> str:
        """Such as `mail.example.org:587`."""
        return f"{self.host}:{self.port}"

    def check(self) -> None:
        """Connect, encrypt, log in and quit; raises `SessionError`."""
        session = SmtpSession(self)
        session.connect()
        session.close()

    def connect(self) -> Connection:
        """Connect, encrypt and log in; raises `SessionError`."""
        connection: Connection | None = None
        word = self._word()
        try:
            connection = self._connected(word)
            self._greet(connection)
            if self.security == "starttls":
                connection.starttls(context=ssl.create_default_context())
                self._greet(connection)
            if self.user:
                connection.login(self.user, word, with_token=self.token is not None)
        except FAULTS as error:
            if connection is not None:
                connection.close()
            raise self._fault(error) from error
        return connection

    def _word(self) -> str:
        try:
            return self.token() if self.token else self.password
        except ConfigError as error:
            raise SessionError(self.place, str(error), temporary=True, wait=True) from error

    def _connected(self, word: str) -> Connection:
        context = ssl.create_default_context() if self.security == "tls" else None
        return Connection(
            self.host,
            self.port,
            timeout_s=self.timeout_s,
            context=context,
            secret=Secret(word, self.user),
        )

    def _greet(self, connection: Connection) -> None:
        code, said = connection.ehlo()
        if not 200 <= code < 300:
            if code == _CLOSING:
                raise smtplib.SMTPHeloError(code, said)
            code, said = connection.helo()
        if not 200 <= code < 300:
            raise smtplib.SMTPHeloError(code, said)

    def _fault(self, error: Exception) -> SessionError:
        """Return the error with its reason; it is temporary where no person has to do anything."""
        reason, temporary, wait = why(error), False, False
        if isinstance(error, ssl.SSLCertVerificationError):
            reason = f"its certificate does not prove who it is: {line(error.verify_message)}"
        elif isinstance(error, ssl.SSLError):
            reason = f"no safe TLS: {reason}"
        elif isinstance(error, smtplib.SMTPResponseException):
            reason = said(error.smtp_code, error.smtp_error)
            temporary = wait = 400 <= error.smtp_code < 500
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            reason = _missing(error)
        elif isinstance(error, UnicodeError):
            reason = "the name of the host is none"
        elif type(error) is smtplib.SMTPException:
            reason = "no way to log in that both it and we know"
        else:
            temporary = True
        return SessionError(self.place, reason, temporary=temporary, wait=wait)


class SmtpSession:
    """Hands over mails on one connection, and makes a new one where the old one is gone."""

    def __init__(self, server: SmtpServer) -> None:
        """Keep the server; the first mail connects."""
        self._server = server
        self._connection: Connection | None = None
        self._is_fresh = True
        self._strikes = 0

    def __call__(self, envelope: Envelope, begin: Begin, /) -> Outcome | None:
        """Hand over one mail; raises `SessionError` where the server serves nobody."""
        while True:
            if self._strikes >= _STRIKES:
                reason = "it broke off again and again; the rest waits"
                raise SessionError(self._server.place, reason, temporary=True, wait=True)
            connection = self.connect()
            was_fresh, self._is_fresh = self._is_fresh, False
            try:
                outcome = hand_over(connection, envelope, begin, self._server.data_timeout_s)
            except LostError as lost:
                self._drop()
                if not was_fresh:
                    continue  # it has taken mails before: the server closed it while it was idle
                self._strikes += 1
                return Outcome(state="DEFERRED", answer=str(lost), wait=True)
            if connection.sock is None:
                self._drop()
            if outcome is not None:
                self._strikes = self._strikes + 1 if outcome.state == "UNCERTAIN" else 0
            return outcome

    def connect(self) -> Connection:
        """Connect where there is no connection; raises `SessionError`."""
        if self._connection is None:
            self._connection = self._server.connect()
            self._is_fresh = True
        return self._connection

    def close(self) -> None:
        """Quit; what the server took stays taken, whatever it answers."""
        if self._connection is not None:
            self._connection.reply_timeout_s = _QUIT_TIMEOUT_S
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _missing(error: smtplib.SMTPNotSupportedError) -> str:
    if "STARTTLS" in str(error):
        return 'the server does not offer STARTTLS; set security = "tls", or "none" on your own network'
    return "the server does not offer a login; leave out the user"


class LostError(Exception):
    """The connection ended before the server could have taken the mail."""


def hand_over(
    connection: Connection, envelope: Envelope, begin: Begin, data_timeout_s: float
) -> Outcome | None:
    """Send MAIL, RCPT, DATA and the dot; where the server refuses one of them, RSET clears the connection."""
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
        early = _send_body(connection, envelope.payload)
    except FAULTS as error:
        raise LostError(why(error)) from error
    return early or _end(connection, data_timeout_s)


def _unfit(connection: Connection, envelope: Envelope) -> str:
    """Say why the server could never take the mail, from what it said of itself; empty where it could."""
    limit = connection.esmtp_features.get("size", "").split(" ")[0]
    if _NUMBER.fullmatch(limit) and 0 < int(limit) < len(envelope.payload):
        return f"the mail has {len(envelope.payload):,} bytes, the server takes {int(limit):,}"
    if not envelope.recipient.isascii() and not connection.has_extn("smtputf8"):
        return "the part before the @ is not ASCII, and the server does not speak SMTPUTF8"
    return ""


def _announce(connection: Connection, envelope: Envelope) -> Outcome | None:
    """Name sender and recipient; return the outcome where the server refuses them, else None."""
    options = []
    if connection.has_extn("size"):
        options.append(f"SIZE={len(envelope.payload)}")
    if not envelope.recipient.isascii():
        options.append("SMTPUTF8")
    code, words = connection.mail(envelope.sender, options)
    if not 200 <= code < 300:
        _raise_if_closing(connection, code, words)
        if code != 552:
            # The sender is refused, whoever the recipient is.
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
    """Send all but the final dot: until then no server has taken the mail."""
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
        # It may have given a reason before it closed the connection.
        code, words = connection.getreply()
        connection.close()
        if code < 400:
            raise
        return _refusal(code, words)
    return None


def _end(connection: Connection, timeout_s: float) -> Outcome:
    """Send the dot. From here on, a lost answer leaves it unknown whether the mail was taken."""
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
    if code == _CLOSING:
        connection.close()
    return _refusal(code, words)


def _reset(connection: Connection) -> None:
    with contextlib.suppress(*FAULTS):
        code, _ = connection.rset()
        if code == 250:
            return
    connection.close()


def _raise_if_closing(connection: Connection, code: int, words: bytes) -> None:
    if code == _CLOSING or not 400 <= code < 600:
        connection.close()
        raise LostError(said(code, words))


def _refusal(code: int, words: bytes) -> Outcome:
    temporary = code < 500
    return Outcome(
        state="DEFERRED" if temporary else "REFUSED", answer=said(code, words), wait=temporary
    )


def said(code: int, words: bytes | str) -> str:
    """Return a reply in one line."""
    return f"the server said {code} {_text(words)}".rstrip()


def _text(words: bytes | str) -> str:
    return line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words)
