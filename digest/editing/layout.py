"""What of the ranked topics a reader's minutes hold: leads in full, stories, lines in brief, headlines.

The budget is counted in the words that a reader meets on the page: headings, sentences, outlets, lines in
brief. A topic that several outlets tell keeps a section, however compact; what does not fit is listed with
its headline. A quiet day is shorter, never padded. The counts at the head of an issue go by the same words.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from digest.editing.importance import Ranked, outlet_count
from digest.editing.kinds import DEPARTMENTS
from digest.length import WORDS_PER_MINUTE, count_words
from digest.models import Brief, Digest, Section, Statistics, Tier

_OUTLETS = 6
"""The outlets that a story names; the others are counted."""
FOREIGN = "other languages"
"""The part of an issue for lines that are not in the language of most."""
_LEADS = 2
_STORIES = 9
_USUAL_MINUTES = 5.0
"""Leads, and leads and stories together, of an issue of so many minutes: what desks put on one page."""
_COUNT = 2
"""The words of "6 outlets"."""
_FRAME = 40
"""The words of the issue's head and of the headings of its parts."""
_COMPACT = 24
"""The words of a compact section, kept free for each topic of several outlets that is still to come."""
_LATER = 0.4
"""The share of the budget that is kept free for them at the most: a day of a hundred stories has leads, too."""
_BRIEFS = 0.2
"""The share of the budget that is kept free for lines in brief where there are single pieces."""
_LEAST = 60
"""The words of a text from which a single piece can be a story; a shorter one is said whole in a line."""
_LOOSE, _FEW = 0.12, 3
"""The similarity of so few outlets' reports under which most pairs on real mornings were no event: of 42 false
groups 18, of 71 true ones 8."""
_NO_REPORT = -0.3
"""The part of the importance that the form of the titles is, from which two such pieces (a ticker, a list,
answers to readers) share a subject and no event: of 29 groups far down on real mornings 4 false and 1 true."""
_SORTED_FROM = 12
"""The lines in brief from which they are sorted by parts of the paper."""
Tell = Callable[[Ranked, Tier], Section]
"""Makes the section of a topic, its sentences as many as its tier allows."""
_ARTICLES = frozenset(
    {"dropped", "duplicate", "failed source", "muted", "old", "stub", "surplus", "teaser"}
)
"""The reasons for which an article is left out, and not a line of a page."""
_IN_A_LINE = ("brief", "listed")


@dataclass(frozen=True, slots=True)
class Laid:
    """An issue as it is laid out."""

    sections: tuple[Section, ...] = ()
    in_brief: tuple[Brief, ...] = ()
    also_read: tuple[Brief, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Lays out an issue of so many minutes."""

    minutes: float = _USUAL_MINUTES

    def __call__(self, ranked: Sequence[Ranked], /, tell: Tell) -> Laid:
        """Return the sections in the order of `ranked`, then single pieces in brief, then the rest listed."""
        budget = max(0, round(self.minutes * WORDS_PER_MINUTE) - _FRAME)
        briefs = round(_BRIEFS * budget) if not all(one.keeps_section for one in ranked) else 0
        least = _LEAST if any(one.keeps_section or one.words >= _LEAST for one in ranked) else 1
        waiting = sum(one.keeps_section for one in ranked)
        sections: list[Section] = []
        singles: list[Ranked] = []
        spent = 0
        for one in ranked:
            waiting -= one.keeps_section
            room = budget - spent - briefs
            later = min(_COMPACT * waiting, round(_LATER * budget))
            section = None
            if one.keeps_section or one.words >= least:
                section = self._section(one, len(sections), room, later, tell)
            if section is None:
                singles.append(one)
            else:
                sections.append(section)
                spent += shown_words(section)
        in_brief, also_read = _lines(singles, budget - spent)
        shown = sorted(sections, key=lambda section: section.tier == "listed")
        return Laid(tuple(shown), in_brief, also_read)

    def _section(
        self, one: Ranked, place: int, room: int, later: int, tell: Tell
    ) -> Section | None:
        """Return the section of a topic, as large as place and room allow; None where a line must do.

        Sentences leave room for what comes `later`; a compact section takes what there is.
        """
        for tier in self._tiers(place):
            section = tell(one, tier)
            if shown_words(section) <= room - later:
                return section
        if place and not one.keeps_section:
            return None
        section = tell(one, "compact")
        # Far down two reports that share little are mostly two matters: they are listed, not shown as one.
        fits = not place or (shown_words(section) <= room and not _is_doubtful(one))
        return section if fits else replace(section, tier="listed")

    def _tiers(self, place: int) -> tuple[Tier, ...]:
        stories = max(1, round(_STORIES * self.minutes / _USUAL_MINUTES))
        if place < min(_LEADS, stories):
            return ("lead", "story")
        return ("story",) if place < stories else ()


def _is_doubtful(one: Ranked) -> bool:
    """Return whether the few reports of a topic say too little alike, or are no reports."""
    loose = 0.0 < one.cohesion < _LOOSE
    no_reports = dict(one.importance.parts).get("form", 0.0) <= _NO_REPORT
    return one.outlets <= _FEW and (loose or no_reports)


def shown_words(section: Section) -> int:
    """Return about how many words a reader meets in a section."""
    if section.tier == "listed":
        return 0
    if section.tier == "brief":
        return count_words(section.heading) + _COUNT
    words = count_words(section.heading) + section.summary_words
    for told in section.stories:
        if told.listed:
            continue
        names = dict.fromkeys(article.source for article in told.story.articles)
        words += sum(map(count_words, list(names)[:_OUTLETS]))
        if len(section.stories) > 1:
            words += count_words(told.story.articles[0].title)
    for one in section.disagreements:
        words += count_words(one.first.text) + count_words(one.second.text) + 4
    return words


def page_words(digest: Digest) -> int:
    """Return about how many words a reader meets in an issue; what is only listed is not among them."""
    sections = sum(map(shown_words, digest.sections))
    return _FRAME + sections + sum(map(line_words, digest.in_brief))


def line_words(brief: Brief) -> int:
    """Return how many words a line in brief has: the headline and the outlet."""
    return count_words(brief.article.title) + count_words(brief.article.source)


def _lines(singles: Sequence[Ranked], room: int) -> tuple[tuple[Brief, ...], tuple[Brief, ...]]:
    """Return the single pieces that there is room for in a line, by parts of the paper, and the others."""
    briefs = sorted(
        (line for one in singles for line in one.lines),
        key=lambda line: -round(line.importance.total, 6),
    )
    kept: list[Brief] = []
    for brief in briefs:
        room -= line_words(brief)
        if room < 0:
            break
        kept.append(brief)
    return tuple(_by_department(kept)), tuple(briefs[len(kept) :])


def _by_department(briefs: Sequence[Brief]) -> list[Brief]:
    """Sort many lines by the parts of the paper, in the paper's order; few stay as they are."""
    if len(briefs) < _SORTED_FROM:
        return [replace(brief, department="") for brief in briefs]
    languages = Counter(brief.article.language for brief in briefs)
    usual = max(languages, key=lambda language: (languages[language], language))
    placed = [
        brief if brief.article.language == usual else replace(brief, department=FOREIGN)
        for brief in briefs
    ]
    order = [*DEPARTMENTS, "", FOREIGN]
    return sorted(placed, key=lambda brief: order.index(brief.department))


def statistics_of(digest: Digest, *, sources: int, words_read: int) -> Statistics:
    """Return what an issue shows, lists and leaves out; `sources` and `words_read` are what it was made of."""
    tiers = [section.tier for section in digest.sections]
    return Statistics(
        sources=sources,
        outlets=outlet_count(digest.articles),
        articles=sum(len(section.topic.articles) for section in digest.sections),
        topics=sum(tier not in _IN_A_LINE for tier in tiers),
        in_brief=len(digest.in_brief) + tiers.count("brief"),
        also_read=len(digest.also_read) + tiers.count("listed"),
        omitted=sum(one.reason in _ARTICLES for one in digest.omissions),
        words_read=words_read,
        words_shown=page_words(digest),
    )
