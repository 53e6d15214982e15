"""Pages of random layouts, to train on: each page draws its own separators, bylines, titles and clutter.

No named layout of `layouts` or of the evaluation data is drawn from here, so those stay unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.pages.bodies import Body
from benchmarks.pages.layouts import Draft

SEPARATORS = (
    "***",
    "---",
    "~~~~~",
    "+++",
    "oOo",
    "#",
    "______________",
    "§",
    "* * * * *",
    "==========",
    "-30-",
    "///",
)
ENDS = (
    "Keep reading",
    "Read the whole thing",
    "Full article",
    "See more",
    "Read on our site",
    "Continue to the story",
    "Weiterlesen",
    "Lire la suite",
    "More »",
)
NAMES = (
    "Ada Brook",
    "Luis Ortega",
    "Hanna Schmidt",
    "Olu Adeyemi",
    "Kim Sato",
    "Ruth Cohen-Lee",
    "Ben O'Dowd",
    "Marta de Souza",
)
DATES = (
    "3 May 2021",
    "July 19, 2022",
    "2020-11-30",
    "Thursday, 6 October 2022",
    "21/02/2023",
    "Aug 8, 2019 7:15 AM",
    "2 hours ago",
    "10:42",
)
KICKERS = ("World", "Science", "OPINION", "Money", "Local news", "Analysis")
CHROME = (
    "Log in",
    "Menu",
    "Our apps",
    "Weather",
    "Crosswords",
    "Members only",
    "Choose your edition",
    "Dark mode",
    "Cartoon of the day",
    "Gift cards",
    "Advertise",
    "Site index",
    "Share",
    "Copy link",
    "Leave a reply",
)
GENERIC = (
    "What happens next",
    "The background",
    "Mixed reaction",
    "Why it matters",
    "A long road",
    "Looking ahead",
    "At a glance",
    "The wider picture",
    "Rising costs",
)
EMOJI = ("⚡", "🌍", "🚲", "📈", "🎭", "🧪", "⚽", "🏛")
PREFIXES = ("Related:", "Read next:", "See also:", "More:", "Explained:")


@dataclass(frozen=True)
class Style:
    """What a page does around its articles."""

    separator: str | None
    end: str | None
    title: str
    byline: str
    date: bool
    kicker: bool
    picture: bool
    headings: bool
    capitals: bool
    teasers: str
    chrome: int
    loose: bool
    """Whether some articles go without the closing line that others have."""


def style(rng: Random) -> Style:
    """Draw a style."""
    return Style(
        separator=rng.choice(SEPARATORS) if rng.random() < 0.3 else None,
        end=rng.choice(ENDS) if rng.random() < 0.25 else None,
        title=rng.choices(
            (
                "plain",
                "upper",
                "hash",
                "numbered",
                "bold",
                "label",
                "twice",
                "bullet",
                "emoji",
                "none",
            ),
            (11, 2, 1.5, 1.5, 1, 1, 1.5, 1, 0.5, 1),
        )[0],
        byline=rng.choices(("none", "below", "above", "end"), (6, 4, 1, 1))[0],
        date=rng.random() < 0.35,
        kicker=rng.random() < 0.2,
        picture=rng.random() < 0.25,
        headings=rng.random() < 0.45,
        capitals=rng.random() < 0.2,
        teasers=rng.choices(
            ("none", "bare", "prefixed", "list", "quote", "advert"), (8, 3, 2, 1, 1, 1)
        )[0],
        chrome=rng.choice((0, 0, 0, 1, 2)),
        loose=rng.random() < 0.2,
    )


def page(rng: Random, bodies: Sequence[Body]) -> Draft:
    """Return a page of a style of its own."""
    draft = Draft()
    look = style(rng)
    alone = look.separator or look.end or look.byline != "none" or look.date
    if look.title == "none" and not alone:
        look = Style(**{**look.__dict__, "separator": rng.choice(SEPARATORS)})
    draft.add(*rng.sample(CHROME, rng.randint(0, 4)))
    count = rng.choice((1, 2, 3, 4, 5))
    for number, body in enumerate(bodies[:count], 1):
        _head(draft, rng, look, body, number)
        _body(draft, rng, look, body, bodies[count:])
        if look.byline == "end":
            draft.add(f"— {rng.choice(NAMES)}")
        ends = look.end and not (look.loose and rng.random() < 0.5)
        draft.add(*([look.end] if look.end and ends else []), *rng.sample(CHROME, look.chrome))
        if look.separator and (number < count or rng.random() < 0.5):
            draft.add(look.separator)
    draft.add(*rng.sample(CHROME, rng.randint(0, 4)))
    return draft


def _head(draft: Draft, rng: Random, look: Style, body: Body, number: int) -> None:
    if look.kicker:
        draft.add(rng.choice(KICKERS))
    if look.byline == "above":
        draft.add(f"By {rng.choice(NAMES)}")
    shown = {
        "upper": body.title.upper(),
        "hash": f"## {body.title}",
        "numbered": f"{number}. {body.title}",
        "bold": f"**{body.title}**",
        "label": f"Headline: {body.title}",
        "bullet": f"• {body.title}",
        "emoji": f"{rng.choice(EMOJI)} {body.title.upper()}",
    }.get(look.title, body.title)
    if look.title != "none":
        draft.title(shown)
    if look.title == "twice":
        draft.add(*([rng.choice(CHROME)] if rng.random() < 0.5 else []))
        draft.lines.append(body.title)
    byline = f"By {rng.choice(NAMES)}" if look.byline == "below" else ""
    dates = DATES[:-2] if look.title == "none" else DATES
    date = rng.choice(dates) if look.date else ""
    draft.add(
        *(
            line
            for line in (
                [f"{byline} | {date}"] if byline and date and rng.random() < 0.4 else [byline, date]
            )
            if line
        )
    )
    if look.picture:
        draft.add(
            f"{rng.choice(('Workers', 'Voters', 'Fans'))} wait outside the building on a rainy morning",
            f"{rng.choice(NAMES)}/Alamy",
        )


def _body(draft: Draft, rng: Random, look: Style, body: Body, others: Sequence[Body]) -> None:
    paragraphs = list(body.paragraphs)
    spots = rng.sample(range(1, len(paragraphs)), min(rng.choice((1, 1, 2)), len(paragraphs) - 1))
    gold: list[str] = []
    for at, paragraph in enumerate(paragraphs):
        if at in spots and look.headings and len(paragraphs) > 4:
            words = [word.strip(",.\"'") for word in paragraph.split()]
            heading = (
                rng.choice(GENERIC)
                if rng.random() < 0.4
                else " ".join(words[1 : rng.randint(3, 6)]).capitalize()
            )
            heading = heading.upper() if look.capitals else heading
            draft.lines.append(heading)
            gold.append(heading)
        elif at in spots and look.teasers != "none":
            _clutter(draft, rng, look.teasers, body, others)
        draft.lines.append(paragraph)
        gold.append(paragraph)
    draft.articles.append(
        {"title": None if look.title == "none" else body.title, "paragraphs": gold}
    )


def _clutter(draft: Draft, rng: Random, kind: str, body: Body, others: Sequence[Body]) -> None:
    titles = [other.title for other in others] or ["Ten ways to cook an egg"]
    if kind == "bare":
        draft.add(rng.choice(titles))
    elif kind == "prefixed":
        draft.add(f"{rng.choice(PREFIXES)} {rng.choice(titles)}")
    elif kind == "list":
        draft.add("You may be interested in", *titles[:3])
    elif kind == "quote":
        draft.add(f"“{body.paragraphs[0].split('. ')[0].strip('.')}”")
    else:
        draft.add("Advertisement")


def random_pages(bodies: Sequence[Body], count: int, seed: int = 3) -> list[dict[str, object]]:
    """Return pages of random layouts, the same for the same seed."""
    rng = Random(seed)
    found: list[dict[str, object]] = []
    for number in range(count):
        draft = page(rng, rng.sample(list(bodies), 8))
        gap = "\n\n" if rng.random() < 0.8 else "\n"
        found.append(
            {
                "id": f"random-{number:04d}",
                "layout": "random",
                "text": gap.join(draft.lines) + "\n",
                "articles": draft.articles,
                "noise": draft.noise,
            }
        )
    return found
