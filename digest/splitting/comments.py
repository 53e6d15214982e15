"""Where readers' comments stand below an article."""

import re
from collections.abc import Sequence

from digest.splitting.gaps import Gap
from digest.splitting.lines import STRONG, Line
from digest.splitting.patterns import Wording
from digest.splitting.view import PageView
from digest.text.dates import find_date

_SPEAKER = Wording(
    r"\S.{0,40}\s(?:says|said|wrote|schreibt|sagt|schrieb|dit|a\sécrit)\s?:", re.IGNORECASE
)


def comment_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps after which readers' comments stand, rather than more of an article.

    A thread begins at a line such as `6 comments`, and goes on as long as its gaps hold times ago or buttons
    and neither a title that fits, nor a byline, nor a separator.
    """
    found: set[int] = set()
    if not any(
        line.sign == "comment" or speaks(line) for line in view.lines if line.weight < STRONG
    ):
        return found
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        evidence = dict(gap.evidence)
        marked = any(line.sign == "comment" for line in lines)
        dates = [line for line in lines if line.sign == "date"]
        spoken = any(map(speaks, lines))
        timed = spoken if dates else False
        timed = timed or any(find_date(line.text) is None for line in dates)
        sure = any(
            evidence.get(name)
            for name in ("separator", "byline", "mark", "numbered", "labelled", "repeated title")
        )
        inside = number - 1 in found
        fits = evidence.get("title fits", 0.0) > (0.4 if inside else 0.2)
        if (
            number
            and not sure
            and not fits
            and (
                (inside and (marked or timed or not lines))
                or (timed and spoken)
                # A count of comments alone is a link to them, and may stand in an article's midst.
                or (marked and timed)
            )
        ):
            found.add(number)
    return found


def speaks(line: Line) -> bool:
    """Whether a line says that what follows was said or written by someone: `A. Name wrote:`."""
    return line.text[-1:] == ":" and _SPEAKER.fullmatch(line.text) is not None
