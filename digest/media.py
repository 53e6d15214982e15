"""The formats of documents, a row each: media types, endings of file names, how one is known, and who reads it.

A new format takes a row here and a module in `digest.readers`. A document's media type is believed, unless the
content clearly says otherwise.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from digest.errors import ReadError
from digest.models import RawDocument

_HEAD = 4096  # bytes; what says of which kind a text is stands at its top
# No possessive groups here: before Python 3.11.5 they go wrong around alternatives (gh-106052).
_MARKUP = re.compile(
    rb"\A(?:\s|<!--[^-]*(?:-(?!->)[^-]*)*-->|<\?xml[^>]*>)*<(!doctype\s+html|html)\b", re.I
)
_FEED_HEAD = 65536  # a comment or a licence may stand before the first element
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])")
_FEED_ROOTS = ("rss", "feed", "rdf", "channel", "{")
_SITEMAP_ROOTS = ("urlset", "sitemapindex")
_LISTS = {
    "opml": "a list of feeds (OPML): give it to `digest feeds import`",
    **dict.fromkeys(_SITEMAP_ROOTS, "a sitemap: give it to `digest feeds add`"),
}
_JSON_FEED = b"jsonfeed.org/version/"
ENVELOPE = rb"From [^\r\n]{0,400}\d:\d\d[^\r\n]{0,40}\r?\n(?=>?From |[A-Za-z][A-Za-z0-9-]{1,40}:)"
"""The line that begins a message in an mbox file: it has a time, and a header follows."""
_MAILBOX = re.compile(ENVELOPE)
_CLOSED = re.compile(rb"(?i)</(title|p|div|a|h[1-6]|body|article|section|span|td|li)>")
_MD_LINK = re.compile(rb"\]\((?:https?://|[/#.])[^\s()]{0,500}\)")
_MD_LINKS = 3  # a text that is no Markdown may quote one, or two
_MD_HEADING = re.compile(rb"(?m)^#{1,6} \S|^\S.{2,200}\n(?:={3,}|-{3,})[ \t]*\r?$")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]")
_MAIL_ONLY = {
    b"received",
    b"return-path",
    b"mime-version",
    b"message-id",
    b"delivered-to",
    b"content-type",
    b"x-mailer",
}
_POST = re.compile(
    rb"(?m)^(?:[A-Z][A-Za-z-]{1,30}:(?:[ \t][^\n]*)?\n(?:[ \t][^\n]*\n)*){3,60}(?=[ \t]*\n|[A-Z])"
)
_POST_FIELDS = (b"from:", b"subject:", b"date:")
_RULE_ABOVE = re.compile(rb"(?:[-=*_]{10,}|(?i:article \d+ of \S+))[ \t]*\n\s*\Z")
_FORWARDED = re.compile(rb"(?i)original|forward|weitergeleitet|urspr")
_ABOVE = 200  # bytes: a rule of that length, and blank lines
_RECORD = re.compile(rb"\s*+\{\s*+\"[^\"\n]{1,40}\"\s*+:")


# --- how each format is known


def _is_mailbox(_document: RawDocument, head: bytes) -> bool:
    return _MAILBOX.match(head.lstrip()) is not None


def _is_feed(document: RawDocument, _head: bytes) -> bool:
    return _root(document.content) in _FEED_ROOTS


def _is_html(_document: RawDocument, head: bytes) -> bool:
    return _is_page(head)


def _is_mail(_document: RawDocument, head: bytes) -> bool:
    """Return whether three header fields come before the first blank line, one of them no page would have."""
    names = []
    for line in re.split(rb"\r\n|\r|\n", head):
        field_ = _FIELD.match(line)
        if field_:
            names.append(field_[1].lower())
        elif not line or not (line[:1].isspace() or line.startswith((b"From ", b">From "))):
            break
    return len(names) >= 3 and bool(_MAIL_ONLY & set(names))


def _is_jsonl(document: RawDocument, head: bytes) -> bool:
    """Return whether a document that nothing calls a text begins with a record of one."""
    has_text = b'"text"' in head or b'"html"' in head
    return not document.media_type and has_text and _RECORD.match(head) is not None


def _is_markdown(_document: RawDocument, head: bytes) -> bool:
    """A text may quote a link or begin a line with #; what html2text and its like write has many of both."""
    return len(_MD_LINK.findall(head)) >= _MD_LINKS and _MD_HEADING.search(head) is not None


def _is_pdf(document: RawDocument, _head: bytes) -> bool:
    """Files begin with the mark, after up to a kilobyte of anything (ISO 32000, annex H)."""
    return b"%PDF-" in document.content[:1024]


def _never(_document: RawDocument, _head: bytes) -> bool:
    return False


# --- the formats


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format of documents. Functions are named with their module in `digest.readers` and load when needed."""

    name: str
    """What a source calls it that names its reader."""
    read: str
    """The `Reader`."""
    visible_text: str
    """RawDocument -> str: all text that it shows."""
    unpack: str = ""
    """(RawDocument, the time now) -> [RawDocument], for a format that holds several documents."""
    media_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its media types, each with the endings of file names that stand for it."""
    fits: Callable[[RawDocument, bytes], bool] = _never
    """Whether a document, with its first bytes as text, is clearly one, whatever it is called."""


_FORMATS = (
    Format(
        name="plain",
        read="plain.read",
        visible_text="plain.visible_text",
        media_types={"text/plain": (".txt", ".text")},
    ),
    Format(
        name="markdown",
        read="markdown.read",
        visible_text="markdown.visible_text",
        media_types={"text/markdown": (".md", ".markdown")},
        fits=_is_markdown,
    ),
    Format(
        name="jsonl",
        read="jsonl.read",
        visible_text="jsonl.visible_text",
        media_types={"application/jsonl": (".jsonl", ".ndjson"), "application/x-ndjson": ()},
        fits=_is_jsonl,
    ),
    Format(
        name="mail",
        read="mail.read",
        visible_text="mail.visible_text",
        media_types={"message/rfc822": (".eml",)},
        fits=_is_mail,
    ),
    Format(name="post", read="mail.read_post", visible_text="mail.visible_text"),
    Format(
        name="html",
        read="html.read",
        visible_text="html.visible_text",
        media_types={"text/html": (".html", ".htm"), "application/xhtml+xml": (".xhtml",)},
        fits=_is_html,
    ),
    Format(
        name="feed",
        read="entries.read",
        visible_text="html.visible_text",
        unpack="feeds.feed_entries",
        media_types={
            "application/rss+xml": (".rss",),
            "application/atom+xml": (".atom",),
            "application/rdf+xml": (".rdf",),
            "application/feed+json": (),
            "application/xml": (".xml",),
        },
        fits=_is_feed,
    ),
    Format(
        name="pdf",
        read="pdf.read",
        visible_text="pdf.visible_text",
        media_types={"application/pdf": (".pdf",)},
        fits=_is_pdf,
    ),
    Format(
        name="mailbox",
        read="mail.read",
        visible_text="mail.visible_text",
        unpack="mail.messages",
        media_types={"application/mbox": (".mbox",)},
        fits=_is_mailbox,
    ),
)
"""The vaguest first: of several that fit a document, the last is meant."""
FORMATS = {row.name: row for row in _FORMATS}
MEDIA_TYPES = {
    ending: media_type
    for row in _FORMATS
    for media_type, endings in row.media_types.items()
    for ending in endings
}
"""The endings of names that are read, and what they say. A folder gives the files that have one."""
_VAGUE = frozenset(("text/plain", "application/xml"))
"""Media types that say too little: the content decides."""
_BY_TYPE = {
    media_type: row.name
    for row in _FORMATS
    for media_type in row.media_types
    if media_type not in _VAGUE
}


# --- which one a document has


def format_name(document: RawDocument) -> str:
    """Return the name of the format that fits; raises `ReadError` for what only names other documents."""
    named = _BY_TYPE.get(document.media_type.split(";")[0].strip().lower(), "")
    head = _text_head(document.content)
    if named in ("", "mail", "markdown") and _is_digest(document.content, head):
        return "mailbox"
    if named not in ("", "html"):  # pages are served for feeds and mailboxes, too
        return named
    root = _root(document.content)
    if root in _LISTS:
        raise ReadError(document.source.location, _LISTS[root])
    fitting = (
        row.name for row in reversed(_FORMATS) if row.name == named or row.fits(document, head)
    )
    return next(fitting, "plain")


def is_container(document: RawDocument) -> bool:
    """Return whether a document holds or names others: a feed, a mailbox, a sitemap."""
    try:
        return bool(FORMATS[format_name(document)].unpack)
    except ReadError:
        return True


def is_sitemap(content: bytes) -> bool:
    """Return whether a document is a sitemap, gzipped or not."""
    if content.startswith(b"\x1f\x8b"):
        import zlib

        try:
            content = zlib.decompressobj(wbits=31).decompress(content[:_FEED_HEAD], _FEED_HEAD)
        except zlib.error:
            return False
    return _root(content) in _SITEMAP_ROOTS


def is_json_feed(content: bytes) -> bool:
    """Return whether a document, or its beginning, is a feed in JSON: other files in JSON are no articles."""
    return _root(content) == "{"


def is_html(content: bytes) -> bool:
    """Return whether a document is a page, whatever it was called."""
    return _root(content) not in _FEED_ROOTS and _is_page(_text_head(content))


def _root(content: bytes) -> str:
    """The name of the first element of a document in XML, in small letters; `{` for a JSON Feed."""
    head = _text_head(content, _FEED_HEAD).lstrip()
    if head.startswith(b"{"):
        return "{" if b'"items"' in content and _JSON_FEED in content else ""
    position = 0
    while head.startswith((b"<!", b"<?"), position):
        end = _declaration_end(head, position)
        if end <= position:
            return ""
        position = end + len(head[end:]) - len(head[end:].lstrip())
    match = _ROOT.match(head, position)
    return match[1].decode().lower() if match else ""


def _declaration_end(head: bytes, start: int) -> int:
    """Where a comment, instruction or document type ends; 0 where it does not."""
    if head.startswith(b"<!--", start):
        return head.find(b"-->", start) + 3
    if head.startswith(b"<?", start):
        return head.find(b"?>", start) + 2
    end, subset = head.find(b">", start), head.find(b"[", start)
    if 0 <= subset < end:
        end = head.find(b">", head.find(b"]", subset))
    return end + 1


def _text_head(content: bytes, size: int = _HEAD) -> bytes:
    head = content[:size].removeprefix(codecs.BOM_UTF8)
    if (
        head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or head.count(0) > len(head) // 4
    ):
        head = head.replace(b"\0", b"").lstrip(codecs.BOM_UTF16_BE)
    return head


def _is_page(head: bytes) -> bool:
    """A text may quote a tag; a page begins with one, and closes several."""
    if _MARKUP.match(head):
        return True
    return head.lstrip().startswith(b"<") and len(_CLOSED.findall(head)) >= 3


def _is_digest(content: bytes, head: bytes) -> bool:
    """Return whether a text holds several messages: a list's digest, posts saved one below another."""
    if b"multipart/digest" in head.lower():
        return True
    if content.count(b"\nSubject:") < 2 or _is_page(head):
        return False
    return len(post_heads(content.replace(b"\r\n", b"\n"))) > 1


def post_heads(content: bytes) -> list[int]:
    """Return where messages begin in a text that holds several: the header of a letter behind a rule.

    A header with a Message-ID needs no rule above it; one that a letter quotes has neither.
    """
    found = []
    for match in _POST.finditer(content):
        fields = match[0].lower()
        if not all(b"\n" + name in b"\n" + fields for name in _POST_FIELDS):
            continue
        above = content[max(0, match.start() - _ABOVE) : match.start()]
        ruled = _RULE_ABOVE.search(above) and not _FORWARDED.search(above[-80:])
        if ruled or (b"\nmessage-id:" in fields and (not above or above.endswith(b"\n\n"))):
            found.append(match.start())
    return found
