"""`digest edit`: show an issue as a short list in an editor, and write it anew as the list says."""

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import Place, config_option, existing_store, place, store_option
from digest.cli.terminal import failure, note, on_terminal, print_files
from digest.errors import ConfigError, DigestError, counted

if TYPE_CHECKING:
    from digest.run import Draft


@click.command(
    "edit",
    epilog="\b\nExamples:\n"
    "  digest edit\n"
    "  digest edit 2026-11-21 --sentences\n"
    "  digest edit 2026-11-21 --list changed.txt\n\n"
    "The editor is that of the environment variable VISUAL, or EDITOR.",
)
@click.argument("date", required=False, metavar="[DATE]")
@click.option("--sentences", is_flag=True, help="Number the sentences that can be added.")
@click.option(
    "--list",
    "list_",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take the list from a file, and open no editor.",
)
@config_option
@store_option
def edit(
    date: str | None, sentences: bool, list_: Path | None, config: Path | None, store: Path | None
) -> None:
    """Edit an issue, the latest or that of DATE, as a short list of its pieces.

    Order the lines; give a piece more or less room, or drop it; rename a heading; add a sentence of its
    articles by its number. When the editor is closed, every sentence is proven and the issue is written
    anew. `digest run --again DATE` takes all edits back.
    """
    from digest.run import draft, issue_called
    from digest.store import open_store

    here = place(config)
    path = existing_store(here, store)
    with open_store(path) as opened:
        found = draft(opened, issue_called(opened, date))
    here = here.of(found.issue.name)
    job = _Job(draft=found, here=here, store=path, look=here.look(here.config))
    if list_ is None:
        _in_editor(job, sentences=sentences)
    else:
        _apply(job, _read(list_))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    draft: "Draft"
    here: Place
    store: Path
    look: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the issue."""
        return self.draft.issue.name


def _in_editor(job: _Job, *, sentences: bool) -> None:
    """Open the list until it can be applied, or the editor gives up; then it is kept in a file."""
    from digest.editing import write_list

    text = write_list(job.draft.digest, sentences=sentences)
    problem: DigestError | None = None
    while problem is None or _wants_it_again(problem):
        try:
            # As bytes: what an editor saves in another encoding is a nonsense to name, and no crash.
            closed = click.edit(text.encode(), extension=".txt")
        except click.ClickException as error:
            problem = ConfigError(error.format_message())
            break
        text = text if closed is None else closed.decode("utf-8-sig", "replace")
        try:
            return _apply(job, text)
        except DigestError as error:
            problem = error
    failure(f"your list is kept: digest edit {job.name} --list {_keep(job, text)}")
    raise problem


def _apply(job: _Job, text: str) -> None:
    """Apply a list to the issue, and print the result."""
    from digest.cli.archive import update_archive
    from digest.run import revise_issue
    from digest.store import locked, open_store
    from digest.verification import sentences

    issue, now = job.draft.issue, datetime.datetime.now(datetime.UTC)
    with locked(job.store), open_store(job.store) as store:
        digest, files = revise_issue(
            store, job.draft, text, config=job.here.config, look=job.look, now=now
        )
    if not files:
        note(f"{job.name} is as it was: the list changes nothing")
        return
    print_files(files)
    update_archive(Path(issue.folder), job.name, settings=job.here.config, look=job.look)
    total = counted(sum(1 for _ in sentences(digest)), "sentence stands", "sentences stand")
    note(
        f"{total} word for word in the sources; `digest run --again {job.name}` takes the edit back"
    )
    if job.here.config.mail and not (issue.held or issue.to_mail):
        note(f"{job.name} was mailed before, and nobody is mailed again")


def _wants_it_again(error: DigestError) -> bool:
    """Ask, on a terminal, whether to open the list once more."""
    if not on_terminal(sys.stdin, sys.stderr):
        return False
    failure(error)
    return click.confirm("Open the list again?", default=True, err=True)


def _keep(job: _Job, text: str) -> Path:
    """Write a list that could not be used beside the store, and return where it is."""
    from digest.durability import write_file

    folder, number = job.store.parent, 1
    while (folder / f"{job.name}.list-{number}.txt").exists():
        number += 1
    return write_file(folder, f"{job.name}.list-{number}.txt", text)


def _read(file: Path) -> str:
    from digest.incoming import read_regular

    try:
        return read_regular(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ConfigError(f"{file}: {reason.lower()}") from error
