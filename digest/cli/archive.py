"""`digest archive` and `digest site`, and the archive that `digest build --archive` keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import config_option, look_of, templates_option, theme_option
from digest.cli.terminal import failure, note, say
from digest.errors import ConfigError, counted

if TYPE_CHECKING:
    from digest.config import Config
    from digest.models import Digest


@click.command(
    "archive",
    epilog="\b\nExamples:\n"
    "  digest archive out/\n"
    "  digest archive out/ --base-url https://news.example.org/",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Where the folder can be read; the feed names it. The list works without.",
)
@config_option
@templates_option
@theme_option
def archive(
    folder: Path, base_url: str, config: Path | None, templates: Path | None, theme: str | None
) -> None:
    """List all issues of a folder, and make their pages anew.

    Writes index.html, the list with a search, feed.xml, an Atom feed of the latest issues, and the page of
    every issue whose .json stands in DIR, with links to the issues before and after it.
    """
    from digest.config import load_config

    settings = load_config(config)
    look = look_of(settings, config, templates=templates, theme=theme)
    issues = read_issues(folder)
    if not issues:
        raise ConfigError(f"{folder}: no issue in it; `digest build` writes them")
    write_archive(folder, issues, look=look, title=settings.title, base_url=base_url)


def read_issues(folder: Path) -> dict[str, Digest]:
    """Return the digests whose JSON stands in a folder, by name; other JSON files are passed over.

    Raises `ConfigError` where the folder cannot be read.
    """
    from digest.library import load_digest

    if not folder.is_dir():
        raise ConfigError(
            f"{folder}: no such folder; `digest build -o {folder}` makes one of issues"
        )
    issues = {}
    for path in sorted(folder.glob("*.json")):
        try:
            issues[path.stem] = load_digest(path)
        except ConfigError as error:
            failure(f"{path.name} is passed over: {error}")
    return issues


def write_archive(
    folder: Path,
    issues: dict[str, Digest],
    *,
    look: dict[str, Any],
    title: str,
    base_url: str = "",
    pages: frozenset[str] | None = None,
    is_site: bool = False,
    report: Callable[[object], None] = say,
) -> None:
    """Write the list, the feed and the pages of the issues, all or those named; `report` takes their paths.

    A site can be made again, and has a search beside the list (`digest site`).
    """
    from digest.durability import write_file
    from digest.renderers.archive import archive_entry, neighbours, render_archive
    from digest.renderers.formats import HtmlRenderer

    entries = [archive_entry(digest, name) for name, digest in issues.items()]
    texts = render_archive(entries, title=title, base_url=base_url, has_search=is_site, **look)
    for name, digest in issues.items():
        if pages is None or name in pages:
            beside = neighbours(entries, name)
            texts[f"{name}.html"] = HtmlRenderer(neighbours=beside, **look)(digest)
    for name, text in texts.items():
        report(write_file(folder, name, text, lasting=not is_site))


def update_archive(folder: Path, name: str, *, settings: Config, look: Mapping[str, Any]) -> None:
    """List an issue that has come or changed among all of its folder, and link the pages beside it."""
    issues = read_issues(folder)
    if not settings.archive or name not in issues:
        return
    write_archive(
        folder,
        issues,
        look=dict(look),
        title=settings.title,
        base_url=settings.base_url,
        pages=beside(issues, name) if "html" in settings.formats else frozenset(),
        report=lambda _: None,
    )


def beside(issues: dict[str, Digest], name: str) -> frozenset[str]:
    """Return the names of an issue and of its two neighbours, whose pages link to it."""
    ordered = sorted(issues, key=lambda one: (issues[one].date, one))
    place = ordered.index(name)
    return frozenset(ordered[max(0, place - 1) : place + 2])


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
