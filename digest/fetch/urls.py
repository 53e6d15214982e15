"""Addresses on the web (RFC 3986) and of mailboxes (RFC 5092), read once: one reading serves all that ask."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from digest.errors import FetchError, without_credentials

PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_KEPT = "%/:=&?~#+!$,;'@()*[]|"
_LONGEST = 8192  # characters; servers refuse longer ones (RFC 9110 asks for 8,000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An http or https address; as text it shows no user name and no password."""

    scheme: str
    host: str
    """In lower case and ASCII: the A-labels of an international name, an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""
    credentials: str = ""
    """`user:password`, decoded."""

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        return self.origin + self.target

    def join(self, location: str) -> "Url":
        """Return the address that a `Location` header means; raises `FetchError`."""
        try:
            joined = urljoin(str(self), location)
        except ValueError as error:
            raise FetchError(location, "not an address") from error
        return parse_url(joined)


def is_address(location: str) -> bool:
    """True where `location` begins with a scheme, such as `https://`: it names no file."""
    return _ADDRESS.match(location) is not None


def parse_url(address: str) -> Url:
    """Read an address; raises `FetchError` for one that is not http or https, or not well formed."""
    address = address.strip()
    shown = without_credentials(address)
    if len(address) > _LONGEST:
        raise FetchError(shown[:100] + "...", "the address is too long; correct it")
    if _FORBIDDEN.search(address):
        raise FetchError(shown, "not an address: it holds a control character or a backslash")
    try:
        parts = urlsplit(address)
        if parts.scheme not in PORTS:
            raise FetchError(shown, _unknown_scheme(parts.scheme))
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        host = parts.hostname or ""
        if "[" in parts.netloc and ":" not in host:
            raise ValueError("brackets without an IPv6 address")
    except ValueError as error:
        raise FetchError(shown, "not an address; correct it") from error
    if not port:
        raise FetchError(shown, "not an address: there is no port 0")
    path = quote(parts.path or "/", safe=_KEPT, errors="replace")
    query = f"?{quote(parts.query, safe=_KEPT, errors='replace')}" if parts.query else ""
    return Url(
        scheme=parts.scheme,
        host=_ascii_host(host, shown),
        port=port,
        target=(path if path.startswith("/") else f"/{path}") + query,
        credentials=unquote(parts.netloc.rpartition("@")[0]),
    )


def basic(credentials: str) -> str:
    """Return `user:password` as the value of a header (RFC 7617)."""
    import base64

    return f"Basic {base64.b64encode(credentials.encode('utf-8', 'replace')).decode('ascii')}"


def _ipv6(host: str, shown: str) -> str:
    from ipaddress import IPv6Address

    try:
        address = IPv6Address(host)
    except ValueError as error:
        raise FetchError(shown, "not an IPv6 address; correct it") from error
    if address.scope_id is not None:
        raise FetchError(shown, "an address of one machine's own network; give one without %")
    return host


def _unknown_scheme(scheme: str) -> str:
    if scheme == "file":
        return "only http and https addresses are fetched; give the name of the file instead"
    return "only http and https addresses are fetched" + (f", not {scheme}:" if scheme else "")


def _ascii_host(host: str, shown: str) -> str:
    """Return a host name as the name system wants it (IDNA 2008 with the mapping of UTS 46)."""
    if ":" in host:
        return _ipv6(host, shown)
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise FetchError(shown, "no host can have this name; correct the address") from error
    if not _HOST.fullmatch(host):
        raise FetchError(shown, "no host can have this name; correct the address")
    return host


# --- mailboxes

_SCHEME = "imaps://"
_PORT = 993
"""RFC 8314."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A folder of mails, and who may read it."""

    host: str
    port: int
    user: str
    folder: str

    @property
    def place(self) -> str:
        """The address without the user, as errors name it."""
        port = "" if self.port == _PORT else f":{self.port}"
        return f"{_SCHEME}{self.host}{port}/{self.folder}"

    @property
    def encoded_folder(self) -> str:
        """The folder as IMAP writes it: in quotes, in its own UTF-7 (RFC 3501, section 5.1.3)."""
        parts = re.findall(r"[ -~]+|[^ -~]+", self.folder)
        encoded = "".join(
            p.replace("&", "&-") if p.isascii() and p.isprintable() else _shifted(p) for p in parts
        )
        return '"' + encoded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_mailbox(location: str) -> bool:
    """True where `location` is the address of a mailbox."""
    return location[: len(_SCHEME)].lower() == _SCHEME


def parse_mailbox(location: str) -> Mailbox:
    """Read `imaps://user@host/Folder` (RFC 5092); raises `FetchError`."""
    url = parse_url("https" + location[len("imaps") :])
    if not url.credentials:
        raise FetchError(location, "it needs the name of a user: imaps://user@host/Folder")
    if ":" in url.credentials:
        raise FetchError(
            location,
            "a password does not belong into a configuration: set the environment variable"
            " DIGEST_IMAP_PASSWORD, or name a password_file or a keyring",
        )
    parts = urlsplit(location)
    return Mailbox(
        host=url.host,
        port=parts.port or _PORT,
        user=url.credentials,
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _shifted(text: str) -> str:
    import base64

    packed = base64.b64encode(text.encode("utf-16-be", "replace")).decode("ascii")
    return "&" + packed.rstrip("=").replace("/", ",") + "-"
