"""What an article mentions: its terms, its names and its numbers, as counts.

Names are runs of capitalised words. A capital proves nothing at the start of a sentence, in a headline
in Title Case or in one in CAPITALS; there a word counts as a name only where the running text, or its
rarity in the background, says so.

`read` counts the written forms of a text and looks at the place of those alone that somewhere have a capital:
three times as fast as a list of all tokens. A label needs that list, which `word` makes.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from digest.length import has_unspaced
from digest.models import Article
from digest.text.terms import stop_words, zipf
from digest.text.words import cut, lowered, patterns

HONOURS = frozenset(
    """
    mr mrs ms dr prof sir gen president senator sen rep gov governor minister premier chancellor
    inc corp ltd plc co
    """.split()
)
"""Before or after a name, these are no part of it."""
OFFICES = frozenset(
    "captain general judge justice king lady lord pope prince princess queen department dept".split()
)
"""These may be a part of a name ("General Motors", "Prince Harry"), but are none alone."""
RANKS = HONOURS | frozenset(
    """
    actor actress ambassador archbishop attorney author bishop boss captain ceo cfo chairman
    chairwoman chief coach commissioner congressman congresswoman council councillor deputy director
    editor executive first former general governor judge justice lawmaker lawyer leader mayor mep
    mp officer premier professor prosecutor rapper reporter representative republican secretary
    senator sheriff singer spokesman spokeswoman star vice
    """.split()
)
"""What somebody is, written before the name."""
AGENCIES = frozenset("reuters ap afp dpa bloomberg".split())
"""Whose reports other outlets print under a dateline."""
VERBAL = frozenset(
    """
    to will would can could may might shall should must not never also they he she it we you i who
    didn't doesn't don't won't can't couldn't wouldn't isn't did does do and or
    """.split()
)
"""A word after one of these may be a verb."""
EVENTS = frozenset(
    """
    acquisition agreement arrest attack attacks auction backlash ban bankruptcy battle bombing
    bombings boycott breach budget bust buyout cancellation ceasefire charges clash climate
    coalition collapse comeback conference conflict conviction corruption coup crackdown crash
    crisis cyberattack deadlock deal death deaths debt debut default deficit delisting demise
    derailment dispute divorce drought earnings earthquake election elections embargo emergency
    epidemic eruption evacuation execution expansion explosion failure famine feud finale flood
    flooding floods fraud funeral games harvest hearing heatwave hurricane impeachment
    indictment inflation inquiry invasion investigation investment ipo launch lawsuit layoffs
    listing losses massacre merger migration mission murder nomination outage outbreak overhaul
    pact pandemic pension pipeline piracy pledge plunge primary profit profits protest protests
    quake rates recall recession recovery referendum reform rehab resignation results retirement
    revenue riot riots robbery ruling sanctions scandal selloff sentence settlement shooting
    shortage shutdown speech standoff storm strike succession suicide summit takeover tariff
    tariffs tournament treaty trial truce tsunami typhoon vaccine verdict victory war wedding
    wildfire wildfires withdrawal
    """.split()
)
"""Words for what happens in the news: the noun of a label is one of these where one fits."""
LOOSE = frozenset(
    """
    knapp rund etwa fast ungefähr circa ca gut über mindestens höchstens bis mehr weniger
    environ près presque quelque moins plus unos unas casi cerca aproximadamente alrededor más menos
    quasi oltre almeno più meno quase mais bijna ongeveer ruim
    about around nearly almost roughly approximately some over under least most than to fewer
    less from since until day chapter article page number january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec local gmt utc am pm caliber
    """.split()
)
"""Beside a figure, these say that it is vague, earlier, a date, a time or a number in a series."""
SMALL_NUMBERS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
    """.split()
)
"""The numbers that are spelt out in running text, each at its place."""
FORECAST = frozenset(
    ("forecast", "expected", "estimates", "estimated", "economists", "analysts", "could", "would")
)
"""A sentence with one of these does not say what is."""
OUTLOOK = FORECAST | frozenset(
    ("forecasts", "guidance", "outlook", "expects", "sees", "warns", "cautions", "ahead", "will")
)
"""A title with one of these tells of another time than its own."""
ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
MONTHS = {
    name: place
    for place, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,"
        "september sept sep,october oct,november nov,december dec".split(",")
    )
    for name in names.split()
}
"""The months in full and short, with their number from 0."""
SERIES = frozenset(
    """
    anniversary ballot chapter day debate edition episode game hearing heat lap leg match matchday
    meeting night part phase race round season session stage summit test trial volume vote week
    """.split()
)
"""What comes one after the other, each with a number."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BREAKS = frozenset('.!?…:;|\n"“”‘([—–•')
_PARTICLES = frozenset(
    ("de", "du", "la", "le", "del", "der", "van", "von", "al", "bin", "da", "di")
)
_BYLINE = re.compile(
    r"^[ \t]*(?:by|written by|reporting by|editing by|von|par|por)[ \t]+"
    r"((?:[^\W\d_][\w.'’\-]{0,30}[ \t]?){2,4})"
    r"(?=$|[|,(–—]|[ \t]{2}|and )",
    re.IGNORECASE | re.MULTILINE,
)
"""The line that says who wrote it."""
_TAIL = re.compile(r"(?<=\S)[ ](?:[-–—|»]|::)[ ]+(?:[\w.&'’]+[ .…]*){1,4}$")
"""A short last part of a title, commonly the name of the site."""
_TITLE_CASE = 0.7
"""The share of a title's longer words with a capital from which its capitals prove nothing."""
_RARE = 4.0
"""Words below this Zipf value may be names where case says nothing."""
_WORDED_CHARS = 2_500
"""Of so much a label is made."""
BODY_CHARS = 20_000
"""News is told at the top; what comes later is read for nothing but time."""
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "less", "ness", "ment", "ments")
_LEAST = 3.0
"""The Zipf value from which the shorter word is a word, and not a part of a name."""


class Token(NamedTuple):
    """A word of a text with its case, and what stands before it."""

    surface: str
    key: str
    start: int
    initial: bool
    """True at the start of a sentence, a quotation or a bracket, where a capital proves nothing."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one article mentions; the keys are lower-case words."""

    words: Counter[str]
    """All words but stop words, those of the title counted once more."""
    title_words: frozenset[str]
    names: Counter[str]
    """The words of names, e.g. `super` and `micro`."""
    title_names: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How one article words what it mentions, for a label."""

    mentions: Mentions
    title: str
    text: str
    """The beginning of the text; nothing where it only repeats the title."""
    head: list[Token]
    body: list[Token]
    runs: Counter[str]
    """Whole names as they are written, e.g. `Super Micro`."""
    title_runs: tuple[str, ...]
    cased: dict[str, str]
    """A written form of each word."""
    follows: frozenset[tuple[str, str]]
    """A word of a name, and the word that stands beside it ("X's collapse", "collapse of X")."""


@dataclass(frozen=True, slots=True)
class _Parts:
    head: list[Token]
    body: list[Token]
    title: str
    text: str
    keys: set[str]


def read(article: Article, most: int = BODY_CHARS) -> Mentions:
    """Return what an article mentions in its title and in the first `most` characters of its text."""
    text = "" if article.text.strip() == article.title.strip() else opening(article.text, most)
    if has_unspaced(text):
        return _mentions(_parts(replace(article, text=text), BODY_CHARS), article.language)
    stops = stop_words(article.language)
    pieces = patterns(text).parts.split(text)
    forms, counts = pieces[1::2], Counter(pieces[1::2])
    found: Counter[str] = Counter()
    capital, read_forms = set(), []
    for form, count in counts.items():
        _, key, is_name = known = _read_form(form)
        if key not in stops:
            found[key] += count
            read_forms.append((form, known))
            if is_name:
                capital.add(key)
    seen = {form: known for form, known in read_forms if known[1] in capital}
    body = [
        Token(*seen[form][:2], 0, gap != " " and not _BREAKS.isdisjoint(gap))
        for gap, form in zip(pieces[:-1:2], forms, strict=True)
        if form in seen
    ]
    head = tokens(article.title)
    if forms and forms[0] in seen:
        body[0] = body[0]._replace(initial=True)
    keys = _keys(head, body, found, article.language)
    return _counted(head, body, keys, found, article.language)


@lru_cache(maxsize=1 << 17)
def _read_form(form: str) -> tuple[str, str, bool]:
    """Return a written form without a possessive ending, in lower case, and whether it may be a name."""
    token = tokens(form)[0]
    return token.surface, token.key, token.surface[0].isalpha() and _is_capital(token.surface)


def opening(text: str, most: int) -> str:
    """Return the first `most` characters of a text, or fewer, up to a space: news is told at the top."""
    if len(text) <= most:
        return text
    last = text.rfind(" ", 0, most)
    return text[: last if last > 0 else most]


def word(article: Article, *, whole: bool = False) -> Wording:
    """Return how `article` words what it mentions: by its first characters, or as a whole."""
    parts = _parts(article, BODY_CHARS if whole else _WORDED_CHARS)
    cased: dict[str, str] = {}
    for token in parts.body:
        if token.key not in cased or not token.initial:
            cased[token.key] = token.surface
    for token in parts.head:
        shouted = parts.title.isupper() and len(token.surface) > 4
        cased.setdefault(token.key, token.surface.capitalize() if shouted else token.surface)
    title_runs = [
        " ".join(
            cased.get(word.lower(), word) if parts.title.isupper() else word for word in run.split()
        )
        for run in _runs(_without_tail(parts), parts.title, parts.keys)
    ]
    writers = {" ".join(match[1].split()) for match in _BYLINE.finditer(parts.text)}
    in_text = Counter(
        run for run in _runs(parts.body, parts.text, parts.keys) if run not in writers
    )
    return Wording(
        mentions=_mentions(parts, article.language),
        title=parts.title,
        text=parts.text,
        head=parts.head,
        body=parts.body,
        runs=in_text + Counter(title_runs),
        title_runs=tuple(title_runs),
        cased=cased,
        follows=_follows(parts.body, parts.keys) | _follows(parts.head, parts.keys),
    )


def _follows(found: list[Token], keys: set[str]) -> frozenset[tuple[str, str]]:
    pairs = set()
    for one, two in pairwise(found):
        if one.key in keys and two.key not in keys and not two.initial:
            pairs.add((one.key, two.key))
    for one, of, two in zip(found, found[1:], found[2:], strict=False):
        if two.key in keys and of.key in ("of", "at", "in", "for"):
            pairs.add((two.key, one.key))
    return frozenset(pairs)


def without_tail(title: str) -> str:
    """Return a title without the name of the site that may end it (" - Larnby Post")."""
    tail = _TAIL.search(title)
    return title if tail is None else title[: tail.start()]


def _without_tail(parts: _Parts) -> list[Token]:
    end = len(without_tail(parts.title))
    return [token for token in parts.head if token.start < end]


def _runs(found: list[Token], text: str, keys: set[str]) -> list[str]:
    """Return the runs of name words, as the text has them; a particle may stand inside one."""
    runs: list[list[Token]] = []
    for token in found:
        if token.key not in keys or not _is_capital(token.surface):
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and len(runs[-1]) < 4:
            gap = text[last.start + len(last.surface) : token.start]
            if gap == " " or gap[1:-1] in _PARTICLES:
                runs[-1].append(token)
                continue
        runs.append([token])
    return [_written(run, text) for run in runs]


def _written(run: list[Token], text: str) -> str:
    last = run[-1]
    return " ".join([*text[run[0].start : last.start].split(), last.surface])


def _parts(article: Article, most: int) -> _Parts:
    """Take an article apart. A text that only repeats the title is read once."""
    language, title, text = article.language, article.title, article.text[:most]
    if text.strip() == title.strip():
        text = ""
    head, body = tokens(title), tokens(text)
    known = {token.key for token in body}
    return _Parts(head, body, title, text, _keys(head, body, known, language))


def _mentions(parts: _Parts, language: str) -> Mentions:
    stops = stop_words(language)
    found = Counter(token.key for token in parts.body if token.key not in stops)
    return _counted(parts.head, parts.body, parts.keys, found, language)


def _counted(
    head: list[Token], body: list[Token], keys: set[str], found: "Counter[str]", language: str
) -> Mentions:
    """Return what the words of a text (`found`, with their counts) and of its title mention."""
    stops = stop_words(language)
    title_words = [token.key for token in head if token.key not in stops]
    title_names = frozenset(token.key for token in head if token.key in keys)
    names = Counter(t.key for t in body if t.key in keys and _is_capital(t.surface))
    names.update(title_names)
    found.update(title_words)
    return Mentions(found, frozenset(title_words), names, title_names, language)


def _keys(head: list[Token], body: list[Token], known: Container[str], language: str) -> set[str]:
    """Return the words that name somebody; `known` are the words of the running text."""
    keys = _name_keys(body, language) | _title_keys(head, known, language)
    return {key for key in keys if len(key) > 1}


def _name_keys(body: list[Token], language: str) -> set[str]:
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


def _title_keys(head: list[Token], known: Container[str], language: str) -> set[str]:
    """Return the words of a headline that name somebody.

    Where its capitals prove nothing, the running text decides; where that is silent, rarity does.
    """
    stops = stop_words(language)
    blind = case_proves_nothing(head)
    return {
        t.key
        for t in head
        if t.key not in stops
        and t.surface[0].isalpha()
        and _is_capital(t.surface)
        and (not (blind or t.initial) or _is_rare(t.key, known, language))
    }


def _is_rare(word: str, known: Container[str], language: str) -> bool:
    rare = word not in known and zipf(word, language) < _RARE
    return rare and not is_derived(word, language)


@lru_cache(maxsize=100_000)
def is_derived(word: str, language: str) -> bool:
    """Say whether an English word is an inflected or derived form of a word that is more frequent."""
    if language != "en" or len(word) < 5:
        return False
    own = zipf(word, language)
    bases = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    bases += [base + "e" for base in bases if word.endswith(("ing", "ed"))]
    return any(len(base) > 2 and zipf(base, language) > max(own, _LEAST) for base in bases)


def case_proves_nothing(title: Sequence[Token]) -> bool:
    """Say whether a headline is in Title Case or CAPITALS, so that its capitals name nobody."""
    long = [token for token in title if len(token.surface) > 3 and token.surface[0].isalpha()]
    capital = sum(token.surface[0].isupper() for token in long)
    return bool(long) and capital >= _TITLE_CASE * len(long) and len(long) > 1


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order, with their case; pairs of letters where no spaces part the words."""
    found, previous = [], 0
    unspaced = has_unspaced(text)
    for match in patterns(text).word.finditer(text):
        start = match.start()
        gap = text[previous:start]
        initial = not previous or (gap != " " and not _BREAKS.isdisjoint(gap))
        surface = _bare(match.group())
        if unspaced and has_unspaced(surface):
            found += [Token(part, part.lower(), start + at, False) for at, part in cut(surface)]
        else:
            found.append(Token(surface, lowered(surface), start, initial))
        previous = match.end()
    return found


def _bare(word: str) -> str:
    """Drop a possessive ending."""
    if "’" in word:
        word = word.replace("’", "'")
    return word[:-2] if word.endswith(("'s", "'S")) else word


def _is_capital(word: str) -> bool:
    if word.islower():
        return False
    return word[0].isupper() or (not word.isupper() and word.upper() != word.lower() != word)
