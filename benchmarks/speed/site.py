"""An archive of 1,000 issues: how long its site takes, how fast its search is in Chromium, and its markup.

    python -m benchmarks.speed.site [ISSUES] [--check]

The issues are made by program from the text of our own sample: each day has its own places and names. `--check`
runs the Nu checker and axe-core (from npm) on a page of each kind.
"""

import datetime
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.chromium import Chromium, chromium
from benchmarks.data import ROOT

BUILD_S, SEARCH_MS = 60.0, 100.0
"""The most that a site of 1,000 issues and a search in it may take."""
_SAMPLE = ROOT / "out" / "sample" / "briefing.json"
_WORD = re.compile(r"\b[A-Z][a-z]{4,}\b")
_SYLLABLES = "bar bel cor dan del fen gar hol kal lan mar nor or pel ros sil tam ul ven wik".split()
_FIRST = datetime.date(2024, 1, 1)
_TYPED = ("ro", "silven", "alibaba plan", "the market", "no such word at all")
"""A beginning that most rows have, a made-up name, words of every issue, and nothing."""
_SEARCH = """
new Promise(done => {
  const field = document.getElementById("words");
  const began = performance.now();
  field.value = WORDS;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  const ended = () => performance.now() - began;
  const said = document.querySelector("[role=status]");
  requestAnimationFrame(() => setTimeout(() => done([ended(), said.textContent]), 0));
})
"""
"""From the key to the frame that shows what was found."""


def write_issues(folder: Path, count: int) -> None:
    """Write issues of so many days, each with half of its names exchanged for made-up ones."""
    chance = random.Random(7)
    text = _SAMPLE.read_text(encoding="utf-8")
    names = sorted(set(_WORD.findall(text)))
    for number in range(count):
        day = _FIRST + datetime.timedelta(days=number)
        made = {name: _made_up(chance) for name in chance.sample(names, len(names) // 2)}
        issue = _WORD.sub(lambda found, made=made: made.get(found[0], found[0]), text)  # type: ignore[misc]
        issue = re.sub(r'"date": "[0-9-]{10}"', f'"date": "{day}"', issue, count=1)
        (folder / f"{day}.json").write_text(issue, encoding="utf-8")


def _made_up(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize()


def build(issues: Path, site: Path) -> float:
    """Return the seconds that `digest site` takes."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "digest", "site", str(issues), "-o", str(site)]
    subprocess.run([*command, "--base-url", "https://news.example.org/"], check=True, cwd=ROOT)
    return time.perf_counter() - began


def search(browser: Chromium, site: Path) -> float:
    """Print what each search takes; return the slowest median, in milliseconds."""
    browser.open((site / "search.html").as_uri())
    slowest = 0.0
    for typed in _TYPED:
        script = _SEARCH.replace("WORDS", repr(typed))
        found = [browser.evaluate(script) for _ in range(5)]
        taken = [milliseconds for milliseconds, _ in found]
        slowest = max(slowest, statistics.median(taken))
        print(
            f"  {typed!r}: {statistics.median(taken):.0f} ms, at most {max(taken):.0f}: {found[0][1]}"
        )
    remote = [url for url in browser.requests() if not url.startswith("file:")]
    print(f"  asked for elsewhere: {remote or 'nothing'}")
    return slowest


def check(site: Path) -> bool:
    """Return whether a page of any kind has an error."""
    from benchmarks.markup.checkers import _axe, _nu
    from benchmarks.markup.tools import npm_tools

    newest = max(site.glob("2*.html"))
    topics = sorted(site.glob("topic-*.html"), key=lambda page: page.stat().st_size)
    pages = [site / "index.html", site / "search.html", newest, topics[-1], topics[0]]
    with npm_tools() as tools, tempfile.TemporaryDirectory() as temporary:
        if tools is None:
            return True
        for page in pages:
            shutil.copy(page, temporary)
        wrong = [one(tools, Path(temporary)) for one in (_nu, _axe)]
        return any(wrong)


def main(count: int, *, checked: bool) -> int:
    """Return 1 where a figure is missed."""
    with tempfile.TemporaryDirectory() as folder:
        issues, site = Path(folder) / "out", Path(folder) / "public"
        issues.mkdir()
        write_issues(issues, count)
        seconds = build(issues, site)
        size = sum(file.stat().st_size for file in site.iterdir()) / 1e6
        print(
            f"{count:,} issues: {seconds:.1f} s, {len(list(site.iterdir())):,} files, {size:.0f} MB"
        )
        print(f"search.html: {(site / 'search.html').stat().st_size / 1e6:.1f} MB")
        with chromium() as browser:
            slowest = search(browser, site)
        wrong = checked and check(site)
    return int(seconds > BUILD_S or slowest > SEARCH_MS or wrong)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    sys.exit(main(*(numbers or [1000]), checked="--check" in sys.argv))
