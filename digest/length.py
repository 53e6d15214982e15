"""Measure length in words, in scripts with spaces between them or without, and in reading time.

A word of Chinese or Japanese is taken for two characters, one of Thai, Lao, Khmer or Burmese for four letters
and signs: round numbers, near enough for a threshold and a minute.
"""

import re

WORDS_PER_MINUTE = 238
"""How fast adults read (Brysbaert, Journal of Memory and Language 109, 2019)."""
_INDIC = r"\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u109f\u1780-\u17d3"
"""Thai, Lao, Burmese, Khmer, without their digits' neighbours and signs of money."""
_HAN = r"\u3040-\u318f\u31a0-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
UNSPACED_LETTER = re.compile(f"[{_INDIC}{_HAN}]")
"""A letter, or a sign upon one, of a script that puts no spaces between words."""
_INDIC_LETTER, _HAN_LETTER = re.compile(f"[{_INDIC}]"), re.compile(f"[{_HAN}]")
_INDIC_A_WORD, _HAN_A_WORD = 4, 2  # letters; see above


def has_unspaced(text: str) -> bool:
    """True where a letter of a script without spaces stands in `text`."""
    return not text.isascii() and UNSPACED_LETTER.search(text) is not None


def unspaced_words(text: str) -> int:
    """Return about how many words stand in the letters of scripts without spaces."""
    if not has_unspaced(text):
        return 0
    han, indic = len(_HAN_LETTER.findall(text)), len(_INDIC_LETTER.findall(text))
    return -(-han // _HAN_A_WORD) - (-indic // _INDIC_A_WORD)


def count_words(text: str) -> int:
    """Return about how many words a text has: what spaces part, and what stands in scripts without."""
    parts = text.split()
    if text.isascii() or UNSPACED_LETTER.search(text) is None:
        return len(parts)
    spaced = sum(UNSPACED_LETTER.search(part) is None for part in parts)
    return max(spaced + unspaced_words(text), 1)
