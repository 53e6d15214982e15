"""A title for an article that came without one, made of the article's own words."""

import re
from collections import Counter

from digest.text.terms import stop_words

_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]*[\wß](?:[ -][A-ZÀ-Þ][\w’'-]*\w){0,3}|[A-Z]{2,}")
_SENTENCE = re.compile(r"\S.*?[.!?…][”\"’')\]]*(?=\s|$)|\S.*\S", re.DOTALL)
_SAMPLE = 12000


def name_of(text: str, language: str = "en") -> str:
    """Return a title: a telling short sentence from the opening, which names what the text names most.

    Where no sentence of the opening is short enough, the names themselves are the title.
    """
    salient = _salient_names(text[:_SAMPLE], language)
    opening = text.split("\n\n", 1)[0][:1200]
    for sentence in _SENTENCE.findall(opening)[:2]:
        words = sentence.split()
        if 4 <= len(words) <= 14 and (not salient or any(name in sentence for name in salient[:3])):
            return str(sentence).rstrip(".… ").strip()
    if salient:
        return ", ".join(salient[:3])
    words = opening.split()
    return " ".join(words[:10]).rstrip(".,;: ") + ("…" if len(words) > 10 else "")


def _salient_names(text: str, language: str) -> list[str]:
    """The names that the text uses most, a name within another one counted as that one."""
    stops = stop_words(language)
    counts: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        name = match.group()
        if name.lower() in stops or (len(name) < 3 and not name.isupper()):
            continue
        begins = match.start() < 2 or text[match.start() - 2] in '.!?\n“"'
        counts[name] += 0 if begins and " " not in name and not name.isupper() else 1
    ranked = sorted(
        (name for name in counts if counts[name] > 1),
        key=lambda name: (-counts[name], text.find(name), name),
    )
    found: list[str] = []
    for name in ranked[:12]:
        if not any(name in other or other in name for other in found):
            found.append(name)
    return found[:3]
