"""Plug-ins for digest, one of each kind; `pyproject.toml` says under which names."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest import (
    Article,
    Block,
    Digest,
    Page,
    RawDocument,
    ReadError,
    Sentence,
    Summary,
    summarize,
)


def read_wire(document: RawDocument, /) -> list[Page]:
    """Read a file `.wire`: reports parted by a line with `+++`, the first line of each its headline."""
    pages = []
    for report in document.content.decode("utf-8", "replace").split("\n+++\n"):
        title, *lines = filter(None, map(str.strip, report.splitlines()))
        blocks = (Block(title, tag="h1"), *(Block(line, tag="p") for line in lines))
        pages.append(Page(document.source, blocks, title=title, single=True))
    if not pages:
        raise ReadError(document.source.location, "no report in it")
    return pages


@dataclass(frozen=True, kw_only=True)
class Longest:
    """Chooses the longest sentences."""

    length: Any
    language: str | None = None
    guard: bool = True

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",
    ) -> Summary:
        """Return the longest sentences that the reader has not had, in their order."""
        del about
        found: list[Sentence] = []
        for article in articles:
            every = summarize(article, length="100%", algorithm="lead", guard=False)
            found += [one for one in every.sentences if (one.article_id, one.start) not in told]
        longest = sorted(found, key=lambda one: -len(one.text))[: self.length.amount]
        return Summary(tuple(one for one in found if one in longest), "longest")


def _headlines(**_look: object) -> Any:
    def render(digest: Digest, /) -> str:
        return "".join(f"{section.heading}\n" for section in digest.sections)

    return render


HEADLINES = ("lst", _headlines)
"""The ending of the files, and what makes the renderer."""


@dataclass(frozen=True)
class Pile:
    """Hands mails over by writing them into the folder `folder` of `[mail]`."""

    mail: Any

    @property
    def place(self) -> str:
        """Where they go."""
        return str(self.mail.folder)

    def check(self) -> None:
        """See that there is a folder."""
        Path(self.place).mkdir(parents=True, exist_ok=True)

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Give what hands over a mail."""
        from digest.delivery.channels import Outcome

        def hand_over(envelope: Any, begin: Any, /) -> Any:
            if not begin():
                return None
            name = f"{sha256(envelope.key.encode()).hexdigest()[:16]}.eml"
            (Path(self.place) / name).write_bytes(envelope.payload)
            return Outcome(state="SENT", answer="on the pile")

        self.check()
        yield hand_over
