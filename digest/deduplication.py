"""Find near duplicates: keep one article, and make the others its copies.

An article is the set of its shingles, runs of three words. Winnowing (Schleimer, Wilkerson & Aiken, SIGMOD
2003) picks the least shingle hash of each window as a fingerprint, so two texts that share a long enough
run share a fingerprint, wherever it stands: unlike MinHash bands, that also finds an article that was cut
short or given another head. What shares fingerprints is then compared exactly, by the share of the shorter
text's shingles that stand in the longer one (containment, Broder 1997).

Two weather reports, two quakes or two releases share a form and differ in what it was filled in with: where
names and numbers stand in the place of other names and numbers, the two are no copies. A text that was cut,
headed anew or reworded has none.

Articles are taken from the best to keep downwards and compared with kept ones only, so ten thousand copies
of one cost ten thousand comparisons. A fingerprint of one article alone finds nothing and is not held.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from digest.models import Article, Copy, Omission
from digest.text.terms import stop_words, words, zipf

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Hashes = npt.NDArray[np.uint32]


_POSTINGS = 50
"""A fingerprint of more kept articles is a stock phrase and finds nothing new."""
_CANDIDATES = 8
"""The kept articles that a new one is compared with: those that share the most fingerprints."""
_LEAST_SHARED = 1 / 3
"""The share of the fingerprints that a copy is expected to have in common: with fewer, none is compared."""
_SHORT = 24
"""Shingles up to which a text counts as short: a few shared phrases prove little there."""

_SWAPS_ELSEWHERE = 2
"""The places where two texts name something else from which they are no copies, between two sources: outlets
that print one report put right a figure or a spelling."""
_SAME_HEADLINE = 0.9
"""The same for a headline without a text: those of a series differ by a number or a name."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,'’:/\-][^\W_]+)*")
_INITIAL = re.compile(r"[.!?…:;|\n\"“”‘«»(\[—–•]|^\s*$")
_MOST_TOKENS = 300
"""News is at the top of an article; comparing the rest would only cost time."""
_MOST_IN_PLACE = 6
"""Longer passages that differ were rewritten: they are no filled-in form."""
_COMMON = 4.5
"""The Zipf value from which a word names nothing, where no capitals tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicates:
    """Collapses near copies: the longest article is kept, then the earliest."""

    containment: float = 0.45
    """The share of the shorter article's shingles that the longer one must have."""
    short_containment: float = 0.55
    """The same for a short text."""

    def __call__(
        self, articles: Sequence[Article], /, *, carried: Sequence[Article] = ()
    ) -> tuple[list[Article], list[Omission]]:
        """Return the kept articles in the order they came, and an omission for each dropped one.

        What is a copy of a `carried` article, which the reader has had, is dropped as well.
        """
        if not articles:
            return [], []
        everything = [*articles, *carried]
        codes = Codes()
        prints = [_print(article, codes) for article in everything]
        order = sorted(
            range(len(everything)),
            key=lambda k: (k < len(articles), *_rank(everything[k], prints[k])),
        )
        series = _Series([everything[k] for k in order])
        keepers = self._keepers([prints[k] for k in order], len(carried), series)
        copies: dict[int, list[int]] = {}
        for number, keeper in zip(order, keepers, strict=True):
            if keeper is not None:
                copies.setdefault(order[keeper], []).append(number)
        dropped = {number: keeper for keeper, own in copies.items() for number in own}
        survivors = [
            _with_copies(article, [articles[c] for c in copies.get(k, [])])
            for k, article in enumerate(articles)
            if k not in dropped
        ]
        return survivors, [
            _omission(articles[n], everything[k], earlier=k >= len(articles))
            for n, k in sorted(dropped.items())
        ]

    def _keepers(self, prints: "list[Print]", carried: int, series: "_Series") -> list[int | None]:
        """Return the place of the article that each is a copy of; the first `carried` are none."""
        kept = _Kept(prints)
        found: list[int | None] = []
        for place in range(len(prints)):
            keeper = self._keeper(place, kept, series) if place >= carried else None
            found.append(keeper)
            if keeper is None:
                kept.add(place)
        return found

    def _keeper(self, place: int, kept: "_Kept", series: "_Series") -> int | None:
        """Return the place of the kept article that this one is a copy of."""
        import numpy as np

        own = kept.prints[place].shingles
        if not len(own):
            return kept.empty
        bar = self.short_containment if len(own) <= _SHORT else self.containment
        if not kept.prints[place].length:
            bar = _SAME_HEADLINE
        for candidate, shared in kept.candidates(place):
            other = kept.prints[candidate].shingles
            density = len(kept.prints[candidate].fingerprints) / len(other)
            if shared < _LEAST_SHARED * bar * len(own) * density:
                continue
            where = np.searchsorted(other, own)
            where[where == len(other)] = 0
            alike = np.count_nonzero(other[where] == own)
            if alike >= bar * len(own) and not series.parts(place, candidate):
                return candidate
        return None


class _Kept:
    """The kept articles by the fingerprints that they share with others; articles go by their place."""

    def __init__(self, prints: "list[Print]") -> None:
        import numpy as np

        self.prints = prints
        self.empty: int | None = None
        """The first article without a word."""
        every = np.concatenate([print_.fingerprints for print_ in prints])
        _, number, count = np.unique(every, return_inverse=True, return_counts=True)
        held = count[number] > 1
        before = np.zeros(len(every) + 1, dtype=np.int64)
        np.cumsum(held, out=before[1:])
        ends = np.cumsum([0, *(len(print_.fingerprints) for print_ in prints)])
        self._own = (np.cumsum(count > 1) - 1)[number[held]]
        self._bounds: list[int] = before[ends].tolist()
        self._room = np.minimum(count[count > 1], _POSTINGS)
        self._starts = np.cumsum(self._room) - self._room
        self._filled = np.zeros(len(self._room), dtype=np.int64)
        self._postings = np.zeros(int(self._room.sum()), dtype=np.int32)

    def _shared(self, place: int) -> "Ints":
        """Return the numbers of the fingerprints that an article shares with any other."""
        return self._own[self._bounds[place] : self._bounds[place + 1]]

    def add(self, place: int) -> None:
        """Keep an article."""
        if self.empty is None and not len(self.prints[place].shingles):
            self.empty = place
        shared = self._shared(place)
        shared = shared[self._filled[shared] < self._room[shared]]
        self._postings[self._starts[shared] + self._filled[shared]] = place
        self._filled[shared] += 1

    def candidates(self, place: int) -> list[tuple[int, int]]:
        """Return the kept articles that share the most fingerprints with one, each with their number."""
        import numpy as np

        shared = self._shared(place)
        counts = self._filled[shared]
        ends = np.cumsum(counts)
        if not len(ends) or not ends[-1]:
            return []
        entries = np.arange(ends[-1]) + np.repeat(self._starts[shared] - ends + counts, counts)
        found = Counter(self._postings[entries].tolist())
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return best[:_CANDIDATES]


class _Filled(NamedTuple):
    """A word of a text."""

    key: str
    telling: bool
    """True for a number and for a possible name."""


class _Series:
    """Tells the articles of a series from copies; articles go by their place."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._titles: dict[int, list[_Filled]] = {}
        self._texts: dict[int, list[_Filled]] = {}

    def parts(self, place: int, other: int) -> bool:
        """Say whether two articles of nearly the same words are of a series, and no copies.

        Within one source under another address a single name or number tells them apart, in the title, too.
        """
        one, two = self._articles[place], self._articles[other]
        differ = _swaps(self._text(place), self._text(other)) if one.text != two.text else 0
        if one.source != two.source or (one.url == two.url and one.url):
            return differ >= _SWAPS_ELSEWHERE
        return bool(differ) or self._other_of_form(place, other)

    def _other_of_form(self, place: int, other: int) -> bool:
        """Return whether two titles follow one pattern and name different things, as those of a series do."""
        one, two = self._title(place), self._title(other)
        shared = {word.key for word in one} & {word.key for word in two}
        return bool(shared) and _swaps(one, two) > 0

    def _title(self, place: int) -> list[_Filled]:
        if place not in self._titles:
            article = self._articles[place]
            self._titles[place] = _filled(article.title, article.language)
        return self._titles[place]

    def _text(self, place: int) -> list[_Filled]:
        if place not in self._texts:
            article = self._articles[place]
            self._texts[place] = _filled(article.text or article.title, article.language)
        return self._texts[place]


def _filled(text: str, language: str) -> list[_Filled]:
    """Return the words of the beginning of a text, and whether each is a name or a number."""
    found, end = [], 0
    for match in _TOKEN.finditer(text):
        surface = match.group()
        initial = _INITIAL.search(text[end : match.start()]) is not None or not end
        found.append(_Filled(surface.casefold(), _is_telling(surface, initial, language)))
        end = match.end()
        if len(found) == _MOST_TOKENS:
            break
    return found


def _is_telling(surface: str, initial: bool, language: str) -> bool:
    if any(map(str.isdigit, surface)):
        return True
    key = surface.casefold()
    if key in stop_words(language):
        return False
    if surface[0].isupper() and language != "de":
        return not initial or zipf(key, language) < _COMMON
    caseless = surface[0].upper() == surface[0].lower()
    return (caseless or surface[0].isupper()) and zipf(key, language) < _COMMON


def _swaps(one: Sequence[_Filled], other: Sequence[_Filled]) -> int:
    """Return in how many places two texts have different names or numbers."""
    ours, theirs = [word.key for word in one], [word.key for word in other]
    known, known_there = set(ours), set(theirs)
    if all(not word.telling or word.key in known_there for word in one):
        return 0
    count = 0
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "replace" and max(b - a, d - c) <= _MOST_IN_PLACE:
            fresh = any(w.telling and w.key not in known_there for w in one[a:b])
            count += fresh and any(w.telling and w.key not in known for w in other[c:d])
    return count


def _print(article: Article, codes: "Codes") -> "Print":
    """Return the fingerprint of an article's text, or of its title where it has no text."""
    found = print_of(article.text, codes)
    return found if found.length else replace(print_of(article.title, codes), length=0)


def _rank(article: Article, print_: "Print") -> tuple[bool, int, str, str, str, str, str]:
    """The best to keep first: no teaser, the longest, then the earliest."""
    when = article.published.isoformat() if article.published else "~"
    return (
        article.teaser,
        -print_.length,
        when,
        article.id,
        article.source,
        article.page,
        article.title,
    )


def _with_copies(article: Article, copies: list[Article]) -> Article:
    """Return an article with its copies, which come the best first."""
    if not copies:
        return article
    found = list(article.copies)
    for copy in copies:
        found += [Copy(copy.source, copy.url, copy.title, copy.page), *copy.copies]
    return replace(article, copies=tuple(found))


def _omission(dropped: Article, kept: Article, *, earlier: bool) -> Omission:
    what = " ".join((dropped.title or dropped.text).split())
    if len(what) > 120:
        what = f"{what[:119]}…"
    where = kept.source or kept.page
    of = f"“{kept.title}”" if kept.title else "an article without a title"
    detail = f"copy of {of}{f' ({where})' if where else ''}"
    if earlier:
        detail += ", which an earlier issue carried"
    return Omission(what, "duplicate", dropped.page, detail)


# --- what is compared of a text


_SHINGLE = 3
"""The words of a shingle."""
_WINDOW = 6
"""The shingles of which one is a fingerprint: a shared run of eight words is found."""
_FINGERPRINTS = 60
"""A longer text is winnowed with a wider window."""
_MOST_CODES = 1 << 17
"""More distinct words than a day of news has; the table of a long run stays small."""


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
