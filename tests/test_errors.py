"""A bug that a page finds costs that page, and is not hidden from who can mend it."""

import logging

import pytest

from digest.errors import ConfigError, ReadError, by_cause, contained


def test_a_bug_becomes_the_failure_of_its_page(caplog: pytest.LogCaptureFixture) -> None:
    """One line for the user; the traceback for those who ask for more."""
    with (
        caplog.at_level(logging.INFO, "digest"),
        pytest.raises(ReadError) as caught,
        contained("a.txt"),
    ):
        [][1]
    assert str(caught.value) == (
        "a.txt: a fault in digest (IndexError('list index out of range')); please report it"
    )
    assert "Traceback" in caplog.text


def test_an_error_for_the_user_stays_what_it_is() -> None:
    """Although some are values or lookups that failed, too."""
    with pytest.raises(ConfigError), contained("a.txt"):
        raise ConfigError("no such key")


@pytest.mark.parametrize(
    ("failures", "lines"),
    [
        ([], []),
        ([("a", "gone"), ("b", "gone")], ["a: gone", "b: gone"]),
        (
            [("c", "gone"), ("x", "late"), ("b", "gone"), ("a", "gone")],
            ["3 sources: gone (a, b, c)", "x: late"],
        ),
        ([(name, "gone") for name in "edcba"], ["5 sources: gone (a, b, c and 2 more)"]),
    ],
)
def test_sources_that_fail_for_one_reason_share_a_line(
    failures: list[tuple[str, str]], lines: list[str]
) -> None:
    """From three on; fewer are named one by one."""
    assert list(by_cause(failures)) == lines
