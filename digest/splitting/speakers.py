"""Names of speakers on lines of their own: who says what in an interview, so they are text."""

from collections import Counter

from digest.splitting.attributions import lone_name
from digest.splitting.roles import Role
from digest.splitting.segments import Segment
from digest.splitting.view import PageView

_TURNS = 2
_SPOKEN = frozenset({"paragraph", "heading"})


def keep_speakers(view: PageView, segment: Segment, found: dict[int, Role]) -> None:
    """Keep the names above what is said, where two people or more speak twice or more each."""
    if not segment.prose:
        return
    last = segment.prose[-1]
    turns = [
        index
        for index in range(segment.prose[0] + 1, last)
        if found[index] not in _SPOKEN
        and found[index + 1] in _SPOKEN
        and found[index - 1] in _SPOKEN
        and lone_name(view.lines[index].bare)
    ]
    counts = Counter(view.lines[index].key for index in turns)
    speakers = {name for name, count in counts.items() if count >= _TURNS}
    if len(speakers) > 1:
        found.update(
            dict.fromkeys((i for i in turns if view.lines[i].key in speakers), "paragraph")
        )
