"""What is asked of a server, and what it answered."""

from dataclasses import dataclass

from digest.models import RawDocument, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An address, and what is known of it from the last time."""

    url: str
    etag: str = ""
    """The validators of the last answer, as `Response` gave them: with them, the server may say 304."""
    last_modified: str = ""
    is_page: bool = False
    """True for a page, which a site's robots.txt may forbid; a feed is published to be fetched by programs."""
    from_public: bool = False
    """True where an answer from the public internet named the address: it leads nobody inside, not even with
    `allow_private`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A whole answer: nothing of one that broke off is ever handed on."""

    request: Request
    url: str
    """Where it came from in the end, after redirects; without a user name and password."""
    status: int
    """200, or 304 where nothing has changed since the validators of the request."""
    content: bytes = b""
    """Decompressed; empty with 304."""
    media_type: str = ""
    """In lower case, without parameters; empty where the server names none."""
    charset: str = ""
    """As the server says, in lower case; empty where it does not."""
    etag: str = ""
    last_modified: str = ""
    public: bool = True
    """True where it came from the public internet."""
    moved_to: str = ""
    """The address to use from now on: every hop said that it moved for good (301, 308)."""

    def document(self, source: Source) -> RawDocument:
        """Return what came as a document of `source`, in the charset that the server names."""
        charset = f"; charset={self.charset}" if self.charset else ""
        return RawDocument(
            source,
            self.content,
            url=self.url,
            media_type=self.media_type and self.media_type + charset,
        )
