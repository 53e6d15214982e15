"""Robot checks, log-ins and other pages that stand in place of one, told by their set words."""

import re
from functools import cache
from importlib.resources import files

from digest.length import count_words

_MOST_WORDS = 130
"""Of such a page, by those that were seen."""
_FEW_WORDS = 50
_SAID = 3
"""So many things of one kind are said on a page of few words; one more is asked for on a longer one."""
_NOTICE = 15
"""Words of a mere notice, of which most belong to its kind."""
_DENSE = 0.25
"""From this share of words of its kind a page need not speak to its reader."""
_THIN = 0.1
"""Below this share it is a report about one."""
_READER = re.compile(
    r"\b(?:you|your|please|sie|ihre?[nmrs]?|bitte|vous|votre|vos|veuillez|usted|tus?|sus?|por favor|prego|tuo"
    r"|uw|je|jouw|alstublieft|você|seu|sua|suo|tua|compruebe|haga|intente|pruebe|pulse|utilice|vuelva|clicca|riprova|tente"
    r"|clique[zr]?|essayez|probeer|controleer|klik)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def interstitial(title: str, text: str) -> str:
    """Return what a page is that is none, as `a robot check`; empty for one that may hold an article."""
    size = count_words(text)
    if size > _MOST_WORDS:
        return ""
    tokens = _WORD.findall(f"{title} {text}".lower())
    said = {kind: [pattern.match(token) for token in tokens] for kind, pattern in _kinds().items()}
    counts = {kind: len({one.lastindex for one in found if one}) for kind, found in said.items()}
    kind = max(counts, key=counts.__getitem__)
    share = sum(one is not None for one in said[kind]) / max(1, len(tokens))
    speaks = _READER.search(text) is not None or share >= _DENSE
    least = _SAID - (size <= _NOTICE and share >= _DENSE) + (size > _FEW_WORDS)
    enough = counts[kind] >= least
    return kind if enough and speaks and share >= _THIN else ""


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    """The words of each kind, as a pattern with a group for each thing that is said."""
    text = files("digest.readers").joinpath("interstitials.txt").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            groups = kinds[line.strip("[]")] = []
        elif not line.startswith("#"):
            groups.append("|".join(re.escape(word).replace(r"\*", r"\w*") for word in line.split()))
    return {
        kind: re.compile("|".join(f"({group})$" for group in groups))
        for kind, groups in kinds.items()
    }
