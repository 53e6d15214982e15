"""The names that articles are about, the one that they are most about first, as the sources write them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.clusterers.lexicon import HONOURS, OFFICES
from digest.clusterers.mentions import Wording
from digest.text.calendar import CALENDAR
from digest.text.terms import zipf


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
