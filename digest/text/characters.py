"""The characters that are no letters: marks that end sentences, marks that quote, and white space.

White space is taken as a reader sees it: any run of it is one space, and marks without width are none.
"""

import re

TERMINALS = ".!?…‽։؟۔।॥።፧។။。！？．｡"
"""What ends a sentence, but for the Greek `;`, which is another mark elsewhere."""
OPENING = "“‘„‚«‹「『﹁﹃〈《【（([{¿¡"
CLOSING = "\"'”’»›)]}」』﹂﹄〉》】）"
"""What closes a quotation or a bracket behind a terminal, in any language."""
ALSO_CLOSING = "“‘«‹"
"""What opens in English or French, and closes in German, Czech or Danish: „...“, »...«."""
CLOSERS = CLOSING.replace("]", "") + ALSO_CLOSING + r"\]"
"""Both, as what stands between the brackets of a pattern."""
QUOTES = "\"'“”‘’„‚«»‹›「」『』"
SPEECH = QUOTES.translate({ord(mark): None for mark in "'‘’‚"})
"""The marks that are no apostrophes: where one stands, somebody else's words do."""
UNSPACED_TERMINALS = "。！？．｡"
"""Behind these no space is needed."""
_END = re.compile(rf"[{re.escape(TERMINALS)}][ \u00a0\u202f]?[{CLOSERS}]*$")
_LONGEST_END = 12
_LONGEST_HEADLINE = 90
_OPENED = {"»": "«", "«": "»", "”": "“”", "“": "„", "」": "「", "』": "『", '"': '"', "’": "‘"}
"""What closes a quotation, and what opens it."""


def ends_sentence(text: str) -> bool:
    """True where a text ends as a sentence does: in a terminal mark, or in what closes behind one.

    A text that is too long for a headline may end in a quotation without a mark of its own.
    """
    if _END.search(text, max(0, len(text) - _LONGEST_END)) is not None:
        return True
    opening = _OPENED.get(text[-1:]) if len(text) > _LONGEST_HEADLINE else None
    return opening is not None and any(one in text[:-1] for one in opening)


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
