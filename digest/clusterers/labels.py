"""The label of a topic, from its articles' own words: the names, and the noun that tells what happened.

The names that articles are about, the one that they are most about first, as the sources write them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from digest.clusterers.mentions import EVENTS, HONOURS, OFFICES, Wording
from digest.length import has_unspaced
from digest.text.dates import CALENDAR
from digest.text.terms import stems, zipf

_MOST_NAMES = 3
_DIVIDED = 0.75
"""The share of a topic's articles that two names must divide between them to stand for it together."""
_HEADLINE_WORDS = 10
_HEADLINE_CHARS = 200
_ACRONYM_CHARS = 5
_CLAUSE = re.compile(r"[:;,.!?–—|(]\s?|\s-\s")
_INITIALS = re.compile(r"(?<![\w.])((?:[A-Z]\.)+[A-Z])(?![\w.])")
"""Initials whose last full stop was taken for the end of a sentence."""
_MENTIONED = 0.4
MOST_KEYWORDS = 12
_COVERAGE = 0.6
"""The share of a topic's articles that must be about a name before it stands for all of them."""


def label(
    stories: Sequence[Sequence[Wording]],
    sources: frozenset[str] = frozenset(),
    words: Sequence[str] | None = None,
) -> str:
    """Return a short label for a topic; `sources` are names of publications, which never stand in it.

    `words` are the twelve strongest keywords, where they are known already.
    """
    members = [mention for story in stories for mention in story]
    words = keywords(members, MOST_KEYWORDS) if words is None else words
    return _INITIALS.sub(r"\1.", _label(stories, sources, words))


def _label(
    stories: Sequence[Sequence[Wording]], sources: frozenset[str], words: Sequence[str]
) -> str:
    members = [mention for story in stories for mention in story]
    ranked = names(members, sources)
    shared = [name for name in ranked if _coverage(name, members) >= _COVERAGE]
    parts = [names(list(story), sources) for story in stories] if len(stories) > 1 else [ranked]
    # The largest story's name first; between equal ones the alphabet decides, not the hash of an id.
    named = ((-len(story), part[0]) for story, part in zip(stories, parts, strict=True) if part)
    tops = [name for _, name in sorted(named)]
    heads = unified(tops)
    if not ranked:
        return _plain(words)
    rivals = _rivals(ranked, members) if len(members) > 2 else []
    if rivals:
        return " / ".join(rivals)
    few = len(heads) > 1 and len(stories) <= _MOST_NAMES
    if few and not _leads(shared[:1], tops):
        return " / ".join(heads)
    first = shared[0] if shared else ranked[0]
    if len(members) == 1 and not _carries(first, members[0]):
        return ""
    noun = _noun(first, members, words)
    second = next((name for name in shared[1:] if _in_titles(name, members) >= 0.5), "")
    mentioned = noun and (len(members) == 1 or _in_titles(noun, members) >= 0.5)
    if second and not (len(stories) == 1 and mentioned):
        joined = f"{first} {second}"
        return joined if _is_one(joined, second, members) else f"{first} / {second}"
    return f"{first} {noun}".strip()


def headline(title: str, text: str, words: Sequence[str] = ()) -> str:
    """Return a label for an article that names nobody: its title, or a whole part of it, else `words`."""
    shown = " ".join((title.strip() or text.strip()[:_HEADLINE_CHARS]).split()).rstrip(".:,;–—- ")
    if title.strip() and len(shown.split()) <= _HEADLINE_WORDS:
        return shown
    for part in _CLAUSE.split(shown)[:1]:
        if 2 <= len(part.split()) <= _HEADLINE_WORDS:
            return part.strip()
    return " ".join(words[:3]) or " ".join(shown.split()[:3])


def _is_one(joined: str, second: str, members: Sequence[Wording]) -> bool:
    """Say whether two names read as one: where the sources write them so, or the second is an acronym."""
    return (second.isupper() and len(second) <= _ACRONYM_CHARS) or any(
        run.startswith(joined) for member in members for run in member.runs
    )


def keywords(members: Sequence[Wording], count: int = 6) -> tuple[str, ...]:
    """Return the words that tell a topic from others, the strongest first, each as it is written."""
    score: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for member in members:
        mention = member.mentions
        top = max(mention.words.values(), default=1)
        for word, found in mention.words.items():
            if len(word) < 2 or word[0].isdigit() or word in CALENDAR or has_unspaced(word):
                continue
            term = stems([word], mention.language)[0]
            rare = max(0.0, 6.5 - max(zipf(word, mention.language), 3.0))
            score[term] += (found / top + (word in mention.title_words)) * rare  # type: ignore[assignment]
            forms.setdefault(term, Counter())[member.cased.get(word, word)] += found
    best = sorted(score.items(), key=lambda item: (-item[1], item[0]))[:count]
    return tuple(min(forms[t].items(), key=lambda item: (-item[1], item[0]))[0] for t, _ in best)


def _carries(name: str, member: Wording) -> bool:
    """Say whether a name stands in the title or comes back, so that it can carry the label alone."""
    words = set(name.lower().split())
    return words <= member.mentions.title_names or any(member.mentions.names[w] > 1 for w in words)


def _coverage(name: str, members: Sequence[Wording]) -> float:
    return sum(about(name, member) for member in members) / len(members)


def _rivals(ranked: Sequence[str], members: Sequence[Wording]) -> list[str]:
    """Return two names that divide a topic between them, where what they share is no subject of its own.

    What all articles mention (an exchange, a court, a country) but few titles begin with only says where
    it happens; the names that the titles are about say who.
    """
    common = [n for n in ranked if all(_mentioned(n, m) for m in members)]
    opened = sum(
        bool(m.title_runs) and alike(m.title_runs[0], common[0]) for m in members if common
    )
    if not common or opened >= 0.5 * len(members):
        return []
    others = [n for n in ranked if n not in common and _in_titles(n, members) > 0]
    heads: Counter[str] = Counter()
    for member in members:
        share = salience(member)
        language = member.mentions.language
        own = [(share.get(n, 0.0) * distinction(n, language), n) for n in others]
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
    return bool(shared) and sum(alike(shared[0], top) for top in tops) > 0.5 * len(tops)


def _noun(name: str, members: Sequence[Wording], words: Sequence[str]) -> str:
    """Return the word for what happened: in the titles, beside the name, or often in the text."""
    score: Counter[str] = Counter()
    own = name.lower().split()
    for member in members:
        mention = member.mentions
        for word in sorted(EVENTS & mention.words.keys()):
            beside = any((part, word) in member.follows for part in own)
            value = min(mention.words[word], 5) / 5 + (word in mention.title_words) + 1.0 * beside
            score[word] += value  # type: ignore[assignment]
    telling = {word.lower() for word in words} if len(members) > 2 else score.keys()
    common = [
        word
        for word in score
        if word not in own and word in telling and _share(word, members) >= 0.5
    ]
    best = min(common, key=lambda word: (-score[word], word), default="")
    strong = 0.6 if len(members) == 1 else 0.25
    if best and score[best] >= strong * len(members):
        return best
    return _theme(own, members, words[:8]) if len(own) == 1 else ""


def _theme(own: Sequence[str], members: Sequence[Wording], words: Sequence[str]) -> str:
    """Return the strongest word that most articles share and that is no name."""
    for word in words:
        plain = word.lower()
        named = sum(plain in member.mentions.names for member in members)
        verb = plain.endswith(("ed", "ing", "ly")) or stems([plain])[0] in _event_stems()
        proper = named or word != plain
        again = len(members) > 1 or members[0].mentions.words[plain] > 2
        fits = (
            len(plain) > 3 and again and not proper and not verb and not alike(plain, " ".join(own))
        )
        if fits and _share(plain, members) >= _COVERAGE and _is_mentioned(plain, members):
            return plain
    return ""


@cache
def _event_stems() -> frozenset[str]:
    """Return the stems of the words for what happens: another word of such a stem is its verb."""
    return frozenset(stems(sorted(EVENTS)))


def _is_mentioned(word: str, members: Sequence[Wording]) -> bool:
    """Say whether a word stands in enough titles; where no article has one, any word of the texts does."""
    titled = any(member.mentions.title_words for member in members)
    return not titled or _in_titles(word, members) >= _MENTIONED


def _share(word: str, members: Sequence[Wording]) -> float:
    return sum(word in member.mentions.words for member in members) / len(members)


def _plain(words: Sequence[str]) -> str:
    """Return a label for articles without names: their strongest words."""
    text = " ".join(words[:3])
    return text[:1].upper() + text[1:]


def names(members: Sequence[Wording], sources: frozenset[str]) -> list[str]:
    """Return the names of a topic, the one it is most about first."""
    score: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for mention in members:
        for name, share in salience(mention).items():
            score[name.lower()] += share * distinction(name, mention.mentions.language)  # type: ignore[assignment]
            forms.setdefault(name.lower(), Counter())[name] += 1
    kept = [(name, value) for name, value in score.items() if name not in sources]
    ranked = unified(
        [_form(forms[name]) for name, _ in sorted(kept, key=lambda item: (-item[1], item[0]))]
    )
    return unified(_full(name, members) for name in ranked)


def _form(forms: Counter[str]) -> str:
    """Return the commonest way to write a name; capitals alone only where nobody writes it otherwise."""
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form))


def salience(member: Wording) -> dict[str, float]:
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


def distinction(name: str, language: str) -> float:
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
    return "" if len(parts) == 1 and parts[0].lower() in OFFICES else " ".join(parts)


def _full(name: str, members: Sequence[Wording]) -> str:
    """Return the full form of a name of one word, where half of the articles give it."""
    if " " in name:
        return name
    found: Counter[str] = Counter()
    for member in members:
        holding = {_bare(run) for run in member.runs if name in run}
        found.update(run for run in holding if name in run.split() and " " in run)
    best = min(found.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    people = len(best[0].split()) == 2 and best[0].split()[-1] == name
    return best[0] if people and best[1] >= 0.5 * len(members) else name


def alike(one: str, other: str) -> bool:
    """Say whether two names share a word, or the stem of one ("Iran", "Iranian"); full stops do not count."""
    ours, theirs = one.lower().replace(".", "").split(), other.lower().replace(".", "").split()
    return any(
        a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)))
        for a in ours
        for b in theirs
    )


def unified(names: Iterable[str]) -> list[str]:
    """Drop a name that only repeats the words of a better one."""
    kept: list[str] = []
    for name in names:
        if not any(alike(name, better) for better in kept):
            kept.append(name)
        if len(kept) == 12:
            break
    return kept


def about(name: str, member: Wording) -> bool:
    """Say whether an article is about a name: in its title, or often in its text."""
    words, mention = set(name.lower().split()), member.mentions
    if words <= mention.title_names:
        return True
    most = max(mention.names.values(), default=1)
    return min((mention.names[word] for word in words), default=0) >= 0.25 * most
