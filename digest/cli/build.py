"""`digest build`."""

import datetime
from pathlib import Path

import click

from digest.cli.options import allow_private_option, sources_argument, tracked
from digest.errors import EXIT_OK, EXIT_PARTIAL, ConfigError, ReadError
from digest.models import Digest
from digest.protocols import Renderer


@click.command(
    "build",
    epilog="\b\nExamples:\n"
    "  digest build pages/ -o out/\n"
    "  digest build pages/*.txt page.html --format html --date 2026-11-21\n"
    "  digest build pages/ --config digest.toml --templates my-templates/",
)
@sources_argument
@click.option(
    "-o",
    "--output",
    default="out",
    show_default=True,
    metavar="DIR",
    help="The folder to write to.",
)
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="The day on the briefing.  [default: today]"
)
@click.option(
    "--format",
    "formats",
    default="markdown,html,json",
    show_default=True,
    metavar="NAMES",
    help="Which files to write: markdown, html, json, text; several with commas.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration.  [default: digest.toml, if there is one]",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with templates of your own.",
)
@click.option("--name", metavar="NAME", help="What to call the files.  [default: the date]")
@allow_private_option
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: str,
    date: datetime.datetime | None,
    formats: str,
    config: Path | None,
    templates: Path | None,
    name: str | None,
    allow_private: bool,
) -> None:
    """Make a briefing of pages and folders, and print the names of the files.

    A SOURCE is a file, a folder, an http or https address or - for standard input: plain text, Markdown,
    HTML, mails (.eml), articles (.jsonl). One that cannot be used is named in the briefing, and the others
    go on (exit code 10).
    """
    from digest.config import load_config, make_stages
    from digest.fetch import expand
    from digest.pipeline import build_digest

    settings = load_config(config)
    if templates is None and settings.templates:
        templates = (config.parent if config else Path()) / settings.templates
    renderers = _renderers(formats, templates)
    digest = build_digest(
        expand(sources),
        stages=make_stages(settings, allow_private=allow_private),
        date=date.date() if date else datetime.date.today(),
        title=settings.title,
        track=tracked,
    )
    failed = _name_failures(digest)
    if not digest.articles:
        raise ReadError(", ".join(sources), "nothing usable in it")
    _write(digest, Path(output), name or digest.date.isoformat(), renderers)
    ctx.exit(EXIT_PARTIAL if failed else EXIT_OK)


def _renderers(formats: str, templates: Path | None) -> list[tuple[str, Renderer]]:
    from digest.registry import make_renderer

    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{templates}: no such folder of templates")
    names = [name.strip() for name in formats.split(",") if name.strip()]
    if not names:
        raise ConfigError("--format names no format: choose from markdown, html, json, text")
    return [make_renderer(name, templates=templates) for name in names]


def _name_failures(digest: Digest) -> int:
    failures = [one for one in digest.omissions if one.reason == "failed source"]
    for failure in failures:
        click.echo(f"digest: {failure.page}: {failure.detail}", err=True)
    return len(failures)


def _write(digest: Digest, folder: Path, name: str, renderers: list[tuple[str, Renderer]]) -> None:
    from digest.deliverers.files import write_file

    rendered = [(ending, render(digest)) for ending, render in renderers]
    for ending, text in rendered:
        click.echo(write_file(folder, f"{name}.{ending}", text))
