"""An issue of invented news that an editor may take in hand, and what tells its topics."""

import datetime
from dataclasses import replace
from functools import partial

import pytest

from digest.config import Config, make_stages
from digest.editing import Ranked, statistics_of
from digest.editing.layout import Tell
from digest.models import Article, Brief, Digest, Importance, Section, Story, Tier, Topic
from digest.pipeline import tell


def article(number: int, title: str, text: str, source: str) -> Article:
    """Return an article of a source."""
    return Article(f"a{number}", title, text, source=source, page=f"pages/{number}.txt")


DAM = (
    article(1, "Dam at Colne breaks", "The dam at Colne broke on Friday night. Eleven people are missing."
            " The valley below was cleared within an hour.", "The Courier"),
    article(2, "Eleven missing after dam breaks", "Rescuers looked for eleven people on Saturday. A bridge was"
            " carried away. The dam had been inspected in May.", "The Ledger"),
)  # fmt: skip
FERRY = (
    article(3, "Ferry line returns", "A ferry will cross the Orrin sound again. The line has ordered two"
            " boats.", "The Ledger"),
    article(4, "Boats for the Orrin sound", "Two electric boats come from Bergen. A crossing costs eleven"
            " pounds.", "Sund Post"),
)  # fmt: skip
PEARS = article(
    5, "A frost takes the pears", "Growers lost half of their pears. Prices rose.", "Post"
)
LIBRARY = article(
    6,
    "Library to open on Sundays",
    "The city library opens in January. Twelve will be hired.",
    "Post",
)
UNTITLED = article(7, "", "The council meets on Monday. It has nine points.", "Post")
SLUICE = (
    article(
        8, "Sluice repairs begin", "Divers repair the sluice. It takes three weeks.", "The Ledger"
    ),
    article(9, "Harbour closed for repairs", "Large ships must wait. Boats may pass.", "Sund Post"),
)


@pytest.fixture(scope="session")
def teller() -> Tell:
    """What gives a topic the room of a tier, as a run does; by the first sentences."""
    stages = make_stages(Config(algorithm="lead"))
    return partial(tell, stages=stages)


def _section(tell: Tell, tier: Tier, total: float, *articles: Article) -> Section:
    ranked = Ranked(
        topic=Topic(label=articles[0].title, stories=(Story(articles),)),
        importance=Importance((("outlets", total), ("place", 0.0))),
        outlets=len(articles),
    )
    return replace(tell(ranked, "compact" if tier == "listed" else tier), tier=tier)


@pytest.fixture(scope="session")
def issue(teller: Tell) -> Digest:
    """An issue with a piece of each kind: lead, story, compact, two in brief, two that are only listed."""
    digest = Digest(
        "The daily digest",
        datetime.date(2026, 11, 21),
        sections=(
            _section(teller, "lead", 2.0, *DAM),
            _section(teller, "story", 1.5, PEARS),
            _section(teller, "compact", 1.0, *FERRY),
            _section(teller, "listed", 0.5, *SLUICE),
        ),
        in_brief=(Brief(LIBRARY, Importance((("outlets", 0.0), ("place", 0.3)))), Brief(UNTITLED)),
    )
    return replace(digest, statistics=statistics_of(digest, sources=4, words_read=200))
