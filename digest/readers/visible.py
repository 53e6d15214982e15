"""The whole text that a document shows, independent of what is later taken for an article."""

from digest.models import RawDocument
from digest.readers.encoding import clean, decode, served_charset


def shown(document: RawDocument, reader: str) -> str:
    """Return the text that a reader of the document, by the named format, would see."""
    location = document.source.location
    if reader == "html":
        from digest.readers.html import declared_charset
        from digest.readers.markup import scan

        charset = served_charset(document.media_type) or declared_charset(document.content)
        return scan(decode(document.content, charset, source=location)).visible
    if reader in ("mail", "post"):
        from digest.readers import mail

        return mail.visible_text(document)
    if reader == "jsonl":
        return _records_text(document)
    text = decode(document.content, served_charset(document.media_type), source=location)
    if reader == "markdown":
        from digest.readers import markdown

        return "\n".join([*(block.text for block in markdown.blocks(text)), text])
    from digest.readers import plain

    lines = text.split("\n")
    unquoted = plain.unquoted(lines)
    return text if unquoted == lines else "\n".join([*unquoted, text])


def _records_text(document: RawDocument) -> str:
    from digest.readers.jsonl import records, strings
    from digest.readers.markup import scan

    parts = []
    for _, record in records(document.content, document.source.location):
        if isinstance(record, dict):
            parts += [clean(text) for text in strings(record)]
            if isinstance(markup := record.get("html"), str):
                parts.append(scan(markup).visible)
    return "\n".join(parts)
