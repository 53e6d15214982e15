"""The lines of a page together: what repeats, what is numbered, what is running text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from digest.splitting.bylines import lone_name
from digest.splitting.cohesion import Content, content, names
from digest.splitting.lexicon import WRAPPER, LazyPattern
from digest.splitting.lines import CLOCK_TIME, SENTENCE, SHORT, STRONG, Line, sentence_count
from digest.text.dates import find_date

_FEW = 20
_CLOCK = 24
_ENTRIES = 3
_ENTRY = 90
_RARE = 3.0
_DATELINE = LazyPattern(r"[A-ZÀ-Þ]{3}[^.!?:]{0,90}?(?:\.[^.!?:]{1,40}?)?\s(?:--?|—|–)\s")
"""Where and when a wire report was filed; its words stand above every report of the day."""
_PARTING = frozenset({"separator", "end", "byline"})
_FIGURES = re.compile(r"\d+")
_BY = re.compile(r"(?i)\s(?:by|with)\s")
_OFFERS = re.compile(
    r"(?i)\b(?:(?:promo |discount |coupon )?code [A-Z]*\d|discount|coupon|promo code|free trial"
    r"|(?:%|per ?cent) off|use (?:the )?code|rabatt\w*|gutschein\w*|code promo|descuento|sconto|korting\w*)\b"
)
"""What a sponsor offers, who need not be named again below the line that names it."""
_COUNTED = 3  # items of the shortest list that its headline counts
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_USUAL = 0.5  # the share of the steps between lines that are alike
_SELDOM = 0.34  # the share of wider ones, which part articles
_PAST = LazyPattern(
    r"\b(?:was|were|had|has|have|will|would|did|said|told|says|could|should)\b|[“”\"]",
    re.IGNORECASE,
)
_PICTURES = frozenset("image images photo photos picture foto bild imagen".split())
_LONGEST = 60  # words of a caption


class PageFeatures:
    """The lines of a page with what is known of them together: repetition, marks, running text."""

    def __init__(
        self,
        lines: Sequence[Line],
        skipped: frozenset[int] = frozenset(),
        language: str = "en",
        *,
        single: bool = False,
        author: str | None = None,
    ) -> None:
        self.author = author
        self.lines = lines
        self.single = single
        self.skipped = skipped
        self.language = language
        self._content: dict[int, Content] = {}
        self._names: dict[int, Content] = {}
        self._repeated: dict[int, int] = {}

    @cached_property
    def prose(self) -> list[int]:
        """The lines of running text; where a page has none, its short sentences."""
        for weight in (STRONG, SENTENCE):
            found = [
                index
                for index, line in enumerate(self.lines)
                if line.weight == weight and self._is_text(index)
            ]
            if found:
                return [] if weight == SENTENCE and self._is_menu(found) else found
        if not self.single:
            return []
        return [
            index
            for index, line in enumerate(self.lines)
            if line.words and not line.kind and not line.level
        ]

    def _is_menu(self, sentences: list[int]) -> bool:
        """Whether the few sentences of a page stand among its chrome, as on an error page."""
        short = sum(line.weight == SHORT and line.words <= 3 for line in self.lines)
        few = sum(self.lines[index].words for index in sentences) <= _FEW
        return not self.single and few and short >= max(5, 0.6 * len(self.lines))

    def _is_text(self, index: int) -> bool:
        line = self.lines[index]
        return (
            index not in self.skipped
            and index not in self.sponsored
            and line.kind not in ("note", "notice")
            and not self.is_caption(index)
        )

    @cached_property
    def repeats(self) -> Counter[str]:
        """How often each line stands on the page, by its key without figures."""
        return Counter(shape_key(line) for line in self.lines if line.weight != STRONG)

    def repeated(self, index: int) -> int:
        """How often a line stands on the page, whatever its figures."""
        found = self._repeated.get(index)
        if found is None:
            found = self._repeated[index] = self.repeats[shape_key(self.lines[index])]
        return found

    @cached_property
    def ends(self) -> list[int]:
        """For each line, how many of those above it part articles for sure; and for the end of the page."""
        return list(
            accumulate(
                (
                    line.kind in _PARTING or line.labelled or index in self.numbered
                    for index, line in enumerate(self.lines)
                ),
                initial=0,
            )
        )

    @cached_property
    def top_level(self) -> int:
        """The level of heading that titles articles: the highest that comes more than once.

        A highest one that comes once titles an article if text stands right below it, before any other heading.
        """
        marked = [index for index, line in enumerate(self.lines) if 0 < line.level < 7]
        levels = Counter(self.lines[index].level for index in marked)
        highest = min(levels, default=0)
        for index, following in pairwise([*marked, len(self.lines)]):
            if self.lines[index].level == highest and any(
                line.weight == STRONG for line in self.lines[index + 1 : following]
            ):
                return highest
        several = [level for level, count in levels.items() if count > 1]
        return min(several, default=min(levels, default=0))

    @cached_property
    def spaced(self) -> frozenset[int]:
        """The lines above which more lines are empty than usual, where that is told and seldom."""
        return spaced(self.lines)

    @cached_property
    def numbered(self) -> frozenset[int]:
        """The lines that number the page's items one by one, each with text below it."""
        return numbered(self.lines)

    @cached_property
    def counted(self) -> frozenset[int]:
        """The numbered lines of a list article."""
        return counted(self.lines, self.numbered)

    @cached_property
    def pictured(self) -> frozenset[int]:
        """The short lines that begin with an emoji, where there are several and text between them."""
        return pictured(self.lines)

    @cached_property
    def sponsored(self) -> frozenset[int]:
        """The paragraph, and its heading, below a sponsor's line: it names it again, or offers something."""
        found: set[int] = set()
        for place, line in enumerate(self.lines[:-1]):
            if line.kind != "advert":
                continue
            index = place + 1
            if self.lines[index].level and index + 1 < len(self.lines):
                index += 1
            sponsor = self._sponsor(place)
            offers = _OFFERS.search(self.lines[index].text) and _BY.search(line.text)
            if self.lines[index].weight >= SENTENCE and (
                offers or any(name in self.content(index) for name in sponsor)
            ):
                found.update(range(place + 1, index + 1))
        return frozenset(found)

    def _sponsor(self, index: int) -> Content:
        """The names behind the `by` of an advertisement's line."""
        parts = _BY.split(self.lines[index].text, maxsplit=1)
        return names(parts[-1].title() if parts[-1].isupper() else parts[-1], self.language)

    @cached_property
    def posts(self) -> frozenset[int]:
        """The clock times above the entries of a live report: three or more, in order."""
        found = [
            index
            for index, line in enumerate(self.lines)
            if len(line.text) <= _CLOCK and CLOCK_TIME.fullmatch(line.text)
        ]
        times = [tuple(map(int, _FIGURES.findall(self.lines[i].text)[:2])) for i in found]
        rising = sum(left <= right for left, right in pairwise(times))
        steady = max(rising, len(times) - 1 - rising) >= 0.8 * (len(times) - 1)
        return frozenset(found if len(found) > 2 and steady else ())

    @cached_property
    def live(self) -> bool:
        """Whether the entries under the clock times are one report: short, and most share a rare name."""
        if not self.posts:
            return False
        ends = [*sorted(self.posts)[1:], len(self.lines)]
        entries = [
            [index for index in self.prose if start < index < stop]
            for start, stop in zip(sorted(self.posts), ends, strict=True)
        ]
        entries = [entry for entry in entries if entry]
        words = sum(self.lines[index].words for entry in entries for index in entry)
        if len(entries) < _ENTRIES or words > _ENTRY * len(entries):
            return False
        names = [
            {
                name
                for index in entry
                for name, weight in self.names(index).items()
                if weight > _RARE
            }
            for entry in entries
        ]
        known = Counter(name for found in names for name in found)
        linked = sum(any(known[name] > 1 for name in found) for found in names)
        return linked >= 0.6 * len(entries)

    def is_caption(self, index: int) -> bool:
        """Whether a paragraph is the caption of a picture."""
        return is_caption(self.lines, index)

    def content(self, index: int) -> Content:
        """The content words of a line."""
        found = self._content.get(index)
        if found is None:
            found = self._content[index] = content(self._sample(index), self.language)
        return found

    def names(self, index: int) -> Content:
        """The capitalised words of a line."""
        found = self._names.get(index)
        if found is None:
            found = self._names[index] = names(self._sample(index), self.language)
        return found

    def words_of(self, indexes: Sequence[int]) -> Content:
        """The content words of several lines together."""
        return _merged(indexes, self._content, self.content)

    def names_of(self, indexes: Sequence[int]) -> Content:
        """The capitalised words of several lines together."""
        return _merged(indexes, self._names, self.names)

    def _sample(self, index: int) -> str:
        text = self.lines[index].text[:1200]
        if text[:3].isupper():
            dateline = _DATELINE.match(text[:120])
            text = text[dateline.end() :] if dateline else text
        wrapper = WRAPPER.match(text) if " appeared " in text[:400] else None
        return text[wrapper.end() :] if wrapper else text


def _merged(
    indexes: Sequence[int], known: dict[int, Content], find: Callable[[int], Content]
) -> Content:
    found: dict[str, float] = {}
    for index in indexes:
        found.update(known[index] if index in known else find(index))
    return found


def shape_key(line: Line) -> str:
    """The key of a line without its figures; its text where it has no letters (separators)."""
    if line.key.isalpha():
        return line.key
    return _FIGURES.sub("", line.key) or line.text[:40]


def numbered(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that number the page's items one by one, each with text below it."""
    found: list[int] = []
    last, text_since = 0, True
    for index, line in enumerate(lines):
        if line.weight == STRONG:
            listed = line.number == last + 1 and not text_since
            if listed and found and lines[found[-1]].number == last:
                found.pop()  # a sentence of a list, as the one below it
            last, text_since = (line.number, False) if listed else (last, True)
        elif line.kind == "navigation":
            continue
        elif line.number == last + 1 and line.words >= 2:
            if text_since:
                found.append(index)
            elif found and lines[found[-1]].number == last:
                found.pop()
            last, text_since = line.number, False
        elif line.number == 1 and line.words >= 2:
            found, last, text_since = [index], 1, False
    return frozenset(found)


def counted(lines: Sequence[Line], numbered: frozenset[int]) -> frozenset[int]:
    """Return the numbered lines of a list article, whose headline says how many: `Five ways to ...`."""
    last = max((lines[index].number for index in numbered), default=0)
    if last < _COUNTED:
        return frozenset()
    name = _NUMBERS[last - 1] if last <= len(_NUMBERS) else ""
    for line in lines[: min(numbered)]:
        words = line.bare.lower().split()
        if line.weight == SHORT and line.words > 2 and (str(last) in words or name in words):
            return numbered
    return frozenset()


def pictured(lines: Sequence[Line]) -> frozenset[int]:
    """Return the short lines that begin with an emoji, where there are several and text between them."""
    found: list[int] = []
    text_since = True
    for index, line in enumerate(lines):
        if line.weight == STRONG:
            text_since = True
        elif line.words >= 2 and _is_picture(line.text[0]):
            if text_since:
                found.append(index)
            text_since = False
    return frozenset(found if len(found) > 1 else ())


def _is_picture(mark: str) -> bool:
    return mark not in "©®" and unicodedata.category(mark) == "So"


def spaced(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines with more empty lines above them than most have; none where wrapping hides it."""
    steps = {
        index: below.line - above.line
        for index, (above, below) in enumerate(pairwise(lines), 1)
        if 0 < above.line < below.line
    }
    counts = Counter(steps.values())
    if not counts:
        return frozenset()
    usual, often = counts.most_common(1)[0]
    wide = frozenset(index for index, step in steps.items() if step > usual)
    few = len(wide) <= _SELDOM * len(steps) and often >= _USUAL * len(steps)
    return wide if few else frozenset()


def is_caption(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph stands right before the credit of a picture, and reads like its caption.

    Captions tell what is to be seen, in the present; among running text that is asked for.
    """
    line = lines[index]
    if index + 1 >= len(lines) or lines[index + 1].kind != "credit" or line.words > _LONGEST:
        return False
    below = lines[index + 2 : index + 3]
    if _is_copyright(lines[index + 1].text) and not any(o.weight == STRONG for o in below):
        return False  # It closes the whole report.
    if not index or lines[index - 1].weight != STRONG:
        return sentence_count(line.text) <= 3 and " said" not in line.text
    if any(other.weight == SHORT and not other.kind for other in below):
        return False  # The picture is that of a headline below it.
    return sentence_count(line.text) <= 2 and not _PAST.search(line.text)


def is_description(lines: Sequence[Line], index: int) -> bool:
    """Whether a line tells what a picture shows: it stands between the word `Image` and a caption."""
    if not 0 < index < len(lines) - 1 or lines[index].weight == STRONG:
        return False
    return lines[index - 1].key in _PICTURES and lines[index + 1].kind in ("caption", "credit")


def is_shown(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands between the credit of a picture and the text: below it, in place of above.

    A full sentence there may be the first of the text.
    """
    above, below = lines[index - 1 : index], lines[index + 1 : index + 2]
    return (
        lines[index].weight == SHORT
        and any(other.kind == "credit" for other in above)
        and any(other.weight == STRONG for other in below)
    )


def _is_copyright(text: str) -> bool:
    return text[:3].lower().startswith(("©", "(c)"))


def is_lone_byline(page: PageFeatures, index: int) -> bool:
    """Whether a line is a bare name above a date or a reading time, at most two short lines between."""
    if not lone_name(page.lines[index].bare):
        return False
    for line in page.lines[index + 1 : index + 4]:
        if line.kind == "date" and find_date(line.text):
            return True
        if line.kind == "widget" and "min" in line.text.lower():
            return True
        if line.kind not in ("", "widget", "navigation") or line.words > 4:
            return False
    return False
