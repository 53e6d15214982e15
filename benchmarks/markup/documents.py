"""What is checked: the sample, an issue of a series in every language and theme, an issue of hostile titles."""

import runpy
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import ROOT
from digest.library import load_digest
from digest.models import Digest
from digest.renderers import LANGUAGES, THEMES
from digest.renderers.archive import IssueNeighbours, archive_entry, render_archive
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer
from digest.renderers.mail import MailRenderer
from digest.renderers.templates import sample_digest

TITLES = (
    "<script>alert(1)</script>",
    "</title></style><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "[text](javascript:alert(1)) ![x](y) `code` *a* _b_ ~~c~~ | d |",
    "# heading\n===\n> quote\n- item\n1. one\n```\ncode",
    "[^1]: note [ref]: http://x.example <http://y.example> www.z.example me@a.example",
    "&amp; &#60; &lt; &nbsp; <!-- --> ]]> <?xml ?>",
    "\u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \U0001f600",
    "e\u0301\u0301\u0301\u0301\u0301\u0301 has a mark too many",
    "A headline! Of two parts: yes; and a question?",
    "{{ 7 * 7 }} {% raw %} ${x} $$y$$ %%z%% ==w== {#id} [[link]]",
    "\x00\x1b[31m\u200b\ufeff\ufffe",
    "W" * 400,
)


def issues() -> dict[str, Digest]:
    """Return the digests that are rendered, by name."""
    made = runpy.run_path(str(ROOT / "tests" / "renderers" / "conftest.py"))
    found = {
        "sample": load_digest(ROOT / "out" / "sample" / "briefing.json"),
        "series": made["running_issue"](),
        "empty": Digest("The daily digest", made["date"](2026, 11, 21)),
    }
    return found | {f"hostile-{n}": sample_digest(title) for n, title in enumerate(TITLES)}


def write_documents(folder: Path) -> None:
    """Write the pages, mails, lists and Markdown of all issues into a folder."""
    for name, text in _documents():
        (folder / name).write_text(text, encoding="utf-8", errors="replace")


def _documents() -> Iterator[tuple[str, str]]:
    for name, digest in issues().items():
        yield f"{name}.html", HtmlRenderer()(digest)
        yield f"{name}.md", MarkdownRenderer()(digest)
        yield f"{name}-mail.html", MailRenderer()(digest)
        entry = archive_entry(digest, name)
        yield f"{name}-list.html", render_archive([entry], title=digest.title)["index.html"]
        if name == "series":
            beside = IssueNeighbours(previous=entry, next=entry)
            yield "neighbours.html", HtmlRenderer(neighbours=beside)(digest)
            for theme in THEMES:
                for language in LANGUAGES:
                    page = HtmlRenderer(theme=theme, language=language)(digest)
                    yield f"series-{theme}-{language}.html", page
                    yield (
                        f"series-{theme}-{language}.md",
                        MarkdownRenderer(language=language)(digest),
                    )
