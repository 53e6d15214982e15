"""XML as a run of elements, for the small formats: linear, at any depth, and nothing opened outside of it."""

import codecs
import re
from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str, str], None]

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHUNK = 1 << 16
_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z]\w{0,30};)")


_NAMED = re.compile(r"&([A-Za-z]\w{0,30});")
_UNFIT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
"""Codecs that read plain text as something else, or take quadratic time."""


class _EntityError(Exception):
    """The document declares an entity: a bomb, or a file that it wants opened."""


def read_elements(content: bytes, *, start: Start | None = None, end: End | None = None) -> str:
    """Call `start(name, attributes)` and `end(name, text)` for each element, in order; return what is wrong.

    Names come without prefix and in small letters; the text of an element is what stands directly in it
    since its last child. Where a document is malformed the calls were made up to that place, and the flaw is
    returned, with its line; it is empty for a whole document. Bare ampersands are read as text.
    """
    text: list[str] = []
    parser = expat.ParserCreate("utf-8")

    def started(name: str, attributes: Attributes) -> None:
        text.clear()
        if start:
            start(_local(name), {key.lower(): value for key, value in attributes.items()})

    def ended(name: str) -> None:
        if end:
            end(_local(name), "".join(text))
        text.clear()

    def refuse(*_: object) -> None:
        raise _EntityError

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = text.append
    parser.EntityDeclHandler = refuse
    data = _repaired(_decoded(content)).encode("utf-8", "replace")
    try:
        for offset in range(0, len(data), _CHUNK):
            parser.Parse(data[offset : offset + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        return f"line {error.lineno}: {expat.ErrorString(error.code)}"
    except _EntityError:
        return "it declares entities, which are not read"
    return ""


def _repaired(text: str) -> str:
    """With each ampersand that begins no entity of XML escaped, but for those in CDATA sections."""
    first, *others = text.split("<![CDATA[")
    parts = [_without_names(first)]
    for other in others:
        inside, closing, after = other.partition("]]>")
        parts += ["<![CDATA[", inside, closing, _without_names(after)]
    return "".join(parts)


def _without_names(text: str) -> str:
    return _NAMED.sub(lambda found: _character(found[1]), _BARE.sub("&amp;", text))


def _character(name: str) -> str:
    """What an entity of HTML stands for, such as `&nbsp;`: XML has five of its own, and lists use more."""
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return f"&{name};"
    from html.entities import html5

    known = html5.get(f"{name};", "")
    return "".join(f"&#{ord(one)};" for one in known) if known else f"&amp;{name};"


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _decoded(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    declared = _ENCODING.match(content.lstrip())
    for encoding in (declared[1].decode() if declared else "utf-8", "utf-8"):
        try:
            if codecs.lookup(encoding).name in _UNFIT:
                continue
            return content.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return content.decode("cp1252", "replace")
