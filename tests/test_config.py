"""`digest.toml`."""

from pathlib import Path

import pytest

from digest.config import Config, load_config, parse_config
from digest.errors import ConfigError
from digest.registry import make_renderer, make_summarizer


def test_every_key_of_the_file_is_read(tmp_path: Path) -> None:
    """Each key reaches the configuration, and whole numbers serve as lengths."""
    file = tmp_path / "digest.toml"
    file.write_text(
        'title = "Morning"\nlength = 5\nalgorithm = "lead"\n'
        '[[topics]]\nname = "Rail"\nkeywords = ["train", "station"]\nnever = ["model railway"]\n'
    )
    config = load_config(file)
    assert (config.title, config.length, config.algorithm) == ("Morning", "5", "lead")
    assert config.topics[0].name == "Rail"
    assert config.topics[0].keywords == ("train", "station")
    assert config.topics[0].never == ("model railway",)


def test_sources_are_tables_with_a_location() -> None:
    """What is not said keeps its default."""
    source = parse_config({"sources": [{"location": "inbox", "full_text": True}]}).sources[0]
    assert (source.location, source.name, source.full_text) == ("inbox", "", True)


def test_a_pinned_topic_without_keywords_is_found_by_its_name() -> None:
    """The name serves where no keywords are given."""
    assert parse_config({"topics": [{"name": "Rail"}]}).topics[0].keywords == ("Rail",)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No digest.toml is no error."""
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('titel = "x"', "unknown key 'titel' (did you mean 'title'?)"),
        ("title = 3", "'title' must be text in quotes"),
        ('[[topics]]\nkeywords = ["x"]', "topic 1: it needs a name"),
        ('[[topics]]\nname = "x"\nkeyword = ["x"]', "did you mean 'keywords'?"),
        ('[[topics]]\nname = "x"\nkeywords = "x"', "'keywords' must be a list of texts"),
        ('topics = "x"', "topics are tables"),
        ('[[topics]]\nname = " "', "topic 1: its name is empty"),
        ('[[sources]]\nname = "x"', "source 1: it needs a location"),
        ('[[sources]]\nlocation = "x"\nfull_text = "yes"', "'full_text' must be true or false"),
        ('formats = ["pdf"]', "'formats' cannot be 'pdf': choose from 'markdown'"),
        ("memory_days = true", "'memory_days' must be a whole number"),
        ("title = ", "not TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    """The error names the file and the key, and says what is allowed."""
    file = tmp_path / "digest.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_file_that_was_named_is_refused(tmp_path: Path) -> None:
    """A path that was given must exist."""
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "none.toml")


def test_an_unknown_algorithm_is_refused_with_the_known_ones() -> None:
    """The error lists what there is."""
    with pytest.raises(ConfigError, match="textrank"):
        make_summarizer("gpt")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    """The error lists what there is."""
    with pytest.raises(ConfigError, match="markdown"):
        make_renderer("docx")


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    """Windows editors put one there."""
    file = tmp_path / "digest.toml"
    file.write_bytes(b'\xef\xbb\xbftitle = "D"\n')
    assert load_config(file).title == "D"


@pytest.mark.parametrize("path", [r"C:\new\feeds", r"C:\Users\me", r"..\feeds", r"C:\table"])
def test_a_path_of_windows_in_double_quotes_is_explained(tmp_path: Path, path: str) -> None:
    """A backslash means something there, which TOML accepts or not; both are said with what to do."""
    file = tmp_path / "digest.toml"
    file.write_text(f'[[sources]]\nlocation = "{path}"\n')
    with pytest.raises(ConfigError, match="single quotes"):
        load_config(file)
    file.write_text(f"[[sources]]\nlocation = '{path}'\n")
    assert load_config(file).sources[0].location == path
