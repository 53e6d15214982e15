"""The table [mail] of digest.toml."""

from pathlib import Path

import pytest

from digest.config import load_config
from digest.delivery.options import MailConfig, password
from digest.errors import ConfigError


def loaded(folder: Path, table: str) -> MailConfig:
    file = folder / "digest.toml"
    file.write_text(f"[mail]\n{table}\n", encoding="utf-8")
    mail = load_config(file).mail
    assert mail is not None
    return mail


def test_every_key_is_read(tmp_path: Path) -> None:
    """Paths are relative to the file."""
    mail = loaded(
        tmp_path,
        """
        from = "Digest <digest@example.org>"
        to = ["a@example.org", "b@example.org"]
        recipients_file = "readers.txt"
        host = "mail.example.org"
        user = "me"
        password_file = "secret"
        envelope_sender = "bounces@example.org"
        unsubscribe_url = "https://example.org/u?t={token}"
        unsubscribe_mailto = "leave@example.org"
        web_url = "https://example.org/{date}.html"
        timeout = 30
        hold_uncertain = true
        """,
    )
    assert mail.sender == "Digest <digest@example.org>"
    assert mail.to == ("a@example.org", "b@example.org")
    assert mail.recipients_file == str(tmp_path / "readers.txt")
    assert mail.password_file == str(tmp_path / "secret")
    assert (mail.timeout, mail.hold_uncertain) == (30, True)
    assert (mail.encryption, mail.server_port) == ("starttls", 587)


def test_without_the_table_there_is_no_mail(tmp_path: Path) -> None:
    """None, not a table of defaults."""
    file = tmp_path / "digest.toml"
    file.write_text('title = "x"\n')
    assert load_config(file).mail is None


@pytest.mark.parametrize(
    ("table", "encryption", "port"),
    [
        ("", "none", 25),
        ('user = "me"', "starttls", 587),
        ('host = "mail.example.org"', "starttls", 587),
        ('host = "mail.example.org"\nsecurity = "tls"', "tls", 465),
        ('host = "mail.example.org"\nsecurity = "none"\nport = 2525', "none", 2525),
    ],
)
def test_a_connection_is_encrypted_unless_it_stays_here(
    tmp_path: Path, table: str, encryption: str, port: int
) -> None:
    """The port follows."""
    mail = loaded(tmp_path, table)
    assert (mail.encryption, mail.server_port) == (encryption, port)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('password = "hunter2"', "does not belong into a configuration"),
        ('form = "a@example.org"', "unknown key 'form' (did you mean 'from'?)"),
        ('sender = "a@example.org"', "unknown key 'sender'"),
        ('from = "nobody"', "not a mail address"),
        ('from = "jürgen@example.org"', "must be ASCII"),
        ("to = 3", "'to' must be a list of texts"),
        ('port = "25"', "'port' must be a whole number"),
        ("port = true", "'port' must be a whole number"),
        ("port = 70000", "port must be from 1 to 65535"),
        ('security = "ssl"', "'security' cannot be 'ssl': choose from"),
        (
            'deliver = "pigeon"',
            "'deliver' cannot be 'pigeon': choose from 'smtp', 'maildir', 'file'",
        ),
        ('deliver = "maildir"', "needs a folder"),
        ('unsubscribe_url = "http://example.org/{token}"', "must begin with https://"),
        ('unsubscribe_url = "https://example.org/"', "have {token} in it"),
        (
            'unsubscribe_url = "https://example.org/{token}\\r\\nBcc: x"',
            "has a control character in it",
        ),
        ('web_url = "javascript:alert(1)"', "web_url must begin with"),
        ('user = "me"\nsecurity = "none"', "over TLS only"),
        ("timeout = 0", "more than 0"),
        ("timeout = 1e308", "a day"),
        ("timeout = inf", "a day"),
        ("timeout = nan", "a day"),
    ],
)
def test_a_wrong_table_is_refused_in_one_line(tmp_path: Path, table: str, message: str) -> None:
    """The error names the file and says what is allowed; it never repeats a password."""
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, table)
    assert message in str(caught.value)
    assert "digest.toml" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("false",), "exit code 1"),
        (("/no/such/command",), "no such file"),
        (("true",), "no password for me"),
    ],
)
def test_a_command_that_prints_no_password(
    command: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names it."""
    monkeypatch.delenv("DIGEST_SMTP_PASSWORD", raising=False)
    with pytest.raises(ConfigError, match=said):
        password(MailConfig(user="me", password_command=command))


def test_mail_must_be_a_table(tmp_path: Path) -> None:
    """Not a text."""
    file = tmp_path / "digest.toml"
    file.write_text('mail = "a@example.org"\n')
    with pytest.raises(ConfigError, match=r"\[mail\]"):
        load_config(file)


def test_a_user_without_encryption_is_refused_in_the_library_too() -> None:
    """A password is never sent in the clear, and never shown."""
    from digest.delivery.smtp import SmtpServer

    with pytest.raises(ConfigError, match="TLS") as caught:
        SmtpServer(host="h", port=25, security="none", user="u", password="hunter2")
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(SmtpServer(host="h", port=25, user="u", password="hunter2"))
