"""Day by day, stories grow or become one, and are never torn apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from made_world import world

from digest.clusterers import Model, Window
from digest.errors import ConfigError
from digest.models import Article, Identity


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.fit(world(350))


def days(count: int) -> list[list[Article]]:
    """Return the reports of a world dealt out over so many days: two on each event on each of them."""
    found: list[list[Article]] = [[] for _ in range(count)]
    for number, article in enumerate(world(40, "other", reports=2 * count)):
        found[number % count].append(article)
    return found


def grown(model: Model, parts: Iterable[list[Article]]) -> tuple[Window, dict[str, Identity]]:
    """Return the window after some days, and the last line that was told of each article."""
    window, told = Window.empty(model), {}
    for part in parts:
        window, lines = window.grown(model, part)
        told |= {line.id: line for line in lines}
    return window, told


def stories(lines: Iterable[Identity]) -> set[frozenset[str]]:
    found = defaultdict(set)
    for line in lines:
        found[line.story].add(line.id)
    return {frozenset(story) for story in found.values()}


def test_a_report_of_the_next_day_joins_its_story(model: Model) -> None:
    first, second, _ = days(3)
    window, before = grown(model, [first])
    _, after = grown(model, [first, second])
    joined = [a for a in second if after[a.id].story in {line.story for line in before.values()}]
    assert len(joined) >= 0.9 * len(second)
    assert {line.id for line in window.lines} == {a.id for a in first}


def test_no_story_is_torn_apart(model: Model) -> None:
    parts = days(4)
    window = Window.empty(model)
    for part in parts:
        before = stories(window.lines)
        window, lines = window.grown(model, part)
        after = stories(window.lines)
        assert all(any(story <= other for other in after) for story in before)
        assert {a.id for a in part} <= {line.id for line in lines}


def test_what_was_told_last_of_an_article_is_where_it_is(model: Model) -> None:
    window, told = grown(model, days(4))
    assert {line.id: line for line in window.lines} == told


def test_an_article_that_is_there_already_changes_nothing(model: Model) -> None:
    first, *_ = days(3)
    window, _ = grown(model, [first])
    again, lines = window.grown(model, first)
    assert again is window
    assert lines == []


def test_neither_the_order_of_a_day_nor_keeping_it_changes_a_line(
    model: Model, tmp_path: Path
) -> None:
    parts = days(3)
    _, told = grown(model, parts)
    after = {}
    for part in parts:
        window = Window.load(tmp_path / "kept", model)
        window, lines = window.grown(model, part[::-1])
        window.save(tmp_path / "kept")
        after |= {line.id: line for line in lines}
    assert after == told


def test_articles_of_two_months_ago_are_let_go(model: Model) -> None:
    first, second, _ = days(3)
    later = [replace(a, published=a.published + timedelta(days=90)) for a in second if a.published]
    window, told = grown(model, [first, later])
    assert {line.id for line in window.lines} == {a.id for a in later}
    assert not {told[a.id].story for a in first} & {told[a.id].story for a in later}


def test_a_window_of_another_model_is_refused(model: Model, tmp_path: Path) -> None:
    window, _ = grown(model, days(3)[:1])
    window.save(tmp_path / "kept")
    with pytest.raises(ConfigError, match="made by another model"):
        Window.load(tmp_path / "kept", replace(model, bar=model.bar + 1))
