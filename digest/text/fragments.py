"""Lines that are no sentences, though they end as one: without a verb, or a question that is told.

There is no tagger here: a word is taken for a verb where it is one of the irregular verbs of English, ends
in -ed, or has a form in -ing that people use. What may be a sentence is taken for one.
"""

from __future__ import annotations

import re

from digest.text.terms import zipf

_TEASER = re.compile(
    r"(?:(?:Why|How|Where|What to|When to) (?!(?:is|are|was|were|do|does|did|can|could|ever)\b)"
    r"(?![^.]*\b(?:is|are|was|were|remains?|depends?|matters?|says|said)\b)"
    r"|(?:Warum|Wieso|Weshalb|Wie (?!immer|auch|schon|so|im|ein|bereits|bei)"
    r"|Pourquoi|Comment|Por qué|Cómo|Waarom|Hoe) )"
    r"[^,:?]{8,240}\.\Z"
)
"""A question that is told and not answered: "Warum der Hafen schließt – und was das bedeutet."."""


def is_unanswered(sentence: str) -> bool:
    """True where a line tells a question and no answer."""
    return _TEASER.match(sentence) is not None


_FINITE = re.compile(
    r"\b(?:(?:over|under|with|for|mis|re|be|un)?(?:gave|came|took|stood|held|wrote|ran|threw|saw|knew|told|got)"
    r"|come|get|go|give|take|make|see|seem|keep|look|say|tell|want|need|use|put|call|ask|know|goes|am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should"
    r"|said|says|told|made|came|went|took|got|gave|found|knew|thought|saw|began|kept|left|held|brought|wrote|stood"
    r"|lost|met|ran|set|let|put|led|read|grew|drew|fell|sent|built|spent|won|felt|rose|became|paid|heard|spoke"
    r"|broke|chose|drove|ate|flew|forgot|hid|hit|hurt|lay|lit|rode|sang|sat|sold|shot|shut|slept|stole|struck|swam"
    r"|taught|threw|tore|woke|wore|bought|caught|fought|sought|sank|shook|shrank|spread|split|stuck|swept|swore"
    r"|swung|bore|beat|bent|bet|blew|burst|cast|cost|cut|dealt|dug|fed|fled|froze|hung|quit|rang|shed|slid|spun|wept|laid|\w+drew|arose|awoke|became|bade|bred|clung|crept|forbade|ground|leapt|leaned|meant|shone"
    r"|shrunk|slung|sped|spat|sprang|stung|strode|strove|trod|wound|wrung"
    r"|welcome|thanks?|[\w]+ed|cannot|\w+n[’']t|\w+[’'](?:re|ve|ll|d|m)|(?:it|he|she|that|there|what|who|here)[’']s)\b",
    re.IGNORECASE,
)
"""A word that makes a clause; a participle in -ed is taken for one."""
_OFTEN = frozenset(
    "is are was were be been has have had will would can could may said says did does do".split()
)
"""The most of them, looked for first."""
_ING = re.compile(r"[A-Z][a-z]{2,}ing\b(?! that\b)")
_RELATIVE = re.compile(r",? (?:which|who|whose|that|where|when|as)\b[^,]*", re.DOTALL)
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])")
_NOUN = re.compile(
    r"\b(?:the|an?|its|his|her|their) (?:(?:[a-z]+(?:ing|al|ic|ous|ful)|[A-Z]\w+ [0-9]+) )?[a-z]+",
    re.IGNORECASE,
)
"""What stands behind an article is no verb."""
_NO_VERBS = frozenset({"the", "even", "everyone"})
"""Words that have a form in -ing by chance: "thing", "evening"."""
_A_VERB = 3.0
"""A word whose form in -ing is at least so frequent (Zipf) may be a verb: "rise", not "ambulance"."""


def is_verbless(sentence: str) -> bool:
    """True where an English line has no finite verb: a caption, a point of a list, a participle alone."""
    opens = _ING.match(sentence) and ", " not in _RELATIVE.sub("", sentence)
    clause = _RELATIVE.sub("", sentence) if opens else sentence
    if not _OFTEN.isdisjoint(clause.split()) or _FINITE.search(clause):
        return False
    words = _SMALL.findall(_NOUN.sub("", clause))
    if opens:
        return not any(word.endswith("s") and _may_be_verb(word) for word in words)
    first = _SMALL.match(sentence.lower())
    return not any(map(_may_be_verb, [*words, *([first.group()] if first else [])]))


def _may_be_verb(word: str) -> bool:
    """True where a form in -ing of the word is known: "rises", "rise", "run"."""
    if word in _NO_VERBS:
        return False
    stem = word.removesuffix("s") if not word.endswith("ss") else word
    roots = [stem, stem.removesuffix("e"), stem + stem[-1:], word[:-3] + "y", word[:-2]]
    return any(zipf(root + "ing") >= _A_VERB for root in (roots if word != stem else roots[:3]))
