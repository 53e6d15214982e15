"""Lines that stand apart: some pages leave more lines empty above an article than above a paragraph."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from digest.splitting.lines import Line

_USUAL = 0.5
_SELDOM = 0.34


def spaced(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines with more empty lines above them than most have; none where wrapping hides it."""
    steps = {
        index: below.line - above.line
        for index, (above, below) in enumerate(pairwise(lines), 1)
        if 0 < above.line < below.line
    }
    counts = Counter(steps.values())
    if not counts:
        return frozenset()
    usual, often = counts.most_common(1)[0]
    wide = frozenset(index for index, step in steps.items() if step > usual)
    few = len(wide) <= _SELDOM * len(steps) and often >= _USUAL * len(steps)
    return wide if few else frozenset()
