"""What an article mentions: its terms, its names and its numbers, as counts.

Names are runs of capitalised words. A capital proves nothing at the start of a sentence, in a headline
in Title Case or in one in CAPITALS; there a word counts as a name only where the running text, or its
rarity in the background, says so.
"""

import re
from collections import Counter
from dataclasses import dataclass

from digest.models import Article
from digest.text.terms import stems, stop_words, zipf

TOKEN = re.compile(r"[^\W_]+(?:[.'’&\-][^\W_]+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"[.!?…:;|\n\"“”‘(\[—–•]\s*$")
_GLUE = frozenset(
    ("of", "the", "de", "la", "du", "van", "von", "al", "bin", "and", "&", "y", "der")
)
_TITLE_CASE = 0.7
"""The share of a title's longer words with a capital from which its capitals prove nothing."""
_RARE = 4.0
"""Words below this Zipf value may be names where case says nothing."""
_BODY_CHARS = 20_000
"""News is told at the top; what comes later is read for nothing but time."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its case, and what stands before it."""

    surface: str
    key: str
    start: int
    initial: bool
    """True at the start of a sentence, a quotation or a bracket, where a capital proves nothing."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one article mentions; all keys are lower case but those of `runs`."""

    terms: Counter[str]
    title_terms: frozenset[str]
    names: Counter[str]
    """Single words of names, e.g. `super` and `micro`."""
    title_names: frozenset[str]
    numbers: frozenset[str]
    runs: Counter[str]
    """Whole names as they are written, e.g. `Super Micro`."""
    title_runs: tuple[str, ...]
    zipfs: dict[str, float]
    """The highest background frequency among the words of each term."""
    length: int
    """Words that are not stop words."""
    language: str


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order, with their case."""
    found, previous = [], 0
    for match in TOKEN.finditer(text):
        gap = text[max(previous, match.start() - 3) : match.start()]
        initial = match.start() == 0 or previous == 0 or bool(_SENTENCE_END.search(gap))
        surface = _bare(match.group())
        found.append(Token(surface, surface.lower(), match.start(), initial))
        previous = match.end()
    return found


def _bare(word: str) -> str:
    """Drop a possessive ending."""
    word = word.replace("’", "'")
    if word.endswith(("'s", "'S")):
        return word[:-2]
    return word


def _is_capital(word: str) -> bool:
    return word[0].isupper() or (
        any(c.isupper() for c in word[1:]) and any(c.islower() for c in word)
    )


def case_proves_nothing(title: list[Token]) -> bool:
    """Say whether a headline is in Title Case or CAPITALS, so that its capitals name nobody."""
    long = [token for token in title if len(token.surface) > 3 and token.surface[0].isalpha()]
    capital = sum(token.surface[0].isupper() for token in long)
    return bool(long) and capital >= _TITLE_CASE * len(long) and len(long) > 1


def name_keys(body: list[Token], language: str) -> set[str]:
    """Return the words that the running text writes with a capital where it need not."""
    stops = stop_words(language)
    middle: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    initial: Counter[str] = Counter()
    for token in body:
        if not token.surface[0].isalpha() or token.key in stops:
            continue
        if not _is_capital(token.surface):
            lower[token.key] += 1
        elif token.initial:
            initial[token.key] += 1
        else:
            middle[token.key] += 1
    sure = {key for key, count in middle.items() if count > lower[key]}
    return sure | {k for k in initial if not lower[k] and not middle[k] and zipf(k, language) < 3.0}


def _runs(found: list[Token], text: str, keys: set[str]) -> list[str]:
    """Return the runs of name words, as the text has them."""
    runs: list[list[Token]] = []
    for token in found:
        if token.key not in keys or not _is_capital(token.surface):
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and len(runs[-1]) < 4:
            gap = text[last.start + len(last.surface) : token.start]
            if gap == " ":
                runs[-1].append(token)
                continue
        runs.append([token])
    return [" ".join(token.surface for token in run) for run in runs]


def read(article: Article) -> Mentions:
    """Return what `article` mentions. A text that only repeats the title is read once."""
    language = article.language
    title, text = article.title, article.text[:_BODY_CHARS]
    if text.strip() == title.strip():
        text = ""
    head, body = tokens(title), tokens(text)
    stops = stop_words(language)
    keys = name_keys(body, language)
    if case_proves_nothing(head):
        lower = {t.key for t in body if not _is_capital(t.surface)}
        for t in head:
            if t.key not in stops and t.key not in lower and zipf(t.key, language) < _RARE:
                keys.add(t.key)
    else:
        keys |= {
            t.key
            for t in head
            if t.key not in stops
            and t.surface[0].isalpha()
            and _is_capital(t.surface)
            and (not t.initial or zipf(t.key, language) < _RARE)
        }
    keys = {key for key in keys if len(key) > 1}
    title_runs = _runs(head, title, keys)
    head_words = [t.key for t in head if t.key not in stops]
    body_words = [t.key for t in body if t.key not in stops]
    counts = Counter(stems(body_words, language))
    title_terms = stems(head_words, language)
    counts.update(title_terms)
    names = Counter(t.key for t in body if t.key in keys and _is_capital(t.surface))
    title_names = frozenset(t.key for t in head if t.key in keys)
    names.update(title_names)
    return Mentions(
        terms=counts,
        title_terms=frozenset(title_terms),
        names=names,
        title_names=title_names,
        numbers=frozenset(n for n in NUMBER.findall(f"{title} {text}")),
        runs=Counter(_runs(body, text, keys)) + Counter(title_runs),
        title_runs=tuple(title_runs),
        zipfs=_zipfs(head_words + body_words, language),
        length=len(head_words) + len(body_words),
        language=language,
    )


def _zipfs(found: list[str], language: str) -> dict[str, float]:
    result: dict[str, float] = {}
    unique = sorted(set(found))
    for word, term in zip(unique, stems(unique, language), strict=True):
        result[term] = max(result.get(term, 0.0), zipf(word, language))
    return result
