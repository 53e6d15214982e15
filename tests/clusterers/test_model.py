"""By a model the stories of articles depend neither on the others, nor on order, nor on how work is shared."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_world import world

from digest.clusterers import Model, TopicClusterer, agglomeration, neighbours, sparse
from digest.clusterers import model as module
from digest.clusterers.clustering import Clustering, in_order
from digest.errors import ConfigError
from digest.models import Article


@pytest.fixture(scope="module")
def model() -> Model:
    """A model of such a world, of a thousand articles and some."""
    return Model.fit(world(350))


def stories(
    articles: Iterable[Article], by: Callable[[Sequence[Article]], Clustering]
) -> set[frozenset[str]]:
    topics = TopicClusterer(by=by)(list(articles))
    return {frozenset(a.id for a in story.articles) for topic in topics for story in topic.stories}


def test_reports_on_one_event_are_one_story(model: Model) -> None:
    found = stories(world(60, "other"), model.cluster)
    whole = [story for story in found if len(story) == 3 and len({i[:-2] for i in story}) == 1]
    assert len(whole) >= 55


def test_articles_of_other_events_change_no_story(model: Model) -> None:
    own = world(60, "other")
    before = stories(own, model.cluster)
    ids = {article.id for article in own}
    for more in (1, 40):
        after = stories([*own, *world(more, "strangers")], model.cluster)
        assert {story & ids for story in after} - {frozenset()} == before


def test_neither_order_nor_the_cut_into_calls_changes_a_story(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = world(60, "other")
    before = stories(articles, model.cluster)
    random.Random(1).shuffle(articles)
    for chunk, pairs in ((7, 1), (1, 50), (100, 10)):
        monkeypatch.setattr(module, "_CHUNK", chunk)
        monkeypatch.setattr(agglomeration, "_PAIRS", pairs)
        monkeypatch.setattr(neighbours, "_ROWS", chunk)
        assert stories(articles, model.cluster) == before


def test_a_model_that_was_kept_clusters_as_it_did(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "one")
    again = Model.load(tmp_path / "one")
    again.save(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    articles = in_order(world(40, "other"))
    one, two = model.cluster(articles), again.cluster(articles)
    assert np.array_equal(one.story, two.story)
    assert np.array_equal(one.near.similarity, two.near.similarity)


def _changed(line: bytes, **said: Any) -> bytes:
    return json.dumps({**json.loads(line), **said}).encode()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda _: b"", "not a digest-model file"),
        (lambda _: b"PK\x03\x04 something else", "not a digest-model file"),
        (lambda whole: whole[:-1], "damaged"),
        (lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]), "damaged"),
        (lambda whole: whole.replace(b'"bar": ', b'"bar": 1'), "damaged"),
        (
            lambda whole: whole.replace(b"digest-model/1", b"digest-model/9"),
            "digest-model/9, and this",
        ),
    ],
)
def test_a_file_that_is_no_whole_model_of_this_version_is_named(
    model: Model, tmp_path: Path, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    model.save(tmp_path / "kept")
    (tmp_path / "kept").write_bytes(spoil((tmp_path / "kept").read_bytes()))
    with pytest.raises(ConfigError, match=reason) as found:
        Model.load(tmp_path / "kept")
    assert str(tmp_path / "kept") in str(found.value)
    assert "\n" not in str(found.value)


def test_arrays_that_the_header_does_not_describe_are_refused(tmp_path: Path) -> None:
    for arrays in (
        {"weights": ["|O", [1]]},
        {"weights": ["<f4", [-1]]},
        {"weights": ["<f4", [9]]},
        [],
        None,
    ):
        head = {"digest": "digest-model/1", "sha256": "", "arrays": arrays}
        head["sha256"] = sparse._checksum(head, b"")
        (tmp_path / "kept").write_bytes(json.dumps(head).encode() + b"\n")
        with pytest.raises(ConfigError, match="kept: "):
            Model.load(tmp_path / "kept")


def test_a_collection_in_other_languages_is_refused(model: Model) -> None:
    articles = [replace(article, language="fr") for article in world(40, "other")]
    with pytest.raises(ConfigError, match=r"100% of the articles .* \(fr\); it was fitted to en"):
        model.cluster(articles)


def test_a_model_of_few_articles_is_refused() -> None:
    with pytest.raises(ConfigError, match="1000 different articles at least, and these are 30"):
        Model.fit(world(10))


def test_components_are_what_pairs_connect() -> None:
    first, second = np.array([5, 1, 4, 7]), np.array([4, 0, 2, 7])
    assert module.components(8, first, second).tolist() == [0, 0, 2, 3, 2, 2, 6, 7]
