"""Shingles: the runs of words by which texts are compared, as hashes.

Winnowing (Schleimer, Wilkerson & Aiken, SIGMOD 2003) picks the least hash of each window as a fingerprint, so
two texts that share a long enough run share a fingerprint, wherever it stands.
"""

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.terms import words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint32]

_SHINGLE = 3
_WINDOW = 6
_FINGERPRINTS = 60
"""A longer text is winnowed with a wider window."""
_MOST_CODES = 1 << 17


@dataclass(frozen=True, slots=True)
class Print:
    """What is compared of a text."""

    length: int
    """The number of its words."""
    shingles: "Hashes"
    """The hashes of the runs of three words, sorted, each once."""
    fingerprints: "Hashes"


class Codes(dict[str, int]):
    """The codes of words met so far: three times as fast as a cache that knows which was used last."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MOST_CODES:
            self.clear()
        self[token] = code = zlib.crc32(token.encode())
        return code


def print_of(text: str, codes: Codes) -> Print:
    """Return what is compared of a text; `codes` are shared by the texts of a collection."""
    tokens = words(text)
    hashes = _shingles(tokens, codes)
    return Print(len(tokens), _once(hashes), _fingerprints(hashes))


def _shingles(tokens: list[str], codes: Codes) -> "Hashes":
    """Return the hashes of the runs of three words, in reading order."""
    import numpy as np

    known = np.fromiter(map(codes.__getitem__, tokens), dtype=np.uint64, count=len(tokens))
    hashes = (known + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    if len(hashes) >= _SHINGLE:
        first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
        second = (second ^ (second >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        hashes = first * np.uint64(31) + second + third * np.uint64(0x94D049BB133111EB)
        hashes ^= hashes >> np.uint64(31)
    return (hashes >> np.uint64(32)).astype(np.uint32)


def _fingerprints(shingles: "Hashes") -> "Hashes":
    """Return the least hash of each window, sorted."""
    import numpy as np

    window = max(_WINDOW, 2 * len(shingles) // _FINGERPRINTS)
    if len(shingles) <= window:
        return _once(shingles)[:_WINDOW]
    least, wide = shingles, 1
    while wide < window:
        step = min(wide, window - wide)
        least, wide = np.minimum(least[:-step], least[step:]), wide + step
    return _once(least)


def _once(values: "Hashes") -> "Hashes":
    """Return the values sorted, each once: `np.unique` hashes them, and is slower on a few hundred."""
    import numpy as np

    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(values) else values
