"""Write the man pages from the commands: `python docs/man.py FOLDER` (`make man`)."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from digest import __version__
from digest.cli import COMMANDS, digest


def pages() -> dict[str, str]:
    """Return the page of every command by the name of its file."""
    top = digest.make_context("digest", [], resilient_parsing=True)
    found = dict(_pages(digest, "digest", top))
    for name in COMMANDS:
        command = digest.get_command(top, name)
        assert command is not None
        context = command.make_context(name, [], top, resilient_parsing=True)
        found.update(_pages(command, f"digest-{name}", context))
    return found


def _pages(command: click.Command, name: str, context: click.Context) -> Iterator[tuple[str, str]]:
    yield f"{name}.1", page(command, name, context)
    if name == "digest":  # its commands are loaded by name, and have pages of their own
        return
    for inner in getattr(command, "commands", {}).values():
        below = inner.make_context(inner.name, [], context, resilient_parsing=True)
        yield from _pages(inner, f"{name}-{inner.name}", below)


def page(command: click.Command, name: str, context: click.Context) -> str:
    """Return the man page of a command, as roff."""
    summary = COMMANDS.get(name.removeprefix("digest-")) or command.get_short_help_str(200)
    lines = [f'.TH "{name.upper()}" "1" "" "digest {__version__}" "digest"', ".SH NAME"]
    lines += [
        f"{_text(name)} \\- {_text(summary.rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {_text(context.command_path)}",
    ]
    lines += [_text(" ".join(command.collect_usage_pieces(context))), ".SH DESCRIPTION"]
    lines += _paragraphs(command.help or "")
    params = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    options = [one.get_help_record(context) for one in params]
    if found := [one for one in options if one]:
        lines.append(".SH OPTIONS")
        for flags, told in found:
            lines += [".TP", f".B {_text(flags)}", _text(told)]
    if command.epilog:
        lines += [".SH EXAMPLES", ".nf", *map(_text, _examples(command.epilog)), ".fi"]
    if inner := (COMMANDS if name == "digest" else getattr(command, "commands", {})):
        lines += [".SH SEE ALSO", ", ".join(f"{_text(name)}\\-{one}(1)" for one in sorted(inner))]
    else:
        lines += [".SH SEE ALSO", "digest(1)"]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.replace("\b", "").strip().split("\n\n")):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _examples(epilog: str) -> list[str]:
    """Return the lines below "Examples:"; what is no example stays as it is."""
    lines = [line.strip() for line in epilog.replace("\b", "").strip().splitlines()]
    return [line for line in lines if line not in ("Example:", "Examples:")]


def _text(text: str) -> str:
    """Return a line that roff takes for text: no escapes, no request, hyphens that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out/man") / "man1"
    folder.mkdir(parents=True, exist_ok=True)
    for its_name, its_text in pages().items():
        (folder / its_name).write_text(its_text, encoding="utf-8")
