"""Who wrote a report and where it was filed from, as the press of many countries says it: prefixes of bylines
and datelines, one table of each."""

import re
from functools import cache

from digest.length import has_unspaced
from digest.text.words import signs

_SPACED = {
    "ar": "بقلم|كتب|كتبت|كتبه|إعداد|تحرير|تقرير|الكاتب|الكاتبة",
    "bg": "автор|текст|от",
    "cs": "autor|autorka|autoři|text|napsal|napsala|připravil|připravila",
    "da": "af|tekst|skrevet af",
    "de": "von unserer redakteurin|von unserem redakteur|von unserer korrespondentin"
    "|von unserem korrespondenten"
    "|von unserer reporterin|von unserem reporter|von unserer mitarbeiterin"
    "|von unserem mitarbeiter|von|autor|autorin|text|ein bericht von|ein beitrag von",
    "el": "του|της|των|γράφει ο|γράφει η|γράφουν οι|συντάκτης|συντάκτρια|ρεπορτάζ|κείμενο|επιμέλεια",
    "en": "by|written by|reported by|words by|story by|author|writer|reporter|text|words",
    "es": "de nuestra corresponsal|de nuestro corresponsal|de nuestra enviada especial|por"
    "|autor|autora|texto|redacción|escribe",
    "et": "autor|tekst",
    "fa": "نویسنده|به قلم|گزارش از|گزارشگر|خبرنگار|نگارنده",
    "fi": "teksti|kirjoittaja|toimittaja|kirjoittanut",
    "fr": "de notre correspondant|de notre correspondante|de notre envoyé spécial"
    "|de notre envoyée spéciale|par|auteur|autrice|texte|texte de|propos recueillis par",
    "he": "מאת|כתב|כתבה|כותב|כותבת",
    "hi": "लेखक|लेखिका|रिपोर्ट|संवाददाता|प्रस्तुति|द्वारा",
    "hr": "autor|autorica|piše|tekst|napisao|napisala",
    "hu": "írta|szerző|szöveg",
    "id": "oleh|penulis|reporter|laporan",
    "it": "dal nostro corrispondente|dalla nostra corrispondente|dalla nostra inviata|di"
    "|a cura di|autore|autrice|testo di|testo|dal nostro inviato",
    "nl": "van onze correspondent|van onze verslaggever|van onze redacteur"
    "|door onze correspondent|door|auteur|tekst|verslag",
    "no": "av|tekst|skrevet av",
    "pl": "autor|autorka|tekst|opracowanie|opracował|opracowała|oprac.|pisze",
    "pt": "por|autor|autora|texto|texto de|da redação|reportagem",
    "ro": "de|autor|autoare|text|scris de|articol de",
    "ru": "автор|авторы|текст|материал подготовил|материал подготовила|корреспондент",
    "sk": "autor|autorka|text|napísal|napísala",
    "sl": "avtor|avtorica|piše|besedilo",
    "sr": "аутор|пише|текст",
    "sv": "av|text|skribent|reporter",
    "th": "โดย|เขียนโดย|ผู้เขียน|เรื่อง|เรื่องโดย|รายงานโดย",
    "tr": "haber|yazan|muhabir|yazar|hazırlayan|kaleme alan",
    "uk": "автор|автори|текст|матеріал підготував|матеріал підготувала|кореспондент",
    "ur": "تحریر|از|رپورٹ",
    "vi": "tác giả|bài|phóng viên",
}
_UNSPACED = (
    "作者|本报记者|本報記者|记者|記者|特约记者|通讯员|撰文|撰稿|采写|採訪|文/图|文|編輯|执笔|執筆|著者|筆者|取材・文"
    "|ライター|글|기자"
)
_BEHIND = "기자|특파원|記者|记者|電|报道|報道|報導"
"""What stands behind the name in Korean, Japanese and Chinese."""
_MARK = r"\s?[:：/／|｜・]\s?"
_LONGEST = 60
_NO_NAME = frozenset("את של זה הוא היא في من هذا که را در это и в не это и τον την το".split())
"""A word that begins no name, where the prefix is a plain word besides."""
_WORDY = frozenset(
    """כתב כתבה كتب كتبت تقرير تحرير از رپورٹ द्वारा रिपोर्ट เรื่อง
    text texto texte testo tekst teksti текст szöveg besedilo
    words author autor autorka autora autorin auteur autore writer reporter redacción
    reportagem verslag bài""".split()
)
"""Plain words and labels: they say who wrote something before a colon alone."""
_PARTICLE = (
    r"af|al|ap|av|bin|d[aeiou]|das|de[nrl]|della?|dos|e|el|ibn|la|le|san|st\.?|ten|ter|ul|van|vo[nm]"
    r"|y|zu[mr]?"
)
_CAPITALIZED = r"(?:[dlLD][’'])?[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_FULL_NAME = re.compile(rf"{_CAPITALIZED}(?:\s(?:(?:{_PARTICLE})\s){{0,2}}{_CAPITALIZED}){{1,3}}")
_HANGUL = re.compile("[\uac00-\ud7af]")
_FIRST = re.compile(r"[\s:：/|]")


@cache
def _first_words() -> frozenset[str]:
    """The first words of all prefixes: what begins otherwise is not looked at any further."""
    return frozenset(prefix.split()[0] for row in _SPACED.values() for prefix in row.split("|"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    spaced = sorted({p for row in _SPACED.values() for p in row.split("|")}, key=len, reverse=True)
    prefix = "|".join(re.escape(p) for p in spaced)
    letter = rf"[^\W\d_][{signs()}]*"
    name = rf"(?P<name>{letter}(?:[ .'’\-·]{{0,2}}{letter}){{1,40}}\.?)"
    return (
        re.compile(rf"(?P<prefix>{prefix})(?P<mark>{_MARK}|\s){name}", re.IGNORECASE),
        re.compile(rf"[（(【]?(?:{_UNSPACED})(?:{_MARK}|\s){name}[)）】]?"),
        re.compile(rf"[（(【]?{name}[\s　]?(?:{_BEHIND})[)）】]?"),
    )


def named_in_byline(line: str) -> str | None:
    """Return the name in a line that holds a byline and nothing else, in any language; None where it is none.

    A prefix with a colon ("Autor: Anna Nowak") is sure; a plain word must have two or three words behind it
    that could be a name. A line in a script with capitals has a name only in words with a capital.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST or line[-1] in "!?。！？؟।":
        return None
    unspaced_script = has_unspaced(line) or _HANGUL.search(line) is not None
    if not unspaced_script and _FIRST.split(line, 1)[0].lower() not in _first_words():
        return None
    before, unspaced, behind = _patterns()
    found = before.fullmatch(line)
    if found:
        sure = not found["mark"].isspace()
        wordy = not sure and found["prefix"].lower() in _WORDY
        return _plausible(found["name"], sure=sure, wordy=wordy)
    found = unspaced.fullmatch(line) or behind.fullmatch(line)
    return found["name"].strip() if found and len(found["name"]) <= 20 else None


def _plausible(name: str, *, sure: bool, wordy: bool) -> str | None:
    words = name.split()
    cased = name.lower() != name.upper()
    fits = 2 <= len(words) <= 4 or (sure and len(words) == 1)
    if not fits or words[0].lower() in _NO_NAME:
        return None
    if wordy:
        return None
    if cased and not (words[0][0].isupper() and words[-1][0].isupper()):
        return None
    return name


def is_full_name(text: str) -> bool:
    """True for two to four words with capitals, and what stands between them in names ("Femke de Boer")."""
    return _FULL_NAME.fullmatch(text) is not None


_AGENCIES = (
    "askanews|dpa|dpa-afx|afp|ap|rtr|reuters|efe|ansa|lusa|taz|epd|kna|sid|apa|sda|anp|belga|tass"
    "|pti|ians|ani|ntb|stå|stt|tt|ots|bta|agerpres|interfax|ukrinform|anadolu|aa|dha|iha|upi|cp|aap"
    "|ritzau|bns|pap|[cč]tk|tasr|mti|hina|tanjug|kyodo|jiji|yonhap|xinhua|cna|vna"
    "|antara|bernama|europa press|associated press|adnkronos|agi|lapresse|wam|spa|mena|kuna|sana|irna|isna"
    "|globe newswire|business wire|pr ?newswire"
    "|тасс|риа новости|укринформ|укрінформ|интерфакс|уніан"
    "|رويترز|أ ف ب|ا ف ب|د ب أ|واس|وام|وفا|سانا|भाषा|एजेंसी|वार्ता|पीटीआई"
)
_SHORT_PLACE = r"[^\W\d_][^\n()（）:：/／|]{0,30}?"
_PLACE = r"[^\W\d_a-z][\w.'’-]{0,24}(?:[ /][^\W\d_a-z][\w.'’-]{0,24}){0,3}"
_SHOUTED = r"[A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ][A-ZÀ-ÞΑ-ΩА-ЯЁІЇЄ .'’/-]{1,30}"
_DASH = r"\s?(?:[-–—―.]{1,2}|--)\s?"
_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr"
    "|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?"
)
_DAY = (
    r"(?:(?:(?:le |den |d\. )?[0-9]{1,2}\.? ?(?:de )?[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? [0-9]{1,2})"
    r"(?:,? ?(?:de )?[0-9]{4})?)"
)
_ENGLISH_AGENCY = r"\([A-Z][\w.]{1,20}(?:[ /][A-Z]\w{0,20}){0,2}\)"
_ENGLISH = re.compile(
    rf"(?:(?:[A-Z][\w.'’-]{{0,30}},? {{1,2}}|[0-9]{{1,2}},? ){{0,6}}{_ENGLISH_AGENCY}"
    rf"(?:\s?[-–—]{{1,2}}\s|(?=[^\s.,]))|{_ENGLISH_AGENCY}\s"
    r"|[A-Z]{3}[A-Z .,'’-]{0,40}(?:[A-Z][a-z]{1,11}\.?)?\s?(?:[—–]|--)\s?)"
    r"\s?(?=[\"“‘']?[A-Z0-9])"
)
_DATED = re.compile(
    rf"(?:[A-Z][a-z]{{2,8}}day,? )?(?:{_MONTHS} [0-9]{{1,2}},? [0-9]{{4}}|[0-9]{{1,2}} {_MONTHS},? [0-9]{{4}})"
    r"(?:\s?[–—-]{1,2}\s|\s?)(?=[A-Z][a-z]+ [a-z])"
)
_WIRE = re.compile(
    rf"(?:\([A-Z]{{2,12}}\)\s?[-–—]{{1,2}}\s?{_PLACE},? {_DAY}\s?[-–—]{{1,2}}"
    rf"|(?:{_PLACE}(?:, {_PLACE})?(?: \([^()]{{2,20}}\))?,? ?)?(?:{_DAY}[.,]? ?(?:[-–—] )?)?"
    rf"(?:\((?:[A-ZÀ-Þ][A-ZÀ-Þ. /&-]{{1,24}}|(?:{_AGENCIES})[\w/ -]{{0,12}})\)\s?\.?\s?[-–—]{{1,2}}"
    rf"|\((?i:{_AGENCIES})\)(?:\s?[:.]|(?=\s[^\W\d_a-z]))|/(?i:{_AGENCIES})/"
    rf"|/[^\W\d_][\w .-]{{1,24}}/\s?(?:[-–—]{{1,2}}|\.)|(?<=[.,]\s)(?i:{_AGENCIES})\s?[-–—]{{1,2}}(?=\s))"
    rf"|[A-ZÀ-Þ]{{3}}[A-ZÀ-Þ .'’-]{{0,30}}, {_DAY}\s?[-–—]{{1,2}}(?=\s)"
    r"|[A-ZÀ-Þ]{3}[A-ZÀ-Þ/ -]{0,30}(?: \w{2,12}){0,2} ?\||【[^】]{2,30}】)\s*(?=[\"“‘'«„¿¡(]?[^\W_])"
)
"""A place, a day and a wire service, in the order and between the marks of several countries."""


@cache
def _of_any_script() -> re.Pattern[str]:
    bracket = rf"[(（](?i:{_AGENCIES})(?:[/／,،][^()（）\n]{{0,20}})?[)）]"
    return re.compile(
        rf"(?:{_SHORT_PLACE},?\s)?{bracket}{_DASH}|(?:{_SHOUTED},?\s(?:[^()（）\n]{{0,14}}\s)?)?{bracket}\s"
        r"|[(（][^()（）=\n]{1,12}[=＝][^()（）\n]{1,12}[)）]\s?(?:[^\s=]{2,4}\s기자\s?[=＝]\s?)?"
        r"|[(（]?[^\W\d_]{2,16}社?[^\W_。，]{1,24}?(?:[0-9０-９]{1,2}月)?[0-9０-９]{1,2}日?(?:[^\W\d_]{0,8})?[电電](?=[\s（(【])"
        r"(?:\s?[（(][^()（）\n]{1,30}[)）])?\s?"
        r"|【[^】\n]{2,30}】\s?"
    )


def dateline(sentence: str) -> int:
    """Return the length of the dateline that a sentence opens with, a place, an agency, a date; 0 for none.

    Such as "BERLIN (dpa) - ", "Paris, le 3 mai, AFP - ", "【東京共同】", "(서울=연합뉴스) ".
    """
    forms = [_ENGLISH, _DATED, _WIRE]
    if any(mark in sentence[:120] for mark in "(（【电電"):
        forms.append(_of_any_script())
    ends = (match.end() for form in forms if (match := form.match(sentence)))
    return max((end for end in ends if sentence[end : end + 1].strip()), default=0)
