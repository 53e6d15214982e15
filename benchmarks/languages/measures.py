"""What is measured of a language, each as a share from 0 to 1, on texts written for it."""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date

from benchmarks.data import ROOT, shared_folder
from digest.length import has_unspaced
from digest.summarizers.notices import SERVICE
from digest.text import listed
from digest.text.dates import find_date
from digest.text.language import detect_language
from digest.text.sentences import sentence_spans
from digest.text.terms import has_stemmer, stop_words
from digest.text.words import find_words, is_unspaced, runs

Page = dict[str, Any]
PAGES: dict[str, Page] = tomllib.loads(
    Path(__file__).with_name("pages.toml").read_text(encoding="utf-8")
)
_CASES = (ROOT / "tests" / "text" / "boundaries.txt").read_text(encoding="utf-8").splitlines()
_LETTERS_A_WORD = 3
"""Letters of a script without spaces that are taken for a word where a text is cut to so many words."""
_SCORED = re.compile(r"(\w\w): topics P \S+ R \S+ F1 (\S+); 240 words ([\d.]+)/.*turn ([\d.]+)/")


def boundaries(language: str) -> float | None:
    """Return the share of the marked cases that are split at every bar and nowhere else."""
    cases = [line[3:] for line in _CASES if line.startswith(f"{language} ")]
    right = 0
    for marked in cases:
        text = marked.replace("|", "")
        found = [text[start:end] for start, end in sentence_spans(text, language)]
        right += found == [part.strip() for part in marked.split("|")]
    return right / len(cases) if cases else None


def words(language: str) -> float:
    """Return the share of what stands between spaces that is found as a whole word, without its marks."""
    parts = " ".join(PAGES[language]["text"]).split()
    if is_unspaced(language):
        return sum("".join(runs(part)) == _bare(part) for part in parts) / len(parts)
    whole = [len(find_words(part)) <= 1 for part in parts]
    kept = [len("".join(runs(part))) >= sum(map(str.isalnum, part)) for part in parts]
    return sum(map(all, zip(whole, kept, strict=True))) / len(parts)


def _bare(part: str) -> str:
    """Return the letters, digits and signs of a text."""
    return "".join(c for c in part if unicodedata.category(c)[0] in "LMN")


def has_stems(language: str) -> bool:
    """True where words are stemmed, or have no forms to stem because they are cut from running letters."""
    return has_stemmer(language) or is_unspaced(language)


def has_stop_words(language: str) -> bool:
    """True where function words are known."""
    return bool(stop_words(language))


def has_walls(language: str) -> bool:
    """True where the words of walls and calls to subscribe are known."""
    return language in SERVICE or language in listed("notices.txt")


def detection(language: str, size: int) -> float:
    """Return the share of the windows of so many words whose language is told."""
    page = PAGES[language]
    found = [
        detect_language(one) == language
        for one in _windows(" ".join([page["title"], *page["text"]]), size)
    ]
    return sum(found) / len(found)


def _windows(text: str, size: int) -> list[str]:
    if has_unspaced(text):
        step = size * _LETTERS_A_WORD
        return [text[i : i + step] for i in range(0, len(text) - step + 1, step)] or [text]
    parts = text.split()
    return [" ".join(parts[i : i + size]) for i in range(0, len(parts) - size + 1, size)]


def dates(language: str) -> float:
    """Return the share of dates of a year that are read, in the long and the middle form of the CLDR."""
    right = []
    for month in range(1, 13):
        day = date(2026, month, 9 if month % 2 else 21)
        for form in ("full", "long", "medium"):
            found = find_date(format_date(day, form, locale="nb" if language == "no" else language))
            right.append(found is not None and found[0].date() == day)
    return sum(right) / len(right)


def pages() -> dict[str, float]:
    """Return the share of the fields and paragraphs that `digest split` finds in the pages of each language."""
    with tempfile.TemporaryDirectory() as folder:
        for language, page in PAGES.items():
            for number, one in enumerate(_pages(page)):
                parts = [*one["head"], *one["text"]]
                path = Path(folder, f"{language}-{number}.txt")
                path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "digest", "split", folder, "--format", "jsonl"]
        printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found: dict[str, list[Page]] = {}
    for line in printed.splitlines():
        article = json.loads(line)
        found.setdefault(Path(article["page"]).stem, []).append(article)
    shares = {}
    for language, page in PAGES.items():
        right = [
            right
            for number, one in enumerate(_pages(page))
            for right in _fields(one, found.get(f"{language}-{number}", []), language)
        ]
        shares[language] = sum(right) / len(right)
    return shares


def _pages(page: Page) -> list[Page]:
    """Return the short page of a language and its longer one, where it has one."""
    first = {**page, "head": [page["title"], page["byline"], page["dateline"]]}
    return [first, page["second"]] if "second" in page else [first]


def _fields(page: Page, articles: list[Page], language: str) -> list[bool]:
    first: Page = articles[0] if articles else {}
    return [
        len(articles) == 1,
        first.get("title") == page["title"],
        first.get("author") == page["author"],
        (first.get("published") or "").startswith(page["date"].isoformat()),
        first.get("language") == language,
        *(paragraph in first.get("text", "") for paragraph in page["text"]),
    ]


def scored() -> Iterator[tuple[str, float, float]]:
    """Yield language, B-cubed F1 of topics and ROUGE-1 over the leads in turn, where there are references."""
    tool = shared_folder() / "tools" / "score_languages.py"
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "digest")
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m digest "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        environment = {**os.environ, "DIGEST": str(program), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(tool)]
        printed = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        ).stdout
    for match in _SCORED.finditer(printed):
        yield match[1], float(match[2]), float(match[3]) - float(match[4])
