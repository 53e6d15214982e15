"""Sentences of one story that give different figures for the same thing.

Few and right rather than many. Two figures are held against each other only where both count the same
unit or currency in the same words ("4 people were injured", "seven people injured"), in sentences of
different articles that say otherwise much the same, and where neither sentence also has the other's figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.clusterers.mentions import FORECAST, LOOSE, NUMBER, SMALL_NUMBERS, Token, tokens
from digest.models import Article, Disagreement, Sentence, Topic
from digest.text.sentences import sentence_spans
from digest.text.terms import stems, stop_words, words, zipf

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"m": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3, "mln": 1e6, "bln": 1e9}
_MONEY = ("$", "€", "£", "¥")
_SUM = re.compile(r"[$€£¥]\s?\d")
_SCALE_WORDS = frozenset(("million", "billion", "trillion"))
_FIGURE = re.compile(
    r"(?P<mark>[$€£¥])?(?<![\w.,\-–/])"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)(?![\d\-–/]|[.,]\d)"
    r"(?P<scale>(?:bn|tn|[mbk])\b|\s(?:thousand|million|billion|trillion|mln|bln)\b)?"
    r"(?P<percent>\s?%|\spercent\b|\sper cent\b)?",
    re.IGNORECASE,
)
_TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
_SPELT = re.compile(
    rf"(?<![\w\-–])(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(SMALL_NUMBERS[1:10])}))?|{'|'.join(SMALL_NUMBERS[2:])})"
    r"(?![\w\-–])",
    re.IGNORECASE,
)
_ALIKE = 0.6
"""The share of the shorter sentence's other words that must stand in the longer one."""
_ALIKE_UNNAMED = 0.8
"""The same where no name says that both are on one subject."""
_BROKEN = re.compile(r"\s?[-–/]\s|\s\d|\s?[^\w\s.,;:!?%()'\"’”\]\-–—]")
"""After a figure, this says that it is a part of something else: "41 / 2", "9 - magnitude"."""
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
"""Sentences that give different times of day speak of different moments."""
_MOST_NUMBERS = 4
"""A sentence with more of them is a line of statistics, of many things."""
_COMMON = 4.2
"""The Zipf value from which the first word of a sentence is a word like any other."""
_ALIKE_LONGER = 0.4
"""The share of the longer sentence's other words that must stand in the shorter one."""
_LEAST_SUM = 1e5
"""A smaller amount of money is a price, of which there are many."""
_NEAR = 0.85
"""How near two sums must be to be two reports of one."""
_ROUNDED = 0.97
"""How near they may not be: one may be the other rounded."""
_THOUSANDS = re.compile(r"\.[0-9]{3}(?![0-9])")
_AROUND_CHARS = 60
_BESIDE = 50
_SHARED_AROUND = 3
_ALIKE_AROUND = 0.5
"""The share of the words around one sum that must stand around the other."""
_SUPPOSED = FORECAST - {"would", "could"} | frozenset(
    "expects expect forecasts predicted predicts projected projects likely may might target targets feared"
    " believed hoped planned".split()
)
"""What may be does not disagree with what is; "said it would" is as good as "will"."""
_COUNTED_IN = frozenset("including included includes excluding besides plus counting".split())
"""One count holds what the other may not: "including the gunman"."""
_PERIOD = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight"
    r"|(?:first|second|third|fourth|last|previous|same)(?:[- ](?:quarter|half|month|year|week|day|season))"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?: [0-9]{1,2}\b)?|(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
"""Days, months, quarters and years: sentences that name different ones count different things."""
_FLOORS: dict[tuple[str, ...], str] = {("at", "least"): "at least", ("more", "than"): "more than"}
_SAME = dict.fromkeys(("kill", "dead", "death", "died", "slain", "lost"), "die")
_SAME |= dict.fromkeys(("injur", "wound", "hurt"), "hurt")
"""Stems of words for one fate."""
_MOST = 5
_MOST_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class _Figure:
    text: str
    value: float
    unit: str
    counted: tuple[str, ...]
    """The stems of the two words after it: what it counts."""
    before: frozenset[str]
    """The stems of the words just before it."""
    floor: str = ""
    """Where it is a least number, the words that say so."""
    beside: frozenset[str] = frozenset()
    """The words near it."""
    around: frozenset[str] = frozenset()
    """The stems of the words on both sides of a sum of money: what it is the sum of."""


@dataclass(frozen=True, slots=True)
class _Claim:
    sentence: Sentence
    figures: tuple[_Figure, ...]
    stems: frozenset[str]
    names: frozenset[str]
    periods: frozenset[str]
    """The days, months and quarters it names."""
    titled: frozenset[str]
    """The names in the title of its article."""
    wider: frozenset[str]
    """The words by which it counts in more."""


def disagreements(topic: Topic) -> tuple[Disagreement, ...]:
    """Return the pairs of sentences of `topic` that disagree in a figure, at most five.

    Reports on one event may differ in any figure. Reports of different stories are held against each other
    by sums of money alone, where the words around two nearly equal sums are much the same: "the $50
    billion it had pledged for ports" against "has pledged $53 billion for ports".
    """
    claims = [
        (number, claim)
        for number, story in enumerate(topic.stories)
        for article in story.articles
        for claim in _claims(article)
    ]
    found: list[tuple[float, Disagreement]] = []
    for number, (story, one) in enumerate(claims):
        for other_story, other in claims[number + 1 :]:
            if one.sentence.article_id != other.sentence.article_id:
                pairs = _against(one, other) if story == other_story else []
                found += pairs or _sums(one, other)
    found.sort(key=lambda item: (-item[0], item[1].first.article_id, item[1].first.start))
    return tuple(_distinct([disagreement for _, disagreement in found]))


def _distinct(found: Sequence[Disagreement]) -> list[Disagreement]:
    """Keep one disagreement for each pair of figures, and one for each sentence."""
    kept: list[Disagreement] = []
    used: set[object] = set()
    for one in found:
        keys = {frozenset(one.figures), one.first, one.second}
        if keys.isdisjoint(used) and len(kept) < _MOST:
            kept.append(one)
            used |= keys
    return kept


def _claims(article: Article) -> list[_Claim]:
    """Return the sentences of an article that give figures."""
    claims = []
    titled = _names(article.title or "", article.language)
    spans = sentence_spans(article.text[:20_000], article.language)
    for index, (start, end) in enumerate(spans[:_MOST_SENTENCES]):
        text = article.text[start:end]
        figures = _figures(text, article.language)
        if figures and not text.rstrip().endswith("?"):
            sentence = Sentence(article.id, index, start, end, text)
            names = _names(text, article.language)
            own = frozenset(_stems(text, article.language))
            periods = frozenset(p.lower() for p in _PERIOD.findall(text))
            wider = _COUNTED_IN.intersection(words(text))
            claims.append(_Claim(sentence, figures, own, names, periods, titled, wider))
    return claims


def _names(text: str, language: str) -> frozenset[str]:
    found = (t for t in tokens(text) if t.surface[0].isupper() and not _opens(t, language))
    return frozenset(token.key for token in found) - stop_words(language)


def _opens(token: Token, language: str) -> bool:
    """Say whether a capital is only that of the first word of a sentence."""
    return token.initial and (
        zipf(token.key, language) >= _COMMON or _SPELT.match(token.surface) is not None
    )


def _stems(text: str, language: str) -> tuple[str, ...]:
    stops = stop_words(language)
    kept = [w for w in words(text) if w not in stops and w[0].isalpha() and not _is_number(w)]
    return tuple(_SAME.get(stem, stem) for stem in stems(kept, language))


def _figures(text: str, language: str) -> tuple[_Figure, ...]:
    found = []
    for match in _FIGURE.finditer(text):
        value = float(match["number"].replace(",", ""))
        scale = (match["scale"] or "").strip().lower()
        mark, percent = match["mark"] or "", "%" if match["percent"] else ""
        if not (mark or percent or scale) and 1900 <= value <= 2100 and "," not in match["number"]:
            continue
        shown = match.group().strip()
        found.append((match.span(), shown, value * _SCALES.get(scale, 1.0), mark + percent))
    found += [
        (match.span(), match.group(), _spelt(match.group().lower()), "")
        for match in _SPELT.finditer(text)
    ]
    figures, stops = [], stop_words(language)
    for (start, end), shown, value, unit in sorted(found):
        ahead = words(text[max(0, start - 30) : start])
        floor = _FLOORS.get((*ahead[-2:],), "")
        before = [] if floor else ahead[-1:]
        after = re.split(r"[,;:.()–—]", text[end : end + 50])[0]
        counted = _stems(after, language)[:2]
        following = words(after)[:1]
        if not unit and {*following} & stops and not shown.endswith(tuple(_SCALES)):
            continue
        clock = ":" in text[max(0, start - 2) : start] + text[end : end + 1]
        cut_short = start == 0 and shown[0].isdigit()
        broken = (
            clock
            or cut_short
            or _BROKEN.match(text, end)
            or text[max(0, start - 3) : start].endswith("/ ")
        )
        if counted and not {*following, *before} & LOOSE and not broken:
            near = frozenset(_stems(text[max(0, start - 30) : start], language)[-2:])
            around = _around(text, start, end, language) if unit in _MONEY else frozenset()
            beside = frozenset(words(text[max(0, start - _BESIDE) : end + _BESIDE]))
            figures.append(_Figure(shown, value, unit, counted, near, floor, beside, around))
    return tuple(figures)


def _is_number(word: str) -> bool:
    return word in SMALL_NUMBERS or _SPELT.fullmatch(word) is not None


def _spelt(number: str) -> float:
    """Return the value of a number in words, up to ninety-nine."""
    tens, _, ones = number.partition("-")
    if tens not in _TENS:
        return float(SMALL_NUMBERS.index(number))
    return 20.0 + 10 * _TENS.index(tens) + SMALL_NUMBERS.index(ones or "zero")


def _around(text: str, start: int, end: int, language: str) -> frozenset[str]:
    """Return the stems of the whole words on both sides of a figure, within its clause."""
    before = re.split(r"[;:()–—]", text[max(0, start - _AROUND_CHARS) : start])[-1]
    after = re.split(r"[;:()–—]", text[end : end + _AROUND_CHARS])[0]
    if start > _AROUND_CHARS:
        before = before.partition(" ")[2]
    if end + _AROUND_CHARS < len(text):
        after = after.rpartition(" ")[0]
    return frozenset(_stems(f"{before} {after}", language)) - _SCALE_WORDS


def _against(one: _Claim, other: _Claim) -> list[tuple[float, Disagreement]]:
    """Return the disagreement of two sentences, if there is exactly one."""
    shared = one.stems & other.stems
    alike = len(shared) / max(1, min(len(one.stems), len(other.stems)))
    if len(shared) < _ALIKE_LONGER * max(len(one.stems), len(other.stems)):
        return []
    if one.titled and other.titled and one.titled.isdisjoint(other.titled):
        return []  # of a series: each title names a subject of its own
    if alike < _bar(one.names, other.names) or len(shared) < 3 or _of_two_things(one, other):
        return []
    ours = [f for f in one.figures if not any(_agree(f, g) for g in other.figures)]
    theirs = [g for g in other.figures if not any(_agree(f, g) for f in one.figures)]
    pairs = [(f, g) for f in ours for g in theirs if _comparable(f, g)]
    if len(pairs) != 1 or max(_numbers(one), _numbers(other)) > _MOST_NUMBERS:
        return []
    clocks = [set(_CLOCK.findall(claim.sentence.text)) for claim in (one, other)]
    if all(clocks) and clocks[0].isdisjoint(clocks[1]):
        return []
    return [(alike, _disagreement(one, other, *pairs[0]))]


def _disagreement(one: _Claim, other: _Claim, first: _Figure, second: _Figure) -> Disagreement:
    figures = (first.text, second.text)
    return Disagreement(first=one.sentence, second=other.sentence, figures=figures)


def _sums(one: _Claim, other: _Claim) -> list[tuple[float, Disagreement]]:
    """Return the disagreement of two sentences in the one sum that each of them names, if there is one."""
    ours, theirs = ([f for f in claim.figures if f.unit in _MONEY] for claim in (one, other))
    several = any(len(_SUM.findall(claim.sentence.text)) > 1 for claim in (one, other))
    if several or len(ours) != 1 or len(theirs) != 1 or not _named_alike(one, other):
        return []  # a sentence of several sums tells of parts and ranges
    (first,), (second,) = ours, theirs
    low, high = sorted((first.value, second.value))
    if first.unit != second.unit or low < _LEAST_SUM or not _NEAR <= low / high <= _ROUNDED:
        return []
    shared = first.around & second.around
    fewest = min(len(first.around), len(second.around))
    if len(shared) < max(_SHARED_AROUND, _ALIKE_AROUND * fewest):
        return []
    if _of_two_things(one, other) or _supposed(first, second):
        return []
    alike = len(shared) / max(len(first.around), len(second.around))
    return [(alike, _disagreement(one, other, first, second))]


def _of_two_things(one: _Claim, other: _Claim) -> bool:
    """Whether they tell of different days or quarters, or one counts in what the other does not."""
    times = bool(one.periods and other.periods) and one.periods.isdisjoint(other.periods)
    return times or bool(one.wider) != bool(other.wider)


def _supposed(one: _Figure, other: _Figure) -> bool:
    """Whether one is what may be and the other what is."""
    return not (one.beside ^ other.beside).isdisjoint(_SUPPOSED)


def _named_alike(one: _Claim, other: _Claim) -> bool:
    """Whether two sentences may speak of the same one: they share a name, or not each has its own."""
    return bool(one.names & other.names) or not (one.names and other.names)


def _numbers(claim: _Claim) -> int:
    text = claim.sentence.text
    return len(NUMBER.findall(_CLOCK.sub("", text))) + len(_SPELT.findall(text))


def _bar(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sentences must be to be on the same subject, by the names in them.

    Where each names somebody whom the other does not, they are on two subjects.
    """
    if (one - other and other - one) or (one and other and one.isdisjoint(other)):
        return 2.0
    return _ALIKE if one & other else _ALIKE_UNNAMED


def _agree(one: _Figure, other: _Figure) -> bool:
    """Say whether two figures are the same, or one is the other rounded to two digits or more."""
    if one.unit != other.unit:
        return False
    digits = min(_digits(one.text), _digits(other.text))
    if one.value == other.value or digits < 2:
        return one.value == other.value
    return float(f"{one.value:.{digits - 1}e}") == float(f"{other.value:.{digits - 1}e}")


def _digits(text: str) -> int:
    """Return the number of digits that a figure is exact to."""
    digits = "".join(character for character in text if character.isdigit()).lstrip("0")
    # A dot before three digits parts thousands in many languages.
    is_broken = "." in text and not _THOUSANDS.search(text)
    return len(digits) if is_broken else len(digits.rstrip("0"))


def _comparable(one: _Figure, other: _Figure) -> bool:
    """Say whether two figures count the same thing, in the same order of magnitude."""
    if one.unit != other.unit or one.counted != other.counted or one.floor != other.floor:
        return False
    if _supposed(one, other):
        return False
    if not one.unit and len(one.counted) < 2 and not one.before & other.before:
        return False
    low, high = sorted((one.value, other.value))
    return low > 0 and high <= 10 * low
