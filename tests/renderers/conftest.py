"""A briefing of invented news: a lead, two stories, one by its outlets, lines, and what was left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import lxml.html
import pytest

from digest.models import (
    Article,
    Brief,
    Copy,
    Digest,
    Disagreement,
    FailingSource,
    Importance,
    Omission,
    Section,
    Sentence,
    Statistics,
    Story,
    StorySummary,
    Summary,
    Topic,
)
from digest.renderers.templates import sample_digest, template_folders

FERRY_STRIKE = """\
Ferries between Port Wessel and the outer islands will stay in harbour until Thursday after crews voted by \
four to one to walk out over night shifts. The operator, Norhaven Line, cancelled 212 sailings and offered \
refunds to some 38,000 passengers.

“Nobody takes pleasure in closing the only road the islands have,” said Maren Tolvik, who leads the seamen's \
branch. “But a captain who has slept four hours is a danger to everyone on board.”

What the crews want

The branch asks for eleven hours of rest between shifts and a second mate on every night crossing. Norhaven \
Line says the second mate alone would cost 14 million crowns a year, more than the company earned in 2025. It \
has put a smaller offer on the table: nine hours of rest from March, and the second mate in winter only.

Hospitals on the outer islands said they had moved nine patients to the mainland by helicopter before the \
strike began. Supermarkets reported empty shelves for milk and bread by noon, and the county opened two \
school gymnasiums for stranded travellers.

The last strike on the route, in 2011, ended after nine days when the county promised a subsidy. That subsidy \
runs out in June, and no party in the county council has said whether it will be renewed."""

FERRY_TALKS = """\
Norhaven Line and its crews returned to the table on Wednesday evening, a day earlier than planned, after the \
county offered to carry half the cost of a second mate. The offer is worth 7 million crowns a year and would \
run until 2029.

Both sides called the talks “serious”, which after two silent days passed for good news on the quay. A \
mediator has forbidden them to speak to the press until they finish.

Freight has found a way around the strike in the meantime. Three fishing boats have carried mail and medicine \
since Tuesday, and the coast guard has let them use its berth at Sund."""

FERRY_PRICES = """\
Hotel rooms in Port Wessel cost twice as much on Tuesday night as a week before, a count of 140 offers by this \
newspaper shows. The cheapest bed in town went for 1,900 crowns.

The consumer council has asked three chains to explain themselves. None has answered. A price rise during an \
emergency is not forbidden by law, but the council can publish names.

Landlords on the islands did the opposite: on Lyngholm, eleven of fourteen guest houses let stranded guests \
stay for the price of breakfast."""

SOLAR_RULING = """\
The highest administrative court has stopped the country's largest solar farm, ruling that the province of \
Estrava never measured what 1,100 hectares of glass would do to the ground water of the plain. The panels, \
half of them already standing, may stay where they are, but none may be connected until a new study is done.

The judges did not say that the farm is harmful. They said that nobody had looked. The environmental report of \
2023 copied its chapter on water from a wind farm forty kilometres away, down to the name of the wrong river.

Solvara, the builder, put its loss at 90 million euros and its shares fell by a fifth. Its lenders may now ask \
for their money back, since the loans are tied to a first delivery of power in April.

Farmers around the village of Dosaguas, who brought the case with 640 signatures and a retired hydrologist, \
celebrated with a procession of tractors. Their spokeswoman, Inés Carvajal, said they had never been against \
the sun: “We asked one question for four years, and it took a court to make somebody answer it.”

A new study takes eighteen months by the province's own estimate. Two other farms, in the north, rest on \
reports by the same firm, and the ministry said it would read them again."""

CHIP_PLANT = """\
Orlan Semiconductor will build its second European plant in Halvorsbruck and not, as the government had hoped, \
in the capital. The company named the price of power and a vocational school that trains 300 mechatronics \
engineers a year as its reasons.

The plant is to cost 4.2 billion euros, of which the state carries 1.1 billion. It will employ 1,400 people \
and make power chips for trains and heat pumps from 2029. Construction starts in May, once the river meadow \
has been searched for unexploded bombs.

Analysts had expected the decision, but not the size. “This is twice the plant that was on the drawing board \
last year,” said Tomasz Rehn of the bank Corvin & Sons."""

CHIP_PLANT_DE = """\
Die Entscheidung von Orlan Semiconductor für Halvorsbruck trifft eine Stadt, in der keine Wohnung mehr frei \
ist. Auf 1.400 neue Stellen kommen nach Angaben der Verwaltung 212 leere Wohnungen, die meisten davon \
unsaniert.

Die Stadt will nun auf dem alten Güterbahnhof bauen und bittet das Land um Geld für eine Straßenbahn. Vor \
2030, sagt die Baudezernentin, werde dort niemand einziehen.

Der Mieterverein fordert, dass Orlan selbst baut. Das Unternehmen verweist auf die Gewerbesteuer."""

CHIP_PLANT_CAPITAL = """\
The capital had counted on the plant of Orlan Semiconductor. Its mayor called the decision for Halvorsbruck \
“a bill for ten years without a grid” and asked the network operator for a date."""

TEASER = """\
A survey of 61 glaciers finds that every one of them lost ice again this year. The thickest losses, of up to \
four metres, were measured in the south."""


def article(number: int, title: str, text: str, **fields: object) -> Article:
    """Return an article of The Wessel Courier unless the fields say otherwise."""
    defaults: dict[str, object] = {
        "id": f"a{number:03d}",
        "source": "The Wessel Courier",
        "page": f"pages/{number:03d}.txt",
        "url": f"https://courier.example/news/{number}?id={number}&utm_source=mail#top",
    }
    return Article(title=title, text=text, **{**defaults, **fields})  # type: ignore[arg-type]


def quote(source: Article, opening: str, score: float = 0.5) -> Sentence:
    """Return the sentence of `source` that begins with `opening`, up to its full stop and closing mark."""
    start = source.text.index(opening)
    end = min(
        (
            source.text.find(stop, start) + len(stop.strip())
            for stop in (". ", ".\n", ".” ", ".”\n")
            if source.text.find(stop, start) >= 0
        ),
        default=len(source.text),
    )
    return Sentence(source.id, len(opening), start, end, source.text[start:end], score)


def summary(*sentences: Sentence) -> Summary:
    """Return a summary of these sentences."""
    return Summary(sentences, "textrank")


NOTHING = Summary((), "")


def weighed(total: float) -> Importance:
    """Return an importance of two parts."""
    return Importance((("outlets", total + 0.25), ("freshness", -0.25)))


def issue() -> Digest:
    """Return the whole invented issue."""
    strike = article(
        1,
        "Ferry crews walk out, and the islands are cut off",
        FERRY_STRIKE,
        author="Liv Aasen",
        published=datetime(2026, 11, 18, 5, 30, tzinfo=UTC),
        headings=("What the crews want",),
        copies=(Copy("Harbour Post", "https://post.example/1", "Crews walk out", "pages/009.txt"),),
    )
    talks = article(
        2,
        "Talks resume a day early as the county offers to pay",
        FERRY_TALKS,
        source="Harbour Post",
        url="https://post.example/talks",
        published=datetime(2026, 11, 20, 19, tzinfo=UTC),
    )
    prices = article(
        3,
        "A bed for the night at twice the price",
        FERRY_PRICES,
        url=None,
        published=datetime(2026, 11, 19, tzinfo=UTC),
    )
    ruling = article(
        4,
        "Court stops the largest solar farm over a question nobody had asked",
        SOLAR_RULING,
        source="Meridian",
        url="https://meridian.example/solar",
        author="Inigo Vela",
        published=datetime(2026, 11, 20, 8, tzinfo=UTC),
    )
    plant = article(
        5,
        "Orlan picks Halvorsbruck for its second chip plant",
        CHIP_PLANT,
        source="The Ledger",
        url="https://ledger.example/orlan",
        published=datetime(2026, 11, 19, 14, tzinfo=UTC),
    )
    homes = article(
        6,
        "1.400 Stellen, 212 Wohnungen",
        CHIP_PLANT_DE,
        source="Halvorsbrucker Tageblatt",
        url="https://tageblatt.example/wohnen",
        language="de",
    )
    capital = article(
        9,
        "The capital asks why it lost the chip plant",
        CHIP_PLANT_CAPITAL,
        source="Meridian",
        url="https://meridian.example/orlan",
        published=datetime(2026, 11, 19, 18, tzinfo=UTC),
    )
    bridge = tuple(
        article(
            number,
            title,
            text,
            source=source,
            url=f"https://{source.split()[-1].lower()}.example/bridge",
            published=datetime(2026, 11, 20, 12, tzinfo=UTC),
        )
        for number, title, text, source in (
            (
                10,
                "Sund bridge to open in June",
                "The bridge at Sund opens in June.",
                "Harbour Post",
            ),
            (11, "A date for the bridge at Sund", "", "The Ledger"),
            (12, "Sund bridge gets its date", "", "Meridian"),
        )
    )
    vote = tuple(
        article(
            number,
            title,
            "",
            source=source,
            url=f"https://{source.split()[-1].lower()}.example/vote",
        )
        for number, title, source in (
            (13, "Lyngholm votes on its school", "Harbour Post"),
            (14, "School vote on Lyngholm", "Meridian"),
        )
    )
    out, bed = Story((strike, talks)), Story((prices,))
    sections = (
        Section(
            Topic(
                "Ferry strike",
                (out, bed),
                ("Norhaven Line", "crews", "county", "outer islands"),
                kicker="Ferry strike",
            ),
            summary(
                quote(strike, "Ferries between", 0.91),
                quote(talks, "Norhaven Line and its crews", 0.88),
                quote(prices, "Hotel rooms", 0.61),
            ),
            (
                StorySummary(
                    out,
                    summary(
                        quote(strike, "The branch asks"),
                        quote(strike, "That subsidy"),
                        quote(talks, "The offer is worth"),
                    ),
                ),
                StorySummary(bed, summary(quote(prices, "Landlords"))),
            ),
            heading="Ferry strike",
            importance=weighed(2.5),
            tier="lead",
            department="business",
        ),
        Section(
            Topic(ruling.title, (Story((ruling,)),), ("Estrava", "ground water", "Solvara")),
            summary(quote(ruling, "The highest"), quote(ruling, "Solvara, the builder")),
            (StorySummary(Story((ruling,)), NOTHING),),
            heading=ruling.title,
            importance=weighed(1.75),
            department="business",
        ),
        Section(
            Topic(
                "Orlan Semiconductor / Halvorsbruck",
                (Story((plant, capital)), Story((homes,))),
                ("chip plant", "power", "Corvin & Sons"),
                kicker="Orlan Semiconductor",
            ),
            summary(quote(plant, "The plant is to cost"), quote(capital, "The capital had")),
            (
                StorySummary(Story((plant, capital)), NOTHING),
                StorySummary(Story((homes,)), summary(quote(homes, "Die Stadt"))),
            ),
            heading=plant.title,
            importance=weighed(1.5),
        ),
        Section(
            Topic("Sund bridge", (Story(bridge),), ("June",)),
            NOTHING,
            (StorySummary(Story(bridge), NOTHING),),
            heading=bridge[0].title,
            importance=weighed(1.25),
            tier="compact",
        ),
        Section(
            Topic("Lyngholm school", (Story(vote),)),
            NOTHING,
            (StorySummary(Story(vote), NOTHING),),
            heading=vote[0].title,
            importance=weighed(0.5),
            tier="listed",
        ),
    )
    glaciers = article(
        7, "Every glacier lost ice again", TEASER, source="Meridian", teaser=True, url=None
    )
    bread = article(8, "Bread museum reopens", "The bread museum of Lund reopens on Sunday after a fire. It",
                    source="The Ledger", url="https://ledger.example/bread", teaser=True,
                    truncated=True)  # fmt: skip
    pears = article(15, "A year of small pears", "", url="https://courier.example/pears")
    omissions = (
        Omission("Crews walk out", "duplicate", "pages/009.txt", "a copy of a001"),
        Omission("Court stops the largest solar farm", "duplicate", "pages/004.txt", "stood twice"),
        Omission("Photo: a ferry at its berth in Port Wessel", "caption", "pages/001.txt"),
        Omission("Rates of 20 November", "widget", "pages/003.txt"),
        Omission("Subscribe for two crowns a week", "advert", "pages/003.txt"),
        Omission("More to follow", "stub", "pages/005.txt"),
        Omission("pages/missing.html", "failed source", "pages/missing.html", "no such file"),
    )
    digest = Digest(
        "The daily digest",
        date(2026, 11, 21),
        sections,
        in_brief=(
            Brief(glaciers, weighed(0.25), "science"),
            Brief(bread, weighed(0.125), "culture"),
        ),
        also_read=(Brief(pears, weighed(-0.5)),),
        omissions=omissions,
    )
    statistics = Statistics(
        sources=5,
        outlets=5,
        articles=12,
        topics=4,
        in_brief=2,
        also_read=2,
        omitted=4,
        words_read=sum(article.words for article in digest.articles),
        words_shown=sum(section.summary_words for section in sections),
    )
    return replace(digest, statistics=statistics)


def running_issue() -> Digest:
    """Return the issue as one of a series: a topic runs on, one is updated, figures differ, a source fails."""
    digest = issue()
    first = digest.sections[0]
    told = first.stories[0]
    strike, talks = told.story.articles
    story = replace(told.story, since=date(2026, 11, 18))
    differing = Disagreement(
        first=quote(strike, "Norhaven Line says the second mate"),
        second=quote(talks, "The offer is worth"),
        figures=("14 million crowns", "7 million crowns"),
    )
    section = replace(
        first,
        topic=replace(
            first.topic, since=date(2026, 11, 18), stories=(story, first.topic.stories[1])
        ),
        stories=(replace(told, story=story), first.stories[1]),
        disagreements=(differing,),
    )
    second = digest.sections[1]
    updated = replace(second.stories[0].story, since=date(2026, 11, 19), updated=True)
    again = replace(
        second,
        topic=replace(second.topic, since=date(2026, 11, 19), stories=(updated,)),
        stories=(replace(second.stories[0], story=updated),),
    )
    return replace(
        digest,
        sections=(section, again, *digest.sections[2:]),
        previous=date(2026, 11, 19),
        failing=(
            FailingSource(
                "The Sund Observer", "https://sund.example/feed", "no answer", date(2026, 11, 3)
            ),
        ),
    )


@pytest.fixture
def running() -> Digest:
    """The invented issue as one of a series."""
    return running_issue()


@pytest.fixture
def digest() -> Digest:
    """The whole invented issue."""
    return issue()


@pytest.fixture
def hostile() -> Callable[[str], Digest]:
    """Return what makes an issue whose every free text is the string it is given."""
    return sample_digest


@pytest.fixture
def empty() -> Digest:
    """An issue on a day without news."""
    return Digest("The daily digest", date(2026, 11, 21), statistics=Statistics(sources=4))


@pytest.fixture
def flaws() -> Callable[[str], list[str]]:
    """Return what lists the tags, attributes and addresses of a page that no template of ours has."""
    return flaws_of


TAGS = {
    *("html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "footer"),
    *("section", "div", "p", "span", "h1", "h2", "h3", "h4", "ol", "ul", "li", "a", "bdi", "b"),
    *("strong", "sup", "time", "details", "summary", "mark", "svg", "rect", "circle", "line"),
    *("table", "tbody", "tr", "td", "search", "label", "input", "script"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "rel", "href", "class", "id", "dir", "datetime"),
    *("aria-label", "aria-labelledby", "aria-hidden", "tabindex", "role", "height", "width", "cx"),
    *("cy", "r", "x2", "y1", "y2", "style", "align", "cellpadding", "cellspacing", "border"),
    "data-css-inline",
    *("http-equiv", "title", "type", "hidden", "for", "autocomplete", "spellcheck"),
}
OURS = {(template_folders("paper")[0] / "search.js").read_text(encoding="utf-8").strip()}
PAGES = ("index.html", "feed.xml")
SCHEMES = ("http://", "https://", "mailto:", "#", "data:,")
OUTLOOK = (
    '[if mso]><table role="presentation" align="center" width="600" border="0" cellspacing="0"'
    ' cellpadding="0"><tr><td><![endif]',
    "[if mso]></td></tr></table><![endif]",
)
"""The column's width for Outlook on Windows, which knows no max-width: comments to everybody else."""
HIDING = ("expression", "url(", "behavior", "@import")


def flaws_of(page: str) -> list[str]:
    """Return what a page holds that no template of ours puts there."""
    found = []
    for element in lxml.html.document_fromstring(page).iter():
        if not isinstance(element.tag, str) and element.text in OUTLOOK:
            continue
        if not isinstance(element.tag, str):
            found.append(f"a comment or instruction: {element!r}")
            continue
        if element.tag == "script" and element.text_content().strip() not in OURS:
            found.append("a script that is not ours")
        if element.tag not in TAGS:
            found.append(f"<{element.tag}>")
        found += [f"{element.tag} {name}" for name in element.attrib if name not in ATTRIBUTES]
        href = element.get("href")
        if href is not None and not href.startswith(SCHEMES) and href not in PAGES:
            found.append(f"href {href}")
        if any(word in element.get("style", "") for word in HIDING):
            found.append(f"style {element.get('style')}")
    return found
