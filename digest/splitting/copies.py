"""Text that stands on the page twice: excerpts before an article, teasers of what is there in full."""

from collections import Counter
from collections.abc import Sequence

from digest.splitting.lines import SENTENCE, STRONG, Line, fold

_SHARE = 0.6
_KEY = 48
_SAMPLE = 100_000
_MOST = 50
_START = 24
_TITLE = 3


def sentence_keys(text: str) -> list[str]:
    """Return the ends of the sentences of a text, which serve to recognise them; the shortest are left out."""
    parts = text[:_SAMPLE].replace("!", ".").replace("?", ".").replace("…", ".").split(".")
    return [part[-_KEY:] for part in parts if len(part) >= _START]


def excerpt_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that only repeat, run together or cut short, what stands elsewhere on the page."""
    keys = {
        index: sentence_keys(line.text)
        for index, line in enumerate(lines)
        if line.weight >= SENTENCE
    }
    places: dict[str, list[int]] = {}
    for index, found in keys.items():
        for key in found:
            places.setdefault(key, []).append(index)
    copies: set[int] = set()
    repeated = {key for key, found in places.items() if len(found) > 1}
    for index, found in keys.items():
        if len(found) < 3 or repeated.isdisjoint(found):
            continue
        others: set[int] = set()
        known = 0
        for key in found:
            elsewhere = [
                other for other in places[key][:8] if other != index and other not in copies
            ]
            known += bool(elsewhere)
            others.update(elsewhere)
        runs_on = len(others) > 1 or lines[index].ellipsis or len(set(found)) < len(found)
        if known >= _SHARE * len(found) and runs_on and others:
            copies.add(index)
    return frozenset(copies | _cut_short(lines, copies) | _contents(lines))


def _contents(lines: Sequence[Line]) -> set[int]:
    """The numbered paragraphs that are mostly made of other lines: tables of contents run together."""
    found: set[int] = set()
    keys: list[str] = []
    for index, line in enumerate(lines):
        if line.number != 1 or line.weight != STRONG:
            continue
        whole = fold(line.text[:_SAMPLE])
        keys = keys or sorted({o.key for o in lines if o.weight < STRONG and o.words >= _TITLE})
        listed = [len(key) for key in keys if key in whole]
        if len(listed) > 1 and sum(listed) >= _SHARE * len(whole):
            found.add(index)
    return found


def _cut_short(lines: Sequence[Line], copies: set[int]) -> set[int]:
    """The lines that end in an ellipsis and are the beginning of another line."""
    starts: dict[str, list[int]] = {}
    titles = {line.key[:_START]: line.bare for line in lines if line.weight < STRONG}
    for index, line in enumerate(lines):
        if line.weight >= SENTENCE and len(line.key) >= _START and index not in copies:
            starts.setdefault(line.key[:_START], []).append(index)
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not line.ellipsis or line.weight < SENTENCE or len(line.key) < _START or index in copies:
            continue
        title = titles.get(line.key[:_START], "")
        titled = len(title) >= _START and line.text.startswith(title)
        text = line.text[len(title) :].lstrip(" .:–—-|") if titled else line.text
        rivals = starts.get(fold(text[:80])[:_START], [])[:8]
        whole = fold(text.rsplit(" ", 1)[0])
        if any(
            other != index
            and len(lines[other].text) > len(text) - 3
            and fold(lines[other].text[: len(text) + 40]).startswith(whole)
            for other in rivals
        ):
            found.add(index)
    return found


class Rivals:
    """The texts of a page, to ask which of them stands within another."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.keys = [sentence_keys(text) for text in texts]
        self.places: dict[str, list[int]] = {}
        for number, keys in enumerate(self.keys):
            for key in set(keys):
                self.places.setdefault(key, []).append(number)

    def covers(self, number: int) -> int | None:
        """Return the longer, or earlier equal, text that holds nearly all sentences of text `number`."""
        keys = self.keys[number]
        shared = Counter(
            other for key in keys for other in self.places[key][:_MOST] if other != number
        )
        for other, count in sorted(shared.items()):
            size, rival = len(self.keys[number]), len(self.keys[other])
            if count >= 0.8 * size and (rival > size or (rival == size and other < number)):
                return other
        return None
