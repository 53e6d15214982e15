"""The linked items of a newsletter that lists what others wrote: each a headline, its link, a few words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest.models import Block
from digest.readers.feeds.entries import address

_MOST_WORDS, _FEWEST_WORDS = 25, 3
_MOST_TOLD = 40
_FEW = 8
_LIST, _PARAGRAPHS = "list", "paragraphs"
_FEWEST = {_LIST: 2, _PARAGRAPHS: 3}
_SITE = re.compile(r"\W{0,3}\([^()\s]{3,60}\)\s*|\s*[—–:|·•-]\s+")
_BEGINS = re.compile(r"\s*(?:[(—–:|·•-]|[\"“‘'«„]?[^\W\d_a-zß-öø-ÿ])")
_OF_THE_MAIL = re.compile(
    r"(?i)\b(?:unsubscribe|subscri\w+|preferences|browser|forward|view|read|privacy|terms|settings|app"
    r"|abmelden|abbestellen|weiterlesen|désabonn\w+|cancelar|e-?mails?|newsletters?|upgrade|share|click|sign)\b"
)
"""Links of the mail itself, and those that lead on from a text of its own."""
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_ITEM = frozenset({*_HEADS, "aside", "footer", "nav", "button"})


@dataclass(frozen=True, slots=True)
class Item:
    """A headline, where it leads, and what is said of it."""

    headline: str
    url: str
    text: str
    line: int


def parted(blocks: Sequence[Block]) -> tuple[list[Block], list[Item]]:
    """Return the blocks that are no items, and the items: at least two in a list, or three paragraphs.

    An item is a list item or a paragraph that begins with a link of some words; or a link in bold with one
    short paragraph below it.
    """
    kinds = [_kind(blocks, index) for index in range(len(blocks))]
    counts = Counter(kinds)
    others, items = list[Block](), list[Item]()
    told = -1
    for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if kind and counts[kind] >= _FEWEST[kind]:
            rest = block.text[len(block.linked) :]
            if not rest.strip() and kind == _PARAGRAPHS:
                told = index + 1
                rest = blocks[told].text
            text = _SITE.sub("", rest, count=1) if _SITE.match(rest) else rest
            items.append(
                Item(block.linked, address(block.link, None) or "", text.strip(), block.line)
            )
        elif index != told:
            others.append(block)
    return others, items


def _kind(blocks: Sequence[Block], index: int) -> str:
    """What kind of list a block would be an item of; empty where it is none."""
    block = blocks[index]
    if block.tag in _NO_ITEM or not _FEWEST_WORDS <= len(block.linked.split()) <= _MOST_WORDS:
        return ""
    if _OF_THE_MAIL.search(block.linked) or address(block.link, None) is None:
        return ""
    rest = block.text[len(block.linked) :]
    fits = len(rest.split()) <= _MOST_TOLD and _BEGINS.match(rest) is not None
    if block.tag == "li":
        return _LIST if fits or not rest.strip() else ""
    alone = block.tag == "strong" and not rest.strip() and _is_told_below(blocks, index)
    return _PARAGRAPHS if fits or alone else ""


def _is_told_below(blocks: Sequence[Block], index: int) -> bool:
    """Whether one short paragraph stands below, and then another item, a heading, a short line or nothing."""
    below = blocks[index + 1 : index + 3]
    if not below or below[0].linked or below[0].tag in _NO_ITEM:
        return False
    if not 0 < len(below[0].text.split()) <= _MOST_TOLD:
        return False
    after = below[1] if len(below) > 1 else None
    return (
        after is None
        or bool(after.linked)
        or after.tag in (*_HEADS, "hr")
        or len(after.text.split()) <= _FEW
    )
