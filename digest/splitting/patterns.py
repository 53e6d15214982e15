"""Patterns that are compiled when they are first asked; most lines of most pages never ask most of them."""

import re
from collections.abc import Iterator


class Wording:
    """A regular expression with the methods of `re.Pattern` that are used here."""

    __slots__ = ("_compiled", "_flags", "pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match at `start`."""
        return (self._compiled or self.compiled).match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole text."""
        return (self._compiled or self.compiled).fullmatch(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first match from `start` on."""
        return (self._compiled or self.compiled).search(text, start)

    def findall(self, text: str) -> list[str]:
        """Return all matches."""
        return (self._compiled or self.compiled).findall(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        return (self._compiled or self.compiled).finditer(text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return (self._compiled or self.compiled).split(text)
