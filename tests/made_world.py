"""Reports on invented events, as many as a test wants."""

import random
from datetime import UTC, datetime, timedelta

from digest.models import Article

_SYLLABLES = "bar den lor mik tas vel orn gid pur sen hal wex".split()
_DEEDS = "opens closes buys sells floods repairs paints moves counts sues praises leaves".split()
_THINGS = "harbour bridge school factory museum archive railway theatre market mill".split()
_FIRST = datetime(2026, 11, 1, tzinfo=UTC)


def world(events: int, seed: str = "world", reports: int = 3) -> list[Article]:
    """Return reports on invented events, some days apart, each told in words of its own."""
    found = []
    for event in range(events):
        chance = random.Random(f"{seed} {event}")
        names = ["".join(chance.sample(_SYLLABLES, 3)).capitalize() for _ in range(4)]
        deed, thing = chance.choice(_DEEDS), chance.choice(_THINGS)
        for report in range(reports):
            rest = " ".join(
                f"{chance.choice(names)} spoke of a {chance.choice(_THINGS)}." for _ in names
            )
            text = f"{names[0]} {deed} the {thing} of {names[1]}, and {names[2]} was there. {rest}"
            when = _FIRST + timedelta(hours=chance.randrange(700))
            title = f"{names[0]} {deed} {thing} of {names[1]} ({report})"
            found.append(Article(f"{seed}-{event}-{report}", title, text, published=when))
    return found
