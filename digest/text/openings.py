"""Whether the head of a sentence points back at an earlier one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.text.anaphora import anaphor, familiar, outside
from digest.text.pointers import (
    ASIDES,
    LISTED,
    MENTIONED,
    PHRASES,
    PREPOSITIONS,
    PRONOUNS,
    SINGLE,
    STANDING,
    TIMES,
)
from digest.text.terms import stop_words, zipf

_FIRST = re.compile(r"[\s\"'“”‘’„«»(\[—–-]*([^\W_]+)")
_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_MOST_REMEMBERED = 50_000
_EXISTS = re.compile(
    r"there(?:[’']s| (?:is|are|was|were|has|have|will|would|may|might|could)\b)", re.I
)
_HEAD = 70
"""Characters in which a connective behind the subject is looked for."""
_NEAR = 100
"""Characters in which the verb of a German main clause, and the name behind it, follow an opening phrase."""
_EARLY = 8
"""Words among which a pronoun before the first noun is looked for."""
_CLAUSE = re.compile(
    r"[^,]{1,100}, (?:[^\W\d_A-Z][\w’'-]*[ ]){0,3}(?:[ld][’'])?([^\W\d_a-z][\w’'-]+)( [^\W\d_a-zà-öø-ÿ]\w)?"
)
_FULL_NAME = re.compile(r"(?<![.:] )\b[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+")
"""In German two capitals are a name, or a noun with one."""
_POSSESSIVE = frozenset(
    "his her its their sein seine ihr ihre son sa ses leur leurs su sus suo sua seu zijn haar hun".split()
)
_NAMES = 4.4
"""A capitalized word less frequent than this (Zipf) is a name; "Rask", and not "Monday"."""


def stands_alone(sentence: str, language: str = "en") -> bool:
    """True where a look at its first word tells that neither of the functions below will find anything."""
    known = _known(language)
    token = sentence[: sentence.find(" ")]
    plain = known.plain.get(token)
    if plain is None:
        match = _FIRST.match(token)
        kind = "" if match is None else "#" if match[1].isdigit() else match[1].lower()
        plain = bool(kind) and kind != "the"
        plain = plain and not (
            kind in known.single or kind in known.phrases or kind in known.closed
        )
        if len(known.plain) < _MOST_REMEMBERED:
            known.plain[token] = plain
    plain = plain and (known.asides is None or known.asides.search(sentence, 0, _HEAD) is None)
    return plain and not anaphor(sentence, language)


def leaning_word(sentence: str, language: str = "en") -> str:
    """Return the word or words by which `sentence` leans on what came before it, or an empty string.

    Pronouns before the first noun, connectives at the head or behind the subject, and stretches of time counted
    from what is not told; languages without a list give none.
    """
    known = _known(language)
    sentence = outside(sentence)
    match = _FIRST.match(sentence)
    if match is None:
        return ""
    start = match.start(1)
    empty = known.standing is not None and known.standing.match(sentence, start)
    if empty or familiar(sentence, language):
        return _aside(sentence, known) or anaphor(sentence, language)
    return (
        _single(sentence, match, known, language)
        or _phrase(sentence, match, known)
        or _early_pronoun(sentence, start, known)
        or _aside(sentence, known)
        or anaphor(sentence, language)
    )


def _single(sentence: str, match: re.Match[str], known: _Known, language: str) -> str:
    """The first word, where it points back by itself."""
    word = match[1]
    if word.lower() not in known.single or _is_date(sentence, match.end(1), known):
        return ""
    exists = language == "en" and _EXISTS.match(sentence, match.start(1))
    return "" if exists else word


def _phrase(sentence: str, match: re.Match[str], known: _Known) -> str:
    """The first words, where they make a phrase that points back."""
    kind = "#" if match[1].isdigit() else match[1].lower()
    pattern = known.phrases.get(kind)
    phrase = pattern.match(sentence, match.end(1)) if pattern else None
    if phrase is None:
        return ""
    said = sentence[match.start(1) : phrase.end()].strip()
    last = said.rpartition(" ")[2].lower()
    if last in known.pronouns and (
        _is_date(sentence, phrase.end(), known) or _named_after(sentence, known)
    ):
        return ""
    return said


def _early_pronoun(sentence: str, start: int, known: _Known) -> str:
    """A pronoun before any noun, and the words before it: "Two of them", "Selon lui"."""
    for count, token in enumerate(_TOKEN.finditer(sentence, start, start + 90)):
        word = token.group()
        kind = word.lower()
        if count and kind in known.pronouns and word == kind:
            if known.standing is not None and known.standing.match(sentence, token.start()):
                return ""
            date = kind not in known.possessive and _is_date(sentence, token.end(), known)
            if date or _named_after(sentence, known):
                return ""
            return sentence[start : token.end()]
        if count >= _EARLY or not (kind in known.closed or word.isdigit()):
            return ""
        if "," in sentence[token.end() : token.end() + 1]:
            return ""
    return ""


def _aside(sentence: str, known: _Known) -> str:
    """A connective behind the subject: "Rask, however, stayed"."""
    found = known.asides.search(sentence, 0, _HEAD) if known.asides else None
    return found.group().strip(" ,") if found else ""


def _is_date(sentence: str, end: int, known: _Known) -> bool:
    """True where a word for a time follows, which makes a date of "this"."""
    token = _TOKEN.search(sentence, end, end + 20)
    return token is not None and token.group().lower() in known.times


def _named_after(sentence: str, known: _Known) -> bool:
    """True where the name that its pronoun stands for follows the first clause: "In his speech, Rask"."""
    if known.language == "de" and _FULL_NAME.search(sentence, 1, _NEAR):
        return True
    found = _CLAUSE.match(sentence)
    if found is None:
        return False
    return found[2] is not None or zipf(found[1].lower(), known.language) < _NAMES


def bare_noun(sentence: str, language: str = "en") -> str:
    """Return the noun of a thing that `sentence` opens with as if it were known, or an empty string.

    "The company said" is one; "The company behind it", "The film Metropolis" say which they mean.
    """
    known = _known(language)
    if known.listed is None or known.mentioned is None or "he " not in sentence[:6]:
        return ""
    match = _FIRST.match(sentence)
    if match is None or match[1].lower() != "the":
        return ""
    at = match.start(1)
    found = known.listed.match(sentence, at) or known.mentioned.match(sentence, at)
    return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of one language."""

    language: str
    single: frozenset[str]
    phrases: dict[str, re.Pattern[str]]
    """What must follow each first word."""
    pronouns: frozenset[str]
    possessive: frozenset[str]
    closed: frozenset[str]
    """Words that are no nouns, verbs or names."""
    times: frozenset[str]
    standing: re.Pattern[str] | None
    asides: re.Pattern[str] | None
    plain: dict[str, bool]
    """Whether the tokens met so far at the head of a sentence tell that it stands alone."""
    listed: re.Pattern[str] | None
    mentioned: re.Pattern[str] | None


@cache
def _known(language: str) -> _Known:
    endings: dict[str, list[str]] = {}
    for words, ending in PHRASES.get(language, ()):
        for word in words.split():
            endings.setdefault(word, []).append(ending)
    pronouns = frozenset(PRONOUNS.get(language, "").split())
    return _Known(
        language=language,
        single=frozenset(SINGLE.get(language, "").split()),
        phrases={word: re.compile("|".join(found), re.I) for word, found in endings.items()},
        pronouns=pronouns,
        possessive=pronouns & _POSSESSIVE,
        closed=_closed(language) if pronouns else frozenset(),
        times=frozenset(TIMES.get(language, "").split()),
        standing=_compiled(STANDING, language),
        asides=_compiled(ASIDES, language),
        plain={},
        listed=_compiled(LISTED, language),
        mentioned=_compiled(MENTIONED, language),
    )


def _closed(language: str) -> frozenset[str]:
    return stop_words(language) | frozenset(PREPOSITIONS[language].split())


def _compiled(patterns: dict[str, str], language: str) -> re.Pattern[str] | None:
    return re.compile(patterns[language], re.I) if language in patterns else None
