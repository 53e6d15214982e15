"""Write the reference pages from the code: `python docs/generate.py`. A test keeps them current."""

import ast
import dataclasses
import inspect
import re
import sys
import textwrap
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import get_args

import click

import digest as package
from digest import config, editions, protocols, sources
from digest.cli import COMMANDS, digest, load_command
from digest.cli.setup import built_in
from digest.delivery import options
from digest.renderers import archive, articles, site, views

HERE = Path(__file__).parent
TABLES = {
    "[[sources]]": sources.SourceConfig,
    "[[editions]]": editions.EditionConfig,
    "[[topics]]": config.TopicConfig,
    "[mail]": options.MailConfig,
    "[[notices]]": options.NoticeConfig,
}


def commands_page() -> str:
    """Return the help of every command."""
    parts = ["# The commands\n\nWritten by `docs/generate.py` from `--help`.\n"]
    context = _context(digest, "digest", None)
    parts.append(f"## digest\n\n```\n{_plain(digest.get_help(context))}\n```\n")
    for name in COMMANDS:
        command = load_command(name)
        parts += _help(command, name, context)
    return "\n".join(parts)


_EXAMPLE = """\
```toml
title = "The morning paper"
reading_time = "5m"     # what a whole issue may take
length = "3"            # sentences of a lead; also "80w", "400c", "5%"
story_length = "2"      # sentences of a story
follow = ["Danube"]     # stands above; `mute` is left out
algorithm = "textrank"  # or lead, or one of sumy's: lexrank, lsa, luhn, edmundson, sum-basic, kl, reduction

theme = "paper"         # or plain
language = "en"         # of the fixed words and dates (en, de, es, fr, it, nl, pl, pt, sv)

[[sources]]             # what `digest run` reads
location = "https://ledger.example.org/feed.xml"
weight = 2.0            # counts twice; also section, max_items, max_age

[[sources]]
location = "inbox"      # a folder, a file or a pattern

[[topics]]              # topics with a name of your own; the rest is discovered
name = "Chips"
keywords = ["Nvidia", "semiconductor", "foundry"]
never = ["potato chips"]
```
"""


def configuration_page() -> str:
    """Return every key of digest.toml with its default and what it does."""
    lines = [
        "# The configuration\n",
        "Written by `docs/generate.py`. Commands read `digest.toml` in the current folder, or the file",
        "that `--config` names. An unknown key is refused.\n",
        _EXAMPLE,
        "| key | default | what it is |",
        "|---|---|---|",
    ]
    lines += _rows(config.Config)
    for name, kind in TABLES.items():
        lines += ["", f"## {name}", "", "| key | default | what it is |", "|---|---|---|"]
        lines += _rows(kind)
    return "\n".join(lines) + "\n"


def _rows(kind: type) -> list[str]:
    known = {one.name: one for one in fields(kind)}
    rows = []
    for name, doc in _attribute_docs(kind).items():
        default = known[name].default
        shown = "needed" if default is dataclasses.MISSING else f"`{default!r}`"
        if kind is editions.EditionConfig and default is None:
            shown = "the file's"
        rows.append(f"| `{known[name].metadata.get('key', name)}` | {shown} | {doc} |")
    return rows


def templates_page() -> str:
    """Return what templates see: the files, what each is given, and every field of every view."""
    parts = [_TEMPLATES]
    for name, path in built_in("paper").items():
        parts.append(f"- `{name}`: {_PURPOSES.get(path.name, 'see the file.')}")
    parts.append(_CONTEXT)
    parts += [_view(kind) for kind in _VIEWS]
    return "\n".join(parts) + "\n"


_TEMPLATES = """# Templates of your own

The fields below are written by `docs/generate.py` from the code. Templates are
[Jinja](https://jinja.palletsprojects.com/templates/).

    digest templates copy my-templates/ digest.css     # or without a name: all of them
    digest preview out/ --templates my-templates/      # shows every change as you save it
    digest build pages/ --templates my-templates/

A file of your folder replaces the built-in one of the same name, so keep only what you change. In
`digest.toml` the key is `templates`. The key `theme` (or `--theme`) chooses among the built-in looks: `paper`,
and `plain`, without colours and fonts of its own.

- Templates are code: one of your own can do whatever you can. Run those of others with `--sandbox`, where they
  do no more than fill in what they are given ([Jinja's sandbox](https://jinja.palletsprojects.com/sandbox/)).
- Values are escaped by themselves in `.html`, `.xml` and `.md` templates. `|safe` turns that off for one value:
  use it for addresses (`link`, `href`) in Markdown, and for nothing in HTML.
- A name that does not exist is an error, never a blank: `template digest.html, line 12: ...`.
- `_("In brief")` says a fixed phrase in the language of the issue, and
  `count(number, "{number} topic", "{number} topics")` a counted one; a phrase that the catalogues do not have
  stays as it is. `language` is the language's code.
- `text|excerpt(160)` is the text, cut at a word where it is longer.

## The files
"""

_PURPOSES = {
    "archive.css": "what `index.html` adds to `digest.css`.",
    "digest.css": "the style of the pages.",
    "digest.html": "the page of an issue. Sees `briefing`, and `neighbours`, which is `None` for a page "
    "that stands alone.",
    "digest.md": "the issue in Markdown. Sees `briefing`, `heading(text)`, which makes headings differ, and "
    "`yaml(text)`, a string of the front matter.",
    "digest.txt": "the issue in plain text. Sees `briefing`, "
    "`wrap(text, first_indent, other_indent)` and `rule(text, character)`.",
    "epub.css": "the style of the e-book.",
    "epub-contents.xml": "the first page of the e-book. Sees `briefing` and `chapters`.",
    "epub-lines.xml": "a chapter of headlines. Sees `groups`.",
    "epub-package.xml": "what the e-book is made of. Sees `briefing`, `chapters` and `id`.",
    "epub-page.xml": "the frame of each chapter.",
    "epub-topic.xml": "the chapter of a topic. Sees `topic`, `notes(quote)`, the number of a new note, and "
    "`told`, the numbers of the articles whose texts stand in it.",
    "explain.css": "what `explain.html` adds to `digest.css`.",
    "explain.html": "the page of `digest explain`. Sees `explanation`; in English.",
    "feed.xml": "the Atom feed of the latest issues. Sees `archive`.",
    "index.html": "the list of all issues. Sees `archive` and `has_search`: whether `search.html` is there.",
    "macros.html": "the pieces of the pages: a topic, a story, its outlets, lines, a source's number, the "
    "timeline.",
    "mail.html": "the issue as a mail, styles inlined afterwards. Sees `briefing`, `link_of(article)`, the "
    "article's one address, and the links at its foot.",
    "mail.txt": "the plain text of a mail. Sees what `mail.html` sees, `wrap` and `rule`, and `first(link)`: "
    "whether it comes for the first time.",
    "search-all.js": "the search of `search.html`.",
    "search.html": "the search of a site. Sees `title`, and `rows`, what is searched.",
    "search.js": "the search of `index.html`.",
    "sitemap.xml": "the pages of a site for search engines. Sees `addresses`.",
    "topic.html": "the page of a topic over the issues. Sees `thread` and `title`.",
    "topic.xml": "its Atom feed. Sees what `topic.html` sees, `base`, the address of the site, and `feed`, the "
    "latest chapters.",
}

_CONTEXT = """
## What they see

Every text is on one line and free of control characters; every link is http, https or mailto. What is
`... or None` may be missing: test it with `{% if %}`. Dates and counts are phrases, ready to be shown.
"""

_VIEWS = (
    views.BriefingView,
    views.TopicView,
    views.StoryView,
    articles.Quote,
    articles.ArticleView,
    articles.Paragraph,
    views.DifferenceView,
    views.FigureView,
    views.DayView,
    views.OmissionGroup,
    views.OmissionView,
    views.FailingView,
    archive.NeighboursView,
    archive.ArchiveView,
    archive.MonthView,
    archive.IssueView,
    archive.TopicEntry,
    site.Thread,
    site.Chapter,
)


def _view(kind: type) -> str:
    docs = _attribute_docs(kind)
    rows = [(field.name, _type(field.type), docs.get(field.name, "")) for field in fields(kind)]
    for name, value in vars(kind).items():
        if isinstance(value, property):
            returned = value.fget.__annotations__["return"]
            rows.append((name, _type(returned), " ".join((value.__doc__ or "").split())))
    table = "\n".join(f"| `{name}` | {type_} | {_cell(doc)} |" for name, type_, doc in rows)
    about = " ".join((kind.__doc__ or "").split())
    return (
        f"### {kind.__name__}\n\n{about}\n\n| field | type | what it is |\n|---|---|---|\n{table}\n"
    )


def _type(annotation: object) -> str:
    text = (
        annotation.__name__
        if isinstance(annotation, type) and not get_args(annotation)
        else str(annotation)
    )
    for prefix in (
        "digest.renderers.",
        "views.",
        "articles.",
        "archive.",
        "site.",
        "digest.models.",
        "datetime.",
    ):
        text = text.replace(prefix, "")
    return "`" + text.replace("|", "or").replace("'", "") + "`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


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


def library_page() -> str:
    """Return every public name: the functions with their arguments, the values with their fields."""
    public = {name: getattr(package, name) for name in package.__all__}
    functions = {name: one for name, one in public.items() if inspect.isfunction(one)}
    kinds = {name: one for name, one in public.items() if isinstance(one, type)}
    errors = [name for name, kind in kinds.items() if issubclass(kind, Exception)]
    seams = [name for name, kind in kinds.items() if getattr(kind, "_is_protocol", False)]
    values = [name for name in kinds if name not in (*errors, *seams)]
    parts = [_LIBRARY, f"{_about(package)}\n\n## Functions\n"]
    parts += [_function(name, one) for name, one in functions.items()]
    parts += ["## Values\n\nAll are frozen; `dataclasses.replace` gives a changed one.\n"]
    parts += [_view(kinds[name]) for name in values]
    parts += ["## Errors\n", *(f"- `{name}`: {_first_line(kinds[name])}" for name in errors)]
    parts += [f"\n## Plug-ins\n\n{_about(protocols.plugin)}\n"]
    parts += [f"- `{name}`: {_first_line(kinds[name])}" for name in seams]
    return "\n".join(parts) + "\n"


_LIBRARY = """# The library

Written by `docs/generate.py` from the docstrings; a test runs the examples, in a checkout of the repository and
with these imports:

```pycon
>>> import datetime
>>> from digest import Digest, build_digest, cluster, load_digest
>>> from digest import render, split, summarize, verify, write

```
"""


def _function(name: str, function: Callable[..., object]) -> str:
    signature = str(inspect.signature(function))
    for pattern, shown in _SHORTER:
        signature = re.sub(pattern, shown, signature)
    return f"### {name}\n\n    {name}{signature}\n\n{_about(function)}\n"


_SHORTER = (
    (r"(: |-> )'([^']*)'", r"\1\2"),  # names that are imported later
    (
        r"\bdigest\.(?:\w+\.)*|\b(?:datetime|pathlib(?:\._local)?|collections\.abc|pyarrow\.lib|pa)\.",
        "",
    ),
)


def _about(thing: object) -> str:
    """Return a docstring as Markdown: its examples in fences, its sections in bold."""
    text = re.sub(r"(?m)^(Args|Returns|Raises):$", r"**\1:**\n", inspect.getdoc(thing) or "")
    text = re.sub(r"(?m)^    (\w+): ", r"- `\1`: ", text)
    return re.sub(r"(?m)(?:^ *>>> .*\n(?:^ *\S.*\n?)*)+", _fenced, text)


def _fenced(example: re.Match[str]) -> str:
    # A docstring cannot hold the quotes that it stands in; the page is formatted like the code.
    code = textwrap.dedent(example[0]).strip().replace("'''", '"""')
    return f"```pycon\n{code}\n\n```\n"


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").partition("\n\n")[0].replace("\n", " ")


PAGES = {
    "library.md": library_page,
    "commands.md": commands_page,
    "configuration.md": configuration_page,
    "templates.md": templates_page,
}

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
