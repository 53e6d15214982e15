"""What the page shows puts right what an extractor made of its article: words, lead, lists, refrains, teasers.

An extractor drops a `<time>` or a formula out of a sentence, and parts words that two elements share: the words
of the page are put back, so that its text proves them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile

from digest.length import count_words, has_unspaced
from digest.models import Block
from digest.readers.cards import WHOLE_WORDS
from digest.readers.extraction import NOT_LETTERS, letters_of
from digest.readers.fields import looks_dated
from digest.readers.markup import HEADINGS
from digest.text.characters import fold

_LETTERS = 40  # know a paragraph again
_LEAD_TAGS = frozenset(("", "p", "strong", "header", "h2", "blockquote"))
_MOST_ITEMS = 40  # of a list that belongs to the text
_LEAD_WORDS, _LONGEST_LEAD, _MOST_LEAD = 12, 150, 5
_STOPS = (".", "!", "?", "…", "”", '"', "»", "。", "！", "？")
_TOLD = frozenset(("", "p", "strong", "li", "blockquote"))
_ENDS_TEASER = frozenset((*HEADINGS, "teaser", "hr"))
_FEWEST_TEASERS = 3
"""Paragraphs that are taken for such, at the least."""
LABEL_WORDS = 8  # above a headline are a label, at the most
_BETWEEN_LABELS = re.compile(r"\s[|·•›»/–—-]\s")
_FEWEST_LABELS, _ROW_WORDS, _LONGEST_ROW = 3, 4, 300
"""Of a row of labels, as `Print - Send - Guestbook`."""
_RUNNING = 12  # words are no label
_TEASER_WORDS, _MOST_BELOW = 60, 12
"""Below a headline on 153 pages: teasers have up to 45 words, and a source and a time besides."""
_MOST_STARTS = 20  # lines with one first word are tried
_PROBE = 24  # letters at either end find a line again
_LONGEST_RATIO = 1.5  # times as long as its block may a line be


# --- its words as the page has them


@dataclass(frozen=True, slots=True)
class SourceLines:
    """The lines of a page as it shows them, in which the text of blocks is looked up."""

    lines: tuple[str, ...]
    whole: frozenset[str]
    _known: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[str]) -> "SourceLines":
        """Make them of what a page shows, a line a block."""
        lines = tuple(lines)
        return cls(lines, frozenset(lines))

    @property
    def known(self) -> dict[str, str]:
        """The lines by their letters, made when first asked for: most pages do without."""
        if not self._known:
            self._known.update(_by_letters(self.lines))
        return self._known

    @property
    def starts(self) -> dict[str, list[int]]:
        """The places of the lines by the first word of each."""
        if not self._starts:
            for index, line in enumerate(self.lines):
                self._starts.setdefault(
                    line.split(maxsplit=1)[0] if line.strip() else "", []
                ).append(index)
        return self._starts


def aligned(blocks: Iterable[Block], source_lines: SourceLines) -> list[Block]:
    """Return `blocks`, each with its text as the page has it, where it can be found there."""
    found: list[Block] = []
    for block in blocks:
        if block.text in source_lines.whole:
            found.append(block)
            continue
        lines = _in_lines(block.text, source_lines) if has_unspaced(block.text) else []
        texts = lines or [_original(block.text, source_lines.known)]
        found += [replace(block, text=text) for text in texts]
    return found


def _in_lines(text: str, source_lines: SourceLines) -> list[str]:
    """The lines of the page, several in a row, that an extractor made one text of; else nothing.

    It does so where it counts too few words, as in a script without spaces; it sets some around elements.
    """
    lines = source_lines.lines
    for start in source_lines.starts.get(text.split(maxsplit=1)[0], [])[:_MOST_STARTS]:
        rest, index = _unspaced(text), start
        while rest and index < len(lines) and rest.startswith(line := _unspaced(lines[index])):
            rest = rest[len(line) :]
            index += 1
        if not rest and index > start + 1:
            return list(lines[start:index])
    return []


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _by_letters(lines: Iterable[str]) -> dict[str, str]:
    """Lines by all their letters, and by the first and last few of them."""
    known: dict[str, str] = {}
    for line in lines:
        letters = NOT_LETTERS.sub("", line)
        if len(letters) > _PROBE:
            known.setdefault(letters[:_PROBE], line)
            known.setdefault("…" + letters[-_PROBE:], line)
        known[letters] = line
    return known


def _original(text: str, known: dict[str, str]) -> str:
    """The line that has all of the text's letters and few others; the text itself where none has."""
    letters = NOT_LETTERS.sub("", text)
    line = known.get(letters)
    if line is None and len(letters) > _PROBE:
        line = known.get(letters[:_PROBE]) or known.get("…" + letters[-_PROBE:])
    if line is None or text in line or len(line) > _LONGEST_RATIO * len(text) + 20:
        return text
    return line if len(NOT_LETTERS.sub("", line)) >= len(letters) else text


# --- what it lost, and what it took too much


def completed(blocks: list[Block], shown: Sequence[Block], title: str) -> list[Block]:
    """Return the blocks of an article, given all those of its page and its title."""
    blocks = _with_lists(_with_lead(blocks, shown, title), shown)
    blocks = _without_teasers(_with_repeats(blocks, shown), shown)
    return _without_menu(_below(title, blocks, shown), shown)


def _below(title: str, blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """The blocks without the labels that stand above the headline, as `FOR RELEASE`."""
    texts = [block.text for block in shown]
    above = set(texts[: texts.index(title)]) if title in texts else set()
    return [*dropwhile(lambda b: b.text in above and count_words(b.text) <= LABEL_WORDS, blocks)]


def _without_menu(blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """The blocks without the links of a word or two, and the rows of labels, at the end of a text."""
    links = {b.text for b in shown if b.tag == "a" and count_words(b.text) <= _ROW_WORDS}
    end = len(blocks)
    while end and (blocks[end - 1].text in links or _is_row(blocks[end - 1].text)):
        end -= 1
    is_text = sum(count_words(block.text) for block in blocks[:end]) >= WHOLE_WORDS
    return blocks[:end] if is_text else blocks


def _is_row(text: str) -> bool:
    labels = _BETWEEN_LABELS.split(text[:_LONGEST_ROW])
    short = all(count_words(label) <= _ROW_WORDS for label in labels)
    return len(labels) >= _FEWEST_LABELS and short and not text.endswith(_STOPS)


def _with_lead(blocks: list[Block], shown: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the running text that a page shows between its headline and the first of them."""
    first = next((block.text for block in blocks if len(block.text) > _LETTERS), "")
    taken = {block.text for block in blocks}
    texts = [block.text for block in shown]
    end = next(
        (i for i, text in enumerate(texts) if first and text.startswith(first[:_LETTERS])), 0
    )
    start = next((i for i in range(end - 1, -1, -1) if texts[i] == fold(title)), end)
    lead = [
        replace(block, tag="p", line=0)
        for block in shown[start + 1 : end]
        if block.tag in _LEAD_TAGS
        and _LEAD_WORDS <= len(block.text.split()) <= _LONGEST_LEAD
        and block.text not in taken
        and not looks_dated(block.text)
        and block.text.endswith(_STOPS)
    ]
    return [*lead, *blocks] if len(lead) <= _MOST_LEAD else blocks


def _with_lists(blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """The blocks with the lists right below a colon, or in a cell, that an extractor took for navigation."""
    places: dict[str, int] = {}
    for index in range(len(shown) - 1, -1, -1):
        places[shown[index].text] = index
    text = letters_of(" ".join(block.text for block in blocks))
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        opens = block.text.endswith((":", "：")) or block.tag == "td"
        start = places.get(block.text, len(shown)) + 1 if opens else len(shown)
        near = shown[start : start + _MOST_ITEMS]
        items = [*takewhile(lambda one: one.tag == "li", near)]
        if len(items) > 1 and not any(letters_of(item.text) in text for item in items):
            found += [replace(item, line=0) for item in items]
    return found


def _with_repeats(blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """The blocks with the paragraphs that a page says again, as a refrain: an extractor takes each once."""
    kept = {block.text: block for block in blocks}
    often = Counter(
        block.text for block in shown if block.tag in _TOLD and len(block.text) > _LETTERS
    )
    again = {text for text in kept if often[text] > 1}
    if not again:
        return blocks
    rest = [block for block in blocks if block.text not in again]
    places = {block.text: index for index, block in enumerate(rest, 1)}
    behind: dict[int, list[Block]] = defaultdict(list)
    place = 0
    for block in shown:
        place = max(place, places.get(block.text, 0))
        if block.text in again and block.tag in _TOLD:
            behind[place].append(kept[block.text])
    return [*behind[0], *(one for i, block in enumerate(rest, 1) for one in (block, *behind[i]))]


def _without_teasers(blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """The blocks without the headlines that lead elsewhere, each with a few words of its page below it."""
    teasers = {
        text
        for index, head in enumerate(shown)
        if head.tag == "teaser" and _is_teaser(below := _until_heading(shown, index + 1))
        for text in (head.text, *below)
    }
    rest = [block for block in blocks if block.text not in teasers]
    is_text = sum(count_words(block.text) for block in rest) >= WHOLE_WORDS
    return rest if is_text and len(blocks) - len(rest) >= _FEWEST_TEASERS else blocks


def _until_heading(shown: Sequence[Block], start: int) -> list[str]:
    below = takewhile(lambda one: one.tag not in _ENDS_TEASER, shown[start : start + _MOST_BELOW])
    return [block.text for block in below]


def _is_teaser(below: list[str]) -> bool:
    sizes = [count_words(text) for text in below]
    return sum(sizes) <= _TEASER_WORDS and sum(size >= _RUNNING for size in sizes) <= 1
