"""Editing: what of a day's topics leads, what gets a sentence, a line or only its headline.

    topics --rank--> ranked topics --lay out--> sections, in brief, also read

    issue --write--> list --an editor--> list --read, revise--> issue

Ranking and layout see only the day's articles and the reader's wishes; nothing is looked up.
"""

from digest.editing.headlines import has_headline
from digest.editing.importance import Ranked, Ranker, outlet_count, reports
from digest.editing.issue_list import read_list, revise, write_list
from digest.editing.layout import Laid, Layout, statistics_of
from digest.editing.reader import Recalled, Wishes, news, recall

__all__ = [
    "Laid",
    "Layout",
    "Ranked",
    "Ranker",
    "Recalled",
    "Wishes",
    "has_headline",
    "news",
    "outlet_count",
    "read_list",
    "recall",
    "reports",
    "revise",
    "statistics_of",
    "write_list",
]
