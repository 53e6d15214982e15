"""Web addresses: what in them only follows the reader about."""

import re
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
