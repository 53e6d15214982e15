"""Titles: which line between two paragraphs is one, and one made of the words of an article without."""

import re
from collections import Counter

from digest.length import count_words
from digest.splitting.cohesion import Content, overlap
from digest.splitting.lexicon import LazyPattern
from digest.splitting.line_kinds import is_salutation
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line
from digest.splitting.page import PageFeatures
from digest.text.characters import SPEECH, TERMINALS
from digest.text.dates import find_date
from digest.text.sentences import sentence_spans
from digest.text.terms import stop_words

_QUESTION = LazyPattern(r"(?:Q|F|P)(?:\d{1,2})?[.:]\s.*\?$")
"""A question in a column of questions and answers."""
_LINK = LazyPattern(r"[<(]https?://[^<>()\s]{1,2000}[>)]")
_FIT = 0.2  # the share of its weight with which a title fits a text
_HEADLINE = 4  # words of a headline at least
_MISTAKABLE = frozenset(
    "navigation related comment teaser end widget note notice byline credit".split()
)
"""What a title can be taken for by its words, where its marks say that it is one."""

_NAME = LazyPattern(r"[A-ZÀ-Þ][\w’'-]*[\wß](?:[ -][A-ZÀ-Þ][\w’'-]*\w){0,3}|[A-Z]{2,}")
_DANGLING = LazyPattern(
    r"[“\"‘'(]|(?:But|And|Or|So|He|She|It|They|His|Her|Its|Their|This|That|These|Those|Then|Also"
    r"|We|I|You|There|Here)\b"
)
_SAMPLE = 12_000
_LEAD = 0.2
"""What standing first is worth, against naming all that the article names most."""
_TELLING = 0.5  # the score from which a sentence is the title
_UNFIT = frozenset(f"{SPEECH}\n")
_BEGINS = frozenset(f"{SPEECH}{TERMINALS}\n")
_ADDRESS = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Herr|Frau|Mme)\.? ")


def choose_title(page: PageFeatures, start: int, stop: int, after: list[int]) -> int | None:
    """The line of the candidate that is most like a title of what follows; None where none is."""
    if start == 0 and page.live:
        stop = min(stop, min(page.posts))
    best: tuple[float, int] | None = None
    following = page.words_of(after[:3])
    first = max(start, stop - 40)
    keys = Counter([line.key for line in page.lines[first:stop]])
    short = [
        index
        for index in range(first, stop)
        if not page.lines[index].kind and page.lines[index].weight == SHORT
    ]
    last = short[-1] if short else -1
    fitting = any(overlap(page.content(index), following) >= _FIT for index in short)
    for index in range(first, stop):
        score = _titleness(page, index, start, stop, keys, following, last, fitting)
        if score is not None and (best is None or score > best[0]):
            best = (score, index)
    return best[1] if best and best[0] > 0 else None


def _titleness(
    page: PageFeatures,
    index: int,
    start: int,
    stop: int,
    keys: Counter[str],
    following: Content,
    last: int,
    fitting: bool,
) -> float | None:
    """How much a line is like a title; None for a line that cannot be one."""
    line = page.lines[index]
    marked = (
        (0 < line.level < 7) or index in page.numbered or line.labelled or index in page.pictured
    )
    repeated = keys[line.key] > 1 and line.words > 2
    if not _may_be_title(page, index, marked=marked, repeated=repeated):
        return None
    fit = overlap(page.content(index), following)
    chrome = not marked and page.repeated(index) > keys[line.key]
    score = 0.4 + 3.0 * fit + 2.0 * repeated + _mark_score(page, index) + _shape_score(line)
    score += _place_score(page, index, start, stop, marked=marked) + 0.4 * (index == last)
    score -= 1.6 * (chrome and (line.words <= 3 or not fit))
    score -= 1.5 * (fitting and not fit and not marked and not repeated)
    return score + 0.3 * (index - start + 1) / max(1, stop - start)


def _may_be_title(page: PageFeatures, index: int, *, marked: bool, repeated: bool) -> bool:
    line = page.lines[index]
    if line.weight == STRONG or not line.key or line.words > 40 or index in page.skipped:
        return False
    if not any(map(str.isalpha, line.bare)):
        return False
    sure = marked or (repeated and line.words > 3)
    if _QUESTION.match(line.bare):
        return False
    if not marked and (_holds_address(line.text) or is_salutation(line.bare)):
        return False
    if line.bare.endswith(",") and is_salutation(line.bare):  # `Hello, again!` may be a heading
        return False
    if line.kind and not (sure and line.kind in _MISTAKABLE):
        return False
    return marked or not line.bullet or not _in_list(page, index)


def _holds_address(text: str) -> bool:
    """Whether a line writes out an address among its words, and not only behind them as `Headline <https://...>`."""
    return "://" in text and any("://" in part for part in _LINK.split(text))


def _mark_score(page: PageFeatures, index: int) -> float:
    line = page.lines[index]
    return (
        4.0 * line.labelled
        + 3.0 * (0 < line.level <= page.top_level)
        + 1.0 * (line.level > page.top_level)
        + 2.5 * (index in page.numbered or index in page.pictured)
    )


def _shape_score(line: Line) -> float:
    """What length, ending and case say: headlines have four words or more, and no full stop."""
    score = 0.3 * line.upper * (line.words >= 3)
    score -= 3.5 * (line.weight == SENTENCE) + 1.0 * line.bare.endswith(":")
    score -= 0.6 * (line.field and not line.labelled and line.words <= 5)
    if line.words < 4:
        return score + (-1.0, -1.0, -0.2, 0.3)[line.words]
    return score + (1.0 if line.words <= 15 else 0.5 if line.words <= 20 else -1.0)


def _place_score(page: PageFeatures, index: int, start: int, stop: int, *, marked: bool) -> float:
    """What the lines above and below say."""
    above = [line.kind for line in page.lines[max(start, index - 3) : index]]
    score = _followed(page, index + 1, stop)
    score -= 1.8 * (index + 1 < stop and page.lines[index + 1].kind == "credit")
    score += 0.8 * (above[-1:] in (["separator"], ["end"]) or index == start == 0)
    score -= 4.0 * (above[-1:] == ["credit"] and not marked and _has_passed(page, start, index))
    return score - 1.5 * ("byline" in above and not marked)


def _has_passed(page: PageFeatures, start: int, index: int) -> bool:
    """Whether a headline stands above with its date or byline: what follows a credit is a caption."""
    titled = False
    for line in page.lines[start : index - 1]:
        if titled and line.kind in ("byline", "date"):
            return True
        titled = titled or (line.weight == SHORT and not line.kind and line.words >= _HEADLINE)
    return False


def _in_list(page: PageFeatures, index: int) -> bool:
    """Whether the line above or below is an item of a list as well."""
    above, below = page.lines[max(0, index - 1) : index], page.lines[index + 1 : index + 2]
    return any(line.bullet and not line.kind for line in (*above, *below))


def _followed(page: PageFeatures, index: int, stop: int) -> float:
    """What the lines below say for a title: a byline, a full date or a reading time right there."""
    for place, other in enumerate(page.lines[index : min(index + 2, stop)]):
        if other.kind in ("byline", "widget") or (other.kind == "date" and find_date(other.text)):
            return 1.0 if place == 0 else 0.5
        if other.kind:
            break
    return 0.0


def name_of(text: str, language: str = "en") -> str:
    """Return a title: the short sentence that names most of what the text names most, the first above all.

    Where no sentence is short enough, the names themselves are the title.
    """
    sample = text[:_SAMPLE]
    salient = _salient_names(sample, language)
    best: tuple[float, int, str] | None = None
    for place, (start, end) in enumerate(sentence_spans(sample, language)):
        sentence = sample[start:end]
        if not _fits(sentence) or not any(name in sentence for name in list(salient)[:1]):
            continue
        score = _LEAD / (1 + place) + sum(salient[name] for name in salient if name in sentence)
        if score >= _TELLING and (best is None or score > best[0]):
            best = (score, place, sentence)
    if best:
        return best[2].rstrip(".… ").strip()
    if salient:
        return ", ".join(list(salient)[:3])
    words = text.split("\n\n", 1)[0][:400].split()
    return " ".join(words[:10]).rstrip(".,;: ") + ("…" if len(words) > 10 else "")


def _fits(sentence: str) -> bool:
    """Whether a sentence can stand alone as a title: short, whole, and not leaning on the one before."""
    return (
        4 <= count_words(sentence) <= 14
        and not sentence[0].islower()
        and sentence[-1] in TERMINALS
        and not _DANGLING.match(sentence)
        and _UNFIT.isdisjoint(sentence)
    )


def _salient_names(text: str, language: str) -> dict[str, float]:
    """The names that the text uses most with their shares, a name within another counted with it."""
    stops = stop_words(language)
    counts: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = _ADDRESS.sub("", match.group())
        if name.lower() in stops or (len(name) < 3 and not name.isupper()):
            continue
        begins = match.start() < 2 or text[match.start() - 2] in _BEGINS
        counts[name] += 0 if begins and " " not in name and not name.isupper() else 1
    ranked = sorted(
        (name for name in counts if counts[name] > 1),
        key=lambda name: (-counts[name], text.find(name), name),
    )
    found: dict[str, float] = {}
    for name in ranked[:12]:
        if len(found) < 4 and not any(name in other or other in name for other in found):
            found[name] = float(counts[name])
    total = sum(found.values())
    return {name: count / total for name, count in found.items()}
