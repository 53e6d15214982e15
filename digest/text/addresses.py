"""Web addresses: what in them only follows the reader about, and which outlet they belong to."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|(?:fb|gc|dc|y|ms|tt|tw|li_fat_|igs?h|wick|gad_)l?(?:clid|kid|id|shid|_?source)"
    r"|gbraid|wbraid|mc_[ce]id|mkt_tok|_ga|_gl|_hs(?:enc|mi)|__hs\w+|vero_\w+|oly_\w+_id|s_?cid|cmpid|ncid|ocid"
    r"|xtor|wt[._]\w+|at_(?:medium|campaign|custom\d|link\w*|format|ptr_name)|ref_src|smid|smtyp)",
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"(?:sid|session_?id|phpsessid|jsessionid)=(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}"
    r"|(?:source|ref|from|src|campaign|medium)=(?:rss|atom|feed|e?-?mail|newsletter)(?:[_.-][\w.-]{0,80})?",
    re.IGNORECASE,
)
"""Parameters that track by their value alone: the number of a visit, and that one came by a feed or a mail."""


def without_tracking(query: str) -> str:
    """Return the query of an address without empty parameters and those that only track its reader."""
    return "&".join(
        pair
        for pair in query.split("&")
        if pair and not (_TRACKING.fullmatch(pair.partition("=")[0]) or _VISIT.fullmatch(pair))
    )


def untracked(address: str) -> str:
    """Return a whole address without what in its query only tracks its reader."""
    if "?" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return urlunsplit(parts._replace(query=without_tracking(parts.query)))


def without_feed_scheme(address: str) -> str:
    """Return an address that begins with `feed:`, as some lists and buttons have it, as one of the web."""
    if not address.lower().startswith("feed:"):
        return address
    rest = address[5:]
    return f"https:{rest}" if rest.startswith("//") else rest


_TELLING = 3
"""The letters from which a label of a host tells an outlet: not `co`, not `uk`."""
_NOT_LETTERS = re.compile(r"[\W_]+")


def outlets(published: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return what the outlet of each (name, address) is known by: the label of its host that its name holds.

    "BBC World" and "BBC UK" under bbc.com are one; two names under the address of an aggregator are two. A
    name without an address is the outlet that goes by it elsewhere, else one of its own.
    """
    names = [(_name(source), url) for source, url in published]
    labels = [_label(name, url) for name, url in names]
    known: dict[str, str] = {}
    for (name, _), label in zip(names, labels, strict=True):
        if label:
            known[name] = min(label, known.get(name, label))
    return [label or known.get(name, name) for (name, _), label in zip(names, labels, strict=True)]


def _name(source: str) -> str:
    return " ".join(source.casefold().removeprefix("www.").split())


def _label(name: str, url: str | None) -> str:
    """Return the label of a host that a name holds; empty where there is none."""
    letters = _NOT_LETTERS.sub("", name)
    return next((one for one in host_labels(url) if len(one) >= _TELLING and one in letters), "")


def host_labels(url: str | None) -> list[str]:
    """Return the labels of the host in an address: `www`, `example`, `org`; none where it has no host."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return host.split(".") if host else []
