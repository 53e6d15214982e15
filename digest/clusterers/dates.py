"""Time as evidence: reports on one event come close together, and begin with the day of their event.

Reports on one event name the same weekday ("on Thursday"), those on the next turn of a running story commonly
another. It speaks where no date of publication is known, too.

An event slot is the quarter, the year, the day or the number by which an article names its occasion. Two
reports on results of one company are of two stories where one is on the first quarter and the other on the
second; so are a quake of magnitude 5.2 and one of 6.8 in one region.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from digest.clusterers.mentions import MONTHS, ORDINALS, OUTLOOK, SERIES
from digest.clusterers.sparse import Floats
from digest.models import Article
from digest.text.dates import WEEKDAYS
from digest.text.words import find_words

_DAY_S = 86_400.0
_SAME_DAYS = 3.0
"""Within this, time says nothing against a pair."""
_FADE_DAYS = 30.0
_FLOOR = 0.5
"""Time alone never takes more than half of a similarity."""
MOST_DAYS = 60.0
"""Reports that lie farther apart are never of one event; they may be of one topic."""
_PLAUSIBLE_DAYS = 3650.0
"""A date farther from the collection's middle one is a mistake, such as 1970 or 2099."""
WEIGHT = 0.07
"""How much the day counts beside all terms; in a small collection less, where it may be chance."""
_TRUSTED_ARTICLES = 30.0
_LEAD_CHARS = 300
_ANGLE = 2.0 * np.pi / 7.0
_CIRCLE = np.array(
    [[f(turn * day * _ANGLE) for turn in (1, 2) for f in (np.cos, np.sin)] for day in range(7)],
    dtype=np.float32,
) / np.sqrt(2.0)
"""Each day on a circle that is run through once and twice: the product of a day with itself is 1, with
the next one .2, with those farther off below 0."""


def days(articles: Iterable[Article]) -> Floats:
    """Return the day of publication of each article, NaN where it is not known or cannot be."""
    found = np.array(
        [a.published.timestamp() / _DAY_S if a.published else np.nan for a in articles]
    )
    known = found[~np.isnan(found)]
    if len(known):
        middle = np.sort(known)[(len(known) - 1) // 2]
        found[np.abs(found - middle) > _PLAUSIBLE_DAYS] = np.nan
    return np.asarray(found, dtype=np.float32)


def closeness(one: Floats, other: Floats) -> Floats:
    """Return what time leaves of a similarity: 1 for the same days or an unknown one, less for others."""
    gap = np.maximum(np.abs(one - other) - _SAME_DAYS, 0.0)
    faded = np.maximum(1.0 / (1.0 + gap / _FADE_DAYS), _FLOOR)
    return np.asarray(np.where(np.isnan(gap), 1.0, faded), dtype=np.float32)


def closeness_of_spans(one: Floats, other: Floats) -> Floats:
    """Return what time leaves of the similarity of clusters with these first and last days.

    The days that lie farthest apart count, so that time leaves no more of it than of any pair's.
    """
    gap = np.fmax(np.abs(other[:, 1] - one[:, 0]), np.abs(one[:, 1] - other[:, 0]))
    return closeness(gap, np.zeros_like(gap))


def weekdays(articles: Sequence[Article], count: int) -> Floats:
    """Return a vector of four columns for each article: the mean of the days that its lead names, or 0.

    `count` is the size of the collection that they are from.

    The product of two of them is to be added to a similarity.
    """
    found = np.zeros((len(articles), _CIRCLE.shape[1]), dtype=np.float32)
    for row, article in enumerate(articles):
        if article.text == article.title:
            continue
        words = find_words(article.text[:_LEAD_CHARS].lower())
        days = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
        if days:
            found[row] = _CIRCLE[days].mean(axis=0)
    trust = count / (count + _TRUSTED_ARTICLES)
    return np.asarray(found * np.float32((WEIGHT * trust) ** 0.5), dtype=np.float32)


_HEAD_CHARS = 200
"""Where there is no title, the text begins with what it is about."""
_TEXT_CHARS = 20_000
_DATES = ("day", "year")
"""A text without a title may begin with the date of its report."""
_WEEK = 7
"""Days that lie closer may be the day of an event and those of the reports on it."""
_MAGNITUDE = 0.5
"""A first measurement of a quake is corrected by less."""
_ORDINAL = "|".join(ORDINALS)
_MONTH = "|".join(MONTHS)
_SERIES = "|".join(sorted(SERIES))
_NUMBER = r"\d{1,2}(?![\d:]|[.,]\d|\s?%)"
_SHAPES = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{shape})(?!\w)", re.IGNORECASE))
    for kind, shape in (
        ("quarter", rf"q(\d)|(\d)q|({_ORDINAL})[ -](?:fiscal[ -])?quarter|(\d)\. quartal"),
        ("year", r"((?:19|20)\d\d)"),
        ("day", rf"(?:{_MONTH})\.? {_NUMBER}|\d{{1,2}}\.? (?:{_MONTH})"),
        ("magnitude", r"magnitude[ -](?:of )?(\d\.\d)|(\d\.\d)[ -]magnitude"),
        ("", rf"(?:{_SERIES}) {_NUMBER}|(?:{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))[ -](?:{_SERIES})"),
    )
)
_FIRST = re.compile(r"[^\W\d_]+|\d+(?:\.\d)?")


@dataclass(frozen=True, slots=True)
class EventSlots:
    """The slots that one article fills, as (kind, value): `("quarter", 1)`, `("debate", 3)`."""

    head: frozenset[tuple[str, float]]
    """What its title says, or its beginning where it has none."""
    text: frozenset[tuple[str, float]]
    """What it says anywhere; read only where the head says something."""


_NONE = EventSlots(frozenset(), frozenset())


def slots_of(article: Article) -> EventSlots:
    """Return the event slots that an article fills; none for most."""
    titled = bool(article.title.strip())
    title = article.title if titled else article.text[:_HEAD_CHARS]
    if not OUTLOOK.isdisjoint(title.lower().split()):
        return _NONE
    head = frozenset((kind, value) for kind, value in _named(title) if titled or kind not in _DATES)
    if not head:
        return _NONE
    return EventSlots(head, head | frozenset(_named(article.text[:_TEXT_CHARS])))


def _named(text: str) -> Iterator[tuple[str, float]]:
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            found = next(filter(None, match.groups()), "") if kind else match.group()
            yield from _valued(kind, found or match.group())


def _valued(kind: str, found: str) -> Iterator[tuple[str, float]]:
    """Yield the kind and the value of what was found; a day counts from the beginning of the year."""
    parts = [part.lower() for part in _FIRST.findall(found)]
    numbers = [float(part) for part in parts if part[0].isdigit()]
    numbers += [float(ORDINALS.index(part) + 1) for part in parts if part in ORDINALS]
    nouns = [part for part in parts if part in SERIES or part in MONTHS]
    if not numbers:
        return
    if kind == "day":
        if nouns and 1 <= numbers[0] <= 31:
            yield "day", MONTHS[nouns[0]] * 30.5 + numbers[0]
    elif kind:
        yield kind, numbers[0]
    elif nouns:
        yield nouns[0].removesuffix("s"), numbers[0]


def contradiction(one: EventSlots, other: EventSlots) -> str:
    """Return what two articles contradict each other in, such as "quarter 1 / 2"; empty for nothing.

    Both heads name an occasion of one kind, and neither article mentions that of the other anywhere.
    """
    for kind in sorted({kind for kind, _ in one.head} & {kind for kind, _ in other.head}):
        ours, theirs = _values(one.head, kind), _values(other.head, kind)
        if _apart(kind, ours, _values(other.text, kind)) and _apart(
            kind, theirs, _values(one.text, kind)
        ):
            return f"{kind} {_listed(kind, ours)} / {_listed(kind, theirs)}"
    return ""


def _values(found: Iterable[tuple[str, float]], kind: str) -> list[float]:
    return sorted(value for name, value in found if name == kind)


def _apart(kind: str, ours: list[float], theirs: list[float]) -> bool:
    gap = {"day": _WEEK, "magnitude": _MAGNITUDE}.get(kind, 0.0)
    return all(_gap(kind, a, b) > gap for a in ours for b in theirs)


def _gap(kind: str, one: float, other: float) -> float:
    gap = abs(one - other)
    return min(gap, 366.0 - gap) if kind == "day" else gap


def _listed(kind: str, values: list[float]) -> str:
    if kind == "day":
        return " and ".join(_day(value) for value in values)
    return " and ".join(f"{value:g}" for value in values)


def _day(value: float) -> str:
    month, day = divmod(value - 1, 30.5)
    name = next((name for name, number in MONTHS.items() if number == int(month)), "")
    # "Day 500 of the strike" is counted, and is no day of a year.
    return f"{name.capitalize()} {int(day) + 1}" if name else f"{value:g}"
