"""Captions without a word that says so: what stands beside the credit of a picture."""

import re
from collections.abc import Sequence

from digest.splitting.lines import SHORT, STRONG, Line, sentence_count
from digest.splitting.patterns import Wording

_PAST = Wording(
    r"\b(?:was|were|had|has|have|will|would|did|said|told|says|could|should)\b|[“”\"]",
    re.IGNORECASE,
)
_PICTURES = frozenset({"image", "images", "photo", "photos", "picture", "foto", "bild", "imagen"})
_LONGEST = 60


def is_caption(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph stands right before the credit of a picture, and reads like its caption.

    Captions tell what is to be seen, in the present; among running text that is asked for.
    """
    line = lines[index]
    if index + 1 >= len(lines) or lines[index + 1].sign != "credit" or line.words > _LONGEST:
        return False
    below = lines[index + 2 : index + 3]
    if _is_copyright(lines[index + 1].text) and not any(o.weight == STRONG for o in below):
        return False  # It closes the whole report.
    if not index or lines[index - 1].weight != STRONG:
        return sentence_count(line.text) <= 3 and " said" not in line.text
    if any(other.weight == SHORT and not other.sign for other in below):
        return False  # The picture is that of a headline below it.
    return sentence_count(line.text) <= 2 and not _PAST.search(line.text)


def is_description(lines: Sequence[Line], index: int) -> bool:
    """Whether a line tells what a picture shows: it stands between the word `Image` and a caption."""
    if not 0 < index < len(lines) - 1 or lines[index].weight == STRONG:
        return False
    return lines[index - 1].key in _PICTURES and lines[index + 1].sign in ("caption", "credit")


def is_shown(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands between the credit of a picture and the text: below it, in place of above.

    A full sentence there may be the first of the text.
    """
    above, below = lines[index - 1 : index], lines[index + 1 : index + 2]
    return (
        lines[index].weight == SHORT
        and any(other.sign == "credit" for other in above)
        and any(other.weight == STRONG for other in below)
    )


def _is_copyright(text: str) -> bool:
    return text[:3].lower().startswith(("©", "(c)"))
