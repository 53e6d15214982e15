"""The one writer to the terminal: text of others never reaches it with what could act on it."""

import sys
import traceback
from types import TracebackType
from typing import Any

import click

from digest.errors import WriteError
from digest.outgoing import clean, escaped


def say(text: object = "", *, nl: bool = True, err: bool = False, **style: Any) -> None:
    """Print text for people, cleaned wherever it goes; `style` is that of `click.style`."""
    shown = clean(str(text))
    _write(click.style(shown, **style) if style else shown, nl=nl, err=err)


def data(text: str, *, nl: bool = False) -> None:
    """Print what a format has for programs: as it is into a pipe or a file, cleaned on a terminal."""
    _write(clean(text) if _is_terminal() else text, nl=nl)


def page(text: str) -> None:
    """Show a long text page by page."""
    click.echo_via_pager(clean(text))


def json_text(value: object, *, indent: int | None = None) -> None:
    """Print a value as JSON, with escapes for what could act on a terminal: it is the same JSON."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    _write(escaped(text))


def complain(error: click.ClickException) -> None:
    """Say how a command was misused."""
    from io import StringIO

    said = StringIO()
    error.show(file=said)
    say(said.getvalue(), nl=False, err=True)


def show_bug(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Print a traceback; what the input had to say in it is as harmless as everywhere."""
    say("".join(traceback.format_exception(kind, error, where)), nl=False, err=True)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _write(text: str, *, nl: bool = True, err: bool = False) -> None:
    if (sys.stderr if err else sys.stdout) is None:
        if err:
            return
        raise WriteError("standard output is closed; nothing can be printed")
    click.echo(text, nl=nl, err=err)
