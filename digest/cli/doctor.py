"""`digest doctor`: check everything, say what to do, and repair a damaged store."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import Place, allow_private_option, config_option, place, store_option
from digest.cli.terminal import progress, say
from digest.errors import (
    EXIT_OK,
    EXIT_PARTIAL,
    ConfigError,
    DigestError,
    FetchError,
    StoreError,
    by_cause,
    counted,
)
from digest.outgoing import line

if TYPE_CHECKING:
    from digest.delivery.options import MailConfig
    from digest.store.repair import PublishedIssue


_SHOWN = 5
"""The most damaged rows that are named; a repair names them all."""


@click.command(
    "doctor",
    epilog="\b\nExamples:\n  digest doctor\n  digest doctor --offline\n  digest doctor --repair",
)
@config_option
@store_option
@click.option("--offline", is_flag=True, help="Ask neither the sources nor the mail server.")
@click.option(
    "--repair",
    "repairing",
    is_flag=True,
    help="Restore what can be read of a damaged store; the damaged file is kept.",
)
@allow_private_option
@click.pass_context
def doctor(
    ctx: click.Context,
    config: Path | None,
    store: Path | None,
    offline: bool,
    repairing: bool,
    allow_private: bool,
) -> None:
    """Check the configuration, the store, the templates, the output folder, the mail server and every source.

    Each line says what is well, or what is wrong and what to do; nothing is mailed. The exit code is that of
    the worst: 2 for the configuration or a template, 73 for a folder, 74 for the store, 75 or 76 for the mail
    server, 10 for a source.
    """
    here = place(config)
    _well("configuration", f"{here.file}: {_configured(here)}")
    path = here.store(store)
    if repairing:
        _repair(path, here.output)
    codes = [
        _checked("store", lambda: _store(path)),
        _checked("languages", lambda: _languages(path)),
        _checked("stages", lambda: _stages(here)),
        _checked("templates", lambda: _templates(here)),
        _checked("output", lambda: _output(here.output)),
    ]
    if not offline:
        codes += [_mail(here.config.mail), _sources(here, allow_private)]
    ctx.exit(max(codes))


def _configured(here: Place) -> str:
    if not here.file.exists():
        return "none here; `digest init` writes one"
    number = len(here.config.sources)
    return (
        counted(number, "source", "sources")
        if number
        else "no sources; `digest feeds add` adds one"
    )


def _checked(what: str, check: Callable[[], str]) -> int:
    try:
        _well(what, check())
    except DigestError as error:
        _wrong(what, error)
        return error.exit_code
    return EXIT_OK


def _store(path: Path) -> str:
    if not path.exists():
        return f"{path}: none yet; `digest run` makes it"
    from digest.store import open_store
    from digest.store.articles import count_waiting
    from digest.store.damage import flaws
    from digest.store.issues import all_issues
    from digest.store.schema import REPAIR

    with open_store(path, check=True) as opened:
        if found := list(flaws(opened)):
            shown = "; ".join(map(str, found[:_SHOWN])) + ("; ..." if found[_SHOWN:] else "")
            count = counted(len(found), "damaged row", "damaged rows")
            raise StoreError(f"{path}: {count} ({shown}); {REPAIR}")
        issues, waiting = all_issues(opened), count_waiting(opened)
    last = f", the last of {issues[-1].day}" if issues else ""
    made = counted(len(issues), "issue", "issues")
    return f"{path}: {made}{last}; {counted(waiting, 'article waits', 'articles wait')}"


def _languages(path: Path) -> str:
    """Name the languages of the articles, those apart that nobody has measured."""
    from digest.store import open_store
    from digest.store.articles import languages_of
    from digest.text.language import MEASURED

    if not path.exists():
        return "none yet"
    with open_store(path, check=True) as opened:
        found = languages_of(opened)
    strange = [code for code in found if code not in MEASURED]
    known = ", ".join(code for code in found if code in MEASURED) or "none yet"
    return known + (
        f"; not measured: {', '.join(strange)}; see docs/languages.md" if strange else ""
    )


def _stages(here: Place) -> str:
    from digest.config import make_stages

    make_stages(here.config)
    return f"{here.config.algorithm}, {here.config.length}"


def _templates(here: Place) -> str:
    """Render an empty issue and one with everything in it."""
    from digest.cli.options import look_of
    from digest.renderers import make_renderer
    from digest.renderers.templates import sample_digests

    look = look_of(here.config, here.file, templates=None, theme=None)
    for name in here.config.formats:
        _, render = make_renderer(name, **look)
        for digest in sample_digests():
            render(digest)
    return f"{here.templates or 'built in'}: {', '.join(here.config.formats)}"


def _output(folder: Path) -> str:
    from digest.durability import check_folder

    check_folder(folder)
    return str(folder)


def _mail(mail: "MailConfig | None") -> int:
    if mail is None:
        return EXIT_OK
    from digest.delivery.dispatch import check_delivery

    return _checked("mail", lambda: check_delivery(mail))


def _sources(here: Place, allow_private: bool) -> int:
    from digest.run.checking import check_sources

    failed = []
    for source, result in check_sources(
        here.config.sources, folder=here.folder, allow_private=allow_private, progress=progress
    ):
        if isinstance(result, FetchError):
            failed.append((result.source, result.reason))
        else:
            _well("source", f"{source.shown}: {result}")
    for fault in by_cause(failed):
        _wrong("source", fault)
    return EXIT_PARTIAL if failed else EXIT_OK


def _repair(path: Path, output: Path) -> None:
    from digest.store import locked
    from digest.store.repair import repair

    if not path.exists():
        return
    with locked(path):
        done = repair(path, published=_published(output))
    for lost in done.lost:
        _wrong("lost", lost)
    _well("repaired", ", ".join(f"{count} {table}" for table, count in done.rows.items()))
    _well("kept", f"{done.kept}: the damaged store")


def _published(folder: Path) -> "list[PublishedIssue]":
    """Return the issues in their folder."""
    from digest.incoming import read_regular
    from digest.library import load_digest
    from digest.store.repair import PublishedIssue

    found = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*.json")):
        with suppress(ConfigError, OSError):
            load_digest(path)
            text = read_regular(path).decode()
            found.append(PublishedIssue(name=path.stem, folder=str(folder.absolute()), text=text))
    return found


def _well(what: str, text: str) -> None:
    say("well ", nl=False, fg="green")
    say(f" {what}: {text}")


def _wrong(what: str, error: DigestError | str) -> None:
    say("wrong", nl=False, fg="red")
    say(f" {what}: {line(str(error))}")
