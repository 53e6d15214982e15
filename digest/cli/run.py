"""`digest run`."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import (
    Place,
    allow_private_option,
    config_option,
    date_option,
    day_named,
    place,
    store_option,
)
from digest.cli.outbox import print_counts
from digest.cli.terminal import failure, note, print_files, progress
from digest.errors import (
    EXIT_CANNOT_WRITE,
    EXIT_NOTHING,
    EXIT_OK,
    EXIT_PARTIAL,
    ConfigError,
    counted,
)

if TYPE_CHECKING:
    from digest.run import Job, RunResult
    from digest.store import Store

_SPAN = re.compile(r"(\d{1,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}


@click.command(
    "run",
    epilog="\b\nExamples:\n"
    "  digest run\n"
    "  digest -v run --config morning/digest.toml\n"
    "  digest run --since 2d\n"
    "  digest run --again 2026-11-20",
)
@config_option
@store_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder to write to.  [default: as the configuration says]",
)
@date_option("The day on the issue.")
@click.option(
    "--since",
    metavar="SPAN",
    help="Make an issue of all that came in the last hours, days or weeks (12h, 2d, 1w), told or not.",
)
@click.option("--edition", default="", metavar="NAME", help="Make this edition, and no other.")
@click.option("--extra", is_flag=True, help="Make a further issue where today has one already.")
@click.option(
    "--again",
    metavar="DATE",
    help="Write a past issue once more, byte for byte as it was made; edits are taken back.",
)
@allow_private_option
@click.pass_context
def run(
    ctx: click.Context,
    config: Path | None,
    store: Path | None,
    output: Path | None,
    date: str | None,
    since: str | None,
    edition: str,
    extra: bool,
    again: str | None,
    allow_private: bool,
) -> None:
    """Fetch the sources of digest.toml and write the day's issue, of all that no issue has told yet.

    Each day has one issue, and each article is in one. With [[editions]] that holds for each of them, and one
    run makes all that are due. What a run could not finish, the next one does. Two
    runs never work at once: the second leaves with exit code 75.
    """
    from digest.cli.archive import update_archive
    from digest.config import config_of
    from digest.run import run_once
    from digest.store import locked, open_store
    from digest.store.issues import unwritten

    here = place(config)
    for name in ("", *(one.name for one in here.config.editions)):
        here.look(config_of(here.config, name))
    moment, path = datetime.datetime.now(datetime.UTC), here.store(store)
    day = day_named(date, today=here.today(moment))
    with locked(path), open_store(path, check=True) as opened:
        if again:
            print_files(_again(opened, again, here, output=output, now=moment))
            return
        job = _job(opened, here, output=output, allow_private=allow_private)
        span = _beginning(since, moment)
        done = run_once(job, day=day, now=moment, since=span, extra=extra, edition=edition)
        code = _mail(opened, here, moment)
        for one in filter(lambda one: one.files, done):
            folder, name = one.files[0].parent, one.files[0].stem
            update_archive(folder, name, settings=one.config, look=here.look(one.config))
        if unwritten(opened):
            code = EXIT_CANNOT_WRITE
    # Last of all: where the names cannot be printed, all has been done.
    print_files([file for one in done for file in one.files])
    for one in done:
        _say_what_waits(one, day)
    ctx.exit(code or _exit_code(done, len(here.config.sources)))


def _job(store: "Store", here: Place, *, output: Path | None, allow_private: bool) -> "Job":
    """Return what a run works with; raises `ConfigError` where there are no sources."""
    from digest.fetch import HttpFetcher
    from digest.run import Job

    if not here.config.sources:
        raise ConfigError(f"{here.file}: no [[sources]]; `digest feeds add ADDRESS` adds one")
    return Job(
        store=store,
        config=here.config,
        folder=here.folder,
        output=output,
        http=HttpFetcher(allow_private=allow_private),
        look=here.look,
        report=failure,
        progress=progress,
    )


def _say_what_waits(done: "RunResult", day: datetime.date) -> None:
    about = f"{day}-{done.edition}" if done.edition else str(day)
    wait = counted(done.waiting, "article waits", "articles wait")
    if done.digest is not None and done.config.hold:
        note("the issue is a draft: `digest edit` changes it, `digest send` mails it")
    if done.digest is None and not (done.is_due or done.has_issue):
        note(f"{done.edition} is not due; {wait} for it (--edition {done.edition} makes it now)")
    elif done.digest is None and done.waiting:
        note(f"{about} has its issue; {wait} for the next (--extra makes one now)")
    elif done.digest is None and not done.gathered.failed:
        has = "has its issue" if done.has_issue else "has no issue yet"
        note(f"{about} {has}, and nothing new has come")


def _again(
    store: "Store",
    name: str,
    here: Place,
    *,
    output: Path | None,
    now: datetime.datetime,
) -> list[Path]:
    """Write a past issue once more; in its own folder, the list of all issues follows."""
    from digest.cli.archive import update_archive
    from digest.run import issue_called, write_again
    from digest.store.issues import edit_lists

    issue = issue_called(store, name)
    edits = len(edit_lists(store, issue.id))
    files = write_again(store, name, output, now=now)
    if undone := edits - len(edit_lists(store, issue.id)):
        note(f"{name} is as it was made: {counted(undone, 'edit', 'edits')} taken back")
    if files and files[0].parent == Path(issue.folder):
        own = here.of(name).config
        update_archive(Path(issue.folder), name, settings=own, look=here.look(own))
    return files


def _exit_code(done: Sequence["RunResult"], sources: int) -> int:
    failed = len(done[0].gathered.failed)
    if failed == sources and all(one.digest is None for one in done):
        return EXIT_NOTHING
    return EXIT_PARTIAL if failed else EXIT_OK


def _mail(store: "Store", here: Place, now: datetime.datetime) -> int:
    """Send the mails and notices that wait, and return the worst exit code."""
    if here.config.mail is None and not here.config.notices:
        return EXIT_OK
    from digest.run.running import mail_issues

    code = EXIT_OK
    for done in mail_issues(
        store,
        here.config,
        now=now,
        templates=here.templates_of,
        report=failure,
    ):
        if done.rows:
            print_counts(done)
        code = max(code, done.exit_code)
    return code


def _beginning(since: str | None, now: datetime.datetime) -> datetime.datetime | None:
    if since is None:
        return None
    span = _SPAN.fullmatch(since.strip().lower())
    if span is None:
        raise ConfigError(
            f"--since {since}: it must be hours, days or weeks, such as 12h, 2d or 1w"
        )
    return now - datetime.timedelta(hours=int(span[1]) * _HOURS[span[2]])
