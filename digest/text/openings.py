"""Whether the head of a sentence points back at an earlier one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.text.pointers import LISTED, MENTIONED, PHRASES, SINGLE

_FIRST = re.compile(r"[\s\"'“”‘’„«»(\[—–-]*([^\W_]+)")
_MOST_REMEMBERED = 50_000
_EXISTS = re.compile(
    r"there(?:[’']s| (?:is|are|was|were|has|have|will|would|may|might|could)\b)", re.I
)


def stands_alone(sentence: str, language: str = "en") -> bool:
    """True where the first word alone tells that neither of the functions below will find anything."""
    known = _known(language)
    token = sentence[: sentence.find(" ")]
    plain = known.plain.get(token)
    if plain is None:
        match = _FIRST.match(token)
        kind = "" if match is None else "#" if match[1].isdigit() else match[1].lower()
        plain = bool(kind) and not (kind in known.single or kind in known.phrases or kind == "the")
        if len(known.plain) < _MOST_REMEMBERED:
            known.plain[token] = plain
    return plain


def leaning_word(sentence: str, language: str = "en") -> str:
    """Return the word or words by which `sentence` leans on what came before it, or an empty string.

    Pronouns without a noun, dangling connectives and stretches of time counted from what is not told; languages
    without a list give none.
    """
    known = _known(language)
    match = _FIRST.match(sentence)
    if match is None:
        return ""
    word = match[1]
    kind = "#" if word.isdigit() else word.lower()
    if kind in known.single:
        return "" if language == "en" and _EXISTS.match(sentence, match.start(1)) else word
    if kind not in known.phrases:
        return ""
    phrase = known.phrases[kind].match(sentence, match.end(1))
    return sentence[match.start(1) : phrase.end()].strip() if phrase else ""


def bare_noun(sentence: str, before: str, language: str = "en") -> str:
    """Return the noun of a thing that `sentence` opens with as if it were known, or an empty string.

    "The company said" is one; "The company behind it", "The film Metropolis" say which they mean. Most nouns
    count only where the text `before` the sentence has them.
    """
    known = _known(language)
    if known.listed is None or known.mentioned is None or "he " not in sentence[:6]:
        return ""
    match = _FIRST.match(sentence)
    if match is None or match[1].lower() != "the":
        return ""
    found = known.listed.match(sentence, match.start(1))
    if found:
        return found[1]
    found = known.mentioned.match(sentence, match.start(1))
    return found[1] if found and found[1] in before else ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one language."""

    single: frozenset[str]
    phrases: dict[str, re.Pattern[str]]
    """What must follow each first word."""
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
    return _Known(
        single=frozenset(SINGLE.get(language, "").split()),
        phrases={word: re.compile("|".join(found), re.I) for word, found in endings.items()},
        plain={},
        listed=re.compile(LISTED[language], re.I) if language in LISTED else None,
        mentioned=re.compile(MENTIONED[language], re.I) if language in MENTIONED else None,
    )
