"""Whether the sections of a page are articles or parts of one: evidence that needs no words of any site.

Where they lead, whether they are dated, what stands above the first, whether the page's own title speaks of
what they speak of, or says how many they are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from digest.length import count_words
from digest.models import Block
from digest.text.dates import CALENDAR

MOST_OF_PAGE = 0.6
"""Of a page's words its links or its longest item hold, or of its titles begin alike."""
MOST_TITLE = 25  # words of a title
NAME = 8
"""Letters of a title that can be told from any word in another."""
_FEWEST_COUNTED = 3
_NUMBERS = {
    count: words.split()
    for count, words in enumerate(
        (
            "three drei trois tres tre",
            "four vier quatre cuatro quattro",
            "five fünf cinq cinco cinque",
            "six sechs seis sei",
            "seven sieben sept siete sette",
            "eight acht huit ocho otto",
            "nine neun neuf nueve nove",
            "ten zehn dix diez dieci",
            "eleven elf onze once undici",
            "twelve zwölf douze doce dodici",
        ),
        _FEWEST_COUNTED,
    )
}
PERIODICAL = re.compile(
    r"(?i)\b(?:newsletter|news|weekly|monthly|daily|digest|bulletin|gazette|round-?up|dispatch|edition"
    r"|issue|vol(?:ume)?|this\s(?:week|month)|week\s(?:in|of)|briefs?|briefing|letters?|magazine|journal"
    r"|archives?|headlines|updates?"
    r"|nachrichten|neuigkeiten|rundbrief|wochen\w+|monats\w+|ausgabe|meldungen|presseschau|aktuell\w*"
    r"|actualités?|nouvelles|revue|lettre|semaine|brèves|bref|infolettre|noticias|boletín|semana|resumen"
    r"|notizie|settimana|notiziario|nieuws\w*|nyheter|nyhetsbrev|uutis\w+|aktuality|wiadomości|haber\w*|boletim)\b"
    r"|новости|вестник|дайджест|週|周刊|周报|月刊|ニュース|新闻|通讯|뉴스|#\s?\d{1,4}\b|\bn[o°º]\.?\s?\d"
    r"|\b(?:19|20)\d\d\b"
)
"""What names a publication, or one issue of it, in its title."""
PARTS_OF_ONE = re.compile(
    r"(?i)(?:\d+(?:\.\d+)*\.?\s+)?(?:introduction|background|overview|summary|abstract|conclusions?|results?"
    r"|methods?|discussion|references|see also|external links|notes|history|contents|installation|usage"
    r"|license|acknowledge?ments?|appendix|further reading|bibliography|sources|faq|requirements|examples?"
    r"|getting started|einleitung|fazit|zusammenfassung|geschichte|weblinks|einzelnachweise|literatur"
    r"|introducción|conclusión|historia|referencias|conclusion|histoire|références|notes et références"
    r"|voir aussi|step \d+.*|part \w+.*|chapter \w+.*|day \d+.*|kapitel \w+.*|teil \w+.*|chapitre \w+.*)"
)
"""Headings that name a part of a text by what it is to the whole."""
_MANY = 10  # items are hardly sections of one article
_GREETING = 20  # words above the first item are no lead yet
_LEAD_SHARE = 0.3  # of all words above the first item: an article's lead
_NAME_WORDS, _INTRODUCED = 3, 12
"""Titles of so few words are names, and more words above the first introduce them."""
_WORD = re.compile(r"\w{4,}")
_STEM = 6  # letters stand for a word in its forms
_SAMPLE = 150  # words of an item show what it speaks of
_NOT_LETTERS = re.compile(r"[\W_\d]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and what stands below it."""

    title: str
    blocks: tuple[Block, ...] = ()
    link: str = ""
    dated: bool = False
    brief: bool = False
    """A headline that leads to a text elsewhere, with a few words at most."""
    addressed: bool = False
    """Its link is an address written out below the title, so that it needs no words."""

    @property
    def words(self) -> int:
        return words_in(self.blocks)

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)


def words_in(blocks: Sequence[Block]) -> int:
    """Return how many words blocks have."""
    return sum(count_words(block.text) for block in blocks)


def letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def evidence(
    sections: Sequence[Section], title: str, opening: int, tab: str = "", above: str = ""
) -> dict[str, float]:
    """Return what speaks for several articles (above 0) and for one.

    `opening` is how many words stand above the first, `above` a line there that may be their title.
    """
    count = len(sections)
    sizes = [section.words for section in sections]
    titles = [section.title for section in sections]

    def share(found: Iterable[object]) -> float:
        return sum(map(bool, found)) / count

    parts = share(PARTS_OF_ONE.fullmatch(name.rstrip(".")) for name in titles)
    asked = share(name.rstrip().endswith("?") for name in titles)
    numbered = share(name[:1].isdigit() for name in titles)
    periodical = bool(PERIODICAL.search(title))
    alone = max(sizes) >= MOST_OF_PAGE * sum(sizes) and count < _MANY
    own = letters(titles[0])
    telling = median(count_words(name) for name in titles)
    named = telling <= _NAME_WORDS and not any(section.brief for section in sections)
    products = named and opening > _INTRODUCED and not periodical  # of one article, under its lead
    return {
        "bias": -0.5,
        "periodical": 1.5 * periodical,
        "links": (1.0 if products else 2.5)
        * (share(leads_away(section.link) for section in sections) >= 0.6),
        "dated": 2.5 * (share(section.dated for section in sections) >= 0.5),
        "opening": 1.5 if opening < 12 else -1.0 if opening > 60 else 0.0,
        "lead": -(4.0 if opening > 60 else 2.0 * (named and opening > _GREETING))
        * (opening >= _LEAD_SHARE * sum(sizes)),
        "counted": -4.0 * _says_how_many(f"{title} {tab} {above}", count),
        "alike": -2.5 * (opening > _GREETING and _alike(titles) >= MOST_OF_PAGE and not periodical),
        "own title": -3.0 * (len(own) >= NAME and own in letters(f"{title} {tab}")),
        "parts": -3.0 * (parts >= 0.25) - 1.0 * (parts >= 0.15),
        "many": 1.0 * (count >= _MANY),
        "asked": -1.5 * (asked >= 0.5),
        "numbered": -1.0 * (numbered >= 0.5),
        "telling titles": 1.0 * (telling >= 4) - 1.0 * (telling <= 2),
        "recurs": _recurrence(sections, title),
        "one alone": -3.0 * (alone and not periodical),
    }


def _says_how_many(title: str, count: int) -> bool:
    """Return whether the title of a list counts its entries: `Five ways to ...`."""
    words = title.lower().split()[: MOST_TITLE * 2]
    return count >= _FEWEST_COUNTED and not {str(count), *_NUMBERS.get(count, ())}.isdisjoint(words)


def _alike(titles: Sequence[str]) -> float:
    """The share of the titles that begin with one word, as the entries of a comparison do."""
    firsts = Counter(title.lower().split()[0] for title in titles if title.split())
    return max(firsts.values(), default=0) / len(titles)


def _recurrence(sections: Sequence[Section], title: str) -> float:
    """How often the sections speak of what the page's title speaks of."""
    if not (known := _content(PERIODICAL.sub(" ", title))):
        return 0.5
    samples = (f"{one.title} {' '.join(one.text.split()[:_SAMPLE])}" for one in sections)
    share = sum(not known.isdisjoint(_content(sample)) for sample in samples) / len(sections)
    return -1.5 if share >= 0.6 else 1.0 if share <= 0.2 else 0.0


def _content(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {word[:_STEM] for word in words if not word.isdigit() and word not in CALENDAR}


def leads_away(link: str) -> bool:
    return bool(link) and not link.startswith("#")
