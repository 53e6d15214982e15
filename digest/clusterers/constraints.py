"""What keeps articles of look-alike events apart: two quakes, two trials, two quarters.

Before clustering, cannot-link constraints (Wagstaff et al., ICML 2001) take pairs out of the graph: articles
that share no name, short ones that meet in one word, two occasions of one kind. After it, stories of feed
items are held against the evidence that their reports tell one event, and not only of one subject: a word
like "Trump" makes two items of one day near neighbours. The evidence is what a reader goes by: how much the
two say the same on the whole, and how rare the things are that the title of one shares with the other
("Eberl" proves more than "president", whatever else was written today; a full name is one thing).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nlargest
from itertools import chain, combinations, pairwise
from statistics import fmean

import numpy as np

from digest.clusterers.dates import MOST_DAYS, EventSlots, contradiction, slots_of
from digest.clusterers.mentions import Mentions
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Bools, Floats, Ints, gathered
from digest.clusterers.vectors import Vectors
from digest.models import Article
from digest.text.addresses import outlets
from digest.text.dates import CALENDAR
from digest.text.likeness import HEAD, Likeness, RelatedWords, Vector, cosine, plain_letters
from digest.text.terms import stems, stop_words, words, zipf

_LEAST_WORDS = 12
"""Headlines alone may call one thing by two names, and cannot say that another occasion comes in, too."""
_SHORT_WORDS = 60
_LEAST_SHARED = 2
_FREQUENT = 5.3
"""The Zipf value from which a word says nothing of an event."""
_MOSTLY = 0.5
"""The share of a story's articles that must name contradicting occasions before it is parted: where few
do, they are turns of one story."""
_MOST_COMPARED = 200
"""The articles of one story whose occasions are held against each other."""
_RARE_WORD = 0.02
"""What one unit of rareness counts beside the cosine: a logistic model of the pairs of five real and six made
days gives .0205 (log loss .42, each day left out in turn; .44 where each word of a name counts)."""
_MEMBER, _CLOSEST = 0.28, 2
"""The mean evidence with the closest two of a story from which a report is part of it. Of 79 groups of real
days 16 hold a stranger with .28, 18 with .25, 17 with .31, which takes apart true ones; the mean with all
reports leaves 21 or more, since a busy story is a little like everything."""
_EVENT = 0.37
"""The evidence that the best pair of two outlets must have: .35 leaves three more false pairs on real and made
days, .40 takes apart three true ones for two false."""
_SAME = 0.46
"""The mean evidence from which two stories are one: .4 joins what `_EVENT` took apart, .5 joins too few. An
outlet's own items need as much: what it tells twice it tells in nearly the same words."""
_APART = 0.66
"""The share of the evidence within two parts of several outlets that there must be between them: two events of
one place, person or wording hold together each by itself. .5 to .7 leave those days as they are, .76 parts a
storm."""
_ITEM_WORDS = 35
"""Stories are joined by feed items of fewer words: of two paragraphs on one company the clusters know more."""
_LIKE = 0.1
"""The cosine under which no two stories are compared further."""
_COMMONEST, _UNKNOWN = 7.0, 2.5
"""The Zipf values between which a word is the rarer the more it says."""
_MOST_REPORTS = 40
"""An event of more reports stands by itself; its pairs would be too many to look at."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def share_no_name(one: Mentions, other: Mentions) -> bool:
    """Say whether the titles and texts of two articles name somebody, and the articles share no name at all."""
    long = min(sum(one.words.values()), sum(other.words.values())) >= _LEAST_WORDS
    named = all(any(m.names[n] > 1 for n in m.title_names - CALENDAR) for m in (one, other))
    return bool(long and named and (one.names.keys() & other.names.keys()) <= CALENDAR)


class SharedWords:
    """Counts the words in which short articles meet.

    A place, a person or a topic that two headlines share is no event yet; it takes a second word. Words that
    everybody uses do not count, and akin ones ("Protest", "Coronaproteste") count as one.
    """

    def __init__(self, mentions: Iterable[Mentions]) -> None:
        self._own = {id(m): _telling_stems(m) for m in mentions if _is_short(m)}
        self._related = RelatedWords({word for words in self._own.values() for word in words})

    def too_few(self, one: Mentions, other: Mentions) -> bool:
        """Say whether two articles are short and meet in fewer than two words."""
        if id(one) not in self._own or id(other) not in self._own:
            return False
        ours, theirs = self._own[id(one)], self._own[id(other)]
        if len(ours & theirs) >= _LEAST_SHARED:
            return False
        met = (
            sum(not self._related.of(word).isdisjoint(others) for word in words)
            for words, others in ((ours, theirs), (theirs, ours))
        )
        return min(met) < _LEAST_SHARED


def _is_short(mention: Mentions) -> bool:
    return sum(mention.words.values()) < _SHORT_WORDS


def _telling_stems(mention: Mentions) -> frozenset[str]:
    language = mention.language
    return frozenset(
        stems([word], language)[0] for word in mention.words if zipf(word, language) < _FREQUENT
    )


def event_slots_of(articles: Sequence[Article], lengths: Floats) -> dict[int, EventSlots]:
    """Return the rows that name their occasion; `lengths` are the words of each article."""
    found = {
        row: slots_of(article)
        for row, article in enumerate(articles)
        if lengths[row] >= _LEAST_WORDS
    }
    return {row: own for row, own in found.items() if own.head}


def without_weak_pairs(near: Neighbours, mentions: Sequence[Mentions], wary: Bools) -> Neighbours:
    """Return the pairs of neighbours that no constraint keeps apart; `wary` says whom one may."""
    shared = SharedWords(mentions)
    kept = ~(wary[near.first] & wary[near.second])
    for place in np.flatnonzero(~kept).tolist():
        pair = mentions[near.first[place]], mentions[near.second[place]]
        kept[place] = not (share_no_name(*pair) or shared.too_few(*pair))
    return near.only(kept)


def without_contradictions(
    near: Neighbours, named: Mapping[int, EventSlots], days: Floats
) -> Neighbours:
    """Return the pairs of neighbours that neither their occasions nor their dates keep apart."""
    rows = np.array(sorted(named), dtype=np.int64)
    both = np.isin(near.first, rows) & np.isin(near.second, rows)
    kept = ~(np.abs(days[near.first] - days[near.second]) > MOST_DAYS)
    for pair in np.flatnonzero(both & kept).tolist():
        one, other = named[int(near.first[pair])], named[int(near.second[pair])]
        kept[pair] = not contradiction(one, other)
    return near.only(kept)


def parted(groups: Ints, named: Mapping[int, EventSlots], vectors: Vectors) -> Ints:
    """Return the groups, those parted whose articles contradict each other in their occasion.

    Mean similarity may bring together what may not be; an article that names no occasion stays with the
    part that it is most like.
    """
    members: dict[int, list[int]] = {}
    for row in sorted(named.keys() | _spread(groups, vectors.days)):
        members.setdefault(int(groups[row]), []).append(row)
    moved, fresh = groups.copy(), int(groups.max()) + 1
    sizes = np.bincount(groups)
    for group, rows in members.items():
        parts = _parts(rows[:_MOST_COMPARED], named, vectors.days)
        if sum(map(len, parts)) >= _MOSTLY * min(sizes[group], _MOST_COMPARED) and parts:
            everybody = np.flatnonzero(groups == group)
            nearest = _nearest_part(everybody, parts, vectors)
            moved[everybody] = np.where(nearest == 0, group, fresh + nearest)
            fresh += len(parts)
    return np.asarray(np.unique(moved, return_inverse=True)[1].reshape(-1))


def _spread(groups: Ints, days: Floats) -> set[int]:
    """Return the dated rows of the groups whose dates lie farther apart than those of one event."""
    dated = np.flatnonzero(~np.isnan(days))
    first, last = np.full(int(groups.max()) + 1, np.inf), np.full(int(groups.max()) + 1, -np.inf)
    np.minimum.at(first, groups[dated], days[dated])
    np.maximum.at(last, groups[dated], days[dated])
    return set(dated[(last - first)[groups[dated]] > MOST_DAYS].tolist())


def _parts(rows: Sequence[int], named: Mapping[int, EventSlots], days: Floats) -> list[list[int]]:
    """Return the rows that contradict others, put together as far as they do not."""
    against: dict[int, set[int]] = {}
    for one, other in combinations(rows, 2):
        known = one in named and other in named
        far = abs(days[one] - days[other]) > MOST_DAYS
        if far or (known and contradiction(named[one], named[other])):
            against.setdefault(one, set()).add(other)
            against.setdefault(other, set()).add(one)
    parts: list[list[int]] = []
    for row in sorted(against):
        part = next((part for part in parts if against[row].isdisjoint(part)), None)
        if part is None:
            parts.append([row])
        else:
            part.append(row)
    return parts


def _nearest_part(rows: Ints, parts: Sequence[Sequence[int]], vectors: Vectors) -> Ints:
    """Return the number of the part that each row is in, or is most like."""
    terms = vectors.terms
    alike = np.zeros((len(parts), len(rows)))
    places, counts = gathered(terms.starts, rows)
    owner = np.repeat(np.arange(len(rows)), counts)
    for number, part in enumerate(parts):
        board = np.zeros(terms.width, dtype=np.float32)
        own, _ = gathered(terms.starts, np.array(part))
        np.add.at(board, terms.columns[own], terms.values[own] / len(part))
        products = board[terms.columns[places]] * terms.values[places]
        alike[number] = np.bincount(owner, products, len(rows))
        alike[number, np.isin(rows, np.array(part))] = np.inf
    return np.asarray(np.argmax(np.round(alike, 5), axis=0))


class _Evidence:
    """The evidence that two of some articles tell one event, by their numbers."""

    def __init__(self, articles: Sequence[Article], names: Sequence[str]) -> None:
        self._articles = articles
        self._names = names
        self._likeness = Likeness(articles)
        self._vectors: dict[int, Vector] = {}
        self._rare: dict[int, list[tuple[float, str, frozenset[str]]]] = {}
        self._followed: dict[int, frozenset[tuple[str, str]]] = {}
        self._known: dict[tuple[int, int], float] = {}

    @cached_property
    def _titles(self) -> list[frozenset[str]]:
        return [_content(article.title, article.language) for article in self._articles]

    @cached_property
    def _texts(self) -> list[frozenset[str]]:
        return [_content(article.text[:HEAD], article.language) for article in self._articles]

    @cached_property
    def _related(self) -> RelatedWords:
        return RelatedWords(frozenset().union(*self._titles, *self._texts))

    def cosine(self, one: int, other: int) -> float:
        """Return how much two articles say the same."""
        return cosine(self._vector(one), self._vector(other))

    def of(self, one: int, other: int) -> float:
        """Return the evidence for a pair."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            self._known[pair] = self._weighed(*pair)
        return self._known[pair]

    def mean(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return the mean evidence between two groups."""
        return sum(self.of(a, b) for a in one for b in other) / (len(one) * len(other))

    def within(self, group: Sequence[int]) -> float:
        """Return the mean evidence between the members of a group of several."""
        return fmean(self.of(a, b) for a, b in combinations(group, 2))

    def closest(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return the mean evidence of each member of the smaller group with its closest of the other."""
        smaller, larger = sorted((one, other), key=len)
        found = (nlargest(_CLOSEST, (self.of(a, b) for b in larger)) for a in smaller)
        return fmean(map(fmean, found))

    def are_two(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Say whether two groups, each of several outlets, hold together far better than they do together."""
        if any(len({self._names[number] for number in part}) < 2 for part in (one, other)):
            return False
        return self.mean(one, other) < _APART * min(map(self.within, (one, other)))

    def _weighed(self, one: int, other: int) -> float:
        series = self._titles[one] == self._titles[other] and all(
            self._articles[number].text.strip() for number in (one, other)
        )
        rare = self._shared(one, other, series) + self._shared(other, one, series)
        alike = self._alike_texts(one, other) if series else self.cosine(one, other)
        return alike + _RARE_WORD * rare

    def _alike_texts(self, one: int, other: int) -> float:
        """Return how much two texts say the same: one title over both may be that of a series."""
        first, second = (replace(self._articles[number], title="") for number in (one, other))
        return cosine(self._likeness.vector(first), self._likeness.vector(second))

    def _vector(self, number: int) -> Vector:
        if number not in self._vectors:
            self._vectors[number] = self._likeness.vector(self._articles[number])
        return self._vectors[number]

    def _shared(self, one: int, other: int, series: bool) -> float:
        """Return how rare the things are, together, of one's title that the other has in some form.

        Words that follow one another in both are one thing: a full name says no more than its rarest word.
        Under one title the other must have them in its text.
        """
        title = frozenset[str]() if series else self._titles[other]
        text, pairs = self._texts[other], self._pairs(other)
        things, last = [0.0], ""
        for rareness, stem, forms in self._rare_words(one):
            if forms.isdisjoint(title) and forms.isdisjoint(text):
                last = ""
            elif (last, stem) in pairs:
                things[-1] = max(things[-1], rareness)
                last = stem
            else:
                things.append(rareness)
                last = stem
        return sum(things)

    def _rare_words(self, number: int) -> list[tuple[float, str, frozenset[str]]]:
        """Return how rare each word of a title is, its stem, and its forms in the collection."""
        if number not in self._rare:
            article = self._articles[number]
            self._rare[number] = [
                (_rareness(word, article.language), stem, self._related.of(word))
                for word, stem in _telling(article.title, article.language)
            ]
        return self._rare[number]

    def _pairs(self, number: int) -> frozenset[tuple[str, str]]:
        """Return the stems that follow one another in an article."""
        if number not in self._followed:
            article = self._articles[number]
            both = (article.title, article.text[:HEAD])
            stems = [[stem for _, stem in _telling(text, article.language)] for text in both]
            self._followed[number] = frozenset(chain.from_iterable(map(pairwise, stems)))
        return self._followed[number]


def of_one_event(groups: Ints, articles: Sequence[Article], links: Neighbours, wary: Bools) -> Ints:
    """Return the groups of articles, parted and joined so that each tells one event.

    `links` are the pairs that may be of one event; one that `wary` leaves out, or without a title, stays where
    it is.
    """
    names = outlets((article.source, article.url) for article in articles)
    evidence = _Evidence(articles, names)
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups.tolist()):
        members.setdefault(group, []).append(number)
    near = links.only(wary[links.first] & wary[links.second])
    parts = [
        part
        for group in members.values()
        for part in (_split(group, articles, names, evidence) if wary[group].any() else [group])
    ]
    found = np.zeros(len(groups), dtype=np.int64)
    pairs = zip(near.first.tolist(), near.second.tolist(), strict=True)
    for number, part in enumerate(_joined(parts, pairs, articles, evidence)):
        found[part] = number
    return found


def _split(
    group: list[int], articles: Sequence[Article], names: Sequence[str], evidence: _Evidence
) -> Iterator[list[int]]:
    """Yield the parts of a story of several outlets that tell one event each, or else those of each outlet."""
    own: dict[str, list[int]] = {}
    for number in group:
        own.setdefault(names[number], []).append(number)
    several = len(own) > 1
    # Items of which nobody knows the outlet may be of several.
    items = len(group) > 1 and all(names[n] and _is_item(articles[n]) for n in group)
    titled = all(articles[number].title for number in group)
    if not (several or items) or not titled or len(group) > _MOST_REPORTS:
        yield group
        return
    for part in _linked([[number] for number in group], evidence):
        pairs = [(a, b) for a, b in combinations(part, 2) if names[a] != names[b]]
        if pairs and max(evidence.of(a, b) for a, b in pairs) < _EVENT:
            yield from filter(None, ([n for n in part if n in mine] for mine in own.values()))
        elif items and not pairs and len(part) > 1 and evidence.within(part) < _SAME:
            yield from ([number] for number in part)
        else:
            yield part


def _linked(parts: list[list[int]], evidence: _Evidence) -> list[list[int]]:
    """Return parts put together, the surest pair of them first."""

    def link(one: list[int], other: list[int]) -> float:
        return 0.0 if evidence.are_two(one, other) else round(evidence.closest(one, other), 6)

    while len(parts) > 1:
        best, one, other = max(
            (link(parts[a], parts[b]), -a, -b) for a, b in combinations(range(len(parts)), 2)
        )
        if best < _MEMBER:
            break
        parts[-one] += parts.pop(-other)
    return parts


def _joined(
    parts: list[list[int]],
    near: Iterable[tuple[int, int]],
    articles: Sequence[Article],
    evidence: _Evidence,
) -> list[list[int]]:
    """Return the parts, those joined that tell the same: the surest first, each held against all of another."""
    owner = {number: place for place, part in enumerate(parts) for number in part}
    found = {
        tuple(sorted((owner[a], owner[b])))
        for a, b in near
        if owner[a] != owner[b]
        and _is_item(articles[a])
        and _is_item(articles[b])
        and evidence.cosine(a, b) >= _LIKE
    }
    sure = sorted(
        (-round(evidence.mean(parts[a], parts[b]), 6), a, b)
        for a, b in found
        if len(parts[a]) + len(parts[b]) <= _MOST_REPORTS
    )
    moved = list(range(len(parts)))
    for least, a, b in sure:
        one, other = moved[a], moved[b]
        if one == other or -least < _SAME or len(parts[one]) + len(parts[other]) > _MOST_REPORTS:
            continue
        alike = evidence.mean(parts[one], parts[other]) >= _SAME
        if alike and not evidence.are_two(parts[one], parts[other]):
            parts[one] += parts[other]
            parts[other] = []
            moved = [one if place == other else place for place in moved]
    return [part for part in parts if part]


def _is_item(article: Article) -> bool:
    return bool(article.title) and article.words < _ITEM_WORDS


def _content(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that are no stop words."""
    return frozenset(words(plain_letters(text))) - stop_words(language)


def _telling(text: str, language: str) -> list[tuple[str, str]]:
    """Return the words of a text that are no stop words, in order, each with its stem."""
    stops = stop_words(language)
    found = [word for word in words(plain_letters(text)) if word not in stops]
    return list(zip(found, stems(found, language), strict=True))


def _rareness(word: str, language: str) -> float:
    """Return how much a word says of an event; its day and its year say nothing."""
    if word in CALENDAR or _YEAR.fullmatch(word):
        return 0.0
    return max(0.0, _COMMONEST - max(_UNKNOWN, zipf(word, language)))
