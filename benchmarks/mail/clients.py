"""What the mail uses, against what mail programs do with it (caniemail.com, from npm), and two validators.

A feature that a client does not support, or only in part, must have a fallback in the list below, which
says what its reader sees instead. W3C's Nu checker (npm `vnu-jar`, needs Java) must find no error, and
SpamAssassin, without the network, must give at most one point.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html

from benchmarks.mail.sample import message, parts

CLIENTS = {
    "Gmail": ("gmail", None),
    "Outlook (Windows)": ("outlook", "windows"),
    "Apple Mail": ("apple-mail", None),
    "Yahoo": ("yahoo", None),
}
FALLBACKS = {
    "css-at-media": "the light colours, which every client shows",
    "css-at-media-prefers-color-scheme": "the light colours, or the client's own dark ones",
    "css-border": "1 and 3 px on table cells, where Outlook is reliable",
    "css-display": "only display: none is used",
    "css-display-none": "Gmail's mobile web page: one pixel of text in the background's colour, no height",
    "css-font-size": "only px are used",
    "css-font-weight": "only bold is used",
    "css-important": "in <style> alone, in lower case and with a space before it",
    "css-letter-spacing": "1 px, on three headings",
    "css-line-height": "in percent, which Outlook takes as it is",
    "css-margin": "never negative; auto alone is not understood by Outlook, which has a table of its own",
    "css-max-height": "Outlook: display: none hides the preheader",
    "css-max-width": "Outlook: a table of 600 px in a conditional comment; Yahoo on iOS: the screen's width",
    "css-overflow": "Outlook: display: none hides the preheader",
    "css-padding": "on table cells alone, one cell a row",
    "css-selector-class": "every style also stands inline; <style> holds the dark colours alone",
    "css-table-layout": "Outlook: a word of more than 600 px widens the column",
    "css-text-align": "only left and center are used",
    "css-text-decoration": "the number of a source stays underlined",
    "css-text-transform": "only uppercase is used",
    "css-width": "on tables alone",
    "css-word-wrap": "Outlook: a word of more than 600 px widens the column; Gmail does it by itself",
    "html-aria-label": "the number of the source is read as it stands",
    "html-body": "the outermost cell has the background too",
    "html-dir": "on headings and paragraphs alone, never on links",
    "html-lang": "on headings and paragraphs, never on cells",
    "html-meta-color-scheme": "the client's own choice",
    "html-role": "on tables alone; elsewhere a layout table is read as a table",
    "html-style": "every style also stands inline",
}
"""What a reader sees where a client does not do what is asked, or why it is never asked there."""

_SLUGS = {f"h{number}": "html-h1-h6" for number in range(1, 7)} | {
    **dict.fromkeys(("table", "tr", "td", "tbody"), "html-table"),
    "font-family": "css-font",
    **dict.fromkeys(("border-top", "border-bottom", "border-color"), "css-border"),
    **{f"margin-{side}": "css-margin" for side in ("top", "bottom")},
    **{f"padding-{side}": "css-padding" for side in ("top", "bottom")},
}
_MOST_POINTS = 1.0


def features(html: str) -> set[str]:
    """Return every element, attribute and property of a mail as caniemail names them."""
    page = lxml.html.document_fromstring(html)
    found = set()
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        found.add(_SLUGS.get(element.tag, f"html-{element.tag}"))
        found |= {f"html-{name}" for name in element.attrib if name not in ("style", "class")}
        found |= set(_properties(element.get("style", "")))
    for style in page.xpath("//style/text()"):
        found |= {"css-at-media-prefers-color-scheme", "css-at-media", "css-important"}
        found |= {"css-selector-class"}
        for block in re.findall(r"\{([^{}]*)\}", style):
            found |= set(_properties(block))
    if page.xpath("//meta[@name='color-scheme']"):
        found.add("html-meta-color-scheme")
    return found


def _properties(style: str) -> Iterator[str]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name:
            yield _SLUGS.get(name, f"css-{name}")
        if (name, value.strip()) == ("display", "none"):
            yield "css-display-none"


def gaps(data: list[dict[str, Any]], used: set[str]) -> tuple[list[str], int, set[str]]:
    """Return a line for each feature without support or fallback, how many were known, and the fallbacks."""
    known = {feature["slug"]: feature for feature in data}
    missing, fallbacks = [], set()
    for slug in sorted(used & known.keys()):
        for name, (family, only) in CLIENTS.items():
            platforms = known[slug]["stats"].get(family, {})
            for platform, versions in platforms.items():
                support = list(versions.values())[-1][:1]
                if (only and platform != only) or support in ("y", "u"):
                    continue
                fallbacks.add(slug)
                if slug not in FALLBACKS:
                    missing.append(f"{slug}: {support} in {name} ({platform})")
    return missing, len(used & known.keys()), fallbacks


def _installed(folder: Path) -> bool:
    if shutil.which("npm") is None:
        return False
    command = ("npm", "install", "--silent", "--no-audit", "--prefix", str(folder))
    return subprocess.run([*command, "caniemail", "vnu-jar"], capture_output=True).returncode == 0


def _check_clients(folder: Path, html: str) -> bool:
    file = folder / "node_modules" / "caniemail" / "data" / "caniemail.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    missing, known, fallbacks = gaps(data["data"], features(html))
    print(
        f"  caniemail of {data['last_update_date'][:10]}: {known} features with data,"
        f" {len(fallbacks)} with a fallback somewhere, {len(missing)} without either"
    )
    for line in missing:
        print(f"    {line}")
    for slug in sorted(FALLBACKS.keys() - fallbacks):
        print(f"    {slug}: the fallback is not needed")
    return not missing


def _check_markup(folder: Path, html: str) -> bool:
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None:
        print("  no Java: the Nu checker did not run")
        return True
    page = folder / "mail.html"
    page.write_text(html, encoding="utf-8")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "gnu", str(page)], capture_output=True, text=True
    )
    print(f"  Nu checker: {len(done.stderr.strip().splitlines())} messages {done.stderr.strip()}")
    return done.returncode == 0


def _check_spam() -> bool:
    if shutil.which("spamassassin") is None:
        print("  no SpamAssassin: the score was not taken")
        return True
    done = subprocess.run(
        ["spamassassin", "--local", "--test-mode"], input=message(), capture_output=True
    )
    report = done.stdout.decode("utf-8", "replace")
    score = re.search(r"score=(-?[\d.]+)", report)
    rules = re.search(r"tests=([A-Z0-9_,\s]+)", report)
    print(
        f"  SpamAssassin: {score[1] if score else 'no score'}"
        f" ({''.join(rules[1].split()) if rules else ''})"
    )
    return score is not None and float(score[1]) <= _MOST_POINTS


def main() -> int:
    """Print what was found; the exit code is 1 where a check failed."""
    html = parts().html
    fine = [_check_spam()]
    with tempfile.TemporaryDirectory() as name:
        if _installed(Path(name)):
            fine += [_check_clients(Path(name), html), _check_markup(Path(name), html)]
        else:
            print("  no npm: caniemail and the Nu checker did not run")
    return not all(fine)


if __name__ == "__main__":
    sys.exit(main())
