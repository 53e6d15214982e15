"""Bytes -> text, whatever the bytes claim to be."""

import codecs
import re

from digest.errors import ReadError
from digest.models import RawDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"\x7fELF",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\x28\xb5\x2f\xfd",
    b"Rar!",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"\xca\xfe\xba\xbe",
)
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""The superset that a label means on the web (WHATWG Encoding Standard, section 4.2)."""
_UNFIT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
"""Codecs that read plain text as something else, or take quadratic time."""
_SAMPLE = 64 * 1024  # bytes show what a text is
_CONTROL = bytes(b for b in range(32) if b not in b"\0\t\n\v\f\r\x1a\x1b") + b"\x7f"
_MAX_CONTROL = 0.03  # of a text are control characters, at the most
_MAX_NUL = 0.25  # of a text in UTF-16 may be NUL, for it may be half Latin
_CHARSET = re.compile(r"(?i);\s{0,5}charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CODE_PAGES = (
    *("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-13", "cp1251", "koi8-r"),
    *("koi8-u", "cp1253", "cp1255", "cp1256", "cp850", "cp852", "cp866", "mac-roman"),
)
"""The likelier first: what two of them read alike is the first one's."""
_MANY_BYTES = frozenset(
    ("gb18030", "big5", "big5hkscs", "cp932", "cp949", "euc_jp", "johab", "euc_jis_2004")
)
"""What has several bytes for a character makes words by chance in every code page."""
_OTHER_LETTERS = frozenset(("cp1251", "koi8-r", "koi8-u", "cp1253", "cp1255", "cp1256", "cp866"))
_ASCII = bytes(range(128))
_FEWEST_HIGH = 40  # bytes tell whether words are made of them
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
"""Four letters in a row that are not ASCII: no language in Latin letters has them."""
_ALPHABETS = {"et": "äöõüšž"}
_WORDS_SAMPLE = 8 * 1024  # bytes: enough words to know a language by
_KNOWN = 1.0
"""The mean Zipf frequency of the words that tell; read in a wrong code page it is below .5."""
_SAID_AGAIN = 3
"""Of fewer than a dozen words no language is told; a sentence said three times has them."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_STRAY = "digest-stray-cp1252"


def decode(content: bytes, declared: str | None = None, *, source: str = "input") -> str:
    """Return the text of `content`: by its byte-order mark, as UTF-8, as declared, or by its statistics.

    A text in UTF-8 with a few stray bytes keeps all else, and the strays are read as Windows-1252. Line
    ends become `\\n`, control characters go. Raises `ReadError` for `source` where the bytes are empty
    or no text; never anything else.
    """
    text = clean(_decoded(content, declared, source))
    if not text or text.isspace():
        raise ReadError(source, "empty")
    return text


def decoded(document: RawDocument, declared: str | None = None) -> str:
    """Return the text of a document in the charset that its server names, or else the one that is declared."""
    charset = served_charset(document.media_type) or declared
    return decode(document.content, charset, source=document.source.location)


def served_charset(media_type: str) -> str | None:
    """Return the charset that a media type names, which comes before what the document says of itself."""
    match = _CHARSET.search(media_type)
    return match[1] if match else None


def clean(text: str) -> str:
    """Return `text` with `\\n` for each line end, and without control characters and lone surrogates."""
    if _BREAK.search(text):
        text = _BREAK.sub("\n", text)
    if _UNWANTED.search(text):
        text = _UNWANTED.sub("", text)
    if not text.isascii() and _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _decoded(content: bytes, declared: str | None, source: str) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    if not content.strip(b"\0 \t\r\n"):
        return ""
    if content.startswith(_MAGIC):
        raise ReadError(source, "binary, not text")
    if wide := _without_bom(content):
        return wide
    if _binary(content):
        raise ReadError(source, "binary, not text")
    if b"\x1b" in content and (stateful := _stateful(content, declared)):
        return stateful
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content, declared)


def _stateful(content: bytes, declared: str | None) -> str | None:
    """A text that changes its character set by escapes, in bytes that are all ASCII (ISO 2022, RFC 1468)."""
    encoding = _known(declared) or ""
    if not encoding.startswith("iso2022"):
        encoding = "iso2022_jp" if b"\x1b$B" in content or b"\x1b$@" in content else ""
    try:
        return content.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return content.decode(encoding, "replace") if declared else None


def _without_bom(content: bytes) -> str | None:
    """UTF-16 without a mark: mostly Latin text has a NUL for every second byte, all on the same side."""
    sample = content[:_SAMPLE]
    if sample.count(0) < 0.2 * len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > 10 * even else "utf-16-be" if even > 10 * odd else None
    if encoding is None:
        return None
    try:
        return content[: len(content) // 2 * 2].decode(encoding)
    except UnicodeDecodeError:
        return None


def _binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > 4 + _MAX_CONTROL * len(sample) or sample.count(0) > _MAX_NUL * len(sample)


def _not_utf8(content: bytes, declared: str | None) -> str:
    encoding = _known(declared)
    if encoding and encoding not in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            pass
    if _mostly_utf8(content):
        return content.decode("utf-8", _STRAY)
    if encoding != "cp1252" or not declared or _is_of_no_latin(content):
        encoding = _by_words(content) or _guessed(content)
    return _as_windows(content) if encoding == "cp1252" else content.decode(encoding, "replace")


def _is_of_no_latin(content: bytes) -> bool:
    """Return whether whole words are beyond ASCII, though Latin is declared: no language of Latin has many."""
    high = content[: 16 * _SAMPLE].translate(None, _ASCII)
    in_words = b"".join(_HIGH_RUN.findall(content[: 16 * _SAMPLE]))
    return len(high) >= _FEWEST_HIGH and 2 * len(in_words) > len(high)


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'").lower()).name
        "".encode(name)  # codecs that do not make text out of bytes refuse here
    except (LookupError, ValueError):
        return None
    return None if name in _UNFIT else _WIDER.get(name, name)


def _mostly_utf8(content: bytes) -> bool:
    """Return whether the sequences that only UTF-8 writes outnumber the bytes that it never does."""
    high = re.findall(rb"[\x80-\xff]+", content)[: _SAMPLE // 4]
    joined = b" ".join(high)
    good = len(joined.decode("utf-8", "ignore").replace(" ", ""))
    return good > len(joined.decode("utf-8", "replace").replace(" ", "")) - good


def _by_words(content: bytes) -> str | None:
    """The code page in which the words that are not ASCII are best known, each in the language that it gives.

    Alphabets share their bytes: only as words of a language do they tell which one was meant.
    """
    from digest.text.language import detect_language
    from digest.text.terms import zipf

    lines = [line for line in content[: 16 * _SAMPLE].split(b"\n") if not line.isascii()]
    sample = b"\n".join(lines)[:_WORDS_SAMPLE]
    pages: tuple[str, ...] = _CODE_PAGES
    if _HIGH_RUN.search(sample):
        if (guessed := _guessed(content)) in _MANY_BYTES:
            return guessed
    else:
        pages = tuple(page for page in _CODE_PAGES if page not in _OTHER_LETTERS)
    scores: dict[str, float] = {}
    most = 1
    for encoding in pages:
        text = sample.decode(encoding, "replace")
        telling = [word for word in _LETTERS.findall(text.lower()) if not word.isascii()]
        if telling and "\ufffd" not in text:
            language = detect_language(" ".join([text] * _SAID_AGAIN))
            scores[encoding] = sum(
                _weight(word, zipf(word, language), language) for word in telling
            )
            most = max(most, len(telling))
    best = max(scores, key=lambda name: (scores[name], -_CODE_PAGES.index(name)), default="")
    return best if best and scores[best] >= _KNOWN * most else None


def _weight(word: str, known: float, language: str) -> float:
    """How well a word is known; where there is no list of the language's words, by its letters."""
    letters = _ALPHABETS.get(language)
    if letters is None:
        return known
    return 3.0 * all(letter.isascii() or letter in letters for letter in word)


def _guessed(content: bytes) -> str:
    """charset-normalizer on the lines that are not ASCII: they carry all the evidence.

    Where Windows-1252 fits as well as its pick, it is the likelier by far on the web.
    """
    from charset_normalizer import from_bytes

    lines = [line for line in content[: 16 * _SAMPLE].split(b"\n") if not line.isascii()]
    matches = from_bytes(b"\n".join(lines)[: _SAMPLE // 4])
    best = matches.best()
    if best is None or any(
        match.chaos <= best.chaos and "cp1252" in match.could_be_from_charset for match in matches
    ):
        return "cp1252"
    name = _known(best.encoding)
    return name if name and name != "utf-8" else "cp1252"


def _as_windows(content: bytes) -> str:
    return content.decode("cp1252", "replace")


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _as_windows(error.object[error.start : error.end]), error.end


codecs.register_error(_STRAY, _stray)
