"""`digest site`: the archive of a folder as a site for any static host."""

from pathlib import Path

import click

from digest.cli.options import config_option, templates_option, theme_option
from digest.cli.terminal import note
from digest.errors import ConfigError
from digest.text.plurals import counted


@click.command(
    "site",
    epilog="\b\nExamples:\n"
    "  digest site out/ -o public/\n"
    "  digest site out/ -o public/ --base-url https://news.example.org/",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="public",
    show_default=True,
    metavar="DIR",
    help="The folder to write to.",
)
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Where the site can be read, for its feeds and its sitemap.  [default: that of digest.toml]",
)
@config_option
@templates_option
@theme_option
def site(
    folder: Path,
    output: Path,
    base_url: str,
    config: Path | None,
    templates: Path | None,
    theme: str | None,
) -> None:
    """Make a site of all issues of a folder, for any host that serves files.

    Writes the page of every issue whose .json stands in DIR, the list of them, a page and a feed for each topic
    with its story over the issues, a search page, and, where the address is known, sitemap.xml.
    """
    from digest.cli.archive import read_issues, write_archive
    from digest.cli.options import look_of
    from digest.config import load_config
    from digest.durability import write_file
    from digest.renderers.site import render_site

    settings = load_config(config)
    look = look_of(settings, config, templates=templates, theme=theme)
    issues = read_issues(folder)
    if not issues:
        raise ConfigError(f"{folder}: no issue in it; `digest build` writes them")
    base = base_url or settings.base_url
    write_archive(
        output,
        issues,
        look=look,
        title=settings.title,
        base_url=base,
        is_site=True,
        report=lambda _: None,
    )
    files = [
        write_file(output, name, text, lasting=False)
        for name, text in render_site(issues, title=settings.title, base_url=base, **look)
    ]
    topics = sum(one.name.startswith("topic-") and one.suffix == ".html" for one in files)
    note(
        f"{output}: {counted(len(issues), 'issue', 'issues')}, {counted(topics, 'topic', 'topics')}"
    )
