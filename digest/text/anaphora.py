"""Anaphora inside a sentence: a word that stands for what no earlier clause of the same sentence names.

Two rules of grammar do the work. A personal pronoun is never bound by the subject of its own clause (principle
B of Chomsky, "Lectures on Government and Binding", 1981), so one in the first clause leans on another
sentence; and one in a later clause needs an antecedent before it that agrees with it in number and gender.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.text.anaphors import (
    ADDED,
    BOUNDARY,
    FAMILIAR,
    INNER,
    OPENERS,
    SOURCES,
    SUBJECTS,
    SUBORDINATE,
    UNSPOKEN,
)
from digest.text.pointers import TIMES
from digest.text.terms import zipf

_FAR = 160
"""Characters in which an anaphor is looked for: who has read so far knows what a sentence is about."""
_NAMES = 4.4
_NAME = re.compile(r"(?:\b([\w’'-]+) )?\b([^\W\d_a-zà-öø-ÿ][\w’'-]+)")
_PLACES = frozenset("in at from near on across en à a desde de bei aus im nach depuis".split())
_GERMAN_ARTICLES = frozenset(
    "die der das den dem des ein eine einer einem einen am zum zur vom".split()
)
_ROLE = re.compile(
    r"\w{2,}(?:[eo]r|our|ist|ic|ian|ent|al|ant|ive|ee|ing|bour|bor|eon|gue|mate|fan|friend|pert|rse|rce)s\Z"
)
"""A common noun in the plural that opens a sentence: "Prosecutors", "Critics"."""
_FULL_NAME = re.compile(r"\b[^\W\d_a-zà-öø-ÿ][\w’'-]* [^\W\d_a-zà-öø-ÿ]")
_FULL_NAMES = re.compile(
    r"\b[^\W\d_a-zà-öø-ÿ][\w’'-]+(?: (?:(?:van|von|al|bin) )?[^\W\d_a-zà-öø-ÿ][\w’'-]+){0,4}"
)
_TOLD_OF = re.compile(r"\b(?:of|about|über|von|de|d[’']|sur|sobre) [^\W\d_a-zà-öø-ÿ]\w")
"""Of whom somebody speaks: "said of John Lennon"."""
_PERSON = re.compile(
    r"\s*(?:he|she|they|it|his|her|their|its|er|sie|ihre?|seine?|il|elle|ils|elles|son|sa|ses|leurs?"
    r"|él|ella|ellos|ellas|sus?)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"\s*(?:that|those|these|but|and|so|then|such)\b", re.IGNORECASE)
"""A quotation that opens so speaks of what was said before, whoever speaks."""
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_OPENS = re.compile(r"[\"“„«]([^\"“”„«»]*)[\"”“»],?\s*(?=\S)")


def familiar(sentence: str, language: str) -> bool:
    """True where the sentence opens with a word that points back elsewhere, and here does not."""
    known = _known(language)
    return known is not None and known.familiar.match(sentence) is not None


def outside(sentence: str) -> str:
    """What stands around the quotation that a sentence opens with, where it names who speaks.

    Whom the quotation opens with must be named there too: "He was kind," Lee said of Orr.
    """
    found = _OPENS.match(sentence)
    if found is None or _CONTINUES.match(found[1]):
        return sentence
    rest = sentence[found.end() :]
    told = _TOLD_OF if _PERSON.match(found[1]) else _FULL_NAMES
    return rest if told.search(rest) else sentence


def anaphor(sentence: str, language: str) -> str:
    """Return the words inside `sentence` that stand for what it does not name, or an empty string."""
    known = _known(language)
    if known is None:
        return ""
    opener = known.openers.match(sentence)
    if opener:
        return opener.group().strip(" ,")
    if _unspoken(sentence, known):
        return sentence.split(" ", 1)[0]
    text = _QUOTED.sub(" ", sentence[:_FAR])
    return _in_first_clause(text, known) or _in_later_clause(text, known)


def _in_first_clause(text: str, known: _Known) -> str:
    """A word that nothing before the end of the first clause can explain."""
    if known.added.match(text):
        return ""
    end = known.boundary.search(text, 1)
    for found in known.inner.finditer(text, 0, end.start() + 1 if end else len(text)):
        if not (_is_time(text, found, known) or _named_behind(text, found.end(), known)):
            return found.group().strip(" ,")
    return ""


def _is_time(text: str, found: re.Match[str], known: _Known) -> bool:
    """True where a pointing word makes a date with the word it ends with, or with the next."""
    words = re.findall(r"[^\W\d_]+", text[found.start() : found.end() + 24])
    said = len(re.findall(r"[^\W\d_]+", found.group()))
    return any(
        word.lower().rstrip("s") in known.times or word.lower() in known.times
        for word in words[: said + 1][1:]
    )


def _in_later_clause(text: str, known: _Known) -> str:
    """A pronoun before which no name stands, nor a noun that agrees with it."""
    source = known.source.match(text)
    start = source.end() if source else 0
    for pronoun, agrees in known.subjects:
        found = pronoun.search(text, 1)
        if found is None:
            continue
        before = text[start : found.start()]
        if not (
            agrees.search(before)
            or _has_name(before, known)
            or _named_behind(text, found.end(), known)
        ):
            return found.group().strip()
    return ""


def _has_name(before: str, known: _Known) -> bool:
    """True where somebody or something is named: a capital that is no place, day or common first word."""
    for found in _NAME.finditer(before):
        preposition, word = (found[1] or "").lower(), found[2].lower()
        first = found.start(2) == 0
        if preposition in _PLACES or word in known.times:
            continue
        if first and known.language == "en" and _ROLE.match(word):
            continue
        if known.language == "de" and preposition in _GERMAN_ARTICLES:
            continue
        if zipf(word, known.language) < _NAMES or (not first and known.language != "de"):
            return True
    return False


def _named_behind(text: str, end: int, known: _Known) -> bool:
    """True where the pronoun stands in an opening phrase, and a name follows its comma: a cataphor."""
    comma = text.find(", ", end)
    if comma < 0 or not known.subordinate.match(text):
        return False
    behind = text[comma + 2 : comma + 60]
    return _has_name(behind, known) or _FULL_NAME.search(behind) is not None


def _unspoken(sentence: str, known: _Known) -> bool:
    """True where a verb opens the sentence and no subject follows."""
    if known.unspoken is None:
        return False
    verb, impersonal, subject = known.unspoken
    found = verb.match(sentence)
    if found is None:
        return False
    return not (impersonal.match(sentence) or subject.search(sentence, found.end()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of one language."""

    language: str
    familiar: re.Pattern[str]
    added: re.Pattern[str]
    subordinate: re.Pattern[str]
    openers: re.Pattern[str]
    inner: re.Pattern[str]
    boundary: re.Pattern[str]
    source: re.Pattern[str]
    subjects: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    unspoken: tuple[re.Pattern[str], ...] | None
    times: frozenset[str]


@cache
def _known(language: str) -> _Known | None:
    if language not in INNER:
        return None
    return _Known(
        language=language,
        familiar=re.compile(rf"[\s\"'“‘«„]*(?:{FAMILIAR[language]})", re.I),
        added=re.compile(ADDED[language], re.I),
        subordinate=re.compile(SUBORDINATE[language], re.I),
        openers=re.compile(rf"[\s\"'“‘«„]*(?:{OPENERS[language]})", re.I),
        inner=re.compile(INNER[language]),
        boundary=re.compile(BOUNDARY[language]),
        source=re.compile(SOURCES[language], re.I),
        subjects=tuple(
            (re.compile(rf"(?<=[ ’']){pronoun}(?=[ .,;])"), re.compile(agrees))
            for pronoun, agrees in SUBJECTS[language]
        ),
        unspoken=tuple(map(re.compile, UNSPOKEN[language])) if language in UNSPOKEN else None,
        times=frozenset(TIMES[language].split()),
    )
