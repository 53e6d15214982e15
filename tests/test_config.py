"""`digest.toml`."""

from datetime import timedelta
from pathlib import Path

import pytest

from digest.config import Config, config_of, load_config, make_stages, minutes, parse_config
from digest.editing import Layout, Wishes
from digest.errors import ConfigError
from digest.renderers import make_renderer
from digest.sources import age
from digest.summarizers import make_summarizer


def test_every_key_of_the_file_is_read(tmp_path: Path) -> None:
    """Each key reaches the configuration, and whole numbers serve as lengths."""
    file = tmp_path / "digest.toml"
    file.write_text(
        'title = "Morning"\nlength = 5\nalgorithm = "lead"\nreading_time = 7\nmax_age = 0\n'
        'follow = ["Danube"]\nmute = ["royals"]\n'
        '[[topics]]\nname = "Rail"\nkeywords = ["train", "station"]\nnever = ["model railway"]\n'
    )
    config = load_config(file)
    assert (config.title, config.length, config.algorithm) == ("Morning", "5", "lead")
    assert (config.reading_time, config.max_age) == ("7", "0")
    assert (config.follow, config.mute) == (("Danube",), ("royals",))
    assert config.topics[0].name == "Rail"
    assert config.topics[0].keywords == ("train", "station")
    assert config.topics[0].never == ("model railway",)


def test_sources_are_tables_with_a_location() -> None:
    """What is not said keeps its default."""
    source = parse_config({"sources": [{"location": "inbox", "full_text": True}]}).sources[0]
    assert (source.location, source.name, source.full_text) == ("inbox", "", True)
    assert (source.weight, source.section, source.max_items, source.max_age) == (1.0, "", 0, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("5m", 5.0), ("5", 5.0), ("90s", 1.5), ("1h", 60.0), ("2.5 m", 2.5), (" 3H ", 180.0)),
        *(("", 0.0), ("five", 0.0), ("5d", 0.0), ("-5m", 0.0), ("5m30s", 0.0), ("99999m", 0.0)),
    ],
)
def test_a_reading_time_is_minutes_seconds_or_hours(text: str, expected: float) -> None:
    """What is none is nothing."""
    assert minutes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12h", timedelta(hours=12)),
        ("3d", timedelta(days=3)),
        ("3", timedelta(days=3)),
        ("2w", timedelta(weeks=2)),
        ("0", timedelta.max),
        *((text, None) for text in ("", "3m", "90s", "soon", "-1d", "1.5.2d")),
    ],
)
def test_an_age_is_hours_days_or_weeks(text: str, expected: timedelta | None) -> None:
    """0 is for ever; what is none is refused."""
    assert age(text) == expected


def test_what_the_reader_wishes_reaches_the_stages() -> None:
    """Weights and sections by the location and the name of a source, follow, mute and the minutes."""
    table = {
        "reading_time": "90s",
        "follow": ["Danube"],
        "mute": ["royals"],
        "sources": [
            {
                "location": "https://tide.example/feed",
                "name": "Tide",
                "weight": 2,
                "section": "sport",
            }
        ],
    }
    stages = make_stages(parse_config(table))
    keys = ("https://tide.example/feed", "Tide")
    assert stages.rank.weights == dict.fromkeys(keys, 2)
    assert stages.rank.departments == dict.fromkeys(keys, "sport")
    assert stages.rank.wishes == stages.wishes == Wishes(follow=("Danube",), mute=("royals",))
    assert stages.lay_out == Layout(minutes=1.5)


def test_a_pinned_topic_without_keywords_is_found_by_its_name() -> None:
    """The name serves where no keywords are given."""
    assert parse_config({"topics": [{"name": "Rail"}]}).topics[0].keywords == ("Rail",)


def test_an_edition_is_the_file_but_for_what_its_table_says() -> None:
    """Each key of both; the sources, the recipients and the notices are chosen from the file's."""
    config = parse_config(
        {
            "title": "Day",
            "theme": "plain",
            "sources": [{"location": "a", "section": "river"}, {"location": "b"}],
            "mail": {"from": "desk@example.org", "to": ["day@example.org"]},
            "notices": [{"name": "phone", "url_file": "x"}, {"name": "desk", "url_file": "y"}],
            "editions": [
                {"name": "week", "title": "Week", "length": 5, "sections": ["river"],
                 "to": ["week@example.org"], "channels": ["mail", "desk"],
                 "web_url": "https://example.org/{date}"},
                {"name": "quiet", "sources": ["b"], "channels": [], "output": "still"},
            ],
        }
    )  # fmt: skip
    week, quiet = config_of(config, "week"), config_of(config, "quiet")
    assert (week.title, week.theme, week.length, week.output) == ("Week", "plain", "5", "out/week")
    assert [source.location for source in week.sources] == ["a"]
    assert week.mail is not None
    assert (week.mail.to, week.mail.web_url) == (
        ("week@example.org",),
        "https://example.org/{date}",
    )
    assert [(n.name, n.web_url) for n in week.notices] == [("desk", "https://example.org/{date}")]
    assert [source.location for source in quiet.sources] == ["b"]
    assert (quiet.title, quiet.output, quiet.mail, quiet.notices) == ("Day", "still", None, ())
    assert config_of(config, "") is config


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
        ('reading_time = "soon"', "reading_time 'soon': write minutes, seconds or hours: 5m"),
        ('reading_time = "0m"', "reading_time '0m'"),
        ('reading_time = "25h"', "reading_time '25h'"),
        ('max_age = "soon"', "max_age 'soon': write 12h, 3d or 2w; 0 for ever"),
        ('[[sources]]\nlocation = "x"\nmax_age = "3x"', "source 1: max_age '3x': write 12h"),
        ('[[sources]]\nlocation = "x"\nweight = 0', "source 1: weight is above 0"),
        ('[[sources]]\nlocation = "x"\nmax_items = -1', "max_items 0 or more"),
        ('follow = "Danube"', "'follow' must be a list of texts"),
        ("title = ", "not TOML"),
        ("[[editions]]\nname = 'A b'", "edition 1: its name 'A b' becomes a part"),
        ("[[editions]]\nname = 'week-2'", "edition 1: its name 'week-2'"),
        (
            "[[editions]]\nname = 'a'\n[[editions]]\nname = 'a'",
            "edition 2: another edition is called 'a' too",
        ),
        (
            "[[editions]]\nname = 'a'\ndays = ['someday']",
            "edition 'a': no day 'someday': write mon",
        ),
        ("[[editions]]\nname = 'a'\nat = '25:00'", "edition 'a': at '25:00'"),
        ("[[editions]]\nname = 'a'\nsources = ['x']", "no source has this name or location: 'x'"),
        (
            "[[editions]]\nname = 'a'\nsections = ['x']",
            "no source has this section: 'x'; known: none",
        ),
        ("[[editions]]\nname = 'a'\nchannels = ['x']", "no such channel: 'x'; known: mail"),
        ("[[editions]]\nname = 'a'\nto = 'x'", "edition 1: 'to' must be a list of texts"),
        ("[[editions]]\nname = 'a'\ntheme = 'x'", "edition 'a': 'theme' cannot be 'x'"),
        ("[[editions]]\nname = 'a'\nreading_time = 'x'", "edition 'a': reading_time 'x'"),
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
