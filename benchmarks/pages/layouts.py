"""Pages as readers save them: generators of glued pages with their gold, one function a layout.

Each takes a random generator and articles, and returns a page: its text, the articles in it, and the lines
that belong to none. The words around the articles were written for this file.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.pages.bodies import Body

PEOPLE = (
    "Ingrid Halvorsen",
    "Tom Okafor",
    "Mei-Lin Zhou",
    "Rafael Duarte",
    "Saoirse Kelly",
    "Jan Novak",
    "Priya Raman",
)
CLOCKS = ("06:45", "09.12", "11:30 BST", "14:05 GMT", "7.20pm", "3:15 p.m.", "18:02 CET")
DATES = (
    "Tuesday 4 June 2024",
    "Feb. 11, 2023",
    "2024-03-09",
    "5th October 2022",
    "09/11/2023 14:20",
    "Mon, 14 Aug 2023 08:00:00 GMT",
)
FOREIGN_DATES = (
    "12. März 2024, 14:05 Uhr",
    "3 août 2023",
    "12.03.2024",
    "4 de mayo de 2022",
    "Stand: 07.11.2023 09:15 Uhr",
)


@dataclass
class Draft:
    """A page while it is put together."""

    lines: list[str] = field(default_factory=list)
    articles: list[dict[str, object]] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)

    def add(self, *lines: str) -> None:
        """Add noise lines."""
        for line in lines:
            self.lines.append(line)
            self.noise.append(line)

    def title(self, shown: str) -> None:
        """Add a title, as the page shows it."""
        self.lines.append(shown)

    def body(
        self,
        body: Body,
        *,
        title: str | None = "",
        between: Sequence[str] = (),
        rng: Random | None = None,
    ) -> None:
        """Add an article's paragraphs, with noise lines strewn between them."""
        paragraphs = list(body.paragraphs)
        spots = (
            sorted(rng.sample(range(1, len(paragraphs)), min(len(between), len(paragraphs) - 1)))
            if rng and between
            else []
        )
        for at, paragraph in enumerate(paragraphs):
            if at in spots:
                self.add(between[spots.index(at)])
            self.lines.append(paragraph)
        self.articles.append(
            {"title": body.title if title == "" else title, "paragraphs": paragraphs}
        )


Layout = Callable[[Random, list[Body]], Draft]


def live_blog(rng: Random, bodies: list[Body]) -> Draft:
    """Entries under clock times, the newest first, with a list of key events above."""
    page = Draft()
    page.add(
        "Politics live",
        "Rolling coverage of the day’s developments",
        "Key events",
        *(f"{rng.choice(CLOCKS)} {b.title}" for b in bodies[:3]),
        "Show key events only",
    )
    for body in bodies:
        page.add(rng.choice(CLOCKS))
        page.title(body.title)
        page.body(body)
        page.add("Updated at " + rng.choice(CLOCKS))
    page.add("Older entries below", "That’s all from us tonight, thanks for following along.")
    return page


def newsletter_capitals(_: Random, bodies: list[Body]) -> Draft:
    """A mailing with its contents first, upper-case titles and a sponsor."""
    page = Draft()
    page.add(
        "Can’t see the pictures? Open this mail on our site",
        "THE MORNING LEDGER",
        "Good morning. Here is what you need to know.",
        "INSIDE TODAY",
    )
    page.add(*(f"• {body.title}" for body in bodies))
    for at, body in enumerate(bodies):
        page.title(body.title.upper())
        page.body(body, title=body.title.upper())
        page.add("→ Go deeper")
        if at == 0:
            page.add(
                "TOGETHER WITH HEXWARE CLOUD",
                "Ship your software twice as fast. Hexware gives your team one place for everything, "
                "from first commit to the last invoice, and you can try it free for thirty days.",
            )
    page.add(
        "Was this mail forwarded to you? Get your own copy.",
        "Ledger Media, 44 Harbour Street, Springfield",
        "Change how often we write to you",
    )
    return page


def magazine(rng: Random, bodies: list[Body]) -> Draft:
    """Kicker, standfirst, credits and pull quotes; a leaf between the pieces."""
    page = Draft()
    page.add("Issue 41", "Features")
    for body in bodies:
        page.add(rng.choice(("THE LONG VIEW", "Dispatch", "PROFILE", "Culture")))
        page.title(body.title)
        page.add(f"Words by {rng.choice(PEOPLE)}", f"Photography by {rng.choice(PEOPLE)}")
        quotes = [
            s for p in body.paragraphs[1:] for s in p.split(". ") if 8 <= len(s.split()) <= 18
        ][:1]
        page.body(body, between=[f"“{q.strip(' .')}”" for q in quotes], rng=rng)
        page.add("❦")
    page.add("From issue 41 of the magazine", "Buy a back issue")
    return page


def archive(rng: Random, bodies: list[Body]) -> Draft:
    """An index: teasers of a sentence, and a few articles in full among them."""
    page = Draft()
    page.add("Archive for the month", "Filter by year", "Showing 1–10 of 245")
    whole = set(rng.sample(range(len(bodies)), max(1, len(bodies) // 2)))
    for at, body in enumerate(bodies):
        if at in whole:
            page.title(body.title)
            page.add(f"{rng.choice(DATES)} · {rng.choice(PEOPLE)}")
            page.body(body)
        else:
            words = body.paragraphs[0].split()[:18]
            page.add(
                body.title,
                f"{rng.choice(DATES)} · {rng.choice(PEOPLE)}",
                " ".join(words) + " [...]",
            )
        page.add("0 responses")
    page.add("1 2 3 … 25 Older items", "Browse by author")
    return page


def wire(rng: Random, bodies: list[Body]) -> Draft:
    """Agency copy with slugs, datelines, takes and end marks."""
    page = Draft()
    mark = rng.choice(("-30-", "ENDS", "(END)", "xxxx"))
    for at, body in enumerate(bodies):
        page.add(
            f"BC-{body.title.split()[0].strip(',').upper()}-{body.title.split()[-1].upper()}, "
            f"{at + 1}st Ld, {rng.randint(200, 900)}"
        )
        page.title(body.title)
        page.add(f"By {rng.choice(PEOPLE).upper()}")
        city = rng.choice(("LONDON", "PARIS, March 4", "WASHINGTON"))
        page.body(
            Body(body.title, (f"{city} — {body.paragraphs[0]}", *body.paragraphs[1:])),
            between=["MORE"] if rng.random() < 0.4 else [],
            rng=rng,
        )
        page.add(mark)
    return page


def mail_digest(rng: Random, bodies: list[Body]) -> Draft:
    """A mailing list's digest: each article a message with headers and a signature."""
    page = Draft()
    page.add(
        "Press-clips Digest, Vol 19, Issue 7",
        "Today's Topics:",
        *(f"   {at}. {b.title} ({rng.choice(PEOPLE)})" for at, b in enumerate(bodies, 1)),
    )
    for at, body in enumerate(bodies, 1):
        page.add(
            "-" * 70,
            f"Message: {at}",
            f"Date: {rng.choice(DATES)}",
            f"From: {rng.choice(PEOPLE)} <clips@lists.example>",
        )
        page.title(f"Subject: {body.title}")
        page.add("To: press-clips@lists.example")
        page.body(body)
    page.add("-" * 70, "End of Press-clips Digest, Vol 19, Issue 7")
    return page


def commented(rng: Random, bodies: list[Body]) -> Draft:
    """One article, with what readers wrote beneath it."""
    page = Draft()
    body = bodies[0]
    page.add("The Daily Courier", "Log in / Register")
    page.title(body.title)
    page.add(f"{rng.choice(PEOPLE)}, Chief Reporter", rng.choice(DATES))
    page.body(body)
    page.add("6 Comments", "Sort by: newest")
    remarks = (
        "I have been saying this for years and nobody in charge wants to listen, typical.",
        "Great piece, thanks.",
        "Does anyone know whether this applies to people who moved away before the change? "
        "My brother did and he is still waiting to hear.",
        "@above You should write to them, it worked for me. Took about three weeks though.",
        "What a load of nonsense. The paper used to be better than this, and I have read it since I was a boy.",
    )
    for remark in rng.sample(remarks, 4):
        page.add(
            rng.choice(("oldsalt77", "Margaret P.", "cyclist_anon", "GeoffW")),
            f"{rng.randint(2, 22)} hours ago",
            remark,
            f"Reply · Like ({rng.randint(0, 30)})",
        )
    page.add("Load older comments")
    return page


def printed(rng: Random, bodies: list[Body]) -> Draft:
    """A print view, with its page numbers among the paragraphs."""
    page = Draft()
    for body in bodies[:2]:
        page.add("Close this window", "Print this page")
        page.title(body.title)
        page.add(f"Last revised: {rng.choice(DATES)}")
        page.body(body, between=["Page 1 of 3", "Page 2 of 3"], rng=rng)
        page.add(
            "This page was printed from: https://www.courier.example/print?id=88213",
            "© The Courier Group Ltd",
            "Page 3 of 3",
        )
    return page


def consent(rng: Random, bodies: list[Body]) -> Draft:
    """Cookie banner, share widgets, links in mid-article and a list of what others read."""
    page = Draft()
    page.add(
        "Your privacy matters to us",
        "We and our 812 partners store and access information on your device to show you ads "
        "and measure how they work. You can change your mind at any time.",
        "Manage options",
        "Accept and close",
    )
    page.add("News", "Opinion", "Lifestyle", "Puzzles")
    body = bodies[0]
    page.title(body.title)
    page.add(
        "Share on Facebook", "Post on X", "Gift this article", f"Published {rng.choice(DATES)}"
    )
    links = [b.title for b in bodies[1:5]]
    half = max(1, len(body.paragraphs) // 2)
    page.lines.extend(body.paragraphs[:half])
    page.add("Related stories", *links[:2])
    page.lines.extend(body.paragraphs[half:])
    page.articles.append({"title": body.title, "paragraphs": list(body.paragraphs)})
    page.add(
        "What others are reading",
        *(f"{at}. {link}" for at, link in enumerate(links[2:], 1)),
        "Topics in this article",
        "Back to home page",
    )
    return page


def reader_export(rng: Random, bodies: list[Body]) -> Draft:
    """A read-it-later service's export: named fields above each text."""
    page = Draft()
    rule = rng.choice(("=" * 40, "- - - - -", "%%"))
    for body in bodies:
        page.title(f"Title: {body.title}")
        page.add(
            f"URL: https://news.example/{rng.randint(1000, 9999)}",
            f"Author: {rng.choice(PEOPLE)}",
            f"Saved: {rng.choice(DATES)}",
            "Tags: unread, long",
        )
        page.body(body)
        page.add(rule)
    return page


def feed_dump(rng: Random, bodies: list[Body]) -> Draft:
    """A feed poured into text."""
    page = Draft()
    page.add("Courier World News", "https://courier.example/rss", f"{len(bodies)} new items")
    for body in bodies:
        page.title(body.title)
        page.add(f"https://courier.example/{rng.randint(1000, 9999)}.html", rng.choice(DATES))
        page.body(body)
        page.add("Categories: World, Europe")
    return page


def german(rng: Random, bodies: list[Body]) -> Draft:
    """English articles in a German page."""
    page = Draft()
    page.add("Zum Inhalt springen", "Startseite", "Ressorts", "Merkliste")
    for body in bodies[:3]:
        page.title(body.title)
        page.add(
            f"Von {rng.choice(PEOPLE)}",
            rng.choice(FOREIGN_DATES),
            "Lesezeit: 4 Min.",
            "Artikel merken",
        )
        page.body(
            body,
            between=[f"Lesen Sie auch: {bodies[-1].title}"] if len(bodies) > 3 else ["Anzeige"],
            rng=rng,
        )
        page.add("Diesen Artikel teilen", "Alle Kommentare anzeigen (31)")
    page.add(
        "Mehr aus diesem Ressort",
        *(b.title for b in bodies[3:6]),
        "Zur Startseite",
        "Nutzungsbedingungen",
    )
    return page


def french(rng: Random, bodies: list[Body]) -> Draft:
    """English articles in a French page."""
    page = Draft()
    page.add("Aller au contenu", "À la une", "Se connecter", "Le fil d’actualité")
    for body in bodies[:3]:
        page.add("International")
        page.title(body.title)
        page.add(
            f"Par {rng.choice(PEOPLE)}",
            f"Publié le {rng.choice(FOREIGN_DATES[1:4])}",
            "Temps de lecture : 3 min",
        )
        page.body(body)
        page.add("Réagir à cet article", "Partager sur WhatsApp")
    page.add("Les plus lus", *(b.title for b in bodies[3:6]), "Plan du site", "Nos applications")
    return page


def local_paper(rng: Random, bodies: list[Body]) -> Draft:
    """A local station's site full of advertisements."""
    page = Draft()
    page.add("61° Partly cloudy", "WKXQ Channel 9", "Weather alerts: 2", "Watch live")
    for body in bodies:
        page.title(body.title)
        page.add(
            f"Posted: {rng.choice(CLOCKS[4:6]).upper()} EDT {rng.choice(DATES[:2])}",
            f"{rng.choice(PEOPLE)}, Channel 9 staff",
        )
        page.body(
            body,
            between=["Advertisement — scroll to continue", "STORY CONTINUES BELOW THIS AD"],
            rng=rng,
        )
        page.add("Copyright 2024 by WKXQ. All rights reserved.", "Report a typo")
    page.add("Around town", "Submit a news tip", "Obituaries")
    return page


def wrapped(rng: Random, bodies: list[Body]) -> Draft:
    """Hard-wrapped text with underlined titles."""
    page = Draft()
    for body in bodies:
        page.title(f"{body.title}\n{rng.choice('=-~') * min(72, len(body.title))}")
        page.body(body)
    page.lines = [
        "\n".join(textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False))
        if "\n" not in line
        else line
        for line in page.lines
    ]
    return page


def plain(_: Random, bodies: list[Body]) -> Draft:
    """Nothing but titles and paragraphs, one article after another, with headings of sections inside."""
    page = Draft()
    for body in bodies:
        page.title(body.title)
        paragraphs = list(body.paragraphs)
        if len(paragraphs) >= 6:
            words = [
                w for w in paragraphs[len(paragraphs) // 2].split() if w.isalpha() and len(w) > 5
            ][:2]
            if len(words) == 2:
                paragraphs.insert(
                    len(paragraphs) // 2, f"{words[0].capitalize()} and {words[1].lower()}"
                )
        page.body(Body(body.title, tuple(paragraphs)))
    return page


def forum(rng: Random, bodies: list[Body]) -> Draft:
    """An aggregator's thread: submissions with points, and rules of dots."""
    page = Draft()
    page.add("hot | new | rising | wiki")
    for body in bodies:
        page.title(f"» {body.title}")
        page.add(
            f"submitted {rng.randint(2, 20)} hours ago by newsbot_{rng.randint(10, 99)}",
            f"{rng.randint(10, 900)} points",
        )
        page.body(body)
        page.add(f"{rng.randint(3, 80)} comments   share   hide   report", "• • •")
    return page


def weekly(rng: Random, bodies: list[Body]) -> Draft:
    """Articles signed at the end, with asterisms and pictures between."""
    page = Draft()
    page.add("The Weekly Reader, No. 318")
    for body in bodies:
        page.title(body.title)
        page.add(
            f"Residents look on as {rng.choice(('crews', 'officials', 'visitors'))} arrive at the "
            "site on Monday.",
            f"Credit: {rng.choice(PEOPLE)} for The Weekly Reader",
        )
        page.body(body)
        page.add(f"— {rng.choice(PEOPLE)}", "⁂")
    page.add("Letters to the editor may be shortened for space.", "Printed on recycled paper")
    return page


def two_level(rng: Random, bodies: list[Body]) -> Draft:
    """Markdown with articles at the second level and their sections at the third."""
    page = Draft()
    page.add("# Reading list")
    for body in bodies:
        page.title(f"## {body.title}")
        page.add(f"*{rng.choice(PEOPLE)}, {rng.choice(DATES)}*")
        paragraphs = list(body.paragraphs)
        half = len(paragraphs) // 2
        words = [w for w in paragraphs[half].split() if w.isalpha() and len(w) > 4][:3]
        paragraphs.insert(half, "### " + " ".join(words))
        for paragraph in paragraphs:
            page.lines.append(paragraph)
        page.articles.append({"title": body.title, "paragraphs": paragraphs})
        page.add(f"[Open original](https://news.example/{rng.randint(100, 999)})")
    return page


def glued(rng: Random, bodies: list[Body]) -> Draft:
    """A section page: label, headline twice, counters, caption and agency credit, tag list."""
    page = Draft()
    page.add("Edition: International", "My feed")
    for body in bodies:
        page.add(rng.choice(("Markets", "Health", "Courts", "Football")))
        page.title(body.title)
        page.add("Story by", rng.choice(PEOPLE), f"{rng.randint(2, 9)}d")
        page.add(
            f"A view of the venue where the announcement was made, {rng.choice(DATES[:2])}.",
            f"{rng.choice(PEOPLE)}/EPA",
        )
        page.body(body, between=[f"Related video: {bodies[0].title}"], rng=rng)
        page.add("Tagged with", "analysis", "world", "Next up")
    return page


LAYOUTS: dict[str, Layout] = {
    function.__name__: function
    for function in (
        live_blog,
        newsletter_capitals,
        magazine,
        archive,
        wire,
        mail_digest,
        commented,
        printed,
        consent,
        reader_export,
        feed_dump,
        german,
        french,
        local_paper,
        wrapped,
        plain,
        forum,
        weekly,
        two_level,
        glued,
    )
}


def pages(bodies: Sequence[Body], per_layout: int, seed: int = 7) -> list[dict[str, object]]:
    """Return pages of every layout, the same for the same seed."""
    found: list[dict[str, object]] = []
    for name, layout in LAYOUTS.items():
        rng = Random(f"{seed}-{name}")
        for number in range(per_layout):
            chosen = rng.sample(list(bodies), rng.randint(3, 7))
            draft = layout(rng, chosen)
            gap = "\n\n" if name == "wrapped" or rng.random() < 0.8 else "\n"
            found.append(
                {
                    "id": f"{name}-{number:03d}",
                    "layout": name,
                    "text": gap.join(draft.lines) + "\n",
                    "articles": draft.articles,
                    "noise": draft.noise,
                }
            )
    return found
