"""Count what misleads in summaries, with a checker that shares no code with the guard it judges.

It knows the source only as text: a chosen sentence is followed on by the next one where nothing but white
space stands between them. It looks for an opening word that points back at a sentence that is not there, a
stretch of time counted from what is not told, a thing named as if it were known ("The company said"), a
quotation that is not whole, a quotation without a speaker, and what is no statement at all.
"""

from __future__ import annotations

import re
from collections import Counter

from digest.models import Article, Summary

POINTS_BACK = re.compile(
    r"^\W*(?!this (?:year|month|week|weekend|season|spring|summer|autumn|fall|winter"
    r"|morning|afternoon|evening)\b)"
    r"(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|this|that|these|those|but|and|or|so|yet"
    r"|however|therefore|thus|moreover|furthermore|instead|nevertheless|nonetheless|otherwise|meanwhile"
    r"|also|then|still|besides|hence|consequently|similarly|likewise|additionally|both|neither|such"
    r"|for example|for instance|in addition|as a result|in contrast|on the other hand|after that"
    r"|in other words|in fact|that said|even so|of course|at the same time|the latter|the former)\b",
    re.IGNORECASE,
)
UNTOLD_DAY = re.compile(
    r"^\W*(?:(?:about|nearly|almost|just|only|less|more|than|over|some|a|an|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|few|several|\d+)\s)*(?:hours?|days?|weeks?|months?|years?|minutes?|moments?|decades?)"
    r" (?:later|earlier|(?:before|after),)|^\W*the (?:next|following|same|previous) "
    r"(?:day|night|morning|week|month|year)\b|^\W*earlier that\b",
    re.IGNORECASE,
)
DEFINITE = re.compile(
    r"^\W*The (?:[a-z0-9][\w-]* )?([a-z][\w-]*) (?:said|says|was|were|is|are|has|have|had|will|would|could|can"
    r"|may|might|came|comes|did|does|also|then|later|told|announced|began|started|took|made|shows?|showed)\b"
)
KNOWN_TO_ALL = frozenset(
    """government president police world public sun moon internet economy country nation state pope weather
    queen king army military court media press market markets authorities officials prime opposition""".split()
)
SPOKEN = re.compile(r"\"[^\"]*\"|“[^”]*”")


def runs(article: Article, summary: Summary) -> list[str]:
    """The stretches of the article that the summary takes over unbroken."""
    found: list[tuple[int, int]] = []
    for sentence in sorted(summary.sentences, key=lambda s: s.start):
        if found and not article.text[found[-1][1] : sentence.start].strip():
            found[-1] = (found[-1][0], sentence.end)
        else:
            found.append((sentence.start, sentence.end))
    return [article.text[start:end] for start, end in found]


def failures(article: Article, summary: Summary) -> Counter[str]:
    """What misleads in one summary, by kind."""
    kinds: Counter[str] = Counter()
    told = article.title
    for run in runs(article, summary):
        kinds["points back"] += bool(POINTS_BACK.match(run))
        kinds["untold day"] += bool(UNTOLD_DAY.match(run))
        kinds["bare definite"] += _is_bare(run, told) and not article.text.lstrip().startswith(run)
        told += " " + run
        broken = run.count('"') % 2 or run.count("“") != run.count("”")
        kinds["half a quotation"] += bool(broken)
        outside = re.findall(r"\w+", SPOKEN.sub(" ", run))
        kinds["no speaker"] += not broken and bool(SPOKEN.search(run)) and len(outside) < 2
    for sentence in summary.sentences:
        kinds["no statement"] += not re.search(r"[.!…][\"'”’)\]]*$", sentence.text)
    return +kinds


def _is_bare(run: str, told: str) -> bool:
    """True where a run opens with a thing as if it were known, and neither title nor summary has named it."""
    match = DEFINITE.match(run)
    return match is not None and match[1] not in KNOWN_TO_ALL and match[1] not in told.lower()
