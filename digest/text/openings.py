"""Words that, at the head of a sentence, point back at an earlier one."""

from __future__ import annotations

import re
from functools import cache

_SINGLE = {
    "en": """he she it they him her them his hers its their theirs himself herself itself themselves this
that these those such both neither either another others but and or nor so yet then however
therefore thus hence moreover furthermore besides also too instead meanwhile meantime
nevertheless nonetheless otherwise similarly likewise indeed accordingly consequently
additionally still afterwards afterward elsewhere again conversely finally lastly secondly
thirdly plus later there"""
}
_PHRASES = {
    "en": re.compile(
        r"(?:in (?:addition|contrast|turn|other words|fact|short|response|return|the meantime|that case"
        r"|this case|particular)|as (?:a result|a consequence|such|well)|for (?:example|instance|that|this"
        r"|his|her|its|their)\b|on the (?:other hand|contrary|one hand)|at the same time|at (?:that|this)"
        r" |by (?:contrast|comparison|then|this|that)\b|after (?:that|this|all|which)\b|before (?:that"
        r"|this)\b|even (?:so|then)\b|to (?:that|this) end|with (?:that|this)\b|until then|since then"
        r"|what(?:[’']s| is) more|of course|all (?:of )?(?:this|that|these|those)\b|one of (?:them|those"
        r"|these)\b|(?:some|many|most|all|none|each) of (?:them|those|these)\b|the (?:latter|former|two"
        r"|three|pair|others?)\b|because of (?:this|that|it)\b|according to (?:him|her|them|it)\b"
        r"|like (?:this|that|him|her|them)\b|on (?:that|this) )",
        re.IGNORECASE,
    ),
}
_FIRST = re.compile(r"[\s\"'“”‘’„«»(\[—–-]*([^\W\d_]+)")
_EXISTS = re.compile(
    r"there(?:[’']s| (?:is|are|was|were|has|have|will|would|may|might|could)\b)", re.I
)


def leaning_word(sentence: str, language: str = "en") -> str:
    """Return the word or words by which `sentence` leans on what came before it, or an empty string.

    Pronouns without a noun and dangling connectives count; languages without a list give none.
    """
    match = _FIRST.match(sentence)
    if match is None or language not in _SINGLE:
        return ""
    word = match[1]
    if word.lower() in _leaning(language):
        return "" if language == "en" and _EXISTS.match(sentence, match.start(1)) else word
    phrase = _PHRASES[language].match(sentence, match.start(1))
    return phrase.group().strip() if phrase else ""


@cache
def _leaning(language: str) -> frozenset[str]:
    return frozenset(_SINGLE[language].split())
