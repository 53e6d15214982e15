"""Which reader fits a document: its media type or name, unless the content clearly says otherwise."""

import codecs
import re

from digest.errors import ReadError
from digest.models import RawDocument

_BY_TYPE = {
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "mail",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/mbox": "mailbox",
    "application/feed+json": "feed",
    **dict.fromkeys(("application/rss+xml", "application/atom+xml", "application/rdf+xml"), "feed"),
}
_HEAD = 4096
# No possessive groups here: before Python 3.11.5 they go wrong around alternatives (gh-106052).
_MARKUP = re.compile(
    rb"\A(?:\s|<!--[^-]*(?:-(?!->)[^-]*)*-->|<\?xml[^>]*>)*<(!doctype\s+html|html)\b", re.I
)
_FEED_HEAD = 65536
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
_MD_LINKS = 3
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
_ABOVE = 200
_RECORD = re.compile(rb"\s*+\{\s*+\"[^\"\n]{1,40}\"\s*+:")


def reader_name(document: RawDocument) -> str:
    """Return the name of the reader that fits; raises `ReadError` for what only names other documents."""
    named = _BY_TYPE.get(document.media_type.split(";")[0].strip().lower(), "")
    head = _text_head(document.content)
    if named in ("", "mail", "markdown") and _is_digest(document.content, head):
        return "mailbox"
    if named in ("mail", "jsonl", "markdown", "mailbox", "feed"):
        return named
    if _MAILBOX.match(head.lstrip()):
        return "mailbox"
    root = _root(document.content)
    if root in _LISTS:
        raise ReadError(document.source.location, _LISTS[root])
    if root in _FEED_ROOTS:
        return "feed"
    if named == "html" or _is_html(head):
        return "html"
    if _is_mail(head):
        return "mail"
    if not document.media_type and _RECORD.match(head) and (b'"text"' in head or b'"html"' in head):
        return "jsonl"
    return "markdown" if _is_markdown(head) else "plain"


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


def _is_digest(content: bytes, head: bytes) -> bool:
    """Whether a text holds several messages: a list's digest, posts saved one below another."""
    if b"multipart/digest" in head.lower():
        return True
    if content.count(b"\nSubject:") < 2 or _is_html(head):
        return False
    return len(post_heads(content.replace(b"\r\n", b"\n"))) > 1


def is_container(document: RawDocument) -> bool:
    """Whether a document holds or names others: a feed, a mailbox, a sitemap."""
    try:
        return reader_name(document) in ("feed", "mailbox")
    except ReadError:
        return True


def is_sitemap(content: bytes) -> bool:
    """Whether a document is a sitemap, gzipped or not."""
    if content.startswith(b"\x1f\x8b"):
        import zlib

        try:
            content = zlib.decompressobj(wbits=31).decompress(content[:_FEED_HEAD], _FEED_HEAD)
        except zlib.error:
            return False
    return _root(content) in _SITEMAP_ROOTS


def is_html(content: bytes) -> bool:
    """Whether a document is a page, whatever it was called."""
    return _root(content) not in _FEED_ROOTS and _is_html(_text_head(content))


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


def _is_html(head: bytes) -> bool:
    """A text may quote a tag; a page begins with one, and closes several."""
    if _MARKUP.match(head):
        return True
    return head.lstrip().startswith(b"<") and len(_CLOSED.findall(head)) >= 3


def _is_markdown(head: bytes) -> bool:
    """A text may quote a link or begin a line with #; what html2text and its like write has many of both."""
    return len(_MD_LINK.findall(head)) >= _MD_LINKS and _MD_HEADING.search(head) is not None


def _is_mail(head: bytes) -> bool:
    """At least three header fields before the first blank line, one of them no page would have."""
    names = []
    for line in re.split(rb"\r\n|\r|\n", head):
        field = _FIELD.match(line)
        if field:
            names.append(field[1].lower())
        elif not line or not (line[:1].isspace() or line.startswith((b"From ", b">From "))):
            break
    return len(names) >= 3 and bool(_MAIL_ONLY & set(names))
