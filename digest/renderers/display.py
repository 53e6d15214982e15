"""Untrusted text made fit to be shown: one line, no control characters, no bidi overrides.

Characters are removed or replaced, never added; what is left reads as the source has it. Offsets must
be resolved before this, since removal shifts them.
"""

import re

from digest.outgoing import clean, line

__all__ = ["clean", "language_code", "line", "shorten", "weight"]

_TAGS = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def language_code(code: str) -> str | None:
    """Return a language code (BCP 47) that may stand in a `lang` attribute, or None."""
    return code if _LANGUAGE.fullmatch(code) else None


def weight(text: str) -> int:
    """Return about how many bytes the paragraphs of `text` take on a page."""
    return len(text.encode("utf-8", "replace")) + _TAGS * (1 + text.count("\n") // 2)


def shorten(text: str, length: int) -> str:
    """Return `text` if it has at most `length` characters, else its first words and an ellipsis."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head[: head.rfind(" ")] if head.rfind(" ") > length // 2 else head).rstrip() + "…"
