"""`digest send`."""

import os
from pathlib import Path

import click

from digest.errors import EXIT_OK, ConfigError, DeliveryError

PASSWORD_VARIABLE = "DIGEST_SMTP_PASSWORD"


@click.command(
    "send",
    epilog="\b\nExamples:\n"
    "  digest send out/2026-11-21.json --to me@example.org --smtp localhost:25\n"
    "  digest send out/2026-11-21.json --to me@example.org --dry-run\n\n"
    f"The password is read from the environment variable {PASSWORD_VARIABLE}.",
)
@click.argument("issue", type=click.Path(path_type=Path), metavar="ISSUE.json")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    required=True,
    metavar="ADDRESS",
    help="A recipient; may be given several times.",
)
@click.option(
    "--from",
    "sender",
    metavar="ADDRESS",
    help="The sender.  [default: digest@ the first recipient's domain]",
)
@click.option(
    "--smtp",
    default="localhost:25",
    show_default=True,
    metavar="HOST:PORT",
    help="The mail server.",
)
@click.option(
    "--starttls", is_flag=True, help="Encrypt the connection; needed where a user name is given."
)
@click.option("--user", metavar="NAME", help="The user name to log in with.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="A folder with templates of your own.",
)
@click.option(
    "--dry-run", is_flag=True, help="Write the mail as .eml beside the issue and send nothing."
)
@click.pass_context
def command(
    ctx: click.Context,
    issue: Path,
    recipients: tuple[str, ...],
    sender: str | None,
    smtp: str,
    starttls: bool,
    user: str | None,
    templates: Path | None,
    dry_run: bool,
) -> None:
    """Mail a briefing: plain text and HTML, one message a recipient."""
    from digest.deliverers.addresses import mailbox
    from digest.deliverers.files import write_file
    from digest.deliverers.message import build_message
    from digest.deliverers.smtp import SmtpDeliverer
    from digest.library import load_digest
    from digest.renderers import MailRenderer, TextRenderer

    briefing = load_digest(issue)
    sender = sender or f"digest@{mailbox(recipients[0]).domain}"
    host, port = _server(smtp)
    deliver = SmtpDeliverer(
        host=host,
        port=port,
        starttls=starttls,
        username=user,
        password=os.environ.get(PASSWORD_VARIABLE),
    )
    # Rendered once, not once a recipient: the bodies are the same for all.
    plain = TextRenderer(templates=templates)(briefing)
    rich = MailRenderer(templates=templates)(briefing)
    failures: list[DeliveryError] = []
    for recipient in recipients:
        try:
            message = build_message(
                briefing, sender, recipient, text=lambda _: plain, html=lambda _: rich
            )
            if dry_run:
                click.echo(write_file(issue.parent, f"{issue.stem}.{recipient}.eml", message))
            else:
                deliver(message, sender, recipient)
                click.echo(f"sent to {recipient}")
        except DeliveryError as error:
            click.echo(f"digest: {' '.join(str(error).split())}", err=True)
            failures.append(error)
    ctx.exit(max((error.exit_code for error in failures), default=EXIT_OK))


def _server(smtp: str) -> tuple[str, int]:
    host, colon, port = smtp.rpartition(":")
    if not colon:
        return smtp, 25
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigError(f"--smtp {smtp}: it must be HOST:PORT, such as localhost:25")
    return host.strip("[]"), int(port)
