"""Web addresses: what in them only follows the reader about."""

import re

_TRACKING = re.compile(
    r"(?:utm_\w+|(?:fb|gc|dc|y|ms|tt|tw|li_fat_|igs?h|wick|gad_)l?(?:clid|kid|id|shid|_?source)"
    r"|gbraid|wbraid|mc_[ce]id|mkt_tok|_ga|_gl|_hs(?:enc|mi)|__hs\w+|vero_\w+|oly_\w+_id|s_?cid|cmpid|ncid|ocid"
    r"|xtor|wt[._]\w+|at_(?:medium|campaign|custom\d|link\w*|format|ptr_name)|ref_src|smid|smtyp)",
    re.IGNORECASE,
)


def without_tracking(query: str) -> str:
    """Return the query of an address without empty parameters and those that only track its reader."""
    return "&".join(
        pair
        for pair in query.split("&")
        if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    )
