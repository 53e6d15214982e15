"""The label of a topic, from its articles' own words: the names, and the noun that tells what happened."""

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.clusterers.lexicon import CALENDAR, EVENTS, HONOURS
from digest.clusterers.mentions import Wording
from digest.text.terms import stems, zipf

_MOST_NAMES = 3
_DIVIDED = 0.75
"""The share of a topic's articles that two names must divide between them to stand for it together."""
_COVERAGE = 0.6
"""The share of a topic's articles that must be about a name before it stands for all of them."""


def label(stories: Sequence[Sequence[Wording]], sources: frozenset[str] = frozenset()) -> str:
    """Return a short label for a topic; `sources` are names of publications, which never stand in it."""
    members = [mention for story in stories for mention in story]
    ranked = _names(members, sources)
    shared = [name for name in ranked if _coverage(name, members) >= _COVERAGE]
    tops = [name for story in stories for name in _names(list(story), sources)[:1]]
    heads = _unified(tops)
    if not ranked:
        return _plain(members)
    rivals = _rivals(ranked, members) if len(members) > 2 else []
    if rivals:
        return " / ".join(rivals)
    few = len(heads) > 1 and len(stories) <= _MOST_NAMES
    if few and not _leads(shared[:1], tops):
        return " / ".join(heads)
    first = shared[0] if shared else ranked[0]
    if len(members) == 1 and not _carries(first, members[0]):
        return ""
    noun = _noun(first, members)
    second = next((name for name in shared[1:] if _in_titles(name, members) >= 0.5), "")
    told = noun and (len(members) == 1 or _in_titles(noun, members) >= 0.5)
    if len(stories) == 1 and told:
        second = noun
    return " ".join(part for part in (first, second or noun) if part)


def keywords(members: Sequence[Wording], count: int = 6) -> tuple[str, ...]:
    """Return the words that tell a topic from others, the strongest first, each as it is written."""
    score: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for member in members:
        mention = member.mentions
        top = max(mention.words.values(), default=1)
        for word, found in mention.words.items():
            if len(word) < 2 or word[0].isdigit() or word in CALENDAR:
                continue
            term = stems([word], mention.language)[0]
            rare = max(0.0, 6.5 - max(zipf(word, mention.language), 3.0))
            score[term] += (found / top + (word in mention.title_words)) * rare  # type: ignore[assignment]
            forms.setdefault(term, Counter())[member.cased.get(word, word)] += found
    best = sorted(score.items(), key=lambda item: (-item[1], item[0]))[:count]
    return tuple(min(forms[t].items(), key=lambda item: (-item[1], item[0]))[0] for t, _ in best)


def _names(members: Sequence[Wording], sources: frozenset[str]) -> list[str]:
    """Return the names of a topic, the one it is most about first."""
    score: Counter[str] = Counter()
    for mention in members:
        for name, share in _salience(mention).items():
            score[name] += share * _distinction(name, mention.mentions.language)  # type: ignore[assignment]
    kept = [(name, value) for name, value in score.items() if name.lower() not in sources]
    ranked = _unified([name for name, _ in sorted(kept, key=lambda item: (-item[1], item[0]))])
    return [_full(name, members) for name in ranked]


def _salience(member: Wording) -> dict[str, float]:
    """Return how much an article is about each of its names.

    The shorter the text, the more its title counts; a long one says itself what it is about.
    """
    mention = member.mentions
    most = max(mention.names.values(), default=1)
    bonus = 0.5 / (1.0 + sum(mention.words.values()) / 150.0)
    found: dict[str, float] = {}
    for name in filter(None, map(_bare, member.runs)):
        own = [word for word in name.lower().split() if word in mention.names]
        count = min((mention.names[word] for word in own), default=0)
        in_title = bool(own) and set(own) <= mention.title_names
        found[name] = 0.6 * count / most + bonus * in_title + 0.02 * (len(own) > 1)
    return found


def _distinction(name: str, language: str) -> float:
    """Return how much a name tells apart, from 0.5 to 4; initials count as the word they spell."""
    rarest = min(
        max(zipf(word, language), zipf(word.replace(".", ""), language))
        for word in name.lower().split()
    )
    return 6.5 - min(max(rarest, 2.5), 6.0)


def _bare(name: str) -> str:
    """Drop titles of honour, and days and months, from both ends of a name."""
    parts = name.split()
    idle = HONOURS | CALENDAR
    while parts and parts[0].lower() in idle:
        parts = parts[1:]
    while parts and parts[-1].lower() in idle:
        parts = parts[:-1]
    return " ".join(parts)


def _full(name: str, members: Sequence[Wording]) -> str:
    """Return the full form of a name of one word, where half of the articles give it."""
    if " " in name:
        return name
    found: Counter[str] = Counter()
    for member in members:
        found.update({run for run in map(_bare, member.runs) if name in run.split() and " " in run})
    best = min(found.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    people = len(best[0].split()) == 2 and best[0].split()[-1] == name
    return best[0] if people and best[1] >= 0.5 * len(members) else name


def _alike(one: str, other: str) -> bool:
    """Say whether two names share a word, or the stem of one ("Iran", "Iranian")."""
    ours, theirs = one.lower().split(), other.lower().split()
    return any(
        a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)))
        for a in ours
        for b in theirs
    )


def _unified(names: Iterable[str]) -> list[str]:
    """Drop a name that only repeats the words of a better one."""
    kept: list[str] = []
    for name in names:
        if not any(_alike(name, better) for better in kept):
            kept.append(name)
        if len(kept) == 12:
            break
    return kept


def _about(name: str, member: Wording) -> bool:
    """Say whether an article is about a name: in its title, or often in its text."""
    words, mention = set(name.lower().split()), member.mentions
    if words <= mention.title_names:
        return True
    most = max(mention.names.values(), default=1)
    return min((mention.names[word] for word in words), default=0) >= 0.25 * most


def _carries(name: str, member: Wording) -> bool:
    """Say whether a name stands in the title or comes back, so that it can carry the label alone."""
    words = set(name.lower().split())
    return words <= member.mentions.title_names or any(member.mentions.names[w] > 1 for w in words)


def _coverage(name: str, members: Sequence[Wording]) -> float:
    return sum(_about(name, member) for member in members) / len(members)


def _rivals(ranked: Sequence[str], members: Sequence[Wording]) -> list[str]:
    """Return two names that divide a topic between them, where what they share is no subject of its own.

    What all articles mention (an exchange, a court, a country) but few titles begin with only says where
    it happens; the names that the titles are about say who.
    """
    common = [n for n in ranked if all(_mentioned(n, m) for m in members)]
    opened = sum(
        bool(m.title_runs) and _alike(m.title_runs[0], common[0]) for m in members if common
    )
    if not common or opened >= 0.5 * len(members):
        return []
    others = [n for n in ranked if n not in common and _in_titles(n, members) > 0]
    heads: Counter[str] = Counter()
    for member in members:
        share = _salience(member)
        language = member.mentions.language
        own = [(share.get(n, 0.0) * _distinction(n, language), n) for n in others]
        best = max(own, key=lambda item: (item[0], item[1]), default=(0.0, ""))
        heads[best[1]] += best[0] > 0
    two = sorted(heads.items(), key=lambda item: (-item[1], item[0]))[:2]
    enough = len(two) == 2 and sum(count for _, count in two) >= _DIVIDED * len(members)
    return [n for n, _ in two] if enough and two[1][1] >= 0.2 * len(members) else []


def _mentioned(name: str, member: Wording) -> bool:
    return all(word in member.mentions.names for word in name.lower().split())


def _in_titles(name: str, members: Sequence[Wording]) -> float:
    words = set(name.lower().split())
    return sum(words <= member.mentions.title_words for member in members) / len(members)


def _leads(shared: Sequence[str], tops: Sequence[str]) -> bool:
    """Say whether the name that all share is the first name of most stories, too."""
    return bool(shared) and sum(_alike(shared[0], top) for top in tops) > 0.5 * len(tops)


def _noun(name: str, members: Sequence[Wording]) -> str:
    """Return the word for what happened: in the titles, beside the name, or often in the text."""
    score: Counter[str] = Counter()
    own = name.lower().split()
    for member in members:
        mention = member.mentions
        for word in sorted(EVENTS & mention.words.keys()):
            beside = any((part, word) in member.follows for part in own)
            value = min(mention.words[word], 5) / 5 + (word in mention.title_words) + 1.0 * beside
            score[word] += value  # type: ignore[assignment]
    telling = {word.lower() for word in keywords(members, 12)} if len(members) > 2 else score.keys()
    common = [
        word
        for word in score
        if word not in own and word in telling and _share(word, members) >= 0.5
    ]
    best = min(common, key=lambda word: (-score[word], word), default="")
    strong = 0.6 if len(members) == 1 else 0.25
    if best and score[best] >= strong * len(members):
        return best
    return _theme(own, members) if len(own) == 1 else ""


def _theme(own: Sequence[str], members: Sequence[Wording]) -> str:
    """Return the strongest word that most articles share and that is no name."""
    for word in keywords(members, 8):
        plain = word.lower()
        named = sum(plain in member.mentions.names for member in members)
        verb = plain.endswith(("ed", "ing", "ly"))
        proper = named or word != plain
        again = len(members) > 1 or members[0].mentions.words[plain] > 2
        fits = (
            len(plain) > 3
            and again
            and not proper
            and not verb
            and not _alike(plain, " ".join(own))
        )
        if fits and _share(plain, members) >= _COVERAGE and _in_titles(plain, members) >= 0.4:
            return plain
    return ""


def _share(word: str, members: Sequence[Wording]) -> float:
    return sum(word in member.mentions.words for member in members) / len(members)


def _plain(members: Sequence[Wording]) -> str:
    """Return a label for articles without names: their strongest words."""
    text = " ".join(keywords(members, 3))
    return text[:1].upper() + text[1:]
