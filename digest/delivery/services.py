"""Chats and phones, by Apprise: the lead and the headlines of an issue, within the limits of the service."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from digest.delivery.channels import Envelope, OneByOne, Outcome
from digest.delivery.connection import line
from digest.errors import ConfigError
from digest.models import Digest
from digest.renderers.composition import briefing_view
from digest.renderers.display import shorten
from digest.renderers.words import issue_language, words_of

_LEAD = 400
"""Characters of the lead's sentence: what a phone shows without unfolding."""
_SPARE = 0.8
"""The share of a service's limit that is used: some escape the text, or put the title before it."""
_BODY, _TITLE = 1_000, 250
"""The limits where a service names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseService(OneByOne):
    """A service that Apprise knows: ntfy, Matrix, Slack, Telegram, Discord, Teams and a hundred others.

    Apprise does not say why a service did not take a notice: it is tried again for as long as a mail is.
    """

    name: str
    address: str = field(repr=False)
    """An address of Apprise, such as `ntfy://ntfy.sh/topic`; it mostly holds a secret."""

    @property
    def place(self) -> str:
        """The name of the notice: the address is never shown."""
        return self.name

    def payload(self, digest: Digest, link: str, language: str) -> bytes:
        """Return the title in the first line, and what fits into a message of the service."""
        service = self._service()
        most = int((service.body_maxlen or _BODY) * _SPARE)
        title, *lines = _told(digest, language)
        title = shorten(title, int((service.title_maxlen or _TITLE) * _SPARE))
        return "\n".join([title, *_fitting(lines, link, most - len(title))]).encode(
            "utf-8", "replace"
        )

    def _sent(self, envelope: Envelope) -> Outcome:
        import apprise

        title, _, body = envelope.payload.decode().partition("\n")
        with apprise.LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
            taken = self._service().notify(title=title, body=body, body_format="text")
            why = line(said.getvalue().partition(" - WARNING - ")[2])
        if taken:
            return Outcome(state="SENT", answer="taken")
        return Outcome(state="DEFERRED", answer=why.replace(self.address, "…"), wait=True)

    def _service(self) -> Any:
        try:
            import apprise
        except ImportError as error:
            raise ConfigError(
                'notices need a package more: pip install "digest-briefing[channels]"'
            ) from error
        service = apprise.Apprise.instantiate(self.address)
        if service is None:
            raise ConfigError(f"notice {self.name!r}: its url_file holds no address of Apprise")
        return service


def _told(digest: Digest, language: str) -> list[str]:
    """Return the title, the lead's headline and sentence, and the headlines of the other topics.

    No one is called by a headline: an @ is written as its wide form, which services take for no mention.
    """
    view = briefing_view(digest, words_of(language or issue_language(digest)))
    told = [f"{view.title}, {view.day}"]
    for number, topic in enumerate(view.topics):
        told.append(f"• {topic.heading}")
        if not number and topic.quotes:
            told.append(shorten(topic.quotes[0].text, _LEAD))
    told += [view.nothing] if view.is_empty else []
    return [text.replace("@", "＠") for text in told]


def _fitting(lines: Sequence[str], link: str, most: int) -> list[str]:
    """Return as many of the lines as fit, and the link in any case."""
    room = most - len(link) - 1
    kept: list[str] = []
    for text in lines:
        room -= len(text) + 1
        if room < 0:
            break
        kept.append(text)
    return [*kept, *([link] if link else [])]
