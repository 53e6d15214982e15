"""Quotations that run over several sentences, and who is said to have spoken them."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.length import unspaced_words
from digest.summarizers.passages import Passages

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
