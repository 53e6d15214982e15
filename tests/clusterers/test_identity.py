"""Stories and topics keep their ids from one issue to the next."""

from digest.clusterers import carry_over
from digest.models import Article, Identity, Story, Topic


def topic(label: str, *stories: str) -> Topic:
    """Make a topic whose stories hold one article for each letter."""
    return Topic(label, tuple(Story(tuple(Article(c, "", c) for c in own)) for own in stories))


def ids(lines: list[Identity], kind: str) -> dict[str, str]:
    return {line.id: getattr(line, kind) for line in lines}


def test_a_growing_story_keeps_its_id_even_if_another_article_leads_it() -> None:
    before = carry_over([topic("A", "ab")])
    after = carry_over([topic("A", "cab")], before)
    assert ids(after, "story")["c"] == ids(before, "story")["a"]
    assert ids(after, "topic")["c"] == ids(before, "topic")["a"]


def test_a_new_story_gets_an_id_that_was_never_given() -> None:
    before = carry_over([topic("A", "ab")])
    after = carry_over([topic("A", "ab", "xy")], before)
    assert ids(after, "story")["x"] not in set(ids(before, "story").values())


def test_of_a_split_story_the_larger_part_keeps_the_id() -> None:
    before = carry_over([topic("A", "abcde")])
    after = ids(carry_over([topic("A", "abc"), topic("B", "de")], before), "story")
    assert after["a"] == ids(before, "story")["a"]
    assert after["d"] != after["a"]


def test_of_merged_stories_the_larger_part_gives_the_id() -> None:
    before = ids(carry_over([topic("A", "ab", "cde")]), "story")
    after = ids(carry_over([topic("A", "abcde")], carry_over([topic("A", "ab", "cde")])), "story")
    assert set(after.values()) == {before["c"]}


def test_without_a_previous_issue_ids_depend_on_the_articles_alone() -> None:
    assert carry_over([topic("A", "ab")]) == carry_over([topic("A", "ab")])
    assert {line.label for line in carry_over([topic("A", "ab")])} == {"A"}
