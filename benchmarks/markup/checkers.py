"""W3C's Nu checker, markdownlint, axe-core and Lighthouse on what the renderers make."""

import json
import re
import shutil
import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.chromium import chromium
from benchmarks.markup.documents import write_documents
from benchmarks.markup.tools import npm_tools

_FLOORS = {"accessibility": 100, "best-practices": 100, "performance": 98}
_VERBATIM = re.compile("not in Unicode Normalization Form C|starts with a composing character")
"""Warnings about the text itself: it stays as its source wrote it."""
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map("
_AXE += "one => one.id + ': ' + one.nodes.map(node => node.html).join(' | ').slice(0, 200)))"
_OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"


def check_markup() -> bool:
    """Print what each checker finds; return whether there was any error. A missing checker is named."""
    with npm_tools() as tools, tempfile.TemporaryDirectory() as temporary:
        if tools is None:
            return False
        folder = Path(temporary)
        write_documents(folder)
        results = [check(tools, folder) for check in (_nu, _markdownlint, _axe, _lighthouse)]
    return any(results)


def _nu(tools: Path, folder: Path) -> bool:
    if shutil.which("java") is None:
        print("Nu checker: java is missing: apt-get install default-jre-headless")
        return False
    pages = _pages(folder)
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    errors = [
        one
        for one in messages
        if (one["type"] != "info" or one.get("subType") == "warning")
        and not _VERBATIM.search(one["message"])
    ]
    for one in errors[:20]:
        print(f"  {Path(one.get('url', '')).name}: {one['message']}")
    print(f"Nu checker: {len(errors)} errors and warnings in {len(pages)} pages")
    return bool(errors)


def _pages(folder: Path) -> list[Path]:
    """All but the mails: they are laid out with tables and attributes that a page must not have."""
    return [page for page in sorted(folder.glob("*.html")) if not page.stem.endswith("-mail")]


def _markdownlint(tools: Path, folder: Path) -> bool:
    # A sentence is a line, however long (MD013); a headline ends as its author ended it (MD026).
    shutil.copy(Path(__file__).with_name("markdownlint.json"), folder / ".markdownlint.json")
    command = ["node", str(tools / "markdownlint-cli2" / "markdownlint-cli2-bin.mjs"), "*.md"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if ".md:" in line]
    print("\n".join(f"  {line[:160]}" for line in errors[:20]), end="\n" if errors else "")
    print(f"markdownlint: {len(errors)} errors in {len(list(folder.glob('*.md')))} documents")
    return bool(errors) or done.returncode not in (0, 1)


def _axe(tools: Path, folder: Path) -> bool:
    script = (tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found: list[str] = []
    looks = [(width, dark) for width in (320, 1280) for dark in (False, True)]
    pages = _pages(folder)
    with chromium() as browser:
        browser.call("Page.setBypassCSP", enabled=True)
        for page in pages:
            for width, dark in looks:
                browser.look(width, dark=dark)
                browser.open(page.as_uri())
                browser.evaluate(f"{_OPEN};{script};0")
                violations = browser.evaluate(_AXE)
                found += [f"{page.name} at {width}{' dark' * dark}: {one}" for one in violations]
    print("\n".join(f"  {one}" for one in found[:20]), end="\n" if found else "")
    print(
        f"axe-core: {len(found)} violations in {len(pages)} pages, wide and narrow, light and dark"
    )
    return bool(found)


def _lighthouse(tools: Path, folder: Path) -> bool:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    failed = False
    with server:
        for name in ("sample.html", "series.html", "series-plain-en.html", "sample-list.html"):
            url = f"http://127.0.0.1:{server.server_port}/{name}"
            # The best of three: the machine has others on it, whom the page's speed does not depend on.
            runs = [_scores(tools, url) for _ in range(3)]
            scores = {key: max(run[key] for run in runs) for key in _FLOORS}
            failed |= any(scores[key] < floor for key, floor in _FLOORS.items())
            print(f"Lighthouse, {name}: {', '.join(f'{k} {v:.0f}' for k, v in scores.items())}")
        server.shutdown()
    return failed


def _scores(tools: Path, url: str) -> dict[str, float]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    command = ["node", str(tools / "lighthouse" / "cli" / "index.js"), url, "--quiet"]
    command += ["--output=json", f"--chrome-path={program}"]
    command += ["--chrome-flags=--headless --no-sandbox", f"--only-categories={','.join(_FLOORS)}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: 100 * (categories[name]["score"] or 0) for name in _FLOORS}
