"""What kind of piece an article is: its part of the paper, how soft and how hard its news are.

What a piece is shows before it is read: in the folder of its address, the category that its feed gives, the
form of its title. The words and their weights are data (`departments.txt`, `titles.txt`, `events.txt`).
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.models import Article

DEPARTMENTS = (
    *("world", "politics", "business", "technology", "science", "sport", "culture"),
    *("life", "opinion", "leisure"),
)
"""The parts of the paper in its order."""
_SEGMENTS = 4
"""The folders of an address that are read: deeper ones name the piece itself."""
_LONGEST = 400
"""The characters of a title that are searched: no headline is longer."""
_SPLIT = re.compile(r"[\W_]+")
_OPENING, _IN_OPENING = 200, 0.5
"""The characters of a text that say first what happened, and what it counts there, beside the headline."""


class Department(NamedTuple):
    """A part of the paper."""

    name: str
    """Such as "business"; the key of its word in the catalogues."""
    news: float
    """How much of what stands there is news: from 1, all, to -1, nothing."""


def department_of(article: Article, given: str = "") -> Department | None:
    """Return the part of the paper that a piece belongs to; None where nothing tells.

    `given` is what the user calls the section of its source; then categories count, then the address. The
    part that says most against news wins within one address: `/world/video/` is a video.
    """
    for names in ((given,), article.categories, _folders(article.url)):
        found = [one for name in names for one in _named(name)]
        if found:
            return (
                min(found, key=lambda one: one.news)
                if names is not article.categories
                else found[0]
            )
    return None


def softness(article: Article) -> float:
    """Return how sure the form of a title is that its piece is no news, from 0 to 1."""
    title = article.title[:_LONGEST].lower().replace("’", "'")
    return max((weight for weight, pattern in _titles() if pattern.search(title)), default=0.0)


def hardness(article: Article) -> float:
    """Return how sure the words of a piece say that something happened, from 0 to 1."""
    if _events().search(article.title[:_LONGEST].lower()):
        sure = 1.0
    else:
        sure = _IN_OPENING * bool(_events().search(article.text[:_OPENING].lower()))
    return sure and sure * (1.0 - softness(article))


def _folders(url: str | None) -> list[str]:
    """Return the folders of an address, and its subdomain: `sport.example.org/tennis/a.html` has two."""
    if not url:
        return []
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    host = (parts.hostname or "").removeprefix("www.").split(".")
    folders = [name for name in parts.path.split("/")[:-1] if name][:_SEGMENTS]
    return [*(host[:1] if len(host) > 2 else []), *folders]


def _named(name: str) -> list[Department]:
    """Return the parts of the paper that a folder or a category names, as a whole or by its words."""
    folded = name.casefold().strip()
    known = _departments()
    if folded in known:
        return [known[folded]]
    dashed = "-".join(filter(None, _SPLIT.split(folded)))
    if dashed in known:
        return [known[dashed]]
    words = dashed.split("-")
    return [known[word] for word in words if word in known] if len(words) <= 3 else []


@cache
def _departments() -> dict[str, Department]:
    found: dict[str, Department] = {}
    for line in _lines("departments.txt"):
        name, news, *words = line.split()
        department = Department(name, float(news))
        found |= dict.fromkeys((name, *words), department)
    return found


@cache
def _titles() -> list[tuple[float, re.Pattern[str]]]:
    parted = (line.split(maxsplit=1) for line in _lines("titles.txt"))
    return [(float(weight), re.compile(pattern)) for weight, pattern in parted]


@cache
def _events() -> re.Pattern[str]:
    words = sorted({word for line in _lines("events.txt") for word in line.split()[1:]})
    return re.compile("|".join(map(_as_pattern, words)))


def _as_pattern(word: str) -> str:
    """Return a pattern of a whole word; a `*` at an end of it stands for the rest of a longer one."""
    before = "" if word.startswith("*") else r"(?<!\w)"
    return before + re.escape(word.strip("*")) + ("" if word.endswith("*") else r"(?!\w)")


def _lines(name: str) -> list[str]:
    text = files("digest.editing").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
