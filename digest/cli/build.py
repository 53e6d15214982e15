"""`digest build`: make a briefing of pages and folders."""

import datetime
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import (
    allow_private_option,
    config_option,
    date_option,
    day_named,
    sources_argument,
    templates_option,
    theme_option,
)
from digest.cli.terminal import data, failure, on_terminal, page, raw, say, tracked
from digest.errors import EXIT_NOTHING, EXIT_OK, EXIT_PARTIAL, ConfigError, ReadError, by_cause
from digest.models import Digest
from digest.protocols import Renderer

if TYPE_CHECKING:
    from digest.config import Config


@click.command(
    "build",
    epilog="\b\nExamples:\n"
    "  digest build pages/ -o out/\n"
    "  digest build pages/*.txt page.html --format html --date 2026-11-21\n"
    "  digest build pages/ -o - --format text\n"
    "  digest build pages/ --config digest.toml --templates my-templates/",
)
@sources_argument
@click.option(
    "-o",
    "--output",
    default="out",
    show_default=True,
    metavar="DIR",
    help="The folder to write to; - prints one format, page by page on a terminal.",
)
@date_option("The day on the briefing.")
@click.option(
    "--format",
    "formats",
    default="markdown,html,json",
    show_default=True,
    metavar="NAMES",
    help="Which files to write: markdown, html, json, text, epub; several with commas.",
)
@config_option
@templates_option
@theme_option
@click.option("--name", metavar="NAME", help="What to call the files.  [default: the date]")
@allow_private_option
@click.option(
    "--archive",
    is_flag=True,
    help="Also list all issues of the folder: index.html, feed.xml, links between their pages.",
)
@click.option(
    "--base-url", default="", metavar="URL", help="Where the folder can be read, for the feed."
)
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: str,
    date: str | None,
    formats: str,
    config: Path | None,
    templates: Path | None,
    theme: str | None,
    name: str | None,
    allow_private: bool,
    archive: bool,
    base_url: str,
) -> None:
    """Make a briefing of pages and folders, and print the names of the files.

    A SOURCE is a file, a folder, an http or https address or - for standard input: plain text, Markdown,
    HTML, mails (.eml), articles (.jsonl). One that cannot be used is named in the briefing, and the others
    go on (exit code 10).
    """
    from digest.cli.options import look_of
    from digest.config import load_config

    settings = load_config(config)
    look = look_of(settings, config, templates=templates, theme=theme)
    renderers = _renderers(formats, look)
    day = day_named(date, today=datetime.date.today())
    folder, stem = Path(output), _stem(name, day, archive=archive)
    if output == "-" and (len(renderers) > 1 or archive):
        raise ConfigError("-o - prints one format: name it, as in --format text")
    if archive:
        renderers = [(ending, render) for ending, render in renderers if ending != "html"]
    digest = _built(sources, settings, day, allow_private=allow_private)
    failed = _name_failures(digest)
    if not digest.articles and failed:
        ctx.exit(EXIT_NOTHING)
    if not digest.articles:
        raise ReadError(", ".join(sources), "nothing usable in it")
    if output == "-":
        _print(digest, renderers[0][1])
    else:
        _write(digest, folder, stem, renderers)
    if archive:
        _write_archive(digest, folder, stem, look=look, title=settings.title, base_url=base_url)
    ctx.exit(EXIT_PARTIAL if failed else EXIT_OK)


def _built(
    sources: tuple[str, ...], settings: "Config", day: datetime.date, *, allow_private: bool
) -> Digest:
    from digest.collecting import Bounded
    from digest.config import make_stages
    from digest.fetch import expand
    from digest.pipeline import build_digest

    with Bounded() as bounded:
        stages = make_stages(
            settings, allow_private=allow_private, read=bounded.pages, split=bounded.split
        )
        return build_digest(
            expand(sources), stages=stages, date=day, title=settings.title, track=tracked
        )


def _stem(name: str | None, day: datetime.date, *, archive: bool) -> str:
    """Return the name of the files without their endings; raises `ConfigError` for one that cannot be."""
    from digest.durability import names_a_file, safe_stem

    if name is not None and not names_a_file(name):
        raise ConfigError(f"--name {name!r}: no file can be called so; give letters or digits")
    stem = safe_stem(name or day.isoformat())
    if archive and stem in ("index", "feed"):
        raise ConfigError(f"--name {name}: the archive has a file of that name")
    return stem


def _renderers(formats: str, look: dict[str, Any]) -> list[tuple[str, Renderer]]:
    from digest.renderers import make_renderer

    names = [name.strip() for name in formats.split(",") if name.strip()]
    if not names:
        raise ConfigError("--format names no format: choose from markdown, html, json, text, epub")
    return [make_renderer(name, **look) for name in names]


def _name_failures(digest: Digest) -> int:
    failures = [one for one in digest.omissions if one.reason == "failed source"]
    for fault in by_cause((one.page, one.detail) for one in failures):
        failure(fault)
    return len(failures)


def _write(digest: Digest, folder: Path, name: str, renderers: list[tuple[str, Renderer]]) -> None:
    from digest.durability import write_file

    rendered = [(ending, render(digest)) for ending, render in renderers]
    written = [write_file(folder, f"{name}.{ending}", text) for ending, text in rendered]
    for file in written:
        say(file)


def _print(digest: Digest, render: Renderer) -> None:
    """Print the text of a format: page by page where a person reads it, as it is where a program does."""
    from digest.renderers.formats import TextRenderer

    is_read = on_terminal(sys.stdin, sys.stdout)
    if is_read and isinstance(render, TextRenderer):
        render = replace(render, width=min(render.width, shutil.get_terminal_size().columns))
    content = render(digest)
    if isinstance(content, bytes):
        raw(content)
    elif is_read:
        os.environ.setdefault("LESS", "FRX")  # as git has it: what fits the screen is only printed
        page(content)
    else:
        data(content)


def _write_archive(digest: Digest, folder: Path, name: str, **options: Any) -> None:
    """List the issues of the folder, this one among them even where no JSON of it was asked for."""
    from digest.cli.archive import beside, read_issues, write_archive

    issues = read_issues(folder) | {name: digest}
    write_archive(folder, issues, pages=beside(issues, name), **options)
