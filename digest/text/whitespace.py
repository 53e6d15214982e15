"""White space as a reader sees it: any run of it is one space, and marks without width are none."""

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space, word joiner and byte-order mark. The joiners U+200C and U+200D stay:
Persian, the Indic scripts and emoji are spelled with them."""
_RUN = re.compile(r"\s{2,}|[^\S ]")
_SHORT = 100_000


def is_folded(text: str) -> bool:
    """Whether a text holds no white space but single spaces, and no mark that is not printed."""
    return text.isprintable() and "  " not in text


def fold(text: str) -> str:
    """Return `text` with each run of white space as one space, without invisible marks, trimmed.

    Linear, and copies nothing where there is nothing to fold: a line may be 50 MB long.
    """
    if is_folded(text):
        return text.strip()
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    if len(text) < _SHORT:
        return " ".join(text.split())  # faster, but needs sixty bytes a word
    if _RUN.search(text):
        text = _RUN.sub(" ", text)
    return text.strip()
