"""`digest templates`."""

from pathlib import Path

import click

from digest.cli.terminal import say
from digest.errors import ConfigError
from digest.incoming import read_regular


@click.group(
    "templates",
    epilog="\b\nExamples:\n"
    "  digest templates copy my-templates/\n"
    "  digest templates copy my-templates/ digest.css --theme plain\n"
    "  digest build pages/ --templates my-templates/",
)
def command() -> None:
    """Start templates of your own from the built-in ones.

    docs/templates.md says what a template sees. A folder of templates need not be whole: what it does not
    have is built in, so copy only what you change.
    """


@command.command(
    "copy",
    epilog="\b\nExamples:\n"
    "  digest templates copy my-templates/\n"
    "  digest templates copy my-templates/ digest.css --theme plain",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--theme", default="paper", show_default=True, metavar="NAME", help="Whose: paper or plain."
)
def copy(folder: Path, names: tuple[str, ...], theme: str) -> None:
    """Copy the built-in templates, or those named, into DIR. No file is written over."""
    from digest.durability import write_file

    found = built_in(theme)
    for name in names:
        if name not in found:
            raise ConfigError(f"no template {name!r}: choose from {', '.join(found)}")
    chosen = {name: found[name] for name in names or found}
    for name in chosen:
        if (folder / name).exists():
            raise ConfigError(f"{folder / name} exists already: choose another folder")
    for name, path in chosen.items():
        say(write_file(folder, name, read_regular(path)))


def built_in(theme: str) -> dict[str, Path]:
    """Return the built-in templates by name, those of the theme before the others."""
    from digest.renderers.templates import template_folders

    found: dict[str, Path] = {}
    for folder in template_folders(theme):
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.name, path)
    return dict(sorted(found.items()))
