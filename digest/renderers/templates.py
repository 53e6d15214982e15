"""Find templates, fill them, turn their errors into ours, and try them on a sample digest."""

import base64
import hashlib
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import ConfigError, RenderError
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
    Tier,
    Topic,
)
from digest.renderers import PAPER, THEMES
from digest.renderers.display import shorten
from digest.renderers.words import ENGLISH, Words

if TYPE_CHECKING:
    import jinja2


_PACKAGE = Path(__file__).resolve().parent.parent
BUILT_IN = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
"""Where the wheel has its templates, then where a checkout has them."""

Finalizer = Callable[[object], object]
_sandboxed = False


def fill(
    name: str,
    context: dict[str, Any],
    *,
    templates: Path | None = None,
    theme: str = PAPER,
    words: Words = ENGLISH,
    finalize: Finalizer | None = None,
) -> str:
    """Return the template `name`, filled from `context`.

    It is looked for in the folder `templates`, then in that of the theme, then among the built-in ones.
    Values are escaped in templates named *.html and *.xml; `finalize` does the like for others. A name
    that is not in the context is an error. Raises `RenderError` with the template's name and line.
    """
    import jinja2

    try:
        environment = _environment(templates, theme, words, finalize)
        return environment.get_template(name).render(context)
    except jinja2.TemplateSyntaxError as error:
        raise RenderError(_message(error.name or name, error.lineno, error.message)) from error
    except jinja2.TemplateNotFound as error:
        raise RenderError(f"template {error.name}: not found") from error
    except UnicodeDecodeError as error:
        raise RenderError(f"template {name}: it is not in UTF-8") from error
    except (jinja2.TemplateError, *_FAILURES) as error:
        place = _place(error)
        if place is None:
            raise
        raise RenderError(_message(*place, f"{error}")) from error


_FAILURES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""Errors of an expression in a template, beside Jinja's own."""


def template_folders(theme: str) -> list[Path]:
    """Return the folders of the built-in templates that exist, those of the theme first.

    Raises `ConfigError` for a theme that does not exist.
    """
    folders = [folder for folder in BUILT_IN if folder.is_dir()]
    if theme == PAPER:
        return folders
    own = [folder / "themes" / theme for folder in folders]
    if theme not in THEMES:
        raise ConfigError(f"no theme {theme!r}: choose from {', '.join(THEMES)}")
    return [*(folder for folder in own if folder.is_dir()), *folders]


@cache
def _environment(
    templates: Path | None, theme: str, words: Words, finalize: Finalizer | None
) -> "jinja2.Environment":
    import jinja2

    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{templates}: no such folder of templates")
    folders = [*([] if templates is None else [templates]), *template_folders(theme)]
    kind = jinja2.Environment
    if _sandboxed and templates is not None:
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        kind = ImmutableSandboxedEnvironment
    environment = kind(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=jinja2.select_autoescape(["html", "xml"], default=False),
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"excerpt": shorten, "sha256": _sha256}
    environment.globals |= {"_": words.say, "count": words.count, "language": words.language}
    return environment


def sandbox_templates(wanted: bool = True) -> None:
    """From now on, let the templates of users only fill in what they are given.

    Without a sandbox they are trusted code: a template can reach all of Python.
    """
    global _sandboxed
    _sandboxed = wanted
    forget_templates()


def forget_templates() -> None:
    """Look for every template again: a new file may replace a built-in one."""
    _environment.cache_clear()


def _sha256(script: str) -> str:
    """Return the expression with which a content security policy allows one script and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _message(name: str, number: int, reason: str | None) -> str:
    return f"template {name}, line {number}: {' '.join((reason or 'an error').split())}"


def _place(error: BaseException) -> tuple[str, int] | None:
    """Return the file and line of a template where an error arose; None where it is a bug of our own code."""
    import jinja2

    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if not frame.filename.endswith(".py")]
    ours = frames[-1].filename.startswith(str(_PACKAGE)) and frames[-1] not in inside
    if not inside or (ours and not isinstance(error, jinja2.UndefinedError)):
        return None
    return Path(inside[-1].filename).name, inside[-1].lineno or 0


# --- the sample, in which a template meets everything that it can meet


_DAY = date(2026, 11, 21)
_YESTERDAY = _DAY - timedelta(days=1)
_NOTHING = Summary((), "")
_COUNTS = Statistics(
    sources=1,
    outlets=2,
    articles=8,
    topics=2,
    in_brief=1,
    also_read=2,
    omitted=2,
    words_read=900,
    words_shown=20,
)


def sample_digests() -> tuple[Digest, ...]:
    """Return an empty digest, and one that has everything."""
    return Digest("The daily digest", _DAY), sample_digest("The sluice is mended.")


def sample_digest(text: str) -> Digest:
    """Return a digest of three topics and two lines in which every text and address is `text`."""
    first = Article(
        id="a001",
        title=text,
        text=f"{text}\n\nA plain second paragraph.",
        source=text,
        page=text,
        url=text,
        author=text,
        published=datetime(2026, 11, 20, tzinfo=UTC),
        language=text,
        headings=(text,),
        truncated=True,
        categories=(text,),
        copies=(Copy(text, text, text, text),),
    )
    linked = replace(first, id="a002", url=f"https://news.example/?q={text}", headings=())
    later = replace(linked, id="a004", published=datetime(2026, 11, 21, tzinfo=UTC))
    elsewhere = replace(later, id="a005", source=f"Harbour {text}")
    lead = _lead(text, Story((first, linked)), Story((later, elsewhere), updated=True))
    lines = (
        _without_sentences(lead, tier, replace(elsewhere, id=f"{tier}1"), replace(linked, id=f"{tier}2"))
        for tier in ("compact", "listed")
    )  # fmt: skip
    brief, listed = (
        Brief(replace(linked, id=key, teaser=True), lead.importance, text) for key in ("b1", "b2")
    )
    omitted = Omission(text, "duplicate", text, text)
    return Digest(
        text,
        _DAY,
        (lead, *lines),
        in_brief=(brief,),
        also_read=(listed,),
        omissions=(omitted, replace(omitted, reason=text)),  # type: ignore[arg-type]
        statistics=_COUNTS,
        previous=_YESTERDAY,
        failing=(FailingSource(text, text, text, date(2026, 11, 3)),),
    )


def _lead(text: str, *stories: Story) -> Section:
    """Return a section of two stories, the first of which gives two figures for the same thing."""
    one, other = (
        Sentence(article.id, 0, 0, len(text), text, 0.5) for article in stories[0].articles
    )
    summary = Summary((one, other), text, text)
    return Section(
        topic=Topic(text, stories, (text,), kicker=text),
        summary=summary,
        stories=tuple(StorySummary(story, summary) for story in stories),
        disagreements=(Disagreement(first=one, second=other, figures=(text, text[:1])),),
        heading=text,
        importance=Importance(((text, 1.0),)),
        tier="lead",
        department=text,
    )


def _without_sentences(section: Section, tier: Tier, *articles: Article) -> Section:
    story = Story(articles)
    return replace(
        section,
        topic=replace(section.topic, stories=(story,)),
        summary=_NOTHING,
        stories=(StorySummary(story, _NOTHING),),
        disagreements=(),
        tier=tier,
    )
