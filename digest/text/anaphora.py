"""Anaphora: whether a sentence points back at an earlier one, with its head or with a word inside of it.

A word inside points back where it stands for what no earlier clause of the same sentence names.

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

_FAR = 160
"""Characters in which an anaphor is looked for: who has read so far knows what a sentence is about."""
_NAMES = 4.4
"""A capitalized word less frequent than this (Zipf) is a name: "Rask", and not "Monday"."""
_AN_ADJECTIVE = 3.0
"""What stands before -ly is an adjective from this frequency (Zipf) on: "tradition(al)ly", not "Kimber-ly"."""
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
_PAIR = re.compile(
    r"[^\W\d_a-zà-öø-ÿ][\w’'-]+(?: [^\W\d_a-zà-öø-ÿ][\w’'-]+)? (?:and|und|et|y) [^\W\d_a-zà-öø-ÿ][\w’'-]+"
)
"""Two names that are one subject: their conjunction ends no clause."""
_EXACTLY = re.compile(
    r"\b(?:(?:just|exactly|precisely|this very) (?:th(?:is|at|ese|ose)|such an?) [a-z]\w+"
    r"|genau (?:diese[rsnm]?|das|dies)\b|(?:exactement|justement|précisément) (?:cet?|cette|ces|cela)\b"
    r"|(?:justo|justamente|precisamente|exactamente) (?:est[eao]s?|es[eao]s?)\b)"
)
"""A pointing word that an adverb makes strong: its antecedent is a whole sentence, in any clause."""
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
    pointed = _EXACTLY.search(text)
    if pointed and not _is_time(text, pointed, known):
        return pointed.group()
    return _in_first_clause(text, known) or _in_later_clause(text, known)


def _in_first_clause(text: str, known: _Known) -> str:
    """A word that nothing before the end of the first clause can explain."""
    if known.added.match(text):
        return ""
    pair = _PAIR.match(text)
    end = known.boundary.search(text, pair.end() if pair else 1)
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
        if first and known.language == "en" and (_ROLE.match(word) or _is_adverb(word)):
            continue
        if known.language == "de" and preposition in _GERMAN_ARTICLES:
            continue
        if zipf(word, known.language) < _NAMES or (not first and known.language != "de"):
            return True
    return False


def _is_adverb(word: str) -> bool:
    """True for an English adverb of manner: "Traditionally", and not "Emily"."""
    return word.endswith("ly") and len(word) > 6 and zipf(word[:-2]) >= _AN_ADJECTIVE


def _named_behind(text: str, end: int, known: _Known) -> bool:
    """True where the pronoun stands in an opening phrase, and a name follows its comma: a cataphor."""
    if known.language == "de" and end < _OPENING and _NAME_LATER.search(text, end, _NEAR):
        return True
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


_NEVER = r"(?!)"
"""A pattern for what a language has no table of."""


@cache
def _known(language: str) -> _Known | None:
    if language not in OPENERS:
        return None
    return _Known(
        language=language,
        familiar=re.compile(rf"[\s\"'“‘«„]*(?:{FAMILIAR[language]})", re.I),
        added=re.compile(ADDED.get(language, _NEVER), re.I),
        subordinate=re.compile(SUBORDINATE.get(language, _NEVER), re.I),
        openers=re.compile(rf"[\s\"'“‘«„]*(?:{OPENERS[language]})", re.I),
        inner=re.compile(INNER.get(language, _NEVER)),
        boundary=re.compile(BOUNDARY.get(language, _NEVER)),
        source=re.compile(SOURCES.get(language, _NEVER), re.I),
        subjects=tuple(
            (re.compile(rf"(?<=[ ’']){pronoun}(?=[ .,;])"), re.compile(agrees))
            for pronoun, agrees in SUBJECTS.get(language, ())
        ),
        unspoken=tuple(map(re.compile, UNSPOKEN[language])) if language in UNSPOKEN else None,
        times=frozenset(TIMES[language].split()),
    )


_FIRST = re.compile(r"[\s\"'“”‘’„«»(\[—–-]*([^\W_]+)")
_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_MOST_REMEMBERED = 50_000
_EXISTS = re.compile(
    r"there(?:[’']s| (?:is|are|was|were|has|have|will|would|may|might|could)\b)", re.I
)
_HEAD = 70
"""Characters in which a connective behind the subject is looked for."""
_OPENING = 16
"""Characters in which a pronoun stands in the phrase that opens a German sentence: "In seiner Rede warb"."""
_NEAR = 100
"""Characters in which the verb of a German main clause, and the name behind it, follow an opening phrase."""
_EARLY = 8
"""Words among which a pronoun before the first noun is looked for."""
_CLAUSE = re.compile(
    r"[^,]{1,100}, (?:[^\W\d_A-Z][\w’'-]*[ ]){0,3}(?:[ld][’'])?([^\W\d_a-z][\w’'-]+)( [^\W\d_a-zà-öø-ÿ]\w)?"
)
_NAMED_FAR = re.compile(
    r"(?:In|At|On|With|For|During|Since) [^,]{1,60}, (?:(?!(?:he|she|they|it|his|her|their|its|him|them)\b)"
    r"[a-z][\w’'-]* ){1,8}([^\W\d_a-z][\w’'-]+)( [^\W\d_a-z][\w’'-]+)"
)
"""A whole name further on, and no pronoun before it: "In his youth, little set Bo Ray apart"."""
_NAME_LATER = re.compile(r"(?<![.:] )\b[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+")
"""In German two capitals are a name, or a noun with one."""
_NO_COMMA = frozenset({"de", "it", "nl"})
"""Languages that put none behind an opening phrase."""
_POSSESSIVE = frozenset(
    "his her its their sein seine ihr ihre son sa ses leur leurs su sus suo sua seu zijn haar hun".split()
)


def stands_alone(sentence: str, language: str = "en") -> bool:
    """True where a look at its first word tells that neither of the functions below will find anything."""
    known = _openers(language)
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
    known = _openers(language)
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


def _single(sentence: str, match: re.Match[str], known: _Openers, language: str) -> str:
    """The first word, where it points back by itself."""
    word = match[1]
    if word.lower() not in known.single or _is_date(sentence, match.end(1), known):
        return ""
    exists = language == "en" and _EXISTS.match(sentence, match.start(1))
    return "" if exists else word


def _phrase(sentence: str, match: re.Match[str], known: _Openers) -> str:
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


def _early_pronoun(sentence: str, start: int, known: _Openers) -> str:
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


def _aside(sentence: str, known: _Openers) -> str:
    """A connective behind the subject: "Rask, however, stayed"."""
    found = known.asides.search(sentence, 0, _HEAD) if known.asides else None
    return found.group().strip(" ,") if found else ""


def _is_date(sentence: str, end: int, known: _Openers) -> bool:
    """True where a word for a time follows, which makes a date of "this"."""
    token = _TOKEN.search(sentence, end, end + 20)
    return token is not None and token.group().lower() in known.times


def _named_after(sentence: str, known: _Openers) -> bool:
    """True where the name that its pronoun stands for follows the first clause: "In his speech, Rask"."""
    if known.language in _NO_COMMA and _NAME_LATER.search(sentence, 1, _NEAR):
        return True
    found = _CLAUSE.match(sentence) or _NAMED_FAR.match(sentence)
    if found is None:
        return False
    return found[2] is not None or zipf(found[1].lower(), known.language) < _NAMES


def bare_noun(sentence: str, language: str = "en") -> str:
    """Return the noun of a thing that `sentence` opens with as if it were known, or an empty string.

    "The company said" is one; "The company behind it", "The film Metropolis" say which they mean.
    """
    known = _openers(language)
    if known.listed is None or known.mentioned is None or "he " not in sentence[:6]:
        return ""
    match = _FIRST.match(sentence)
    if match is None or match[1].lower() != "the":
        return ""
    at = match.start(1)
    found = known.listed.match(sentence, at) or known.mentioned.match(sentence, at)
    return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Openers:
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
def _openers(language: str) -> _Openers:
    endings: dict[str, list[str]] = {}
    for words, ending in PHRASES.get(language, ()):
        for word in words.split():
            endings.setdefault(word, []).append(ending)
    pronouns = frozenset(PRONOUNS.get(language, "").split())
    return _Openers(
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
