"""Stories for pages in many layouts, and documents made of them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from digest.models import RawDocument, Source


@dataclass(frozen=True)
class Story:
    slug: str
    title: str
    author: str
    date: str
    paragraphs: tuple[str, ...]

    @property
    def html(self) -> str:
        return "\n".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)

    @property
    def teaser(self) -> str:
        return self.paragraphs[0].split(". ")[0] + "."


STORIES = (
    Story(
        "ferry-line",
        "Harbour city reopens its oldest ferry line",
        "Ingrid Solheim",
        "2026-03-02T07:30:00+01:00",
        (
            "The city reopened its oldest ferry line on Monday after eleven months of repairs to the "
            "northern pier. The first boat left at six in the morning with forty passengers on board, "
            "most of them nurses on their way to the early shift at the hospital across the water.",
            "Engineers had found that the wooden piles under the pier were eaten away below the "
            "waterline. They replaced two hundred of them with steel, and raised the deck by half a "
            "metre so that it stays dry in a storm surge like the one of two winters ago.",
            "The harbour board said that the work cost nine million crowns, a fifth more than planned. "
            "It expects a million passengers a year, and wants to run the boats on batteries by the end "
            "of the decade if the grid operator can bring enough power to the quay.",
        ),
    ),
    Story(
        "seed-bank",
        "Mountain seed bank wakes wheat that slept for a century",
        "Tomas Arnaud",
        "2026-03-03T12:00:00+01:00",
        (
            "Botanists at a mountain seed bank have grown wheat from grains that were sealed in glass in "
            "1921. Three of sixty grains sprouted within a week, the bank reported, and two of the plants "
            "went on to flower under lamps in its small greenhouse.",
            "The variety had vanished from the fields of the valley by the end of the war. Old farm "
            "diaries praise it for standing upright in hail, a trait that breeders would like to have "
            "back now that summer storms have become more violent.",
            "The bank will share the harvest with four universities, which plan to read the genome "
            "before the autumn. A curator warned against haste: it takes five years to learn whether a "
            "plant that thrives under lamps can live through a winter outside.",
        ),
    ),
    Story(
        "night-trains",
        "Rail operator orders sleeper cars for six new night routes",
        "Marta Kowal",
        "2026-03-03T18:45:00+01:00",
        (
            "The national rail operator has ordered ninety sleeper cars for six night routes that will "
            "open over the next three years. The cars will come from two builders, so that a delay at "
            "one of them cannot hold up the whole timetable, the operator said on Tuesday.",
            "Each train will carry single cabins, family rooms and a car for bicycles. Travellers had "
            "asked for locks that open from a telephone and for windows that open at all, and the "
            "design takes up both of these wishes after a year of trials.",
            "Unions welcomed the order but asked who would staff the trains. The operator has forty "
            "night stewards at present and needs three hundred. It will begin to hire in the summer, "
            "and promises that nobody will work more than three nights in a row.",
        ),
    ),
    Story(
        "reef-sound",
        "Divers play the sound of a healthy reef to a dying one",
        "Lena Okafor",
        "2026-03-04T09:15:00+01:00",
        (
            "A team of divers has lured young fish back to a bleached reef by playing the crackle of a "
            "living one through loudspeakers. After forty nights the damaged patch held twice as many "
            "fish as a silent patch near by, the team wrote in a report to the marine park.",
            "Reefs are noisy places, where shrimps snap and fish grunt, and larvae in the open sea steer "
            "by that noise. A dead reef falls silent, so that the young swim past it. The loudspeakers "
            "are meant to break that circle for long enough that life can settle.",
            "The park will now test the method on a larger scale with solar buoys. Its director called "
            "it a bandage and no cure: the water was three degrees too warm for a month last year, and "
            "no loudspeaker can cool the sea.",
        ),
    ),
)


@pytest.fixture
def stories() -> tuple[Story, ...]:
    """Four stories of about 140 words, with authors and dates."""
    return STORIES


@pytest.fixture
def document() -> Callable[..., RawDocument]:
    """Make a document of a text or of bytes."""

    def make(content: str | bytes, name: str = "page.html", media_type: str = "") -> RawDocument:
        source = Source(name=name, location=name)
        raw = content.encode() if isinstance(content, str) else content
        return RawDocument(source=source, content=raw, media_type=media_type)

    return make
