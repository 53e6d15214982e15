"""Who wrote a report and where it was filed from, as the press of many countries says it: prefixes of bylines
and datelines, one table of each."""

import re
from dataclasses import dataclass
from functools import cache

from digest.length import has_unspaced
from digest.text.dates import find_date
from digest.text.words import signs

_WRITERS = {
    "ar": "بقلم|كتبه|إعداد|الكاتب|الكاتبة|أجرى الحوار|أجرت الحوار|حاوره|حاورته;كتب|كتبت|تحرير|تقرير|نص|حوار",
    "bg": "автор|от;текст|интервю",
    "cs": "autoři|napsal|napsala|připravil|připravila|komentář od|rozhovor vedl|rozhovor vedla"
    ";autor|autorka|text|rozhovor|reportáž|komentář",
    "da": "af|skrevet af|interview af|kronik af|kommentar af;tekst|interview|forfatter|kronik|kommentar",
    "de": "von unserer redakteurin|von unserem redakteur|von unserer korrespondentin"
    "|von unserem korrespondenten|von unserer reporterin|von unserem reporter|von unserer mitarbeiterin"
    "|von unserem mitarbeiter|von"
    "|bericht von|beitrag von|gastbeitrag von|kommentar von|gastkommentar von|analyse von|reportage von"
    "|interview von|essay von|kolumne von|glosse von|rezension von|protokoll von|porträt von|aufgezeichnet von"
    "|geschrieben von|verfasst von;autor|autorin|autoren|text|texte|interview|gastbeitrag|protokoll|bericht",
    "el": "του|της|των|γράφει ο|γράφει η|γράφουν οι|συντάκτης|συντάκτρια|ρεπορτάζ|επιμέλεια;κείμενο|συνέντευξη",
    "en": "by|posted by|written by|reported by|words by|story by|text by|report by|reporting by"
    "|interview by|opinion by"
    "|analysis by|review by|essay by|column by|commentary by|guest post by|guest essay by|guest column by"
    "|as told to;author|authors|writer|reporter|text|words|story|reporting|interview|opinion|essay|analysis",
    "es": "de nuestra corresponsal|de nuestro corresponsal|de nuestra enviada especial|por|escribe|escrito por"
    "|artículo de|crónica de|análisis de|entrevista de|tribuna de|reportaje de|columna de|texto de|textos de"
    ";autor|autora|texto|textos|redacción|entrevista|reportaje|crónica",
    "et": "autor;tekst|intervjuu",
    "fa": "نویسنده|به قلم|گزارش از|گزارشگر|خبرنگار|نگارنده|نوشته;متن|گفتگو|گزارش",
    "fi": "kirjoittaja|toimittaja|kirjoittanut|haastattelu;teksti|haastattelija|kolumni|kommentti",
    "fr": "de notre correspondant|de notre correspondante|de notre envoyé spécial|de notre envoyée spéciale|par"
    "|texte de|textes de|propos recueillis par|recueilli par|écrit par|rédigé par|entretien par|tribune de"
    "|tribune par|analyse de|analyse par|reportage de|chronique de|enquête de|billet de"
    ";auteur|autrice|auteure|texte|textes|entretien|interview|reportage|enquête",
    "he": "מאת|כותב|כותבת|כתבו;כתב|כתבה|טקסט|ראיון|ראיינה|ראיין",
    "hi": "लेखक|लेखिका|संवाददाता|प्रस्तुति;द्वारा|रिपोर्ट|लेख|साक्षात्कार",
    "hr": "piše|pišu|napisao|napisala|razgovarao|razgovarala;autor|autorica|tekst|intervju|razgovor",
    "hu": "írta|írták|szerző|szerzők|az interjút készítette|készítette;szöveg|interjú",
    "id": "oleh|ditulis oleh|penulis|reporter|laporan;teks|wawancara|naskah",
    "it": "dal nostro corrispondente|dalla nostra corrispondente|dalla nostra inviata|dal nostro inviato|di"
    "|a cura di|testo di|testi di|intervista di|articolo di|commento di|analisi di|scritto da"
    ";autore|autrice|testo|testi|intervista|servizio|reportage",
    "nl": "van onze correspondent|van onze verslaggever|van onze redacteur|door onze correspondent|door"
    "|geschreven door|gastbijdrage van|opgetekend door;auteur|tekst|verslag|interview|redactie",
    "no": "av|skrevet av;tekst|intervju|kommentar|kronikk|forfatter",
    "pl": "autorzy|opracował|opracowała|oprac.|pisze|rozmawiał|rozmawiała|rozmawiali|napisał|napisała"
    ";autor|autorka|tekst|opracowanie|rozmowa|wywiad|reportaż",
    "pt": "por|da redação|texto de|textos de|artigo de|análise de|entrevista de|reportagem de|escrito por"
    ";autor|autora|texto|textos|reportagem|entrevista",
    "ro": "de|scris de|articol de|un interviu de|interviu de|autoare;autor|text|interviu|reportaj",
    "ru": "автор|авторы|материал подготовил|материал подготовила|корреспондент|беседовал|беседовала|записал"
    "|записала|подготовил|подготовила;текст|интервью|беседа|репортаж",
    "sk": "napísal|napísala|pripravil|pripravila;autor|autorka|text|rozhovor",
    "sl": "avtor|avtorica|piše;besedilo|intervju",
    "sr": "аутор|пише;текст|разговор",
    "sv": "av|skriven av|skribent|reporter;text|intervju|krönika|ledare|debatt",
    "th": "โดย|เขียนโดย|ผู้เขียน|เรื่องโดย|รายงานโดย|สัมภาษณ์โดย;เรื่อง|ข้อความ|สัมภาษณ์",
    "tr": "haber|yazan|muhabir|yazar|hazırlayan|kaleme alan|röportaj;yazı|metin|söyleşi",
    "uk": "автор|автори|авторка|матеріал підготував|матеріал підготувала|кореспондент|розмовляв|розмовляла"
    "|підготував|підготувала;текст|інтерв’ю|розмова|репортаж",
    "ur": "تحریر;از|رپورٹ|انٹرویو",
    "vi": "tác giả|phóng viên;bài|bài viết|thực hiện|phỏng vấn",
}
"""Who wrote: before a name, and behind the `;` what says so before a mark alone ("Text: Anna Lind")."""
_HELPERS = (
    "photos?|photography|photographs?|photographer|pictures?|images?|illustrations?|graphics?|video"
    "|camera|editing"
    "|edited by|editing by|photos by|photographs by|pictures by|illustrations? by|translated by|translation"
    "|sources?|fotos?|fotografie|bild|bilder|grafik|grafiken|redaktion|übersetzung|quelle|quellen"
    "|mitarbeit|illustration"
    "|photographie|infographie|traduction|montage|fotografía|fotografías|imagen|imágenes|ilustración|edición"
    "|traducción|vídeo|fuente|fotografia|immagini|illustrazioni|traduzione|montaggio|fonte|imagem|imagens"
    "|ilustração|edição|tradução|beeld|foto’s|foto's|vertaling|bron|zdjęcia|zdjęcie|fot\\.|ilustracje"
    "|redakcja|źródło"
    "|foton|fotografering|redigering|källa|kuva|kuvat|kuvitus|valokuvat?|lähde|billeder|billede|bilde|kilde"
    "|snímky|fotografové|ilustrace|překlad|zdroj|fotografije|lektura|fényképek?|képek|fotó|fotók|forrás|kép"
    "|fotoğraf|fotoğraflar|kaynak|kamera|fotografii|sursa|sursă|foto-video|фото|фотографии|иллюстрации|источник"
    "|редактор|світлини|джерело|φωτογραφίες|φωτογραφία|φωτο|πηγή|تصوير|صور|المصدر|مصدر|عکس|منبع|צילום|צילומים"
    "|תמונות|מקור|तस्वीरें|फोटो|फ़ोटो|स्रोत|संपादन|ภาพ|ภาพโดย|ที่มา|foto oleh|penyunting|sumber|ảnh"
    "|nguồn|hình ảnh"
    "|来源|來源|编辑|編輯|编审|责任编辑|責任編輯|责编|責編|摄影|攝影|图片|图|校对|翻译|写真|編集|撮影|翻訳|사진|편집|영상|출처|촬영"
)
"""Labels of who else worked on it, and where it is from: photographers, editors, translators, sources."""
_UNSPACED = (
    "作者|本报记者|本報記者|记者|記者|特约记者|通讯员|撰文|撰稿|采写|採訪|采访|採訪・文|文/图|文字|文|编写|执笔|執筆|著者|筆者"
    "|取材・文|取材|聞き手|構成|寄稿|ライター|글|기자|취재|글쓴이"
)
_BEHIND = "기자|특파원|記者|记者|電|报道|報道|報導"
"""What stands behind the name in Korean, Japanese and Chinese."""
_FILED = re.compile(
    r"[\s\u3000]+(?:发自|發自|自|于|報告|报告)\S.{0,20}$|\s(?:사진|촬영|편집|영상|摄影|攝影|写真|撮影|編集)[\s:：・].*$"
    r"|(?<=.)[（(][^()（）]{1,12}[)）]$"
    r"|\s+(?:in|from|aus|à|desde|från|fra|z|из|з)\s+(?=[^\W\d_a-zß-öø-ÿ]).{1,30}$"
)
"""Where a report was filed from, behind the name of who did."""
_MARK = r"\s?[:：/／|｜・]\s?"
_LONGEST = 120
_LONGEST_NAME = 20
"""Characters of a name in Chinese, Japanese or Korean, with a job beside it."""
_TITLE = re.compile(r"(?:(?:prof|dr|dipl|ing|mag)\.\s?|(?:dr|prof|sir|dame)\s)+", re.IGNORECASE)
_NO_NAME = frozenset("את של זה הוא היא في من هذا که را در это и в не это и τον την το".split())
"""A word that begins no name, where the prefix is a plain word besides."""
_ARTICLES = "a an ein eine un una une um uma een en et ett az".split()
"""A guest post, ein Kommentar, une tribune."""
_AND = re.compile(
    r"\s?[,،、，;/]\s?|,?\s(?:and|und|et|y|e|i|og|och|ja|en|a|și|ve|dan|và|&|и|та|і|και|و|और|และ)\s"
)
_COMMA = re.compile("[,،、，;/]")
_ADDRESS = re.compile(
    r"\s?[(<\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[)>\]]?"
)
_PARTICLE = (
    r"af|al|ap|av|bin|d[aeiou]|das|de[nrl]|della?|dos|e|el|ibn|la|le|san|st\.?|ten|ter|ul|van|vo[nm]"
    r"|y|zu[mr]?"
)
_CAPITALIZED = r"(?:[dlLD][’'])?[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_FULL_NAME = re.compile(rf"{_CAPITALIZED}(?:\s(?:(?:{_PARTICLE})\s){{0,2}}{_CAPITALIZED}){{1,3}}")
_HANGUL = re.compile("[\uac00-\ud7af]")
_FIRST = re.compile(r"[\s:：/|]")
_FEWEST_CASED = 2
_MOST_CASED = 4
"""Words of a name."""


@dataclass(frozen=True, kw_only=True)
class _Forms:
    """The patterns of bylines, made from the tables above when the first line is asked."""

    first: frozenset[str]
    """The first words of all prefixes: what begins otherwise is not looked at any further."""
    name: re.Pattern[str]
    spaced: re.Pattern[str]
    unspaced: re.Pattern[str]
    behind: re.Pattern[str]
    helper: re.Pattern[str]
    next: re.Pattern[str]
    """Between the parts of a byline: a bar, or a blank before the next label."""


@cache
def _forms() -> _Forms:
    rows = [row.partition(";") for row in _WRITERS.values()]
    before = sorted({word for row, _, _ in rows for word in row.split("|")}, key=len, reverse=True)
    labels = sorted({word for _, _, row in rows for word in row.split("|")}, key=len, reverse=True)
    words, marked = "|".join(map(re.escape, before)), "|".join(map(re.escape, labels))
    letter = rf"[^\W\d_][{signs()}]*"
    name = rf"(?P<name>{letter}(?:[ .'’\-·]{{0,2}}{letter}){{1,40}}\.?)"
    several = rf"(?P<name>[\"“„«]?{letter}[^|:：\n]{{1,90}})"
    others = rf"(?:{_HELPERS})(?:\s(?:by|von|di|de|da|par|por|door|av|af|od))?"
    next_label = rf"(?:{words}|{marked}|{_UNSPACED}|{_HELPERS})\s?[:：]|{others}\s+[A-ZÀ-Þ]"
    firsts = [*_ARTICLES, *re.findall(r"[^\W\d_]+", _HELPERS), *before, *labels]
    return _Forms(
        first=frozenset(word.split()[0] for word in firsts),
        name=re.compile(name),
        spaced=re.compile(
            rf"(?:(?:{'|'.join(_ARTICLES)})\s)?(?:(?P<before>{words})(?P<mark>{_MARK}|\s)|(?:{marked}){_MARK}){several}",
            re.IGNORECASE,
        ),
        unspaced=re.compile(rf"[（(【]?(?:{_UNSPACED})(?:{_MARK}|[\s\u3000]){name}[)）】]?"),
        behind=re.compile(rf"[（(【]?{name}[\s\u3000]?(?:{_BEHIND})[)）】]?"),
        helper=re.compile(
            rf"[（(【]?{others}(?:{_MARK}|\s)(?P<name>[^\s\d:：][^\d:：]{{1,60}})[)）】]?",
            re.IGNORECASE,
        ),
        next=re.compile(
            rf"\s*[|｜;；]\s*|\s[·•–—-]\s|\s*\u3000\s*|[,.，]?\s+(?={next_label})",
            re.IGNORECASE,
        ),
    )


def named_in_byline(line: str) -> str | None:
    """Return the names in a line that holds a byline and nothing else, in any language; None where it is none.

    A prefix with a colon ("Autor: Anna Nowak") is sure; a plain word must have two or three words behind it
    that could be a name. A line in a script with capitals has names only in words with a capital. Left out are
    photographers, editors and sources beside the writer, the date, addresses, and where it was filed from.
    """
    line = _ADDRESS.sub("", line.strip()) if "@" in line else line.strip()
    if not line or len(line) > _LONGEST or line[-1] in "!?。！？؟।":
        return None
    if line[0].isdigit() and (":" in line or "：" in line) and (found := find_date(line)):
        line = line[found[2] :].lstrip(" \u3000|·,–—-") if found[1] == 0 else line
    forms = _forms()
    unspaced = has_unspaced(line) or _HANGUL.search(line) is not None
    if not unspaced and _FIRST.split(line, maxsplit=1)[0].lower() not in forms.first:
        return None
    if whole := _written_by(line, unspaced=unspaced):
        return whole
    parts = [part for part in forms.next.split(line) if part.strip()]
    names = (
        [_written_by(part.strip(), unspaced=unspaced) for part in parts] if len(parts) > 1 else []
    )
    rest = (part for part, name in zip(parts, names, strict=False) if not name)
    found_names = [name for name in names if name]
    return ", ".join(found_names) if found_names and all(map(is_helper, rest)) else None


def is_helper(line: str) -> bool:
    """Return whether a short line names but who else worked on a text, or its source: `Foto: A. Name`."""
    found = _forms().helper.fullmatch(line) if len(line) <= _LONGEST else None
    name = found["name"] if found else ""
    return bool(name) and (name[0].isupper() or name.lower() == name.upper() or name[0] in '«“"@©')


def _written_by(part: str, *, unspaced: bool) -> str | None:
    forms = _forms()
    found = forms.spaced.fullmatch(part)
    if found:
        sure = not found["before"] or not found["mark"].isspace()
        names = [
            _plausible(name, sure=sure) for name in _each(_FILED.sub("", found["name"]), sure=sure)
        ]
        return ", ".join(filter(None, names)) or None if all(names) else None
    if not unspaced:
        return None
    part = _FILED.sub("", part)
    found = forms.unspaced.fullmatch(part) or forms.behind.fullmatch(part)
    return found["name"].strip() if found and len(found["name"]) <= _LONGEST_NAME else None


def _each(names: str, *, sure: bool) -> list[str]:
    """The names that a comma or "and" joins; a name with such a word in it is one ("José Ortega y Gasset")."""
    several = [name for name in _AND.split(names) if name]
    if sure or names.lower() == names.upper() or all(" " in name for name in several):
        return several
    return [names] if " " in several[0] and not _COMMA.search(names) else []


def _plausible(name: str, *, sure: bool) -> str | None:
    name = name.strip(' ."“”„«»')
    words = _TITLE.sub("", name).split()
    cased = name.lower() != name.upper()
    fits = _FEWEST_CASED <= len(words) <= _MOST_CASED or (sure and len(words) == 1)
    if not fits or words[0].lower() in _NO_NAME or not _forms().name.fullmatch(name):
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
