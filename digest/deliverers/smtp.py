"""Handing a mail to an SMTP server (RFC 5321)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.deliverers.addresses import mailbox
from digest.errors import ConfigError, DeliveryError

if TYPE_CHECKING:
    import smtplib


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpDeliverer:
    """Hands a mail to one server for one recipient."""

    host: str
    port: int
    starttls: bool = False
    """Require TLS, with a certificate that proves the host's name."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_s: float = 60.0
    """For connecting and for each answer of the server."""

    def __post_init__(self) -> None:
        """Refuse to send a password in the clear."""
        if self.username is not None and not self.starttls:
            raise ConfigError("a password is sent over TLS only: add --starttls, or no user name")

    def __call__(self, message: bytes, sender: str, recipient: str) -> None:
        """Hand over `message`; raises `DeliveryError`, which says whether trying again can help."""
        import smtplib
        import ssl

        origin, target = mailbox(sender).address, mailbox(recipient).address
        try:
            self._deliver(message, origin, target)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = error.recipients[target]
            raise _refused(recipient, code, reason) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(recipient, error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(recipient, f"{self._place}: {_line(error)}") from error
        except ssl.SSLError as error:
            raise DeliveryError(recipient, f"{self._place}: no safe TLS: {_line(error)}") from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            fault = f"{self._place}: {_line(error) or type(error).__name__}"
            raise DeliveryError(recipient, fault, temporary=True) from error

    @property
    def _place(self) -> str:
        return f"{self.host}:{self.port}"

    def _deliver(self, message: bytes, sender: str, recipient: str) -> None:
        import smtplib
        import ssl

        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)
        try:
            server.ehlo_or_helo_if_needed()
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.username is not None:
                server.login(self.username, self.password or "")
            server.sendmail(sender, [recipient], message)
            _say_goodbye(server)
        finally:
            server.close()


def _say_goodbye(server: "smtplib.SMTP") -> None:
    """The mail has been accepted: whatever goes wrong from here on does not make it undelivered."""
    import contextlib
    import smtplib

    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()


def _refused(recipient: str, code: int, reason: bytes | str) -> DeliveryError:
    said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return DeliveryError(
        recipient, f"the server said {code} {_line(said)}", temporary=400 <= code < 500
    )


def _line(reason: object) -> str:
    text = " ".join(str(reason).split())
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"
