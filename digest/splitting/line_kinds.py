"""What single lines say of themselves: the wordings and shapes that the whole web uses around articles."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from digest.splitting.bylines import (
    dated_kind,
    is_byline,
    is_credit,
    is_date,
    without_references,
)
from digest.splitting.lexicon import (
    ADDRESS,
    ADVERT,
    AGENCY_LINE,
    BREAK,
    BUTTONS,
    CAPTION,
    COMMENT,
    CREDIT,
    CREDIT_END,
    CREDIT_TAIL,
    CREDIT_WORDS,
    END,
    FIGURES,
    LEGAL_WORDS,
    LONG_NOTICE,
    NAVIGATION,
    NOTE,
    NOTE_TRIGGERS,
    NOTICE,
    NOTICE_INNER_TRIGGERS,
    NOTICE_OPENING,
    NOTICE_TRIGGERS,
    READER,
    RELATED,
    REPLY,
    SALUTATION,
    SELF,
    SEPARATOR,
    TEASER,
    WALL,
    WIDGET,
    WORDS,
    LazyPattern,
)
from digest.text.characters import SPEECH
from digest.text.dates import find_date

LineKind = Literal[
    "address",
    "advert",
    "byline",
    "caption",
    "comment",
    "credit",
    "date",
    "end",
    "navigation",
    "note",
    "notice",
    "page",
    "related",
    "separator",
    "teaser",
    "widget",
    "",
]
_SHORT = 120
_STRAY = frozenset(" “”„\"'‘’«»‹›!?©®™$€£@×,;:()[]{}")
"""Marks of buttons and of quotations set large; nobody parts articles with them."""
_SPEECH = frozenset(SPEECH)
_CAPTION = 250
_ONE_FIGURE = re.compile(r"(\D+)(\d+)(\D*)")
_TRIGGERS = NOTICE_TRIGGERS | NOTE_TRIGGERS
_TELLING = _TRIGGERS | LEGAL_WORDS
_FEW = 12
_GREETING = 80
_SAMPLE = 3000
"""So much of a paragraph tells whether it is a legal notice; a paragraph may be 50 MB long."""


def kind_of(text: str) -> LineKind:
    """Return what one line is by its own words and shape, or the empty string where they do not settle it.

    Lines of more than 600 characters are never settled by their words.
    """
    if "[" in text[:_SHORT]:
        text = without_references(text)
    if len(text) > 600:
        sample = text[:_SAMPLE]
        legal = LONG_NOTICE.match(text) or is_legal(sample, sample.lower().split())
        return "notice" if legal else ""
    if not any(map(str.isalnum, text)):
        return "widget" if _STRAY.issuperset(text) else "separator"
    if len(text) < 60 and SEPARATOR.fullmatch(text):
        return "separator"
    return _kind_of(_shaped(text)) if len(text) <= _SHORT else _long_kind(text)


def _shaped(text: str) -> str:
    """The text with its figure, if it has but one, as sevens: lists are made of lines that differ by no more.

    No wording asks for the value of a lone figure but for zeros, the 30 below a wire report, and years.
    """
    found = _ONE_FIGURE.fullmatch(text)
    if not found:
        return text
    before, figure, after = found.groups()
    if figure == "30" or figure[:2] in ("19", "20") or not figure.strip("0"):
        return text
    return f"{before}{'7' * len(figure)}{after}"


@lru_cache(maxsize=4096)
def _kind_of(text: str) -> LineKind:
    return _short_kind(text) or _long_kind(text)


def _short_kind(text: str) -> LineKind:
    bare = text.strip(" \t»›→>«‹←<|•·*#▼▲▶►+[](){}-–—:.…!").replace("\u00a0", " ")
    if ":" in text and ADDRESS.fullmatch(text.strip()):
        return "address"
    if FIGURES.fullmatch(text):
        return "date" if is_date(text) and not set(text) & set("%$€£¥₹+−") else "widget"
    if is_date(text):
        return "date"
    meta = dated_kind(bare)
    if meta:
        return meta
    if END.fullmatch(bare) or (text[-1] == ":" and END.fullmatch(text)):
        return "end"
    if is_wall(bare):
        return "notice"
    if ADVERT.fullmatch(text):
        return "advert"
    if is_row_of_buttons(bare):
        return "comment" if REPLY.search(bare) else "navigation"
    if len(bare) <= 80 and RELATED.fullmatch(bare):
        return "related"
    if COMMENT.fullmatch(bare):
        return "comment"
    if WIDGET.fullmatch(bare):
        return "widget"
    if NAVIGATION.fullmatch(bare) or is_menu(text):
        return "navigation"
    if is_byline(text):
        return "byline"
    if is_credit(text):
        return "caption" if ends_in_credit(text) and not CREDIT.fullmatch(text) else "credit"
    return ""


def _long_kind(text: str) -> LineKind:
    if (
        "(" in text[-60:]
        or ":" in text[:40]
        or "aption" in text
        or "ictured" in text
        or text[:1] in "FIPAfipa"
    ) and CAPTION.fullmatch(text):
        return "caption"
    if len(text) <= 400 and ends_in_credit(text):
        return "caption"
    if len(text) <= 220 and TEASER.fullmatch(text) and not BREAK.search(text):
        return "teaser"
    words = text.lower().split()
    telling = _TELLING.intersection(words)
    if len(words) > _FEW and is_legal(text, telling):
        return "notice"
    if calls(text, telling):
        kinds = [_sentence_kind(part) for part in BREAK.split(text)]
        told = [found for found in kinds if found]
        if told and (
            kinds[0]
            or 2 * len(told) > len(kinds)
            or (2 * len(told) == len(kinds) and told[0] == "notice")
        ):
            return told[0]
    if (
        len(text) <= 200
        and "." in text
        and (":" in text or "www" in text)
        and ADDRESS.fullmatch(text)
    ):
        return "address"
    return ""


def ends_in_credit(text: str) -> bool:
    """Whether a line ends in the credit of a picture: `... in May. Photograph: A. Name`, `... (c) dpa/B`."""
    tail = text[-90:]
    agency = "/" in tail or text.endswith((")", ")."))
    if agency and len(text) <= _CAPTION and CREDIT_TAIL.search(tail):
        return True
    if not any(mark in tail for mark in (":", "(", "©", "...", "…")):
        return False
    return any(word in tail for word in CREDIT_WORDS) and CREDIT_END.search(tail, 8) is not None


def is_legal(text: str, split: Collection[str]) -> bool:
    """Whether a text is the publisher's own legal notice: many words of liability, and few others."""
    if len(LEGAL_WORDS.intersection(split)) < 3:
        return False
    words = set(re.findall(r"[a-zà-ÿ]{4,}", text[:1500].lower()))
    told = words & LEGAL_WORDS
    if len(told) < 4 or len(told) < 0.12 * len(words) or not SELF.search(text):
        return False
    return not words & {"said", "told", "says"} and _SPEECH.isdisjoint(text)


_SUBSCRIPTION = LazyPattern(
    r"(?i:\b(?:subscri\w+|abonn\w+|abos?|suscri\w+|abbonat\w+|abbonament\w+|assinant\w+|assinatura|prenumer\w+"
    r"|subskry\w+|wykup\w*|\w*abo"
    r"|membership|probe-?abo)\b)|\b[A-Z]\w*[- ]?(?:Plus|\+)(?!\w)|有料|会員|付费|付費"
)
_LAST_ARTICLE = LazyPattern(
    r"\b(?:last|remaining|left|letzte\w*|dernier|últimos?|restant\w*|ultim\w)\b", re.IGNORECASE
)
_READING = LazyPattern(
    r"\b(?:read(?:ing)?|articles?|stor(?:y|ies)|artikel|(?:weiter)?lesen|lire|lecture|leer|leyendo|artículos?|leggere"
    r"|articoli|ler|lezen|czyta\w+|artykuł\w*)\b|続き|閲覧|记事|記事|阅读|閱讀",
    re.IGNORECASE,
)
_PRICE = LazyPattern(
    r"[£€$¥]\s?\d|\b(?:free|trial|euros?|gratis|gratuit\w*|kostenlos\w*|zł|złot\w+"
    r"|(?:pro|im|al|par|per|a)\s(?:monat|mes|mois|mese|month))\b",
    re.IGNORECASE,
)
_ACCOUNT = LazyPattern(
    r"\b(?:log|sign|anmelden|einloggen|connect\w+|sesión|sessão|accedi|acess\w+|logga|inloggen|account|konto|compte|cuenta)\b|登録|登录",
    re.IGNORECASE,
)
_READER = LazyPattern(
    r"\b(?:you|your|sie|ihre?[mn]?|jetzt|hier|vous|votre|usted|eres|hazte|tus?|sus?|tuo|sei|uw|je|você|get|start|join"
    r"|unlock|keep|continue|subscribe|twoj\w*|twó|ciebie|wykup)\b"
    r"|\A\W{0,2}(?:already|schon|bereits|déjà|ya|già|al|já|redan|allerede)\s|ください|できます|您",
    re.IGNORECASE,
)


def is_wall(text: str) -> bool:
    """Whether a line says that the rest of the text is for subscribers: `To continue reading, subscribe.`.

    It is in a set form, or tells its reader of a subscription, and of reading, a price or an account besides.
    """
    if len(text) > _SHORT:
        return False
    return WALL.fullmatch(text.strip(" \t*_.!»›→>:")) is not None or _sells(text)


def _sells(text: str) -> bool:
    if not (_SUBSCRIPTION.search(text) or _LAST_ARTICLE.search(text)) or not _READER.search(text):
        return False
    said = sum(one.search(text) is not None for one in (_READING, _PRICE, _ACCOUNT))
    return said >= (1 if _SUBSCRIPTION.search(text) else 2)


def is_salutation(text: str) -> bool:
    """Whether a line greets its reader: `Dear reader,`, `Good morning, everyone!`."""
    return text[-1:] in (",", "!") and SALUTATION.fullmatch(text) is not None


def opens_letter(text: str) -> bool:
    """Whether a text begins by greeting its reader."""
    found = SALUTATION.match(text[:_GREETING])
    return found is not None and found.group()[-1] in ",!"


def calls(text: str, split: Collection[str] | None = None) -> bool:
    """Whether a text holds a word without which it is neither notice nor note."""
    return (
        not _TRIGGERS.isdisjoint(text.lower().split() if split is None else split)
        or text[:1] == "©"
        or "©" in text[-80:]
    )


def _sentence_kind(text: str) -> LineKind:
    """What a full sentence is by its words; most hold none of the words that would call for a closer look."""
    words = text.lower().split()
    if "said" in words or "told" in words:
        return ""
    if not NOTE_TRIGGERS.isdisjoint(words) and NOTE.fullmatch(text):
        return "note"
    if text[:1] == "©" or not NOTICE_TRIGGERS.isdisjoint(words):
        if NOTICE_OPENING.fullmatch(text):
            return "notice"
        if not NOTICE_INNER_TRIGGERS.isdisjoint(words) and NOTICE.fullmatch(text):
            return "notice"
    return ""


def addresses_reader(text: str) -> bool:
    """Whether a short text speaks to its reader from the publisher, as notices and advertisements do."""
    if not _SPEECH.isdisjoint(text) or " said" in text:
        return False
    return len(READER.findall(text)) >= max(3, 0.04 * text.count(" "))


def is_row_of_buttons(text: str) -> bool:
    """Whether the line is a row of buttons: `Reply · Like (3)`, `12 comments share hide report`."""
    text = text.lower()
    first = WORDS.search(text)
    if not first or not (first[0] in BUTTONS or first[0].isdigit()):
        return False
    words = [word for word in WORDS.findall(text) if not word.isdigit()]
    return 0 < len(words) <= 8 and all(word in BUTTONS for word in words)


def is_menu(text: str) -> bool:
    """Whether the line is a row of short entries such as `Home | News | Sport`."""
    for mark in ("|", "·", "•", "∙", "›", "»", " > ", " / ", "\t"):
        if mark not in text:
            continue
        parts = [part.strip() for part in text.split(mark)]
        if len(parts) >= 4 and sum(len(part.split()) <= 3 for part in parts) >= len(parts) - 1:
            return find_date(text) is None
        if len(parts) == 3 and all(len(part.split()) <= 1 for part in parts) and mark != " / ":
            return find_date(text) is None and not AGENCY_LINE.fullmatch(text)
    return False
