"""Share between commands: options, the configuration and its folder, reading sources, counting failures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest.cli.terminal import failure, tracked
from digest.errors import EXIT_NOTHING, EXIT_OK, EXIT_PARTIAL, ConfigError, SourceError

if TYPE_CHECKING:
    from digest.config import Config
    from digest.models import Article, Digest

T = TypeVar("T")

sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
allow_private_option = click.option(
    "--allow-private",
    is_flag=True,
    help="Let addresses lead to your own machine and network.",
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration.  [default: digest.toml, if there is one]",
)
_templates_option = click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with templates of your own; they are trusted code.",
)


def _sandbox(_context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from digest.renderers.templates import sandbox_templates

        sandbox_templates()


_sandbox_option = click.option(
    "--sandbox",
    is_flag=True,
    expose_value=False,
    callback=_sandbox,
    help="Run templates of others, which can then do no more than fill in.",
)


def templates_option(command: T) -> T:
    """Add `--templates`, and `--sandbox` for those of others."""
    return _templates_option(_sandbox_option(command))  # type: ignore[type-var]


theme_option = click.option("--theme", metavar="NAME", help="The look of the page: paper or plain.")
algorithm_option = click.option(
    "--algorithm",
    default="textrank",
    show_default=True,
    metavar="NAME",
    help="textrank, lead, or sumy's lexrank, lsa, luhn, edmundson, sum-basic, kl, reduction, random.",
)


def date_option(what: str) -> Callable[[Any], Any]:
    """Return `--date`, whose help says `what` is dated; `day_named` reads it."""
    return click.option(
        "--date",
        metavar="DAY",
        help=f"{what} 2026-11-21, today, yesterday or tomorrow.  [default: today]",
    )


_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def day_named(name: str | None, *, today: datetime.date) -> datetime.date:
    """Return the day that `--date` names; raises `ConfigError` for a word that names none."""
    word = (name or "today").strip().lower()
    try:
        if word in _DAYS:
            return today + datetime.timedelta(days=_DAYS[word])
        return datetime.datetime.strptime(word, "%Y-%m-%d").date()
    except (ValueError, OverflowError) as error:
        raise ConfigError(
            f"--date {name}: no such day; write year, month and day, as in {today}, "
            "or today, yesterday or tomorrow"
        ) from error


class SuggestingGroup(click.Group):
    """A group of commands that knows which one a mistyped name may have meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; one that is none is refused with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0].lower(), self.list_commands(ctx), n=1)
            known = ", ".join(self.list_commands(ctx))
            hint = f"Did you mean '{near[0]}'?" if near else f"The commands are {known}."
            ctx.fail(f"{error.message.rstrip('.')}. {hint}")


def format_option(*formats: str) -> Callable[[Any], Any]:
    """Return `--format` with these choices, the first being the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


class Tally:
    """Counts successes and failures, names each failure on stderr, and gives the exit code."""

    def __init__(self) -> None:
        """Start with nothing done and nothing failed."""
        self.done = 0
        self.failed = 0

    def failure(self, error: Exception | str) -> None:
        """Name one failed input; the others go on."""
        self.failed += 1
        failure(error)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Do one input: a `SourceError` inside is named and counted as failed."""
        try:
            yield
        except SourceError as error:
            self.failure(error)

    @property
    def exit_code(self) -> int:
        """0 all done, 10 some failed, 65 nothing usable."""
        if not self.failed:
            return EXIT_OK
        return EXIT_PARTIAL if self.done else EXIT_NOTHING


ISSUE_NAME = re.compile(r"\d{4}-\d\d-\d\d(?:-[a-z][a-z0-9-]{0,160})?(?:-\d{1,4})?")
"""The name of an issue in the store: its date and edition, with a number where it is not the first."""
store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The database of what was fetched and sent.  [default: as the configuration says]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A configuration and its file: relative paths are relative to the folder of the file."""

    config: Config
    file: Path

    @property
    def folder(self) -> Path:
        """The folder of the file."""
        return self.file.parent

    @property
    def output(self) -> Path:
        """The folder of the issues."""
        return self.folder / self.config.output

    @property
    def templates(self) -> Path | None:
        """The folder with the user's templates, if there is one."""
        return self.templates_of(self.config)

    def templates_of(self, config: Config) -> Path | None:
        """Return the folder with the templates of an edition, if there is one."""
        return self.folder / config.templates if config.templates else None

    def look(self, config: Config) -> dict[str, Any]:
        """Return the options of every renderer for an edition."""
        return look_of(config, self.file, templates=None, theme=None)

    def of(self, issue: str) -> Place:
        """Return the same place with the configuration of an issue's edition."""
        from digest.config import config_of
        from digest.store.issues import edition_of

        return replace(self, config=config_of(self.config, edition_of(issue)))

    def store(self, option: Path | None) -> Path:
        """Return the path of the store: as the option says, else the configuration, else the platform."""
        if option is not None:
            return option
        if self.config.store:
            return self.folder / Path(self.config.store).expanduser()
        from digest.store import default_store

        return default_store()

    def today(self, now: datetime.datetime) -> datetime.date:
        """Return the local day of a moment."""
        if not self.config.timezone:
            return now.astimezone().date()
        from zoneinfo import ZoneInfo

        return now.astimezone(ZoneInfo(self.config.timezone)).date()


def existing_store(here: Place, option: Path | None) -> Path:
    """Return the path of the store; raises `ConfigError` where there is none yet."""
    path = here.store(option)
    if not path.exists():
        raise ConfigError(f"no store {path}; `digest run` makes issues")
    return path


def place(config: Path | None) -> Place:
    """Read the configuration and remember where its file is."""
    from digest.config import FILE_NAME, load_config

    return Place(config=load_config(config), file=config or Path(FILE_NAME))


def place_of(issue: Path, config: Path | None) -> Place:
    """Read the configuration of an issue: the given one, that of this folder, or one above the issue."""
    from digest.config import FILE_NAME

    if config is None and not Path(FILE_NAME).exists():
        above = (folder / FILE_NAME for folder in issue.resolve().parents)
        config = next((file for file in above if file.is_file()), None)
    return place(config)


def look_of(
    settings: Config, config: Path | None, *, templates: Path | None, theme: str | None
) -> dict[str, Any]:
    """Return the options of every renderer: `templates`, `theme` and `language`.

    A folder that the configuration names is relative to its file. Raises `ConfigError` where the folder,
    the theme or the language does not exist.
    """
    from digest.renderers.templates import template_folders
    from digest.renderers.words import words_of

    if templates is None and settings.templates:
        templates = (config.parent if config else Path()) / settings.templates
    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{templates}: no such folder of templates")
    theme = theme or settings.theme
    template_folders(theme)
    words_of(settings.language or "en")
    return {"templates": templates, "theme": theme, "language": settings.language}


_ISSUE_S = 20.0
"""Enough for 64 MiB of JSON, the largest file that is read."""


def articles_of(
    locations: Sequence[str], tally: Tally, *, allow_private: bool = False
) -> Iterator[Article]:
    """Yield the articles of all sources; one that cannot be used is named, and the others go on."""
    from digest.collecting import Bounded
    from digest.fetch import AnyFetcher, expand

    fetch = AnyFetcher(allow_private=allow_private)
    with Bounded() as bounded:
        for source in tracked(expand(locations), "reading"):
            with tally.one():
                articles = bounded.articles(fetch(source))
                tally.done += 1
                yield from articles


def issue_of(path: Path) -> Digest:
    """Return the briefing in a JSON file; raises `ConfigError` where it is none."""
    from digest.collecting import Bounded
    from digest.library import load_digest

    with Bounded() as bounded:
        return bounded(load_digest, path, location=str(path), seconds=_ISSUE_S)
