"""How mails are made and where they go: the table `[mail]` of digest.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from digest.deliverers.addresses import mailbox
from digest.errors import ConfigError, DeliveryError

Security = Literal["", "starttls", "tls", "none"]
Means = Literal["smtp", "maildir", "file"]

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SPELLED = {"from": "sender"}
"""Keys that Python does not take as names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """What `[mail]` can say. Every field is a key of the table; `sender` is its `from`."""

    sender: str = ""
    """Who the mail comes from: `a@example.org` or `A Name <a@example.org>`."""
    to: tuple[str, ...] = ()
    """The recipients."""
    recipients_file: str = ""
    """A file with more of them, one address a line; what follows a # is a comment."""
    host: str = "localhost"
    """The mail server."""
    port: int = 0
    """Its port; 0 for 587 with STARTTLS, 465 with TLS, 25 without."""
    security: Security = ""
    """`starttls`, `tls` or `none`; by default `starttls`, and `none` where the host is this machine."""
    user: str = ""
    """The user name to log in with."""
    password_file: str = ""
    """A file that holds the password, for where the environment variable DIGEST_SMTP_PASSWORD is not set."""
    keyring: str = ""
    """The service under which the keyring of the system has the password (needs `digest[keyring]`)."""
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
    deliver: Means = "smtp"
    """`smtp`, or `maildir` or `file` to write the mails into `folder` instead."""
    folder: str = ""
    """The folder of `maildir` and `file`."""
    hold_uncertain: bool = False
    """Do not send a mail again that the server may have taken already."""
    timeout: int = 60
    """Seconds to wait for each answer of the server."""
    data_timeout: int = 600
    """Seconds to wait for it to take a mail that it has been given whole."""

    @property
    def is_local(self) -> bool:
        """True where the server is on this machine."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def encryption(self) -> Literal["starttls", "tls", "none"]:
        """`security`, decided."""
        return self.security or ("none" if self.is_local and not self.user else "starttls")

    @property
    def server_port(self) -> int:
        """`port`, decided."""
        return self.port or _PORTS[self.encryption]


def parse_mail(table: Any, name: str) -> MailConfig:
    """Check the table `[mail]` of the file `name` and return it, paths relative to the file's folder.

    Raises `ConfigError` for what is unknown, of the wrong type or not to be had.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"{name}: mail is a table: write [mail] above its keys")
    if "password" in table:
        raise ConfigError(
            f"{name}: a password does not belong into a configuration: set the environment variable"
            " DIGEST_SMTP_PASSWORD, or name a password_file or a keyring"
        )
    where = f"{name}: [mail]"
    config = MailConfig(**{_field(key, where): _value(key, table, where) for key in table})
    return checked(_placed(config, Path(name).parent), where)


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
    if config.deliver != "smtp" and not config.folder:
        found.append(f'deliver = "{config.deliver}" needs a folder = "..."')
    if config.user and config.encryption == "none":
        found.append('a password is sent over TLS only: security = "starttls" or "tls", or no user')
    if config.user and not config.user.isascii():
        found.append("the user name must be plain ASCII")
    if not 0 <= config.port < 65536:
        found.append("port must be from 1 to 65535")
    if config.timeout < 1 or config.data_timeout < 1:
        found.append("timeout and data_timeout are whole seconds, from 1")
    return found


def _placed(config: MailConfig, base: Path) -> MailConfig:
    paths = {
        key: str(base / Path(getattr(config, key)).expanduser())
        for key in ("recipients_file", "password_file", "folder")
        if getattr(config, key)
    }
    return replace(config, **paths)  # type: ignore[arg-type]


def _field(key: str, where: str) -> str:
    known = [one.name for one in fields(MailConfig)]
    name = _SPELLED.get(key, key)
    if name not in known or key in _SPELLED.values():
        import difflib

        keys = [spelled(name) for name in known]
        near = difflib.get_close_matches(key, keys, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"
        raise ConfigError(f"{where}: unknown key {key!r} ({hint})")
    return name


def spelled(name: str) -> str:
    """Return a field's name as the file has it."""
    return next((key for key, field in _SPELLED.items() if field == name), name)


def _value(key: str, table: Mapping[str, Any], where: str) -> Any:
    value = table[key]
    default = getattr(MailConfig(), _SPELLED.get(key, key), "")
    if isinstance(default, tuple):
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise ConfigError(
            f'{where}: {key!r} must be a list of addresses: {key} = ["a@example.org"]'
        )
    if type(value) is not type(default):
        kind = {str: "text in quotes", int: "a whole number", bool: "true or false"}[type(default)]
        raise ConfigError(f"{where}: {key!r} must be {kind}, not {value!r}")
    choices = {"security": get_args(Security), "deliver": get_args(Means)}.get(key)
    if choices and value not in choices:
        raise ConfigError(
            f"{where}: {key!r} must be {', '.join(filter(None, choices))}, not {value!r}"
        )
    return value
