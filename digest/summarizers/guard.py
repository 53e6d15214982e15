"""The guard: no chosen sentence leans on one that is not there.

Three of ten machine-made extracts mislead, most of them by a pronoun, a connective or a quotation that
lost what it belongs to (Zhang, Wan & Bansal, "Extractive is not Faithful Summarization", ACL 2023). So a
sentence is tied to the run of sentences that must stand with it, and is chosen with them or not at all: a
quotation with its other half and its speaker, a surname with the sentence that gives the whole name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from digest.length import unspaced_words
from digest.summarizers.passages import Passages
from digest.text.anaphora import bare_noun, leaning_word, stands_alone
from digest.text.terms import stop_words, zipf

_MARKS = re.compile('["“”„«»「」『』]')
_OTHER_MARK = re.compile("[“”„«»‘「『」』]")
_QUOTED = re.compile('["“„«»”「『][^"“”„«»「」『』]*["”“»«」』]?')
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENS_AFTER = frozenset(" \t\n\u00a0([{—–-‘'")
_PRONOUN_SPEAKERS = frozenset({"he", "she", "they", "it", "who"})
_FEWEST_OUTSIDE = 2
# The mark comes first in these patterns, so that `re` skips to it: what precedes it is looked at afterwards.
_SINGLE_OPENS = re.compile(r"['‘](?<![^\s(\[—–]['‘])(?=[^\W\d_])(?!(?:em|til|cause|n)\b)")
_SINGLE_CLOSES = re.compile(r"['’](?<=[\w.,!?…]['’])(?!\w)")
_SINGLE_ENDS = re.compile(r"['’](?<=[.,!?…]['’])(?!\w)")
_LONGEST_SINGLE = 3


class Quotation(NamedTuple):
    """The run of sentences, `first` to `last`, that one quotation ties together; often one sentence."""

    first: int
    last: int
    broken: bool = False
    """True where a mark has no partner, so that no run holds the whole quotation."""
    leans: str = ""
    """Why its speaker must be looked for in the sentence before."""

    @property
    def reason(self) -> str:
        """What to tell the reader of an explanation."""
        if self.broken:
            return "half a quotation"
        return "part of a longer quotation" if self.last > self.first else ""


def quotations(passages: Passages) -> dict[int, Quotation]:
    """Return the quotation run that a sentence belongs to, for those that it ties or breaks."""
    found: dict[int, Quotation] = {}
    marked = [i for i, text in enumerate(passages.text) if _has_mark(text)]
    seen = -1
    for i in marked:
        if i <= seen:
            continue
        run = _quotation(passages, i)
        seen = run.last
        if run.broken or run.leans or seen > i:
            found.update(dict.fromkeys(range(i, seen + 1), run))
    return found


def _quotation(passages: Passages, i: int) -> Quotation:
    """The run of the quotation that begins in sentence `i`."""
    if _MARKS.search(passages.text[i]) is None:
        return Quotation(i, _single_run(passages, i))
    last, broken = _run(passages, i)
    text = passages.text[i] if last == i else " ".join(passages.text[i : last + 1])
    return Quotation(i, last, broken, "" if broken else _lost_speaker(text))


def _has_mark(text: str) -> bool:
    """True where a quotation could begin or end; the marks of ASCII are looked for first, and fastest."""
    return '"' in text or "'" in text or not (text.isascii() or _OTHER_MARK.search(text) is None)


def _run(passages: Passages, i: int) -> tuple[int, bool]:
    """Follow the marks from sentence `i` to the sentence in which its quotation closes."""
    where = (passages.article[i], passages.paragraph[i])
    is_open, k = False, i
    while k < len(passages) and (passages.article[k], passages.paragraph[k]) == where:
        is_open, unmatched = _follow(passages.text[k], is_open)
        if unmatched:
            return k, True
        if not is_open:
            return k, False
        k += 1
    return k - 1, True


def _single_run(passages: Passages, i: int) -> int:
    """The sentence in which a quotation in single marks closes that opens in sentence `i`, else `i`.

    Most single marks are apostrophes: one counts as closing only where the quotation's own stop precedes it.
    """
    text = passages.text[i]
    opens = [match.end() for match in _SINGLE_OPENS.finditer(text)]
    if not opens or _SINGLE_CLOSES.search(text, opens[-1]):
        return i
    where = (passages.article[i], passages.paragraph[i])
    for k in range(i + 1, min(i + _LONGEST_SINGLE, len(passages))):
        if (passages.article[k], passages.paragraph[k]) != where:
            break
        if _SINGLE_ENDS.search(passages.text[k]):
            return k
    return i


def _follow(text: str, is_open: bool) -> tuple[bool, bool]:
    """Whether a quotation is open after `text`, and whether a closing mark had no partner."""
    nested = "「" in text or "」" in text
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if nested and mark in "『』":
            continue
        if _opens(text, mark, at, is_open):
            is_open = True
        elif mark in "”»“«」』":
            if not is_open:
                return False, True
            is_open = False
        else:
            opens = at == 0 or text[at - 1] in _OPENS_AFTER
            # One that opens within another, as each paragraph of a long quotation does, leaves that unclosed.
            if opens == is_open:
                return False, True
            is_open = opens
    return is_open, False


def _opens(text: str, mark: str, at: int, is_open: bool) -> bool:
    """Whether a mark opens a quotation: Danish and German quote »so«, Swedish and Finnish ”so”."""
    if mark in "„「『" or (mark == "“" and not is_open):
        return True
    if mark == "«":
        return not is_open or at == 0 or text[at - 1] in _OPENS_AFTER
    first = at == 0 or text[at - 1] in _OPENS_AFTER
    return mark in "»”" and not is_open and first and text[at + 1 : at + 2].isalnum()


def _lost_speaker(text: str) -> str:
    """Why the speaker of a quotation stands elsewhere: nobody is named, or only by a pronoun."""
    rest = _QUOTED.sub(" ", text)
    outside = _WORD.findall(rest)
    if max(len(outside), unspaced_words(rest)) < _FEWEST_OUTSIDE:
        return "a quotation without its speaker"
    if outside[0].lower() in _PRONOUN_SPEAKERS and text.lstrip()[0] in '"“„«':
        return f"the speaker is only {outside[0]!r}"
    return ""


_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*[\w]")
_BEFORE = re.compile(r"(?:^|[\s\"“‘('—–-])([^\W\d_a-z][\w'’-]*\w)(?: [^\W\d_a-z]\.)? $")
_COMMON = 4.8
"""The Zipf value from which a word is hardly a surname, nor a given name before one: "the White House"."""
_MOST_COMMON = 5.6
"""The Zipf value from which a word is no surname, whatever it does: "Brown" has 5.2, "The" 7.7."""
_ACTING = re.compile(
    r"(?:\A|[.!?] )([^\W\d_a-z][\w'’-]*?)(?:[’']s | (?:was|is|has|had|said|says|told|also|will|would|went|came"
    r"|took|made|wrote|died|won|lost|added|asked)\b)"
)
"""What people do, where their name opens a sentence."""
_EARLIER = 10_000
"""Characters before a sentence in which a person may have been introduced."""


def introductions(found: Passages, unit: Sequence[int]) -> list[int]:
    """Return the sentences that introduce the people whom a unit of sentences calls by surname alone."""
    article, language = found.article[unit[0]], found.languages[found.article[unit[0]]]
    text, begin = found.articles[article].text, found.start[unit[0]]
    said = " ".join([found.text[i] for i in unit])
    wanted: list[int] = []
    for name in _surnames(said, language):
        at = _given(text[max(begin - _EARLIER, 0) : begin], name, language)
        if at < 0 or _given(f"{found.articles[article].title} {said}", name, language) >= 0:
            continue
        first, last = found.extent(article)
        at = bisect_right(found.start, at + max(begin - _EARLIER, 0), first, last) - 1
        if at >= first and at not in wanted:
            wanted.append(at)
    return wanted


def _surnames(text: str, language: str) -> list[str]:
    """The names that stand alone: no capital before or behind them."""
    names = []
    plain = stop_words(language)  # "But Lee said" names Lee alone
    spans = [m for m in _NAME.finditer(text) if m.group().lower() not in plain]
    for k, span in enumerate(spans):
        beside_left = k > 0 and text[spans[k - 1].end() : span.start()] in (" ", ". ", " - ")
        beside_right = k + 1 < len(spans) and text[span.end() : spans[k + 1].start()] == " "
        bare = span.group().removesuffix("'s").removesuffix("’s")
        if not (beside_left or beside_right) and bare not in names and not bare.isupper():
            names.append(bare)
    return [name for name in names if len(name) > 2 and _may_be_name(name, text, language)]


def _may_be_name(name: str, text: str, language: str) -> bool:
    """True where a word is rare, or does here what people do: "Brown was perhaps", and not "White"."""
    if zipf(name.lower(), language) < _COMMON:
        return True
    if zipf(name.lower(), language) >= _MOST_COMMON:
        return False
    return any(found[1] == name for found in _ACTING.finditer(text))


def _given(text: str, name: str, language: str) -> int:
    """Where `name` first stands behind a given name, or -1."""
    at = text.find(name)
    while at >= 0:
        before = _BEFORE.search(text, max(at - 30, 0), at)
        if before and zipf(before[1].lower(), language) < _COMMON:
            return at
        at = text.find(name, at + 1)
    return -1


LONGEST_RUN = 3
_SPOKEN = ("", "question")
"""A question may stand before its answer."""
_ANSWER = re.compile(r"(?:A|Answer)[.:] ")
_WITHIN = 3000
"""Characters before a sentence in which a thing must have been named for the sentence to take it as known."""


@dataclass(frozen=True, slots=True)
class Ties:
    """For each sentence the run `first` to `last` (both included) it is chosen with, and why.

    `first` is -1 where no short run makes the sentence safe to quote.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    reason: tuple[str, ...]
    named: tuple[int, ...]
    """The earlier sentence that names what a sentence takes as known, and that it may stand with instead of its
    run; -1 where there is none."""

    def stands(self, i: int) -> bool:
        """True where sentence `i` can be quoted by itself."""
        return self.first[i] == i == self.last[i]

    def run(self, i: int) -> range:
        """The sentences that `i` is chosen with, itself among them; none where no run makes it safe."""
        return range(self.first[i], self.last[i] + 1) if self.first[i] >= 0 else range(0)


def free(passages: Passages) -> Ties:
    """The ties of sentences that nobody guards: none."""
    numbers = tuple(range(len(passages)))
    return Ties(
        first=numbers, last=numbers, reason=("",) * len(passages), named=(-1,) * len(passages)
    )


def ties(passages: Passages, *, opens: bool = False) -> Ties:
    """Tie each sentence to what it leans on and to the rest of its quotation.

    `opens` lets the first sentence of an article lean: where it comes first, nothing is missing that was there.
    """
    quoted = quotations(passages)
    steps = later_steps(passages)
    first: list[int] = []
    last: list[int] = []
    reasons: list[str] = []
    named: list[int] = []
    for i in range(len(passages)):
        run = quoted.get(i) or Quotation(i, i)
        leads = opens and not passages.index[run.first]
        reason = "" if leads else _reason(passages, run.first, i, steps) or run.leans
        noun = "" if reason else _untold_thing(passages, run.first)
        reason = reason or (noun and f"does not say which {noun}")
        start = -1 if run.broken else run.first
        if reason and not run.broken:
            lone = reason == "a later step" and not _STEP.match(
                passages.text[max(run.first - 1, 0)]
            )
            start = -1 if lone else _antecedent(passages, run.first, i, first)
        if start >= 0 and run.last - start >= LONGEST_RUN:
            start = -1
        alone = noun and run.first == i == run.last
        named.append(_naming(passages, i, noun, first, last) if alone else -1)
        first.append(start)
        last.append(run.last)
        reasons.append(reason or run.reason)
    return Ties(first=tuple(first), last=tuple(last), reason=tuple(reasons), named=tuple(named))


def _reason(passages: Passages, opening: int, i: int, steps: Set[int]) -> str:
    """What sentence `i` leans on an earlier one with, or the sentence `opening` its quotation."""
    language = passages.languages[passages.article[i]]
    if answers(passages, opening):
        return "answers a question"
    if opening in steps:
        return "a later step"
    if stands_alone(passages.text[opening], language):
        return ""
    word = leaning_word(passages.text[opening], language)
    return f"opens with {word!r}" if word else ""


_STEP = re.compile(
    r"(?:(?:Then|Next|Now|Finally|First|In|On|With|Using|After|Once)\b[^,.]{0,40}, )?"
    r"(?i:add|arrange|bake|beat|blend|boil|bring|brush|choose|click|combine|connect|cook|copy|cover|cut|double-click"
    r"|download|drag|drain|enter|fill|fold|garnish|heat|insert|install|let|make|measure|melt|mix|open|paste|place"
    r"|pour|preheat|press|put|remove|repeat|rinse|run|save|scroll|season|select|serve|set|simmer|spread|sprinkle"
    r"|stir|swipe|switch|tap|toss|transfer|turn|type|unplug|wash|whisk) "
    r"(?!(?:is|are|was|were|has|have|had|said|will|would|can)\b)|\w+n Sie |\w+ez (?!-)"
)
"""An instruction of a recipe or a manual, which has its place among others."""
_FEWEST_STEPS, _STEPS_SHARE = 3, 0.1
"""So many sentences, and so dense, are steps; in a column a single one calls."""


def later_steps(passages: Passages) -> frozenset[int]:
    """The instructions of each article but its first: they mean nothing without those before them."""
    found: set[int] = set()
    for article in range(passages.article[-1] + 1 if len(passages) else 0):
        extent = range(*passages.extent(article))
        steps = [i for i in extent if _STEP.match(passages.text[i])]
        if len(steps) >= _FEWEST_STEPS and len(steps) >= _STEPS_SHARE * len(extent):
            found.update(steps[1:])
    return frozenset(found)


def answers(passages: Passages, i: int) -> bool:
    """True where sentence `i` begins an answer of an interview: "A: No comment."."""
    return passages.index[i] > 0 and _ANSWER.match(passages.text[i]) is not None


def _untold_thing(passages: Passages, i: int) -> str:
    """A thing that sentence `i` takes as known, and that the title does not name."""
    if not passages.index[i] and passages.article[0] == passages.article[-1]:
        return ""  # the headline says which, and it stands above; among several another one does
    article = passages.articles[passages.article[i]]
    noun = bare_noun(passages.text[i], passages.languages[passages.article[i]])
    return "" if noun in article.title.lower() else noun


def _naming(passages: Passages, i: int, noun: str, first: list[int], last: list[int]) -> int:
    """The last sentence before `i` that names a thing and can be quoted by itself, or -1."""
    stem = noun[:-1] if noun.endswith("s") else noun
    for k in range(i - 1, i - 1 - passages.index[i], -1):
        if passages.start[i] - passages.start[k] > _WITHIN:
            return -1
        if first[k] == k == last[k] and not passages.barred[k] and stem in passages.text[k].lower():
            return k
    return -1


def _antecedent(passages: Passages, opening: int, i: int, first: list[int]) -> int:
    """The start of the run that what stands before the quotation of `i` belongs to, or -1."""
    before = opening - 1
    if (
        before < 0
        or passages.article[before] != passages.article[i]
        or passages.paragraph[i] - passages.paragraph[before] > 1
        or passages.barred[before] not in _SPOKEN
    ):
        return -1
    return first[before]
