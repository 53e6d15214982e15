"""A title for an article that came without one, made of the article's own words."""

import re
from collections import Counter

from digest.splitting.patterns import Wording
from digest.text.sentences import sentence_spans
from digest.text.terms import stop_words

_NAME = Wording(r"[A-ZÀ-Þ][\w’'-]*[\wß](?:[ -][A-ZÀ-Þ][\w’'-]*\w){0,3}|[A-Z]{2,}")
_DANGLING = Wording(
    r"[“\"‘'(]|(?:But|And|Or|So|He|She|It|They|His|Her|Its|Their|This|That|These|Those|Then|Also"
    r"|We|I|You|There|Here)\b"
)
_SAMPLE = 12_000
_LEAD = 0.2
"""What standing first is worth, against naming all that the article names most."""
_TELLING = 0.5
_ADDRESS = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Herr|Frau|Mme)\.? ")


def name_of(text: str, language: str = "en") -> str:
    """Return a title: the short sentence that names most of what the text names most, the first above all.

    Where no sentence is short enough, the names themselves are the title.
    """
    sample = text[:_SAMPLE]
    salient = _salient_names(sample, language)
    best: tuple[float, int, str] | None = None
    for place, (start, end) in enumerate(sentence_spans(sample, language)):
        sentence = sample[start:end]
        if not _fits(sentence) or not any(name in sentence for name in list(salient)[:1]):
            continue
        score = _LEAD / (1 + place) + sum(salient[name] for name in salient if name in sentence)
        if score >= _TELLING and (best is None or score > best[0]):
            best = (score, place, sentence)
    if best:
        return best[2].rstrip(".… ").strip()
    if salient:
        return ", ".join(list(salient)[:3])
    words = text.split("\n\n", 1)[0][:400].split()
    return " ".join(words[:10]).rstrip(".,;: ") + ("…" if len(words) > 10 else "")


def _fits(sentence: str) -> bool:
    """Whether a sentence can stand alone as a title: short, whole, and not leaning on the one before."""
    words = sentence.split()
    return (
        4 <= len(words) <= 14
        and sentence[0].isupper()
        and sentence[-1] in ".!?…"
        and not _DANGLING.match(sentence)
        and not any(mark in sentence for mark in '“”"\n')
    )


def _salient_names(text: str, language: str) -> dict[str, float]:
    """The names that the text uses most with their shares, a name within another counted with it."""
    stops = stop_words(language)
    counts: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = _ADDRESS.sub("", match.group())
        if name.lower() in stops or (len(name) < 3 and not name.isupper()):
            continue
        begins = match.start() < 2 or text[match.start() - 2] in '.!?\n“"'
        counts[name] += 0 if begins and " " not in name and not name.isupper() else 1
    ranked = sorted(
        (name for name in counts if counts[name] > 1),
        key=lambda name: (-counts[name], text.find(name), name),
    )
    found: dict[str, float] = {}
    for name in ranked[:12]:
        if len(found) < 4 and not any(name in other or other in name for other in found):
            found[name] = float(counts[name])
    total = sum(found.values())
    return {name: count / total for name, count in found.items()}
