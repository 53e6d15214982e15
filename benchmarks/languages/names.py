"""Writes the names of months and days into the package, as the CLDR has them.

Loading sixty languages from babel takes a quarter of a second, and a list of names none.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

import digest.text

LANGUAGES = """
    en de fr es it pt nl sv da nb nn fi pl cs sk ru uk be bg sr mk hr sl hu ro tr az el ar ar_LB ar_TN ar_MA he
    zh zh_Hant ja ko fa ur hi bn ta te mr gu kn ml pa th lo km my ka hy vi id ms fil sw et lv lt is ga ca eu
    gl af sq kk
""".split()
_FORMS = [(c, w) for c in ("format", "stand-alone") for w in ("wide", "abbreviated")]
_PREFERRED = {"listopada": 11}
"""Polish, where Croatian sets a period behind the day."""


def main() -> None:
    """Write both lists."""
    folder = Path(str(digest.text.__path__[0]))
    (folder / "months.txt").write_text(_listed(_names("months")), encoding="utf-8")
    (folder / "days.txt").write_text(_listed(_names("days")), encoding="utf-8")


def _names(kind: str) -> dict[str, int]:
    """Return each name with its number; a name that means two is left out."""
    meant: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for number, name in _of_language(language, kind):
            meant.setdefault(name, set()).add(number)
    if kind == "months":
        meant |= {"sept": {9}, "maerz": {3}, "mrz": {3}}
        meant |= {name: {number} for name, number in _PREFERRED.items()}
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}


def _of_language(language: str, kind: str) -> Iterator[tuple[int, str]]:
    forms = getattr(Locale.parse(language), kind)
    for context, width in _FORMS:
        for number, name in forms[context][width].items():
            name = (
                unicodedata.normalize("NFC", name).lower().strip(". \u200f").replace("i\u0307", "i")
            )
            if len(name) > 1 and not any(map(str.isdigit, name)):
                for spelt in {name, _without_accents(name), name.replace("ंब", "म्ब")}:
                    yield number + (kind == "days"), "_".join(spelt.split())


def _without_accents(name: str) -> str:
    """Return a Latin name as it is typed where accents are left out ("fevrier")."""
    if not name[0].isascii():
        return name
    parts = unicodedata.normalize("NFD", name)
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ı", "i")


def _listed(names: dict[str, int]) -> str:
    rows: dict[int, list[str]] = {}
    for name, number in names.items():
        rows.setdefault(number, []).append(name)
    return "".join(" ".join(sorted(rows[number])) + "\n" for number in sorted(rows))


if __name__ == "__main__":
    main()
