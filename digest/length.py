"""Length: how many words a text has, in scripts with spaces or without, and how long a summary may be.

A word of Chinese or Japanese is taken for two characters, one of Thai, Lao, Khmer or Burmese for four letters
and signs: round numbers, near enough for a threshold and a minute.
"""

import re
from dataclasses import dataclass
from typing import Literal

from digest.errors import ConfigError

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


Unit = Literal["sentences", "percent", "words", "characters"]

_SHAPE = re.compile(r"([0-9]{1,9})\s*(%|w|words?|c|characters?|s|sentences?)?", re.IGNORECASE)
_UNITS: dict[str, Unit] = {"": "sentences", "s": "sentences", "%": "percent", "w": "words"}
_ALLOWED = "write 3 (sentences), 20% (of the text), 60w (words) or 400c (characters)"


@dataclass(frozen=True, slots=True)
class Length:
    """At most `amount` of `unit`.

    A percentage is a ceiling on both the words and the sentences of the text (the latter rounded up).
    """

    amount: int = 3
    unit: Unit = "sentences"

    def __post_init__(self) -> None:
        """Refuse what no summary could keep to."""
        if self.amount < 1 or (self.unit == "percent" and self.amount > 100):
            raise ConfigError(f"length {self}: {_ALLOWED}; at least 1, at most 100%")

    def __str__(self) -> str:
        """The length as a user would write it."""
        return (
            f"{self.amount}{ {'sentences': '', 'percent': '%', 'words': 'w'}.get(self.unit, 'c') }"
        )


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A length made concrete for one text; None where nothing is said of that measure."""

    sentences: int | None = None
    words: int | None = None
    characters: int | None = None

    def holds(self, sentences: int, words: int, characters: int) -> bool:
        """True where a summary of this size keeps to the length.

        `characters` counts the sentences joined by single spaces.
        """
        return (
            (self.sentences is None or sentences <= self.sentences)
            and (self.words is None or words <= self.words)
            and (self.characters is None or characters <= self.characters)
        )


def parse_length(text: str) -> Length:
    """Read `3`, `20%`, `60w` or `400c`; raise `ConfigError` saying so for anything else."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise ConfigError(f"length {text!r}: {_ALLOWED}")
    unit = (match[2] or "")[:1].lower()
    return Length(int(match[1]), _UNITS.get(unit, "characters"))


def ceiling(length: Length, sentences: int, words: int) -> Ceiling:
    """Make `length` concrete for a text of so many sentences and words."""
    if length.unit == "sentences":
        return Ceiling(sentences=length.amount)
    if length.unit == "words":
        return Ceiling(words=length.amount)
    if length.unit == "characters":
        return Ceiling(characters=length.amount)
    share = length.amount
    return Ceiling(sentences=-(-sentences * share // 100), words=words * share // 100)
