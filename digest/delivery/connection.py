"""A connection to a mail server: smtplib's commands, with an end to every wait and every answer."""

import base64
import hmac
import re
import smtplib
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from digest.fetch.messages import xoauth2

_CHALLENGE = 334
"""The reply that asks for the next step of a login (RFC 4954)."""
_CODE = re.compile(rb"[2-5][0-9][0-9]")
_LONGEST_LINE = 4096
_LONGEST_REPLY = 65_536
"""Bytes. RFC 5321 allows 512 a line; the rest is for servers that take more, and against those without end."""

Answer = Callable[[bytes], bytes]
"""Makes the answer to a challenge."""
_HIDDEN = b"***"
_SHORTEST = 3
"""Characters: something shorter is found in every text by chance."""
_SPACE = re.compile(rb"\s+")


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, and how it is removed from texts."""

    password: str = field(default="", repr=False)
    user: str = ""

    def hidden_in(self, said: bytes) -> bytes:
        """Return what a server said without the password: as it is, in base64, in hexadecimal or in a URL."""
        if not self.password:
            return said
        for form in self._forms():
            said = re.sub(re.escape(form), _HIDDEN, said, flags=re.IGNORECASE)
        joined = _SPACE.sub(b"", said).lower()
        if any(_SPACE.sub(b"", form).lower() in joined for form in self._forms()):
            return _HIDDEN  # folded over lines
        return said

    def _forms(self) -> list[bytes]:
        forms = {form for form in self._all() if len(form) >= _SHORTEST} or {self.password.encode()}
        return sorted(forms, key=lambda form: (-len(form), form))

    def _all(self) -> Iterator[bytes]:
        plain = self.password.encode()
        yield plain
        with suppress(UnicodeEncodeError):
            yield self.password.encode("latin-1")
        yield quote(self.password, safe="").encode()
        yield plain.hex().encode()
        yield plain[::-1]
        yield from _in_base64(plain)
        yield base64.b64encode(f"\0{self.user}\0{self.password}".encode())


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Yield the password as part of a longer text in base64: one form for each position within three bytes."""
    yield base64.b64encode(plain)
    for before in range(3):
        text = base64.b64encode(bytes(before) + plain)
        start, end = (0, 2, 3)[before], (before + len(plain)) * 8 // 6
        if len(text[start:end]) > _SHORTEST:
            yield text[start:end]


NO_SECRET = Secret()


class ProtocolError(smtplib.SMTPException):
    """The server said something that is not SMTP."""


class Connection(smtplib.SMTP):
    """An SMTP connection whose every reply arrives within `reply_timeout_s`, whole and well-formed.

    smtplib's own time-out starts again with every byte, and its replies may have any number of lines: a
    server that sends one byte a minute would hold us for ever.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        timeout_s: float,
        context: Any = None,
        secret: Secret = NO_SECRET,
    ) -> None:
        """Connect; with a TLS `context`, TLS comes before the greeting (RFC 8314).

        Nothing that the server says holds `secret`: no reply of it is printed, logged or kept with it.
        """
        self._secret = secret
        self.reply_timeout_s = timeout_s
        self._context = context
        self._name = host
        self._rest = b""
        super().__init__(timeout=timeout_s, local_hostname=_own_name())
        self._host = host
        code, said = self.connect(host, port)
        if code != 220:
            self.close()
            raise smtplib.SMTPConnectError(code, said)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        # The dot is sent on its own: without this it would wait for the answer to what came before it.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context is None:
            return plain
        try:
            wrapped: socket.socket = self._context.wrap_socket(plain, server_hostname=self._name)
        except OSError:
            plain.close()
            raise
        return wrapped

    def getreply(self) -> tuple[int, bytes]:
        """Return the next reply as its code and its lines without the code."""
        assert self.sock is not None
        deadline = time.monotonic() + self.reply_timeout_s
        lines: list[bytes] = []
        code, size = 0, 0
        while True:
            line = self._line(deadline)
            size += len(line)
            number, separator = line[:3], line[3:4]
            known = _CODE.fullmatch(number) and separator in (b"", b" ", b"-")
            if not known or size > _LONGEST_REPLY or (code and int(number) != code):
                self.close()
                shown = self._secret.hidden_in(line)[:60]
                raise ProtocolError(f"an answer that is not SMTP: {shown!r}")
            code = int(number)
            lines.append(line[4:].strip())
            if separator != b"-":
                # A challenge is answered, and no word of it shown.
                said = b"\n".join(lines)
                return code, said if code == _CHALLENGE else self._secret.hidden_in(said)

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._rest:
            if len(self._rest) > _LONGEST_LINE:
                self.close()
                raise ProtocolError(f"a line of more than {_LONGEST_LINE:,} bytes")
            self._rest += self._received(deadline)
        line, _, self._rest = self._rest.partition(b"\n")
        return line.rstrip(b"\r")

    def _received(self, deadline: float) -> bytes:
        assert self.sock is not None
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError("timed out")
            self.sock.settimeout(left)
            data = self.sock.recv(8192)
            self.sock.settimeout(self.reply_timeout_s)
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(why(error)) from error
        if not data:
            self.close()
            raise smtplib.SMTPServerDisconnected("the server closed the connection")
        return data

    def login(
        self,
        user: str,
        password: str,
        *,
        initial_response_ok: bool = True,
        with_token: bool = False,
    ) -> tuple[int, bytes]:
        """Log in by the first way that both know; raises `SMTPException`.

        In UTF-8 (RFC 4616), where smtplib knows ASCII alone. What the server says to it is parsed here, since
        smtplib trusts it to be base64. `with_token`: the password is a token of OAuth2.
        """
        del initial_response_ok
        offered = self.esmtp_features.get("auth", "").upper().split()
        ways = _token_ways if with_token else _ways
        for name, answers in ways(user, password).items():
            if name in offered:
                return self._authenticated(name, answers)
        raise smtplib.SMTPException("No suitable authentication method found.")

    def _authenticated(self, name: str, answers: Sequence[Answer]) -> tuple[int, bytes]:
        first, *others = answers
        early = [] if name == "CRAM-MD5" else [_encoded(first(b""))]
        code, said = self.docmd("AUTH", " ".join([name, *early]))
        for answer in others if early else answers:
            if code != _CHALLENGE:
                break
            code, said = self.docmd(_encoded(answer(_challenge(said))))
        if code in (235, 503):  # 503: already
            return code, said
        if code == _CHALLENGE:
            self.close()
            raise ProtocolError("it asks for more than a name and a password")
        raise smtplib.SMTPAuthenticationError(code, self._secret.hidden_in(said))

    def starttls(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """Encrypt the connection; raises `ProtocolError` where the server has sent more in the clear."""
        reply = super().starttls(*args, **options)
        if self._rest:
            self.close()
            raise ProtocolError("the server sent something in the clear before TLS")
        return reply

    def close(self) -> None:
        """Close the connection, and drop what was not read."""
        self._rest = b""
        super().close()


def _ways(user: str, password: str) -> dict[str, tuple[Answer, ...]]:
    """Return the ways to log in, the safest first; the connection is encrypted already."""
    name, word = user.encode(), password.encode()
    return {
        "CRAM-MD5": (lambda asked: name + b" " + hmac.digest(word, asked, "md5").hex().encode(),),
        "PLAIN": (lambda _: b"\0" + name + b"\0" + word,),
        "LOGIN": (lambda _: name, lambda _: word),
    }


def _token_ways(user: str, token: str) -> dict[str, tuple[Answer, ...]]:
    """Return XOAUTH2, as Google and Microsoft define it: an error is a challenge, answered by nothing."""
    said = xoauth2(user, token)
    return {"XOAUTH2": (lambda _: said, lambda _: b"")}


def _encoded(answer: bytes) -> str:
    return base64.b64encode(answer).decode()


def _challenge(said: bytes) -> bytes:
    try:
        return base64.b64decode(said.strip(), validate=True)
    except ValueError as error:
        raise ProtocolError("a challenge that is not base64") from error


def why(error: Exception) -> str:
    """Return the reason of an error in one line."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return line(error.strerror).lower()
    return line(error)


def line(reason: object) -> str:
    """Return a reason in one line of at most 200 characters."""
    text = " ".join(str(reason).split()) or type(reason).__name__
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"


def _own_name() -> str:
    """Return a name for EHLO without asking a name server, which may hang: the host's, or its loopback."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
