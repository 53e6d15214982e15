"""How mails are made and between whom: mailboxes, the table `[mail]` of digest.toml, and its password."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar, cast

from digest.delivery.channels import CHANNELS
from digest.errors import ConfigError, DeliveryError
from digest.incoming import read_regular

_UNSAFE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a0-\U0010ffff-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(r"(?!.*-(?:\.|$))(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*")
_LITERAL = re.compile(r"\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-fA-F:.]{2,39})\]")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_LONGEST = 254
_LONGEST_LOCAL = 64
"""Octets of an address, and of the part before the @ (RFC 5321, section 4.5.3.1)."""
_LONGEST_NAME = 100
"""Characters; with the address, the header stays below the 998 octets of a line (RFC 5322)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The sender or a recipient of a mail."""

    address: str
    """The domain in ASCII (RFC 5891); the part before the @ may not be, which needs SMTPUTF8 (RFC 6531)."""
    name: str = ""

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]


def mailbox(text: str) -> Mailbox:
    """Return the one mailbox that `text` names: `a@example.org` or `A Name <a@example.org>`.

    Raises `DeliveryError`, which says what is wrong.
    """
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    if any(ord(character) < 32 or 127 <= ord(character) < 160 for character in text):
        raise DeliveryError(repr(shown), "an address holds no control characters or line breaks")
    named = _NAMED.fullmatch(text) if len(text) < 1000 else None
    address = named["address"].strip() if named else text.strip()
    name = neutral(named["name"].strip().strip('"'))[:_LONGEST_NAME].rstrip() if named else ""
    local, at, domain = address.rpartition("@")
    local = unicodedata.normalize("NFC", local)
    try:
        domain = _ascii_domain(domain)
        octets = len(local.encode())
    except UnicodeError as error:
        raise DeliveryError(shown, "not a mail address such as a@example.org") from error
    good = at and _LOCAL.fullmatch(local) and not _UNSAFE.search(local)
    if not good or not (_DOMAIN.fullmatch(domain) or _LITERAL.fullmatch(domain)):
        raise DeliveryError(shown, "not a mail address such as a@example.org")
    if octets > _LONGEST_LOCAL or octets + 1 + len(domain) > _LONGEST:
        raise DeliveryError(shown, "longer than a mail address can be")
    return Mailbox(f"{local}@{domain}", name)


def _ascii_domain(domain: str) -> str:
    """Return a domain in ASCII, with each other label encoded as RFC 5891 defines it.

    Python's own codec follows the older RFC 3490, which takes `ß` for `ss`: another domain, and perhaps
    another owner.
    """
    if _LITERAL.fullmatch(domain):
        return domain
    folded = unicodedata.normalize("NFKC", _DOTS.sub(".", domain)).lower()
    return ".".join(_ascii_label(label) for label in folded.split("."))


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    label = unicodedata.normalize("NFC", label)
    if not all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label):
        raise UnicodeError("not the label of a domain")
    return f"xn--{label.encode('punycode').decode()}"


def neutral(text: str) -> str:
    """Return `text` fit for a header: no control or format characters, no encoded words, no surrogates.

    Python's header classes decode `=?...?=` inside what they are given and put the result, line breaks
    and all, on the wire; so no `=?` may be left, however it comes about.
    """
    text = " ".join(_UNSAFE.sub(" ", text).split())
    return re.sub(r"=(?=\?)|(?<=\?)=", "= ", text).strip()


def recipients(
    addresses: Iterable[str], file: Path | None = None
) -> tuple[list[Mailbox], list[str]]:
    """Return the recipients, each once, and a line for each address that is none.

    Raises `ConfigError` where the file cannot be read.
    """
    found: dict[str, Mailbox] = {}
    problems = []
    for where, text in (*(("", one) for one in addresses), *(_lines(file) if file else ())):
        try:
            known = mailbox(text)
        except DeliveryError as error:
            problems.append(f"{where}{error}")
        else:
            found.setdefault(known.address.lower(), known)
    return list(found.values()), problems


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = read_regular(path).decode("utf-8-sig", "replace")
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    for number, row in enumerate(text.split("\n"), 1):
        address = row.partition("#")[0].strip()
        if address:
            yield f"{path}, line {number}: ", address


T = TypeVar("T")
Security = Literal["starttls", "tls", "none"]

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""RFC 6409, RFC 8314 and RFC 5321."""
VARIABLE = "DIGEST_SMTP_PASSWORD"
_DAY_S = 86_400.0
"""Longer than any answer takes; the clock of a socket has an end."""
_COMMAND_S = 60.0
"""For a command that prints a password: it may ask a server for a new token."""
_MOST_BYTES = 65_536
"""A larger file is no password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """What `[mail]` can say. Every field is a key of the table; `sender` is its `from`."""

    sender: str = field(default="", metadata={"key": "from"})
    """Who the mail comes from: `a@example.org` or `A Name <a@example.org>`."""
    to: tuple[str, ...] = ()
    """The recipients."""
    recipients_file: str = ""
    """A file with more of them, one address a line; what follows a # is a comment."""
    host: str = "localhost"
    """The mail server."""
    port: int = 0
    """Its port; 0 for 587 with STARTTLS, 465 with TLS, 25 without."""
    security: str = field(default="", metadata={"choices": ("", "starttls", "tls", "none")})
    """`starttls`, `tls` or `none`; by default `starttls`, and `none` where the host is this machine."""
    user: str = ""
    """The user name to log in with."""
    auth: str = field(default="password", metadata={"choices": ("password", "oauth2")})
    """`password`, or `oauth2` for a server that wants a token (XOAUTH2) in the place of the password."""
    password_command: tuple[str, ...] = ()
    """A command that prints the password or a fresh token, such as `["pizauth", "show", "news"]`."""
    password_file: str = ""
    """A file that holds the password, for where the environment variable DIGEST_SMTP_PASSWORD is not set."""
    keyring: str = ""
    """The service under which the keyring of the system has the password (needs `digest-briefing[keyring]`)."""
    envelope_sender: str = ""
    """Where bounces go; by default the address of `from`."""
    unsubscribe_url: str = ""
    """An https address with `{token}` that unsubscribes when it is posted to (RFC 8058)."""
    unsubscribe_mailto: str = ""
    """An address to which unsubscriptions are mailed, with the token as the subject."""
    web_url: str = ""
    """Where the issue can be read on the web, with `{date}` for its day."""
    reason: str = ""
    """Why the reader gets this, in a sentence at the foot of the mail."""
    deliver: str = field(
        default="smtp", metadata={"choices": tuple(CHANNELS), "plugins": "channels"}
    )
    """`smtp`, or `maildir` or `file` to write the mails into `folder` instead."""
    folder: str = ""
    """The folder of `maildir` and `file`."""
    hold_uncertain: bool = False
    """Do not send a mail again that the server may have taken already."""
    timeout: float = 60.0
    """Seconds to wait for each answer of the server."""
    data_timeout: float = 600.0
    """Seconds to wait for it to take a mail that it has been given whole."""

    @property
    def is_local(self) -> bool:
        """True where the server is on this machine."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def encryption(self) -> Security:
        """`security`, decided."""
        if self.security in ("starttls", "tls", "none"):
            return cast(Security, self.security)
        return "none" if self.is_local and not self.user else "starttls"

    @property
    def server_port(self) -> int:
        """`port`, decided."""
        return self.port or _PORTS[self.encryption]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeConfig:
    """What `[[notices]]` can say: a chat or a phone that is told the headlines, or a webhook."""

    name: str
    """What `digest outbox list` calls it."""
    url_file: str = ""
    """A file that holds an address of [Apprise](https://appriseit.com/services/), such as `ntfy://ntfy.sh/topic`
    (needs `digest-briefing[channels]`)."""
    webhook: str = ""
    """An http or https address to which the JSON is posted, in place of `url_file`."""
    secret_file: str = ""
    """A file that holds the secret that the webhook is signed with."""
    web_url: str = ""
    """Where the issue can be read on the web, with `{date}` for its day."""


def checked_notices(notices: Sequence[NoticeConfig], name: str) -> tuple[NoticeConfig, ...]:
    """Return the notices of the file `name` with their paths beside it; raises `ConfigError` for a mistake."""
    folder = Path(name).parent
    for number, notice in enumerate(notices, 1):
        where = f"{name}: notice {number}"
        if not re.fullmatch(r"[^\s@]{1,60}", notice.name):
            raise ConfigError(f"{where}: its name is one word without an @")
        if notice.name.lower() in [one.name.lower() for one in notices[: number - 1]]:
            raise ConfigError(f"{where}: another notice is called {notice.name!r} too")
        if bool(notice.url_file) == bool(notice.webhook):
            raise ConfigError(f"{where}: it needs a url_file or a webhook, and not both")
        if notice.webhook and not notice.secret_file:
            raise ConfigError(f"{where}: a webhook is signed: it needs a secret_file")
        if notice.webhook and not re.fullmatch(r"https?://[!-~]+", notice.webhook):
            raise ConfigError(f"{where}: a webhook is an http or https address")
    return tuple(_beside(folder, one, "url_file", "secret_file") for one in notices)


def refuse_password(table: object, name: str) -> None:
    """Raise `ConfigError` where the table `[mail]` of the file `name` has a password in it."""
    if isinstance(table, dict) and "password" in table:
        raise ConfigError(
            f"{name}: a password does not belong into a configuration: set the environment variable"
            " DIGEST_SMTP_PASSWORD, or name a password_file or a keyring"
        )


def checked(config: MailConfig, where: str) -> MailConfig:
    """Return `config`; raises `ConfigError` where its values do not go together."""
    for problem in _problems(config):
        raise ConfigError(f"{where}: {problem}")
    for address in filter(None, (config.sender, config.envelope_sender, config.unsubscribe_mailto)):
        try:
            known = mailbox(address)
        except DeliveryError as error:
            raise ConfigError(f"{where}: {error}") from error
        if not known.address.isascii():
            raise ConfigError(f"{where}: {address}: the sender's address must be ASCII")
    return config


def _problems(config: MailConfig) -> list[str]:
    found = []
    if config.unsubscribe_url and not (
        config.unsubscribe_url.startswith("https://") and "{token}" in config.unsubscribe_url
    ):
        found.append("unsubscribe_url must begin with https:// and have {token} in it")
    if config.web_url and not config.web_url.startswith(("https://", "http://")):
        found.append("web_url must begin with https:// or http://")
    found += [
        f"{url[:80]!r}: an address of the web is plain ASCII without spaces or quotes"
        for url in (config.unsubscribe_url, config.web_url)
        if len(url) > 500 or re.search(r"[^!-~]|[<>\"\\]", url)
    ]
    needed = CHANNELS[config.deliver].needs if config.deliver in CHANNELS else ""
    if needed and not getattr(config, needed):
        found.append(f'deliver = "{config.deliver}" needs a {needed} = "..."')
    if config.user and config.encryption == "none":
        found.append('a password is sent over TLS only: security = "starttls" or "tls", or no user')
    if config.auth == "oauth2" and not config.user:
        found.append('auth = "oauth2" needs a user')
    if not 0 <= config.port < 65536:
        found.append("port must be from 1 to 65535")
    if not (0 < config.timeout <= _DAY_S and 0 < config.data_timeout <= _DAY_S):
        found.append("timeout and data_timeout are seconds, more than 0 and no more than a day's")
    return found


def placed(config: MailConfig, folder: Path) -> MailConfig:
    """Return `config` with its paths relative to `folder`."""
    return _beside(folder, config, "recipients_file", "password_file", "folder")


def _beside(folder: Path, config: T, *keys: str) -> T:
    paths = {
        key: str(folder / Path(getattr(config, key)).expanduser())
        for key in keys
        if getattr(config, key)
    }
    return replace(config, **paths)  # type: ignore[type-var]


def password(mail: MailConfig) -> str:
    """Return the password of `mail.user`; empty where there is no user.

    Raises `ConfigError` where none is to be had; the message never has it in it.
    """
    if not mail.user:
        return ""
    return found_password(
        mail.user,
        variable=VARIABLE,
        file=mail.password_file,
        keyring=mail.keyring,
        command=mail.password_command,
        where="in [mail]",
    )


def found_password(
    user: str,
    *,
    variable: str,
    file: str | Path,
    keyring: str,
    where: str,
    command: Sequence[str] = (),
) -> str:
    """Return the password of a user: from the environment, a command, a file, or the service of a keyring.

    Raises `ConfigError`, which names `where` the file and the keyring are set, where none is to be had.
    """
    found = os.environ.get(variable, "")
    if not found and command:
        found = _from_command(command)
    if not found and file:
        found = _from_file(Path(file))
    if not found and keyring:
        found = _from_keyring(keyring, user)
    if not found:
        raise ConfigError(
            f"no password for {user}: set the environment variable {variable},"
            f" or name a password_file or a keyring {where}"
        )
    return found


def _from_command(command: Sequence[str]) -> str:
    """Return the first line that a command prints; what it says is never part of an error."""
    import subprocess

    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=_COMMAND_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ConfigError(f"{command[0]}: no password within {_COMMAND_S:.0f} s") from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be run").lower()
        raise ConfigError(f"{command[0]}: {reason}; see password_command") from error
    if done.returncode:
        raise ConfigError(f"{command[0]}: no password, exit code {done.returncode}")
    lines = done.stdout[:_MOST_BYTES].decode("utf-8", "replace").splitlines()
    return lines[0].strip() if lines else ""


def secret_of(path: Path) -> str:
    """Return the secret in a file that nobody else can read; raises `ConfigError` where there is none."""
    found = _from_file(path)
    if not found:
        raise ConfigError(f"{path}: its first line is empty; it holds the secret")
    return found


def _from_file(path: Path) -> str:
    try:
        if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH) and os.name == "posix":
            raise ConfigError(f"{path}: others can read the password; say chmod 600 {path}")
        lines = read_regular(path, most=_MOST_BYTES).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not a text file") from error
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    return lines[0].strip() if lines else ""


def _from_keyring(service: str, user: str) -> str:
    try:
        import keyring
        import keyring.errors
    except ImportError as error:
        raise ConfigError(
            'the keyring needs a package more: pip install "digest-briefing[keyring]"'
        ) from error
    try:
        return keyring.get_password(service, user) or ""
    except keyring.errors.KeyringError as error:
        raise ConfigError(f"the keyring cannot be read: {error}") from error
