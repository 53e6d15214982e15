"""How long a summary may be: a ceiling, never a target that is overrun."""

import re
from dataclasses import dataclass
from typing import Literal

from digest.errors import ConfigError

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
