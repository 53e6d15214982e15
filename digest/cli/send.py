"""`digest send`."""

import contextlib
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import (
    ISSUE_NAME,
    config_option,
    existing_store,
    issue_of,
    place,
    store_option,
    templates_option,
)
from digest.cli.outbox import print_counts
from digest.cli.terminal import failure, note, say
from digest.errors import EXIT_OK, EXIT_REFUSED, ConfigError, DeliveryError

if TYPE_CHECKING:
    from digest.delivery.options import MailConfig, NoticeConfig
    from digest.models import Digest


@click.command(
    "send",
    epilog="\b\nExamples:\n"
    "  digest send\n"
    "  digest send out/2026-11-21.json --config digest.toml\n"
    "  digest send out/2026-11-21.json --to me@example.org --smtp localhost:25\n"
    "  digest send out/2026-11-21.json --test me@example.org\n"
    "  digest send out/2026-11-21.json --to me@example.org --dry-run\n\n"
    "The password is read from the environment variable DIGEST_SMTP_PASSWORD, or from the file or the keyring"
    " that [mail] names.\n\n"
    "Exit codes: 0 all sent; 75 some wait, and a rerun sends them; 76 some were refused or may have"
    " arrived, and a person must look (digest outbox list).",
)
@click.argument("issue", required=False, metavar="[ISSUE.json|DATE]")
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
def send(
    ctx: click.Context,
    /,
    issue: str | None,
    config: Path | None,
    store: Path | None,
    templates: Path | None,
    test: str | None,
    dry_run: bool,
    **given: Any,
) -> None:
    """Mail a briefing: plain text and HTML, one message a recipient, to each of them once.

    Without a file it is the draft that `digest run` left (`hold = true`), the latest or that of DATE, as it
    was edited; then it is none any more.

    Every mail stands in the outbox before the server is asked, with what became of it: a rerun sends
    what is missing, and nothing twice.
    """
    here = place(config)
    path = here.store(store)
    is_file = issue is not None and not (ISSUE_NAME.fullmatch(issue) and not Path(issue).exists())
    found = (
        _in_file(Path(issue)) if issue and is_file else _held(existing_store(here, store), issue)
    )
    if found is None:
        said = f"{issue} is no draft" if issue else "no issue is a draft"
        if test or dry_run:
            raise ConfigError(f"{said}; name the file of one")
        mail = _overruled(here.config.mail, test, **given)
        note(f"{said}; what waits in the outbox is sent")
        ctx.exit(_send_waiting(path, mail))
    here = here.of(found.name)
    job = _Job(
        issue=found,
        mail=_overruled(here.config.mail, test, **given),
        store=path,
        now=datetime.datetime.now(datetime.UTC),
        templates=templates or here.templates,
        language=here.config.language,
        notices=() if is_file else here.config.notices,
    )
    if dry_run:
        ctx.exit(_rehearse(job))
    ctx.exit(_try_out(job, test) if test else _deliver(job))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    """An issue that is to be mailed."""

    text: str
    """Its JSON."""
    folder: Path
    """The folder of its files."""
    name: str
    number: int | None = None
    """Its number in the store, where it is a draft from there."""

    @property
    def digest(self) -> "Digest":
        """The issue itself."""
        from digest.codec import read_digest

        return read_digest(self.text)

    @property
    def key(self) -> str:
        """What it is known by in the outbox."""
        from digest.delivery.dispatch import issue_key
        from digest.store.issues import edition_of

        return issue_key(self.text, edition_of(self.name))


def _in_file(path: Path) -> _Issue:
    from digest.incoming import read_regular

    issue_of(path)
    text = read_regular(path).decode("utf-8-sig")
    return _Issue(text=text, folder=path.parent, name=path.stem)


def _held(store: Path, name: str | None) -> _Issue | None:
    """Return the draft of that name, or the latest; None where no issue is one."""
    from digest.run import draft, issue_called
    from digest.store import open_store
    from digest.store.issues import all_issues

    with open_store(store) as opened:
        held = [one for one in all_issues(opened) if one.held or one.to_mail]
        named = [issue_called(opened, name)] if name else []
        chosen = [one for one in named or held[-1:] if one in held]
        for one in held:
            if one.held and one not in chosen:
                note(f"{one.name} stays a draft: digest send {one.name}")
        return next(
            (
                _Issue(
                    text=draft(opened, one).json,
                    folder=Path(one.folder),
                    name=one.name,
                    number=one.id,
                )
                for one in chosen
            ),
            None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    issue: _Issue
    mail: "MailConfig"
    store: Path
    now: datetime.datetime
    templates: Path | None
    language: str
    notices: Sequence["NoticeConfig"] = ()


def _deliver(job: _Job) -> int:
    from digest.delivery.dispatch import deliver_issue
    from digest.delivery.notices import deliver_notices
    from digest.store import locked, open_store
    from digest.store.issues import issue_json, mark_mailed

    number = job.issue.number
    with locked(job.store), open_store(job.store) as store:
        if number is not None and issue_json(store, number) != job.issue.text:
            raise ConfigError(f"{job.issue.name} was edited just now; send it again")
        done = deliver_issue(
            store,
            job.issue.digest,
            job.issue.key,
            job.mail,
            now=job.now,
            templates=job.templates,
            language=job.language,
            report=failure,
        )
        told = deliver_notices(
            store,
            job.notices,
            (job.issue.key, job.issue.digest),
            now=job.now,
            language=job.language,
            report=failure,
        )
        if number is not None:
            mark_mailed(store, number)
    print_counts(done)
    if told.rows:
        print_counts(told)
    return max(done.exit_code, told.exit_code)


def _send_waiting(path: Path, mail: "MailConfig") -> int:
    """Send the mails of the outbox that are due."""
    from digest.delivery.dispatch import send_due
    from digest.store import locked, open_store

    now = datetime.datetime.now(datetime.UTC)
    with locked(path), open_store(path) as store:
        done = send_due(store, mail, now=now, report=failure)
    if done.rows:
        print_counts(done)
    return done.exit_code


def _try_out(job: _Job, address: str) -> int:
    from digest.delivery.dispatch import send_test
    from digest.store import open_store

    with open_store(job.store) as store:
        outcome = send_test(
            store,
            job.issue.digest,
            job.issue.key,
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


def _rehearse(job: _Job) -> int:
    """Write the mail of each recipient to a file instead of sending it."""
    from digest.delivery.dispatch import file_name, prepare, wanted_by
    from digest.delivery.message import Writer, message_id
    from digest.delivery.options import mailbox
    from digest.durability import write_file
    from digest.store import open_store

    targets, problems = wanted_by(job.mail)
    with open_store(job.store) as store:
        parts, tokens = prepare(
            store,
            job.issue.digest,
            job.issue.key,
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
            identity = message_id(job.issue.key, target, mailbox(job.mail.sender))
            name = file_name(job.issue.name, identity, target.address)
            say(write_file(job.issue.folder, name, content, private=True))
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
    """Return the table `[mail]`, overruled by the command line."""
    from digest.delivery.options import MailConfig, checked

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
    from digest.delivery.options import mailbox

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
