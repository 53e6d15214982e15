"""Handing mails to an SMTP server (RFC 5321), one command at a time, so that it is known what it took."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from digest.deliverers.connection import Connection
from digest.deliverers.options import Security
from digest.deliverers.outcome import Begin, Envelope, Outcome, SessionError
from digest.deliverers.secrets import Secret
from digest.deliverers.transaction import (
    CLOSING,
    FAULTS,
    LostError,
    hand_over,
    line,
    said,
    why,
)
from digest.errors import ConfigError

_STRIKES = 3
"""So many new connections in a row that broke before a mail was taken, and the server is left alone."""
_QUIT_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A server, and how it is spoken to. Called, it opens a session for any number of mails."""

    host: str
    port: int
    security: Security = "starttls"
    """`starttls` and `tls` need a certificate that proves the host's name; nothing is sent otherwise."""
    user: str = ""
    password: str = field(default="", repr=False)
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
    def __call__(self) -> Iterator["SmtpSession"]:
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
        """Connect, encrypt, log in and take leave; raises `SessionError`."""
        session = SmtpSession(self)
        session.connect()
        session.close()

    def connect(self) -> Connection:
        """Connect, encrypt and log in; raises `SessionError`."""
        connection: Connection | None = None
        try:
            connection = self._connected()
            self._greet(connection)
            if self.security == "starttls":
                connection.starttls(context=ssl.create_default_context())
                self._greet(connection)
            if self.user:
                connection.login(self.user, self.password)
        except FAULTS as error:
            if connection is not None:
                connection.close()
            raise self._fault(error) from error
        return connection

    def _connected(self) -> Connection:
        context = ssl.create_default_context() if self.security == "tls" else None
        return Connection(
            self.host,
            self.port,
            timeout_s=self.timeout_s,
            context=context,
            secret=Secret(self.password, self.user),
        )

    def _greet(self, connection: Connection) -> None:
        code, said = connection.ehlo()
        if not 200 <= code < 300:
            if code == CLOSING:
                raise smtplib.SMTPHeloError(code, said)
            code, said = connection.helo()
        if not 200 <= code < 300:
            raise smtplib.SMTPHeloError(code, said)

    def _fault(self, error: Exception) -> SessionError:
        """Tell what a person must mend from what time does."""
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
        """Connect to `server` when it is needed."""
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
                    continue  # it has served others before: it was closed behind our back
                self._strikes += 1
                return Outcome(state="DEFERRED", answer=str(lost), wait=True)
            if connection.sock is None:
                self._drop()
            if outcome is not None:
                self._strikes = self._strikes + 1 if outcome.state == "UNCERTAIN" else 0
            return outcome

    def connect(self) -> Connection:
        """Connect where no connection stands; raises `SessionError`."""
        if self._connection is None:
            self._connection = self._server.connect()
            self._is_fresh = True
        return self._connection

    def close(self) -> None:
        """Take leave: what was taken stays taken, whatever the server says to that."""
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
