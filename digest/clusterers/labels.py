"""The label of a topic, from its articles' own words."""

from collections import Counter
from collections.abc import Sequence

from digest.clusterers.mentions import Mentions
from digest.text.terms import rarity


def label(
    stories: Sequence[Sequence[Mentions]], outside: Counter[str], language: str = "en"
) -> str:
    """Return a short label: the name that all stories share, or the names of the first ones."""
    members = [mention for story in stories for mention in story]
    scores = _scores(members, outside, language)
    if not scores:
        return ""
    shared = [n for n in scores if sum(bool(_mass(m, n)) for m in members) >= 0.7 * len(members)]
    lead = [n for n in shared if any(n in m.title_runs for m in members)] or shared
    heads: list[str] = []
    for story in stories[:2]:
        own = list(_scores(list(story), outside, language))
        heads += [name for name in own[:1] if name not in heads]
    if len(heads) > 1 and (not lead or lead[0] not in heads):
        return " / ".join(heads)
    names = lead[:2] or list(scores)[:1]
    return " ".join(names)


def _leads(name: str, members: Sequence[Mentions]) -> bool:
    return sum(any(name in run for run in m.title_runs) for m in members) >= 0.6 * len(members)


def _mass(mention: Mentions, name: str) -> float:
    return mention.runs[name] + 1.0 * (name in mention.title_runs)


def _scores(members: Sequence[Mentions], outside: Counter[str], language: str) -> dict[str, float]:
    found: Counter[str] = Counter()
    for mention in members:
        total = sum(mention.runs.values()) or 1
        for name in mention.runs:
            found[name] += _mass(mention, name) / total  # type: ignore[assignment]
    scored = {
        n: v * max(rarity(w, language) for w in n.lower().split()) / (1 + outside[n])
        for n, v in found.items()
    }
    return dict(sorted(scored.items(), key=lambda item: (-item[1], item[0])))
