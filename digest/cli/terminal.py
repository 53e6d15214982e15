"""Write to the terminal, and messages to stderr, for people or for a log collector.

Text of others never reaches the terminal with characters that could act on it.
"""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, TypeVar

import click

from digest.errors import ConfigError, WriteError
from digest.outgoing import clean, escaped, line

T = TypeVar("T")
LOGGER = logging.getLogger("digest")


def say(text: object = "", *, nl: bool = True, err: bool = False, **style: Any) -> None:
    """Print text for people, cleaned wherever it goes; `style` is that of `click.style`."""
    shown = clean(str(text))
    _write(click.style(shown, **style) if style else shown, nl=nl, err=err)


def data(text: str, *, nl: bool = False) -> None:
    """Print the output of a format for programs: unchanged into a pipe or a file, cleaned on a terminal."""
    _write(clean(text) if on_terminal(sys.stdout) else text, nl=nl)


def raw(content: bytes) -> None:
    """Print a file that is not text; raises `ConfigError` where it would go to a terminal."""
    if on_terminal(sys.stdout):
        raise ConfigError("this format is no text: name a folder, as in -o out/, or a pipe")
    _write(content, nl=False)


def page(text: str) -> None:
    """Show a long text page by page."""
    click.echo_via_pager(clean(text))


def json_text(value: object, *, indent: int | None = None) -> None:
    """Print a value as JSON, with escapes for characters that could act on a terminal."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    _write(escaped(text))


def print_files(files: Iterable[Path]) -> None:
    """Print the paths of files, those below the current folder relative to it."""
    here = Path.cwd()
    for file in files:
        say(file.relative_to(here) if file.is_relative_to(here) else file)


def tracked(items: Sequence[T], stage: str) -> Iterable[T]:
    """Show a bar on stderr while `items` are worked through, if a person is watching."""
    if not _watched() or len(items) < 2:
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=stage, console=Console(stderr=True), transient=True)


@contextmanager
def progress(stage: str, steps: int) -> Iterator[Callable[[], object]]:
    """Show a bar on stderr for a stage, if a person is watching; gives the function to call at each step."""
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
    return on_terminal(sys.stderr) and LOGGER.isEnabledFor(logging.WARNING) and not is_log


def complain(error: click.ClickException) -> None:
    """Say how a command was misused."""
    from io import StringIO

    said = StringIO()
    error.show(file=said)
    say(said.getvalue(), nl=False, err=True)


def show_bug(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Print a traceback, cleaned: it may quote the input."""
    say("".join(traceback.format_exception(kind, error, where)), nl=False, err=True)


def on_terminal(*streams: TextIO | None) -> bool:
    """Return whether all of these streams are a terminal's; one that is closed is None."""
    return all(one is not None and one.isatty() for one in streams)


def _write(text: str | bytes, *, nl: bool = True, err: bool = False) -> None:
    if (sys.stderr if err else sys.stdout) is None:
        if err:
            return
        raise WriteError("standard output is closed; nothing can be printed")
    click.echo(text, nl=nl, err=err)


def failure(text: object) -> None:
    """Print an error in one line, with `--quiet` as well."""
    _say(logging.ERROR, text)


def note(text: object) -> None:
    """Print a remark in one line; not with `--quiet`."""
    _say(logging.WARNING, text)


def configure(level: int, *, as_json: bool) -> None:
    """Send the messages of the program from `level` on to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if as_json else _OneLine())
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(level)
    LOGGER.propagate = False


def _say(level: int, text: object) -> None:
    if not LOGGER.handlers:  # an error before the options were read
        configure(logging.WARNING, as_json=False)
    LOGGER.log(level, "%s", text, extra={"is_plain": True})


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = line(record.getMessage())
        # Where it comes from a command it speaks for itself; a library's remark is told apart.
        kind = "" if getattr(record, "is_plain", False) else f"{record.levelname.lower()}: "
        return f"digest: {kind}{text}"


class JsonLine(logging.Formatter):
    """A message as a JSON object on a line of its own: `time`, `level`, `message`."""

    def format(self, record: logging.LogRecord) -> str:
        import datetime

        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        said = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": line(record.getMessage()),
        }
        return json.dumps(said, ensure_ascii=True)
