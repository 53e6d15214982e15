"""A digest as an e-book (EPUB 3.2): a chapter a topic, with its notes and the articles behind it.

A note leads to its sentence in the article, which stands in the same chapter: a reader without a network has
all of it. The archive has fixed times, so that the same digest gives the same bytes.
"""

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from digest.codec import write_digest
from digest.models import Digest
from digest.renderers.articles import Quote
from digest.renderers.composition import briefing_view
from digest.renderers.formats import TemplateRenderer
from digest.renderers.templates import fill
from digest.renderers.views import BriefGroup, BriefingView, TopicView
from digest.renderers.words import Words

_MIMETYPE = b"application/epub+zip"
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP file can write down."""
_UNIX = 3
"""The system that a ZIP file says it comes from: the same one on each."""


class Chapter(NamedTuple):
    """A chapter: its file within the book, its title, and the template that it is filled from."""

    file: str
    title: str
    template: str
    context: dict[str, Any]


@dataclass(slots=True)
class Notes:
    """Numbers the notes of a chapter in the order in which the template asks for them."""

    made: list[Quote] = field(default_factory=list)

    def __call__(self, quote: Quote) -> int:
        """Return the number of a new note, which leads to the place of `quote`."""
        self.made.append(quote)
        return len(self.made)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubRenderer(TemplateRenderer):
    """Renders a digest as an EPUB through the templates `epub-*.xml`."""

    def __call__(self, digest: Digest, /) -> bytes:
        """Return the bytes of the book."""
        words = self.words_for(digest)
        briefing = briefing_view(digest, words, whole=True)
        chapters = list(_chapters(briefing, words))
        about = {
            "briefing": briefing,
            "chapters": chapters,
            "title": briefing.title,
            "id": uuid.uuid5(uuid.NAMESPACE_OID, write_digest(digest)).urn,
        }
        return _zipped(
            {
                "META-INF/container.xml": _CONTAINER,
                "EPUB/package.opf": self._filled("epub-package.xml", about, words),
                "EPUB/contents.xhtml": self._filled("epub-contents.xml", about, words),
                "EPUB/epub.css": self._filled("epub.css", {}, words),
                **{
                    f"EPUB/{one.file}": self._filled(
                        one.template, {"title": one.title, **one.context}, words
                    )
                    for one in chapters
                },
            }
        )

    def _filled(self, name: str, context: dict[str, Any], words: Words) -> str:
        return fill(name, context, templates=self.templates, theme=self.theme, words=words)


def _chapters(briefing: BriefingView, words: Words) -> Iterator[Chapter]:
    for topic in briefing.topics:
        context = {"topic": topic, "notes": Notes(), "told": _told(topic)}
        yield Chapter(f"{topic.anchor}.xhtml", topic.heading, "epub-topic.xml", context)
    listed = (BriefGroup(name="", lines=briefing.also_read),) if briefing.also_read else ()
    for name, title, groups in (
        ("brief", "In brief", briefing.in_brief),
        ("also-read", "Also read", listed),
    ):
        if groups:
            yield Chapter(f"{name}.xhtml", words.say(title), "epub-lines.xml", {"groups": groups})


def _told(topic: TopicView) -> frozenset[int]:
    """Return the numbers of the articles whose texts stand in the chapter of a topic."""
    return frozenset(article.number for article in topic.articles if article.is_told)


def _zipped(files: dict[str, str]) -> bytes:
    """Return the files as an OCF container: its type comes first and is not compressed."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(_entry("mimetype"), _MIMETYPE, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(_entry(name), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
    return entry
