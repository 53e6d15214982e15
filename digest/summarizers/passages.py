"""The sentences of the articles as the summarizers see them: where they stand and which can be chosen.

Some are barred by their shape alone, whatever they are about: questions, captions, references, what is cut off.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.length import count_words
from digest.models import Article, Sentence
from digest.summarizers.notices import calls_reader, is_notice, is_spoken
from digest.text.bylines import dateline
from digest.text.characters import CLOSERS, ends_sentence
from digest.text.language import detect_language, warn_unless_measured
from digest.text.sentences import paragraph_sentence_spans

_CLOSED = rf"[ \u00a0\u202f]?[{CLOSERS}]*$"
_QUESTION = re.compile(rf"[?？؟;\u037e]{_CLOSED}")
_CUT = re.compile(
    r"(?:…|\.{3,}|\[(?:…|\.{3,})\])[\"'”’»›)\]]*"
    r"(?:\W{0,3}(?:(?:read|see|show|learn) more|more|continue reading|weiterlesen|mehr(?: lesen)?|lire la suite"
    r"|leer más|lees (?:verder|meer)|leggi (?:tutto|di più)|le(?:ia|r) mais)\W{0,3})?$",
    re.IGNORECASE,
)
"""A sentence that its source breaks off, and the link that may follow."""
_CUT_WITHIN = 40
"""Characters at the end in which that stands."""
_PROMOTION = re.compile(
    r"\b(?:is|are|we[’']re) (?:very |so )?(?:proud|excited|thrilled|delighted) to\b"
    r"|\b(?:sind|ist) stolz (?:dar)?auf\b"
    r"|\b(?:are|is) (?:committed|dedicated) to (?:provid|deliver|offer|ensur|help|empower|mak|serv)ing\b"
    r"|\A(?:our|its|unsere|notre|nuestra|the company[’']s) (?:mission|misión|vision|promise)\b"
    r"|\b(?:(?:lowest|best) prices? (?:guaranteed|anywhere)|money[- ]back guarantee"
    r"|while (?:stocks|supplies) last)",
    re.IGNORECASE,
)
"""What a firm says of itself."""
_SELLS = (
    "proud",
    "xcited",
    "hrilled",
    "elighted",
    "stolz",
    "ommitted",
    "edicated",
    "uarantee",
    "anywhere",
    "ission",
    "misión",
    "vision",
    "promise",
    "supplies",
    "stocks",
)
"""One of these stands in each of them: looked for first, for few sentences have one."""
_LETTERS = re.compile(r"[^\W\d_]")
_NOTICE = re.compile(
    r"(?:read|see|find|learn|hear) (?:more|also|full|the full|it here)\b|click (?:here|on)\b|sign up\b"
    r"|thank(?:s| you) for (?:reading|watching|using|visiting|listening|subscribing)\b"
    r"|(?:photo|photograph|image|portrait|picture|video|illustration|posted|foto|bild) (?:by|von|de|di|:)"
    r"|subscribe\b|watch (?:this|the video|more|:)|(?:photo|image|picture|video|source|credit)s?\s*:"
    r"|(?:correction|editor[’']s note|editors[’'] note|note|clarification|update)\b[^.]{0,30}:"
    r"|(?:this|an earlier) (?:story|article|post|version|report)[^.]{0,60}\b"
    r"(?:updated|corrected|misstated|misspelled)"
    r"|for [^.,]{3,120}, see [^.,]{3,80}\.\Z"
    r"|(?:here|(?:in|on) this (?:\w+ ){0,2}(?:article|post|guide|tutorial|episode|video|interview"
    r"|series)),? (?:we|i)\b"
    r"|here(?:[’']s| is| are) (?:how|what|why|where|everything|all you|our|(?:the|some|a few|\w+) (?:\w+ )?"
    r"(?:things|tips|ways|reasons|takeaways))\b"
    r"|hier (?:haben|sprechen|zeigen|erklären|erfahren|lesen) (?:wir|sie)\b|so (?:geht|funktioniert) es\b"
    r"|(?:additional |with )?reporting by\b|(?:follow|like) us\b|all rights reserved|copyright\b|©",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\([^\W\d_a-z][^()]{2,60}\)\s+[^\W\d_a-z]")
"""A credit in brackets before a caption: "(Ann Lee/Harbour Pictures) Boats"."""
_PICTURED = re.compile(
    r"[^\W\d_a-z][\w'’-]*(?: [\w'’-]+){0,4}: [^.]*\b(?:pictured|seen here)\b"
    r"|[^.]{3,120}, pictured (?:here|left|right|above|below|in|with|at|on|last|earlier|this|during|arriving)\b"
    r"|(?:above|below|left|right)[,:] |in this [^.]{0,40}\b(?:photo|photograph|picture|image)\b",
    re.IGNORECASE,
)
"""What tells a caption: what is seen, and where in the picture."""
_BESIDE = re.compile(
    r" (?:gallery|slideshow|photo|picture|image|video|chart|map|graphic|table|figure)s? (?:above|below)\b"
)
"""What stands beside the text on its page."""
_PLACED = re.compile(
    r"\((?:(?:far|top|bottom|second|front|back|second from) )?"
    r"(?:left|right|cent(?:re|er)|middle|[lr]\.|pictured|above|below|links|rechts|mitte|à gauche|à droite"
    r"|au centre|izquierda|derecha|en el centro|izq\.|der\.|a sinistra|a destra|al centro)(?:, [^()]{1,40})?\)",
    re.IGNORECASE,
)
"""Where in a picture somebody stands: "Ann Lee (left) with Bo Ray (right)"."""
_AUTHOR = r"(?:(?:v[ao]n|de[lnr]?|d[aiu]|la|le) )?[^\W\d_a-z][\w'’\u2010-]{1,24}"
_TOLD_QUESTION = re.compile(
    r"(?:(?:Why|How|Where|What to|When to) (?!(?:is|are|was|were|do|does|did|can|could|ever)\b)"
    r"(?![^.]*\b(?:is|are|was|were|remains?|depends?|matters?|says|said)\b)"
    r"|(?:Warum|Wieso|Weshalb|Wie (?!immer|auch|schon|so|im|ein|bereits|bei)"
    r"|Pourquoi|Comment|Por qué|Cómo|Waarom|Hoe) )"
    r"[^,:?]{8,240}\.\Z"
)
"""A question that is told and not answered: "Warum der Hafen schließt – und was das bedeutet."."""
_REFERENCE = re.compile(
    rf"\^ |(?:\[?[0-9]{{1,3}}[\].)]? )?(?:"
    rf"(?:{_AUTHOR},? (?:[A-Z]\.?[ -]?){{1,3}},? (?:(?:and|&) )?){{1,8}}(?:et al\b|\([12][0-9]{{3}}[a-z]?\))"
    rf"|(?:{_AUTHOR} [A-Z]{{1,3}}, ){{1,8}}{_AUTHOR} [A-Z]{{1,3}}\.(?: |$))"
)
"""An entry of a list of references: "Lee A, Ray BC, et al. The tides", "Lee A, Ray BC. The tides"."""
_LOWER = re.compile(
    r"(?!(?:al|bin|d[aeiu]|de[lnr]|el|ibn|l[ae]|ter|v[ao]n)\b)[a-z]{1,20}(?=,? [^\W\d])"
)
"""A sentence that begins in the middle; names such as "de Vries" and "van Dijk" begin so too."""
_PERSON = r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]+){1,3}"
_REPORTER = re.compile(
    rf"(?:The )?[^\W\d_a-z][\w.]*(?: [^\W\d_a-z][\w.]*){{0,2}}(?:[’']s?)? {_PERSON}"
    rf"(?:(?:, | and |, and ){_PERSON}){{0,6}}"
    r" (?:wrote|reported|contributed|reports)(?: (?:and|,)? ?(?:wrote|reported|contributed))?"
    r"(?: (?:this|the) \w+)?(?: (?:from|in|for|to) [\w ,.'’-]{2,60})?\.?\Z"
)
"""Who reported: "Harbour News' Ann Lee reported from Hull"."""
_HANDOVER = re.compile(
    rf"{_PERSON} (?:has|have) (?:more|the (?:latest|story|details))(?: (?:from|on|in)\b|\.)"
)
"""One reporter announces another: "Ann Lee has more from Hull"."""
_BIOGRAPHY = re.compile(
    r"[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3} (?:is|was) (?:an?|the) (?:[\w-]+ ){0,4}"
    r"(?:reporter|writer"
    r"|journalist|editor|columnist|correspondent|contributor|author|producer|photographer|fellow|professor)\b"
)
_CONTRIBUTED = re.compile(
    r"[^.!?]{0,160}\bcontributed (?:to|reporting)\b[^.]{0,40}\b(?:report|story|article|reporting|this)",
    re.IGNORECASE,
)
_DATE_PART = (
    r"(?:[A-Z][a-z]{1,12}|[A-Z]{2,4}|[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,4}(?:st|nd|rd|th)?|at|of)"
)
_DATE = re.compile(rf"{_DATE_PART}(?:[\s,.:|]+{_DATE_PART}){{0,8}}[\s,.:|]*")
_LIST = re.compile(r":\s*\.?$")
_SIGNS, _CODE = "{}\\<>=|", 3
"""Signs of which so many make code or the markup of formulas: "{\\displaystyle A}", "function (name) {}"."""
_SIGN = re.compile(r"[{}\\<>=|]")
_MARKUP = re.compile(r"_{4}|\{[%{]|[%}]\}|/\*|\*/|\([^()]{0,60}\);|\]\[(?![0-9])|::\w")
"""A drawing of signs, a template, a comment in code, a call, a reference of Markdown: one is enough."""
_FIGURE = re.compile(
    r"\b(?:Figs?\.|Figure|Table|Abb\.|Abbildung|Tabelle|Tableau|Tabla) [0-9]"
    r"|\b(?:see|siehe|voir|véase|zie|vedi) (?:above|below|oben|unten|ci-dess(?:ous|us)|abajo|onder|sotto)\b"
)
"""What the page shows and a summary does not: "Fig. 31", "see below"."""
_POINTS = ("Fig", "Tab", "Abb", "see ", "iehe ", "oir ", "éase ", "zie ", "edi ")
"""One of these stands in each of them."""
_MAILBOX = re.compile(r"\w@\w[\w-]{0,60}\.\w")
"""An address to write to: news gives none."""
_STEP = re.compile(r"[0-9]{1,2}[^\W\d_a-z][^\W\d_A-Z]+ ")
"""A step of a recipe, whose number stands at its word: "2Add enough water"."""
_HEADING_WORDS = 12
_DATE_WORDS = 9
_FEWEST_WORDS = 4
_CREDIT_WORDS = 30


def why_barred(
    sentence: str, words: int, alone: bool, headings: frozenset[str], language: str = "en"
) -> str:
    """Return why `sentence` can never stand in a summary, or an empty string.

    `alone` says that it is its whole paragraph. Scripts without spaces count as one long word.
    """
    if alone and sentence in headings:
        return "heading"
    plain = sentence[-1:] == "." and sentence[-2:-1].isalnum()
    if not plain and (reason := _ending(sentence, words, alone)):
        return reason
    if _LETTERS.search(sentence) is None:
        return "no words"
    if words <= _DATE_WORDS and any(map(str.isdigit, sentence)) and _DATE.fullmatch(sentence):
        return "date"
    if not plain and _QUESTION.search(sentence, max(0, len(sentence) - 8)):
        return "question"
    if words - sentence[-2:-1].isspace() < _FEWEST_WORDS and len(sentence) < 30:
        return "fragment"
    if reason := _marked(sentence):
        return reason
    if any(map(sentence.__contains__, _POINTS)) and _FIGURE.search(sentence):
        return "points elsewhere on the page"
    if _CREDIT.match(sentence) or _PICTURED.match(sentence) or _PLACED.search(sentence):
        return "caption"
    if (" above" in sentence or " below" in sentence) and _BESIDE.search(sentence):
        return "caption"
    if _REFERENCE.match(sentence):
        return "reference"
    if words <= _CREDIT_WORDS and (_REPORTER.match(sentence) or _HANDOVER.match(sentence)):
        return "credit"
    if _TOLD_QUESTION.match(sentence):
        return "teaser"
    if _is_notice(sentence.lstrip("\"'“‘([")) or is_notice(sentence, words, language):
        return "" if is_spoken(sentence) else "notice"
    return ""


def _marked(sentence: str) -> str:
    """Why a sentence is barred by the marks in it, or an empty string."""
    if _MARKUP.search(sentence):
        return "code"
    if _SIGN.search(sentence) and sum(map(sentence.count, _SIGNS)) >= _CODE:
        return "code"
    if "@" in sentence and _MAILBOX.search(sentence) and not is_spoken(sentence):
        return "notice"
    if (sentence[0] == "(" or sentence[-2:] == ").") and sentence.count("(") != sentence.count(")"):
        return "half of what stands in brackets"
    return "numbered step" if sentence[0].isdigit() and _STEP.match(sentence) else ""


def _ending(sentence: str, words: int, alone: bool) -> str:
    """Why a sentence is barred by the way it ends, or an empty string."""
    if _LIST.search(sentence, max(0, len(sentence) - 4)):
        return "introduces a list"
    if _CUT.search(sentence, max(0, len(sentence) - _CUT_WITHIN)):
        return "cut off"
    if not ends_sentence(sentence):
        return "heading" if alone and words <= _HEADING_WORDS else "no end"
    return ""


def _is_notice(sentence: str) -> bool:
    if _NOTICE.match(sentence):
        return True
    if any(map(sentence.__contains__, _SELLS)) and _PROMOTION.search(sentence):
        return True
    # The word is looked for first: the pattern tries 160 places, and few sentences have it.
    return "contributed" in sentence.lower() and _CONTRIBUTED.match(sentence) is not None


def opens_small(sentence: str) -> bool:
    """True where a sentence begins in small letters, as the second half of one does."""
    return _LOWER.match(sentence) is not None


def is_biography(sentence: str) -> bool:
    """True where a sentence tells who wrote the article, as its last one may: "Ann Lee is a reporter for"."""
    return _BIOGRAPHY.match(sentence) is not None


_DATELINES = 3
"""A dateline can stand before one of the first sentences; the sentence begins behind it."""
_LAST_WORDS = 2
"""Sentences at the end of an article, in which its author may be told of."""
_FEW_CALLS = 0.1
"""So few sentences that bid the reader do something are no part of what an article tells: a guide has more."""
_TOKENS = 0.5
"""Where so many sentences have a space before their stop, the text was written in tokens; else the short ones
were links, headings and items of lists: "Read the report ." (of 381 in 333 CNN articles nearly all)."""
_LISTED, _LISTED_SHARE = 3, 0.25
"""So many references, and so dense, are a list of them: what stands between is of it, such as titles alone."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Passages:
    """The sentences of all articles in reading order, as parallel tuples."""

    articles: tuple[Article, ...]
    languages: tuple[str, ...]
    """The language of each article."""
    text: tuple[str, ...]
    article: tuple[int, ...]
    """The article each sentence stands in, as an index into `articles`."""
    index: tuple[int, ...]
    """Its number within its article."""
    paragraph: tuple[int, ...]
    """The number of its paragraph within its article."""
    start: tuple[int, ...]
    words: tuple[int, ...]
    """How many words each has, by the one measure of `digest.length`."""
    barred: tuple[str, ...]
    """Why a sentence can never be chosen; empty where it can."""

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.text)

    def extent(self, article: int) -> tuple[int, int]:
        """The first sentence of an article, and the one after its last."""
        return bisect_left(self.article, article), bisect_right(self.article, article)

    def key(self, i: int) -> tuple[str, int]:
        """What names sentence `i` outside: its article's id and where it starts."""
        return self.articles[self.article[i]].id, self.start[i]

    def sentence(self, i: int, score: float) -> Sentence:
        """The value that others are given for sentence `i`."""
        start, text = self.start[i], self.text[i]
        return Sentence(
            self.articles[self.article[i]].id, self.index[i], start, start + len(text), text, score
        )


def passages(articles: Sequence[Article], language: str | None = None) -> Passages:
    """Split the articles into sentences, dated articles first to last, and bar what is none.

    `language` overrules what the articles say; where they say English, a look at the words confirms it.
    """
    ordered = _reading_order(articles)
    languages = tuple(_language(article, language) for article in ordered)
    rows = [
        (sentence, number, k, block, first, words, barred)
        for number, article in enumerate(ordered)
        for k, block, first, sentence, words, barred in _sentences(article, languages[number])
    ]
    text, where, index, paragraph, start, words, barred = (
        zip(*rows, strict=True) if rows else ((),) * 7
    )
    return Passages(ordered, languages, text, where, index, paragraph, start, words, barred)


_Row = tuple[int, int, int, str, int, str]
"""Number, paragraph, start, text, words of a sentence, and why it is barred."""


def _sentences(article: Article, language: str) -> list[_Row]:
    """Return the sentences of an article: with what is barred for its own shape, and for its neighbours'."""
    rows = list(_by_shape(article, language))
    calls = [row[0] for row in rows if not row[-1] and calls_reader(row[3], language)]
    if len(calls) < _FEW_CALLS * len(rows):
        rows = [(*row[:-1], "notice") if row[0] in calls else row for row in rows]
    spaced = [row[0] for row in rows if row[3].endswith(" .")]
    if len(spaced) < _TOKENS * len(rows):
        rows = [
            (*row[:-1], row[-1] or "link")
            if row[0] in spaced and row[-2] <= _HEADING_WORDS
            else row
            for row in rows
        ]
    listed = [row[0] for row in rows if row[-1] == "reference"]
    if len(listed) >= _LISTED and len(listed) >= _LISTED_SHARE * (listed[-1] - listed[0]):
        inside = range(listed[0], listed[-1] + 1)
        rows = [(*row[:-1], row[-1] or "reference") if row[0] in inside else row for row in rows]
    return rows


def _by_shape(article: Article, language: str) -> Iterator[_Row]:
    headings = frozenset(article.headings)
    text = article.text
    spans = paragraph_sentence_spans(text, language)
    small = sum(opens_small(text[first : first + 30]) for first, *_ in spans)
    cased = 2 * small < len(spans)
    for k, (first, end, block, alone) in enumerate(spans):
        if k < _DATELINES:
            first += dateline(text[first:end])
        sentence = text[first:end]
        words = count_words(sentence)
        why = why_barred(sentence, words, alone, headings, language)
        if not why and k >= max(len(spans) - _LAST_WORDS, 1) and is_biography(sentence):
            why = "about the author"
        if not why and cased and small and opens_small(sentence):
            why = "fragment"
        yield k, block, first, sentence, words, why


def given_passages(sentences: Sequence[str], language: str) -> Passages:
    """Take the sentences of one text as they are given; none is barred but for want of letters."""
    text, start = "", []
    for sentence in sentences:
        start.append(len(text))
        text += sentence + "\n\n"
    numbers = tuple(range(len(sentences)))
    return Passages(
        articles=(Article(id="given", title="", text=text, language=language),),
        languages=(language,),
        text=tuple(sentences),
        article=(0,) * len(sentences),
        index=numbers,
        paragraph=(0,) * len(sentences),
        start=tuple(start),
        words=tuple(map(count_words, sentences)),
        barred=tuple("" if any(map(str.isalpha, s)) else "no words" for s in sentences),
    )


def _reading_order(articles: Sequence[Article]) -> tuple[Article, ...]:
    """By date where every article has one, else in the order given."""
    if len(articles) > 1 and all(article.published for article in articles):
        return tuple(sorted(articles, key=lambda a: a.published or _LAST))
    return tuple(articles)


def _language(article: Article, given: str | None) -> str:
    language = given or article.language
    if not given and language == "en":
        language = detect_language(article.text)
    warn_unless_measured(language)
    return language
