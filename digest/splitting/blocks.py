"""Plain text into blocks: paragraphs and lines, with hard-wrapped text joined again."""

import re
from itertools import pairwise

from digest.models import Block

_WRAP_MIN, _WRAP_MAX = 45, 100
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2028\u2029\u0000]+")


def plain_blocks(text: str) -> list[Block]:
    """Return the blocks of a plain text: its lines, but wrapped lines of one paragraph as one block.

    Text is taken as hard-wrapped where the lines of its paragraphs end at about the same column; each
    paragraph is asked by itself, so that a menu above a wrapped article keeps its lines.
    """
    blocks: list[Block] = []
    paragraph: list[tuple[int, str]] = []
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        line = _SPACE.sub(" ", raw).strip()
        if line:
            paragraph.append((number, line))
        elif paragraph:
            blocks.extend(_blocks(paragraph))
            paragraph = []
    return blocks


def _blocks(paragraph: list[tuple[int, str]]) -> list[Block]:
    if len(paragraph) > 1 and not any(map(str.isalnum, paragraph[-1][1])):
        return [*_blocks(paragraph[:-1]), Block(text=paragraph[-1][1], line=paragraph[-1][0])]
    if len(paragraph) > 1 and _wrapped([line for _, line in paragraph]):
        return [Block(text=" ".join(line for _, line in paragraph), line=paragraph[0][0])]
    return [Block(text=line, line=number) for number, line in paragraph]


def _wrapped(lines: list[str]) -> bool:
    """Whether each line but the last is full: the next line's first word would not have fitted."""
    width = max(map(len, lines))
    if not _WRAP_MIN <= width <= _WRAP_MAX or any(len(line) < 0.5 * width for line in lines[:-1]):
        return False
    full = sum(
        len(line) + 1 + len(following.split(" ", 1)[0]) > width - 2
        for line, following in pairwise(lines)
    )
    return full >= 0.8 * (len(lines) - 1)
