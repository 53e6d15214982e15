"""What a page does at its surest boundaries; its other gaps are judged again by it: a page keeps its habits."""

from collections.abc import Mapping, Sequence

from digest.splitting.weights import probability

Evidence = tuple[tuple[str, float], ...]
Verdict = tuple[Evidence, float]
"""The evidence in a gap, and the probability of a boundary there."""

_SURE = 0.85
_FITS = 0.3
_STRANGE = 0.1
_BETWEEN = frozenset({"separator", "end"})
_HABITS = (
    "separator",
    "end",
    "byline",
    "date",
    "mark",
    "numbered",
    "labelled",
    "repeated title",
    "upper case",
)
_SIGNATURE = frozenset({"byline", "date", "mark", "numbered", "labelled"})
"""What a page puts at the head of its articles, and nowhere inside them."""
_SIGNED = frozenset({"byline", "date"})
_OPTIONAL = frozenset({"end"})
"""What an article may do without on a page where others have it, unless several others all have it."""
_SEEN = {"end": 3, "separator": 2}
"""How many must have it before another is judged for lacking it."""
_MOST = 3
_HEAD = frozenset({"end", "byline", "date", "related"})


def by_habit(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts on the gaps of a page, judged again."""
    sure = [dict(evidence) for evidence, confidence in verdicts if confidence >= _SURE and evidence]
    # The header of a mail, or of a record, tells nothing of the items below it.
    header = len(sure) == 1 and sure[0].get("first") and sure[0].get("labelled")
    if not sure or header:
        return list(verdicts)
    page = _Habits(sure)
    judged: dict[Evidence, Verdict] = {}
    found: list[Verdict] = []
    for evidence, confidence in verdicts:
        if not evidence or evidence[0][0] == "first":
            found.append((evidence, confidence))
            continue
        if evidence not in judged:
            judged[evidence] = page.judge(dict(evidence))
        found.append(judged[evidence])
    return found


class _Habits:
    """What most sure boundaries of a page have, and what of it no other boundary may lack."""

    def __init__(self, sure: list[dict[str, float]]) -> None:
        heads = [evidence for evidence in sure if _is_head(evidence)]
        self.listing = _has_list(heads)
        self.heads = [item for item in heads if not (self.listing and _is_item(item))]
        self.capitals = any(evidence.get("upper case") for evidence in sure)
        self.titled = self._are_titled()
        self.kept: list[str] = []
        self.strict: set[str] = set()
        for name in _HABITS:
            inner = [evidence for evidence in sure if "first" not in evidence]
            whole = inner if name in _BETWEEN else self.heads
            kept = sum(evidence.get(name, 0.0) > 0 for evidence in whole)
            if kept and kept >= 0.8 * len(whole):
                self.kept.append(name)
                if kept >= _SEEN.get(name, 1) and (name not in _OPTIONAL or kept == len(whole)):
                    self.strict.add(name)

    def judge(self, evidence: dict[str, float]) -> Verdict:
        """Return the verdict on a gap, with what it keeps and breaks of the habits."""
        if self.titled and _is_ornament(evidence):
            return (), 0.0
        if self.listing and _is_item(evidence):
            evidence["numbered"] = 0.0
        lacking = [name for name in self.strict if evidence.get(name, 0.0) <= 0]
        signature = self.strict & _SIGNATURE
        broken = len(lacking)
        parted = evidence.get("separator again")
        if self._is_telling(evidence) and signature.issubset(lacking) and not parted:
            broken = _MOST
            # A link may name its target twice.
            evidence["repeated title"] = 0.0
        kept = sum(evidence.get(name, 0.0) > 0 for name in self.kept)
        evidence["keeps habits"] = min(kept, _MOST) / _MOST
        evidence["breaks habits"] = min(broken, _MOST) / _MOST
        evidence["odd case"] = evidence.get("upper case", 0.0) * (not self.capitals)
        seen = tuple([item for item in evidence.items() if item[1]])
        return seen, probability(evidence)

    def _is_telling(self, evidence: Mapping[str, float]) -> bool:
        """Whether the heads of the page say much of a gap without what is theirs: two heads, or a full one.

        A newsletter may have its own byline and date above items without; their titles fit their texts.
        """
        signature = self.strict & _SIGNATURE
        fits = evidence.get("title fits", 0.0)
        if len(self.heads) == 1:
            return signature >= _SIGNED and fits < _STRANGE
        return bool(signature) and fits < _FITS and not evidence.get("separator")

    def _are_titled(self) -> bool:
        """Whether the page titles its articles: the first one, which is signed as well, or all of several."""
        first = self.heads[0] if self.heads else {}
        signed = len(self.heads) > 2 or any(first.get(name) for name in _SIGNED)
        return signed and not any(evidence.get("no title") for evidence in self.heads)


def _is_head(evidence: Mapping[str, float]) -> bool:
    """Whether an article surely begins at a sure boundary: it is signed, or its title fits what follows.

    A link or a label beside a pulled-in headline can look like an end, but tells nothing of the page's heads.
    """
    return (
        "first" in evidence
        or any(evidence.get(name) for name in _SIGNATURE)
        or evidence.get("title fits", 0.0) >= _FITS
    )


def _is_item(evidence: Mapping[str, float]) -> bool:
    return bool(evidence.get("numbered")) and not any(evidence.get(name) for name in _SIGNED)


def _has_list(heads: Sequence[dict[str, float]]) -> bool:
    """Whether the numbers of a page count parts of an article: its articles are signed, and have none."""
    signed = [item for item in heads if any(item.get(name) for name in _SIGNED)]
    first = bool(heads) and heads[0] in signed
    return first and len(signed) > 1 and not any(item.get("numbered") for item in signed)


def _is_ornament(evidence: Mapping[str, float]) -> bool:
    """Whether a gap is but a line of ornament, with nothing that heads an article below it."""
    return bool(evidence.get("no title")) and not any(evidence.get(name) for name in _HEAD)
