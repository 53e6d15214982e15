"""Write the reference pages from the code: `python docs/generate.py`. A test keeps them current."""

import ast
import dataclasses
import importlib
import inspect
from pathlib import Path

import click

from digest import config
from digest.cli import COMMANDS, digest
from digest.deliverers import options

HERE = Path(__file__).parent
TABLES = {
    "[[sources]]": config.SourceConfig,
    "[[topics]]": config.TopicConfig,
    "[mail]": options.MailConfig,
}


def commands_page() -> str:
    """Return the help of every command."""
    parts = ["# The commands\n\nWritten by `docs/generate.py` from `--help`.\n"]
    context = _context(digest, "digest", None)
    parts.append(f"## digest\n\n```\n{_plain(digest.get_help(context))}\n```\n")
    for name in COMMANDS:
        command = importlib.import_module(f"digest.cli.{name}").command
        parts += _help(command, name, context)
    return "\n".join(parts)


def configuration_page() -> str:
    """Return every key of digest.toml with its default and what it does."""
    lines = [
        "# The configuration\n",
        "Written by `docs/generate.py`. Commands read `digest.toml` in the current folder, or the file",
        "that `--config` names. An unknown key is refused.\n",
        "| key | default | what it is |",
        "|---|---|---|",
    ]
    lines += _rows(config.Config)
    for name, kind in TABLES.items():
        lines += ["", f"## {name}", "", "| key | default | what it is |", "|---|---|---|"]
        lines += _rows(kind)
    return "\n".join(lines) + "\n"


def _rows(kind: type) -> list[str]:
    fields = {one.name: one for one in dataclasses.fields(kind)}
    rows = []
    for name, doc in _attribute_docs(kind).items():
        default = fields[name].default
        shown = "needed" if default is dataclasses.MISSING else f"`{default!r}`"
        rows.append(f"| `{fields[name].metadata.get('key', name)}` | {shown} | {doc} |")
    return rows


def _attribute_docs(kind: type) -> dict[str, str]:
    body = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(body, ast.ClassDef)
    docs: dict[str, str] = {}
    for before, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr):
            assert isinstance(before.target, ast.Name)
            docs[before.target.id] = " ".join(ast.literal_eval(after.value).split())
    return docs


def _help(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = _context(command, name, parent)
    parts = [f"## {context.command_path}\n\n```\n{_plain(command.get_help(context))}\n```\n"]
    for inner in getattr(command, "commands", {}).values():
        parts += _help(inner, inner.name, context)
    return parts


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return command.make_context(name, [], parent, resilient_parsing=True, terminal_width=88)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


PAGES = {"commands.md": commands_page, "configuration.md": configuration_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
