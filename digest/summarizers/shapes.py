"""Sentences that no summary should hold, whatever they are about, told by their shape alone."""

import re

_TERMINAL = re.compile(r"[.!?…。！？؟।։።‽][\"'”’»›)\]」』]*$")
_QUESTION = re.compile(r"[?？؟][\"'”’»›)\]」』]*$")
_LETTERS = re.compile(r"[^\W\d_]")
_NOTICE = re.compile(
    r"(?:read|see|find|learn|hear) (?:more|also|full|the full|it here)\b|click (?:here|on)\b|sign up\b"
    r"|subscribe\b|watch (?:this|the video|more|:)|(?:photo|image|picture|video|source|credit)s?\s*:"
    r"|(?:correction|editor[’']s note|editors[’'] note|clarification|update)\b[^.]{0,30}:"
    r"|(?:this|an earlier) (?:story|article|post|version|report)[^.]{0,60}\b"
    r"(?:updated|corrected|misstated|misspelled)"
    r"|[^.!?]{0,160}\bcontributed (?:to|reporting)\b[^.]{0,40}\b(?:report|story|article|reporting|this)"
    r"|(?:additional |with )?reporting by\b|(?:follow|like) us\b|all rights reserved|copyright\b|©",
    re.IGNORECASE,
)
_HEADING_WORDS = 12
_FEWEST_WORDS = 4


def why_barred(sentence: str, words: int, *, alone: bool, headings: frozenset[str]) -> str:
    """Return why `sentence` can never stand in a summary, or an empty string.

    `alone` says that it is its whole paragraph. Scripts without spaces count as one long word.
    """
    if alone and sentence in headings:
        return "heading"
    if _TERMINAL.search(sentence, max(0, len(sentence) - 8)) is None:
        return "heading" if alone and words <= _HEADING_WORDS else "no end"
    if _LETTERS.search(sentence) is None:
        return "no words"
    if _QUESTION.search(sentence, max(0, len(sentence) - 8)):
        return "question"
    if words < _FEWEST_WORDS and len(sentence) < 30:
        return "fragment"
    if _NOTICE.match(sentence.lstrip("\"'“‘([")):
        return "notice"
    return ""
