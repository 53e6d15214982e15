"""Put every hostile string into every text field of page, list, feed, mail and Markdown.

First, what becomes markup: a static check of all against the tags, attributes and addresses of our own
templates. Then, where there is a Chromium, the vectors that execute in it when they stand on a page as they
are, with `alert` hooked and without the content security policy of the pages, which would stop whatever
slipped through. If those controls did not fire, the benchmark itself fails.
"""

import json
import re
import runpy
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.etree

from benchmarks.chromium import Chromium, chromium
from benchmarks.data import ROOT, shared_folder
from digest.models import Digest
from digest.renderers.archive import archive_entry, render_archive
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer
from digest.renderers.mail import MailRenderer
from digest.renderers.templates import sample_digest

_HOOK = """
window.fired = 0;
for (const name of ['alert', 'prompt', 'confirm', 'print'])
  Object.defineProperty(window, name, {value: () => { window.fired++; }});
"""
_TOUCH = """
for (const element of document.querySelectorAll('*'))
  for (const name of ['mouseover', 'mouseenter', 'focus', 'click', 'pointerover', 'toggle'])
    if (!element.closest('a[href^="http"], a[href^="mailto"]'))
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
"""
_MARKDOWN_TAGS = {
    *("div", "p", "h1", "h2", "h3", "blockquote", "ul", "ol", "li", "em", "strong", "a", "sup"),
    *("section", "hr"),
}

_ATOM = "{http://www.w3.org/2005/Atom}"
_PAGE = re.compile(r"href [\w%.~-]*\.html(#topic-1)?")
"""The flaw that is none: the address of an issue's page, in the folder of the list."""
_POLICY = re.compile(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")

Render = Callable[[Digest], str]


def check_hostile_strings() -> bool:
    """Print each string that became markup, then the counts; return whether there was any."""
    tools = runpy.run_path(str(ROOT / "tests" / "renderers" / "conftest.py"))
    page_flaws = tools["flaws_of"]
    folder = shared_folder() / "data" / "hostile"
    vectors: list[dict[str, Any]] = json.loads((folder / "xss" / "vectors.json").read_text())
    texts = [*(vector["v"] for vector in vectors), *_strings(folder)]
    broken = [
        f"{name}: {text[:70]!r}: {flaws[:3]}"
        for text in texts
        for name, flaws in _static(sample_digest(text), page_flaws)
        if flaws
    ]
    print("\n".join(broken))
    print(
        f"{len(texts)} strings in page, list, feed, mail and Markdown: {len(broken)} became markup"
    )
    live = [vector["v"] for vector in vectors if vector["live"]]
    executed = _in_browser(live)
    return bool(broken or executed)


def _strings(folder: Path) -> Iterator[str]:
    yield from json.loads((folder / "strings" / "blns.json").read_text())
    for path in sorted((folder / "payloads").rglob("*.txt")):
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def _static(
    digest: Digest, page_flaws: Callable[[str], list[str]]
) -> Iterator[tuple[str, list[str]]]:
    yield "page", page_flaws(HtmlRenderer()(digest))
    yield "mail", page_flaws(MailRenderer()(digest))
    yield "list", [flaw for flaw in page_flaws(_listed(digest)) if not _PAGE.fullmatch(flaw)]
    yield "feed", page_flaws(_carried(digest))
    for name, render in _engines().items():
        flaws = page_flaws(f"<html><body>{render(MarkdownRenderer()(digest))}</body></html>")
        yield name, [flaw for flaw in flaws if flaw.strip("<>") not in _MARKDOWN_TAGS]


def _listed(digest: Digest) -> str:
    return render_archive([archive_entry(digest, digest.title)], title=digest.title)["index.html"]


def _feed(digest: Digest) -> str:
    return render_archive([archive_entry(digest, digest.title)], title=digest.title)["feed.xml"]


def _carried(digest: Digest) -> str:
    """The HTML that a reader of the feed shows: its content, unescaped once."""
    root = lxml.etree.fromstring(_feed(digest).encode("utf-8", "replace"))
    texts = root.iter(*(f"{_ATOM}{name}" for name in ("title", "content")))
    return (
        "<html><body>"
        + "".join(text.text or "" for text in texts if text.get("type"))
        + "</body></html>"
    )


def _engines() -> dict[str, Callable[[str], str]]:
    import mistune
    from markdown_it import MarkdownIt

    return {
        "markdown-it": MarkdownIt("commonmark", {"html": True}).enable("table").render,
        "mistune": mistune.create_markdown(escape=False, plugins=["table", "url", "footnotes"]),  # type: ignore[dict-item]
    }


def _in_browser(live: list[str]) -> int:
    renders: dict[str, Render] = {
        "page": HtmlRenderer(),
        "list": _listed,
        "feed in a reader": _carried,
        "feed in a browser": _feed,
        "mail": MailRenderer(),
        "Markdown": lambda digest: _engines()["markdown-it"](MarkdownRenderer()(digest)),
    }
    executed = 0
    with chromium() as browser:
        browser.call("Page.addScriptToEvaluateOnNewDocument", source=_HOOK)
        controls = sum(_fires(browser, f"<!DOCTYPE html><body>{text}") for text in live)
        print(f"{controls} of {len(live)} live vectors fire on a page as they are")
        if controls < len(live) / 2:
            raise SystemExit("the controls do not fire: this says nothing")
        for name, render in renders.items():
            fired = [text for text in live if _fires(browser, render(sample_digest(text)))]
            print(
                "\n".join(f"{name}: {text[:70]!r} executed" for text in fired)
                or f"{name}: 0 executed"
            )
            executed += len(fired)
    return executed


def _fires(browser: Chromium, page: str) -> bool:
    page = _POLICY.sub("", page)
    ending = ".xml" if page.startswith("<?xml") else ".html"
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(page.encode("utf-8", "replace"))
        file.flush()
        browser.open(Path(file.name).as_uri())
        browser.evaluate(_TOUCH)
        browser.evaluate("new Promise(done => setTimeout(done, 60))")
        return bool(browser.evaluate("window.fired"))
