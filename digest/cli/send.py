"""`digest send`."""

import contextlib
import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.inputs import issue_of
from digest.cli.mails import print_counts
from digest.cli.messages import failure
from digest.cli.options import config_option, templates_option
from digest.cli.places import place, store_option
from digest.cli.terminal import say
from digest.errors import EXIT_OK, EXIT_REFUSED, ConfigError, DeliveryError

if TYPE_CHECKING:
    from digest.deliverers.options import MailConfig
    from digest.models import Digest


@click.command(
    "send",
    epilog="\b\nExamples:\n"
    "  digest send out/2026-11-21.json --config digest.toml\n"
    "  digest send out/2026-11-21.json --to me@example.org --smtp localhost:25\n"
    "  digest send out/2026-11-21.json --test me@example.org\n"
    "  digest send out/2026-11-21.json --to me@example.org --dry-run\n\n"
    "The password is read from the environment variable DIGEST_SMTP_PASSWORD, or from the file or the keyring"
    " that [mail] names.\n\n"
    "Exit codes: 0 all sent; 75 some wait, and a rerun sends them; 76 some were refused or may have"
    " arrived, and a person must look (digest outbox list).",
)
@click.argument("issue", type=click.Path(path_type=Path), metavar="ISSUE.json")
@click.option(
    "--to",
    "to",
    multiple=True,
    metavar="ADDRESS",
    help="A recipient, instead of those of [mail]; may be given several times.",
)
@click.option(
    "--from",
    "sender",
    metavar="ADDRESS",
    help="The sender.  [default: that of [mail], else digest@ the first recipient's domain]",
)
@click.option(
    "--smtp",
    metavar="HOST:PORT",
    help="The mail server.  [default: that of [mail], else localhost:25]",
)
@click.option(
    "--security",
    type=click.Choice(["starttls", "tls", "none"]),
    help="How the connection is encrypted.  [default: starttls, or none on this machine]",
)
@click.option("--starttls", is_flag=True, help="The same as --security starttls.")
@click.option("--user", metavar="NAME", help="The user name to log in with; needs encryption.")
@templates_option
@config_option
@store_option
@click.option(
    "--test", metavar="ADDRESS", help="Send to this address alone, and keep no note of it."
)
@click.option(
    "--dry-run", is_flag=True, help="Write the mails as .eml beside the issue and send nothing."
)
@click.option(
    "--hold-uncertain", is_flag=True, help="Do not send again what may have arrived already."
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    issue: Path,
    config: Path | None,
    store: Path | None,
    templates: Path | None,
    test: str | None,
    dry_run: bool,
    **given: Any,
) -> None:
    """Mail a briefing: plain text and HTML, one message a recipient, to each of them once.

    Every mail stands in the outbox before the server is asked, with what became of it: a rerun sends
    what is missing, and nothing twice.
    """
    from digest.delivery import issue_key
    from digest.incoming import read_regular

    briefing = issue_of(issue)
    here = place(config)
    job = _Job(
        digest=briefing,
        key=issue_key(read_regular(issue).decode("utf-8-sig")),
        mail=_overruled(here.config.mail, test, **given),
        store=here.store(store),
        now=datetime.datetime.now(datetime.UTC),
        templates=templates or here.templates,
        language=here.config.language,
    )
    if dry_run:
        ctx.exit(_rehearse(job, issue))
    ctx.exit(_try_out(job, test) if test else _deliver(job))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    digest: "Digest"
    key: str
    mail: "MailConfig"
    store: Path
    now: datetime.datetime
    templates: Path | None
    language: str


def _deliver(job: _Job) -> int:
    from digest.delivery import deliver_issue
    from digest.store import locked, open_store

    with locked(job.store), open_store(job.store) as store:
        done = deliver_issue(
            store,
            job.digest,
            job.key,
            job.mail,
            now=job.now,
            templates=job.templates,
            language=job.language,
            report=failure,
        )
    print_counts(done)
    return done.exit_code


def _try_out(job: _Job, address: str) -> int:
    from digest.delivery import send_test
    from digest.store import open_store

    with open_store(job.store) as store:
        outcome = send_test(
            store,
            job.digest,
            job.key,
            job.mail,
            address,
            now=job.now,
            templates=job.templates,
            language=job.language,
        )
    if outcome.state != "SENT":
        raise DeliveryError(address, outcome.answer, temporary=outcome.state == "DEFERRED")
    say(f"test sent to {address}: {outcome.answer}")
    return EXIT_OK


def _rehearse(job: _Job, issue: Path) -> int:
    """Write what would be sent, for each recipient that can be served."""
    from digest.deliverers.addresses import mailbox
    from digest.deliverers.files import write_file
    from digest.deliverers.message import Writer, message_id
    from digest.delivery import file_name, prepare, wanted_by
    from digest.store import open_store

    targets, problems = wanted_by(job.mail)
    with open_store(job.store) as store:
        parts, tokens = prepare(
            store,
            job.digest,
            job.key,
            job.mail,
            targets,
            now=job.now,
            templates=job.templates,
            language=job.language,
        )
    write = Writer(mail=job.mail, moment=job.now)
    for target in targets:
        try:
            content = write(parts, target, tokens[target.address])
        except DeliveryError as error:
            problems.append(str(error))
        else:
            identity = message_id(job.key, target, mailbox(job.mail.sender))
            name = file_name(issue.stem, identity, target.address)
            say(write_file(issue.parent, name, content, private=True))
    for problem in problems:
        failure(problem)
    return EXIT_REFUSED if problems else EXIT_OK


def _overruled(
    mail: "MailConfig | None",
    test: str | None,
    *,
    to: tuple[str, ...],
    sender: str | None,
    smtp: str | None,
    security: str | None,
    starttls: bool,
    user: str | None,
    hold_uncertain: bool,
) -> "MailConfig":
    """Return what `[mail]` says with what the command line says on top."""
    from digest.deliverers.options import MailConfig, checked

    changed: dict[str, Any] = {}
    if to:
        changed |= {"to": to, "recipients_file": ""}
    if smtp:
        changed["host"], changed["port"] = _server(smtp)
        changed["deliver"] = "smtp"
    if security or starttls:
        changed["security"] = security or "starttls"
    if user:
        changed["user"] = user
    if hold_uncertain:
        changed["hold_uncertain"] = True
    known = replace(mail or MailConfig(), **changed)
    if not (known.to or known.recipients_file or test):
        raise ConfigError(
            "nobody to send to: name recipients in [mail] of digest.toml, or with --to"
        )
    origin = sender or known.sender or _default_sender(known, test)
    return checked(replace(known, sender=origin), "the command line")


def _default_sender(mail: "MailConfig", test: str | None) -> str:
    from digest.deliverers.addresses import mailbox

    for address in (*mail.to, test):
        if address:
            with contextlib.suppress(DeliveryError):
                return f"digest@{mailbox(address).domain}"
    return ""


def _server(smtp: str) -> tuple[str, int]:
    host, colon, port = smtp.rpartition(":")
    if not colon:
        return smtp, 25
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigError(f"--smtp {smtp}: it must be HOST:PORT, such as localhost:25")
    return host.strip("[]"), int(port)
