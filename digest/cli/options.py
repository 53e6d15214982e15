"""Options and small pieces that several commands share."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from digest.cli.messages import LOGGER, JsonLine, failure
from digest.cli.terminal import say
from digest.errors import EXIT_NOTHING, EXIT_OK, EXIT_PARTIAL, SourceError

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


def print_files(files: Iterable[Path]) -> None:
    """Print the paths of files, those below the current folder relative to it."""
    here = Path.cwd()
    for file in files:
        say(file.relative_to(here) if file.is_relative_to(here) else file)


class Tally:
    """Counts what was done and what failed, names each failure on stderr, and gives the exit code."""

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


def tracked(items: Sequence[T], stage: str) -> Iterable[T]:
    """Show a bar on stderr while `items` are worked through, if a person is watching."""
    if not _watched() or len(items) < 2:
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=stage, console=Console(stderr=True), transient=True)


@contextmanager
def progress(stage: str, steps: int) -> Iterator[Callable[[], object]]:
    """Show a bar on stderr for a stage, if a person is watching; gives what to call at each of its steps."""
    if not _watched() or steps < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(stage, total=steps)
        yield lambda: bars.advance(task)


def _watched() -> bool:
    """Whether a person looks at stderr and wants more than errors: a log has no use for a bar."""
    import logging

    is_log = any(isinstance(one.formatter, JsonLine) for one in LOGGER.handlers)
    return sys.stderr.isatty() and LOGGER.isEnabledFor(logging.WARNING) and not is_log
