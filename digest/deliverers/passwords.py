"""Where the password for the mail server is: the environment, a file, or the system's keyring."""

import os
import stat
from pathlib import Path

from digest.deliverers.options import MailConfig
from digest.errors import ConfigError
from digest.incoming import read_regular

VARIABLE = "DIGEST_SMTP_PASSWORD"
_MOST_BYTES = 65_536


def password(mail: MailConfig) -> str:
    """Return the password of `mail.user`; empty where there is no user.

    Raises `ConfigError` where none is to be had; the message never has it in it.
    """
    if not mail.user:
        return ""
    found = os.environ.get(VARIABLE, "")
    if not found and mail.password_file:
        found = _from_file(Path(mail.password_file))
    if not found and mail.keyring:
        found = _from_keyring(mail.keyring, mail.user)
    if not found:
        raise ConfigError(
            f"no password for {mail.user}: set the environment variable {VARIABLE},"
            " or name a password_file or a keyring in [mail]"
        )
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
            'the keyring needs a package more: pip install "digest[keyring]"'
        ) from error
    try:
        return keyring.get_password(service, user) or ""
    except keyring.errors.KeyringError as error:
        raise ConfigError(f"the keyring cannot be read: {error}") from error
