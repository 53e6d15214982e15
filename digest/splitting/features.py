"""What speaks for a boundary between two paragraphs and what against it, and what that comes to.

Each feature is a number from 0 to 1; the weights are trained by `benchmarks/pages/train.py`, a logistic
regression over generated pages. A page is consistent: what its surest boundaries have is asked of the others.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from digest.splitting.cohesion import Content, overlap, similarity
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import CLOCK_TIME, SHORT, Line, sentence_count
from digest.splitting.page import PageFeatures

_CONTINUES = LazyPattern(
    r"[“\"‘']?(?:But|And|Or|So|He|She|It|They|His|Her|Its|Their|This|That|These|Those|However"
    r"|Meanwhile|Also|Still|Then|Yet|Nevertheless|Moreover|Mr|Mrs|Ms|Dr)\b|[a-zß-ÿ]"
)
_BELOW = 8
"""So far below a title, a standfirst and a name between, its date may stand."""
_ENDS = frozenset({"end", "address"})
_OTHERS = frozenset({"related", "comment"})
_PICTURE = frozenset({"credit", "caption"})

Features = tuple[tuple[str, float], ...]

_SURE = 0.85
_FITS = 0.3
_STRANGE = 0.1
_BETWEEN = frozenset({"separator", "end"})
_CHECKED = (
    "separator",
    "end",
    "byline",
    "date",
    "mark",
    "numbered",
    "labelled",
    "repeated title",
    "upper case",
)
_SIGNATURE = frozenset({"byline", "date", "mark", "numbered", "labelled"})
"""What a page puts at the head of its articles, and nowhere inside them."""
_SIGNED = frozenset({"byline", "date"})
_OPTIONAL = frozenset({"end"})
"""What an article may do without on a page where others have it, unless several others all have it."""
_SEEN = {"end": 3, "separator": 2}
"""How many must have it before another is judged for lacking it."""
_MOST = 3  # witnesses more say nothing more
_HEAD = frozenset({"end", "byline", "date", "related"})


def boundary_features(
    page: PageFeatures,
    start: int,
    stop: int,
    title: int | None,
    before: list[int],
    after: list[int],
) -> dict[str, float]:
    lines = page.lines[start:stop]
    kinds = {line.kind for line in lines}
    left, right = page.words_of(before), page.words_of(after)
    following = page.lines[stop]
    separators = [
        page.repeated(start + place) > 1
        for place, line in enumerate(lines)
        if line.kind == "separator"
    ]
    chrome = [
        page.repeated(start + place) > 1
        for place, line in enumerate(lines)
        if line.kind != "separator"
    ]
    found = {
        "separator": float(bool(separators)),
        "separator again": float(any(separators)),
        "end": float(not kinds.isdisjoint(_ENDS)),
        "related": float(not kinds.isdisjoint(_OTHERS)),
        "chrome": min(3, sum(chrome)) / 3,
        "image": float(not kinds.isdisjoint(_PICTURE)),
        "similarity": similarity(left, right),
        "names": similarity(page.names_of(before), page.names_of(after)),
        "continues": float(following.bullet or _CONTINUES.match(following.text) is not None),
        "lead": float(12 <= following.words <= 40 and sentence_count(following.text) == 1),
        "breaks off": float(page.lines[start - 1].ellipsis),
        "spaced": float(any(index in page.spaced for index in range(start, (title or start) + 1))),
        "short side": float(min(len(left), len(right)) < 12),
    }
    return found | title_features(page, start, stop, title, left, right)


def title_features(
    page: PageFeatures, start: int, stop: int, title: int | None, left: Content, right: Content
) -> dict[str, float]:
    if title is None:
        return {
            "no title": 1.0,
            "byline": float(any(line.kind == "byline" for line in page.lines[start:stop])),
            "date": float(any(_is_day(line) for line in page.lines[start:stop])),
        }
    line = page.lines[title]
    words = page.content(title)
    around = page.lines[max(start, title - 2) : min(stop, title + _BELOW)]
    return {
        "byline": float(any(other.kind == "byline" for other in around)),
        "date": float(any(map(_is_day, around))),
        "repeated title": float(
            line.words > 2
            and sum([o.key == line.key for o in page.lines[max(start, title - 40) : stop]]) > 1
        ),
        "mark": float(0 < line.level <= page.top_level or title in page.pictured),
        "lower mark": float(page.top_level < line.level),
        "numbered": float(title in page.numbered),
        "labelled": float(line.labelled),
        "listed": float(_listed(page, start, title)),
        "headline": 0.0 if line.words < 4 or line.words > 18 else 0.5 if line.words == 4 else 1.0,
        "title names": float(_names_inside(line.bare)),
        "short title": float(line.words <= 2),
        "upper case": float(line.upper and line.words > 1),
        "title fits": overlap(words, right),
        "title fits before": overlap(words, left),
    }


def _is_day(line: Line) -> bool:
    """Whether a line dates an article; a bare clock time may only date an entry of it."""
    return line.kind == "date" and CLOCK_TIME.fullmatch(line.text) is None


def _listed(page: PageFeatures, start: int, title: int) -> bool:
    """Whether a line is one of several below the heading of a list of other articles."""
    above = range(title - 1, start - 1, -1)
    for index in above:
        if page.lines[index].kind == "related":
            return True
        if page.lines[index].kind or page.lines[index].weight != SHORT:
            return False
    return False


def _names_inside(text: str) -> bool:
    """Whether a line has capitals inside it, but not on nearly every word."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    return 0 < capitals < 0.7 * len(words)


@cache
def weights() -> dict[str, float]:
    """Return the trained weights."""
    text = files("digest.splitting").joinpath("weights.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text).items()}


def probability(features: Mapping[str, float], scheme: Mapping[str, float] | None = None) -> float:
    """Return the probability of a boundary, given the features."""
    chosen = weights() if scheme is None else scheme
    seen = [chosen.get(name, 0.0) * value for name, value in features.items() if value]
    total = chosen["bias"] + sum(seen)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


Scored = tuple[Features, float]
"""The features in a candidate, and the probability of a boundary there."""


def made_consistent(scored: Sequence[Scored]) -> list[Scored]:
    """Return the scored on the candidates of a page, judged again."""
    sure = [dict(features) for features, confidence in scored if confidence >= _SURE and features]
    # The header of a mail, or of a record, tells nothing of the items below it.
    header = len(sure) == 1 and sure[0].get("first") and sure[0].get("labelled")
    if not sure or header:
        return list(scored)
    page = _Consistency(sure)
    judged: dict[Features, Scored] = {}
    found: list[Scored] = []
    for features, confidence in scored:
        if not features or features[0][0] == "first":
            found.append((features, confidence))
            continue
        if features not in judged:
            judged[features] = page.judge(dict(features))
        found.append(judged[features])
    return found


class _Consistency:
    """What most sure boundaries of a page have, and what of it no other boundary may lack."""

    def __init__(self, sure: list[dict[str, float]]) -> None:
        heads = [features for features in sure if _is_head(features)]
        self.listing = _has_list(heads)
        self.heads = [item for item in heads if not (self.listing and _is_item(item))]
        self.capitals = any(features.get("upper case") for features in sure)
        self.titled = self._are_titled()
        self.kept: list[str] = []
        self.strict: set[str] = set()
        for name in _CHECKED:
            inner = [features for features in sure if "first" not in features]
            whole = inner if name in _BETWEEN else self.heads
            kept = sum(features.get(name, 0.0) > 0 for features in whole)
            if kept and kept >= 0.8 * len(whole):
                self.kept.append(name)
                if kept >= _SEEN.get(name, 1) and (name not in _OPTIONAL or kept == len(whole)):
                    self.strict.add(name)

    def judge(self, features: dict[str, float]) -> Scored:
        """Return the verdict on a candidate, with what it keeps and breaks of the habits."""
        if self.titled and _is_ornament(features):
            return (), 0.0
        if self.listing and _is_item(features):
            features["numbered"] = 0.0
        lacking = [name for name in self.strict if features.get(name, 0.0) <= 0]
        signature = self.strict & _SIGNATURE
        broken = len(lacking)
        parted = features.get("separator again")
        if self._lacks_signature(features) and signature.issubset(lacking) and not parted:
            broken = _MOST
            # A link may name its target twice.
            features["repeated title"] = 0.0
        kept = sum(features.get(name, 0.0) > 0 for name in self.kept)
        features["consistent"] = min(kept, _MOST) / _MOST
        features["inconsistent"] = min(broken, _MOST) / _MOST
        features["odd case"] = features.get("upper case", 0.0) * (not self.capitals)
        seen = tuple([item for item in features.items() if item[1]])
        return seen, probability(features)

    def _lacks_signature(self, features: Mapping[str, float]) -> bool:
        """Whether a candidate lacks what the heads of the page have, where they are two, or one full one.

        A newsletter may have its own byline and date above items without; their titles fit their texts.
        """
        signature = self.strict & _SIGNATURE
        fits = features.get("title fits", 0.0)
        if len(self.heads) == 1:
            return signature >= _SIGNED and fits < _STRANGE
        return bool(signature) and fits < _FITS and not features.get("separator")

    def _are_titled(self) -> bool:
        """Whether the page titles its articles: the first one, which is signed as well, or all of several."""
        first = self.heads[0] if self.heads else {}
        signed = len(self.heads) > 2 or any(first.get(name) for name in _SIGNED)
        return signed and not any(features.get("no title") for features in self.heads)


def _is_head(features: Mapping[str, float]) -> bool:
    """Whether an article surely begins at a sure boundary: it is signed, or its title fits what follows.

    A link or a label beside a pulled-in headline can look like an end, but tells nothing of the page's heads.
    """
    return (
        "first" in features
        or any(features.get(name) for name in _SIGNATURE)
        or features.get("title fits", 0.0) >= _FITS
    )


def _is_item(features: Mapping[str, float]) -> bool:
    return bool(features.get("numbered")) and not any(features.get(name) for name in _SIGNED)


def _has_list(heads: Sequence[dict[str, float]]) -> bool:
    """Whether the numbers of a page count parts of an article: its articles are signed, and have none."""
    signed = [item for item in heads if any(item.get(name) for name in _SIGNED)]
    first = bool(heads) and heads[0] in signed
    return first and len(signed) > 1 and not any(item.get("numbered") for item in signed)


def _is_ornament(features: Mapping[str, float]) -> bool:
    """Whether a candidate is but a line of ornament, with nothing that heads an article below it."""
    return bool(features.get("no title")) and not any(features.get(name) for name in _HEAD)
