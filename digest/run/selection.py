"""Which of the articles that wait an issue takes: no archive of a feed, no more of a source than is asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.config import Config, SourceConfig, age
from digest.fetch import is_address
from digest.models import Article, Omission, Reason


def select(
    articles: Sequence[Article], seen: Mapping[str, datetime], config: Config
) -> tuple[list[Article], list[Omission]]:
    """Return the articles that an issue takes, and an omission for each entry that is too old or too many.

    `seen` is when each article first came, by its id. An entry is too old where it was so when it came: one
    that has waited since, because no issue could be made, is told. One without a date is as old as that.
    """
    sources = {source.shown: source for source in config.sources}
    taken: Counter[str] = Counter()
    kept: list[Article] = []
    omissions: list[Omission] = []
    for article in articles:
        location = article.page.partition("#")[0]
        source = sources.get(location)
        reason = _reason(article, source, seen.get(article.id), taken[location], config)
        if reason is None:
            kept.append(article)
            taken[location] += 1
        else:
            omissions.append(Omission(article.title or article.text[:160], reason, article.page))
    return kept, omissions


def _reason(
    article: Article,
    source: SourceConfig | None,
    seen: datetime | None,
    taken: int,
    config: Config,
) -> Reason | None:
    """Return why an issue does not take an article; None where it does."""
    if source is None:
        return None
    is_entry = "#" in article.page and is_address(source.location)
    if is_entry and seen and article.published and seen - article.published > _most(source, config):
        return "old"
    return "surplus" if source.max_items and taken >= source.max_items else None


def _most(source: SourceConfig, config: Config) -> timedelta:
    return age(source.max_age or config.max_age) or timedelta.max
