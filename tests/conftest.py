"""What many tests need: small articles, a folder with pages, and the command line."""

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from digest.models import Article

# No test is timed; and what lands is judged by the same examples each time (`.ci/run` sets CI).
settings.register_profile(
    "digest",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("digest")

INBOX = Path(__file__).parent.parent / "examples" / "inbox"
DAY = datetime.date(2026, 11, 21)


@pytest.fixture
def inbox() -> Path:
    """The example pages."""
    return INBOX


@pytest.fixture
def day() -> datetime.date:
    """A date that is not today's."""
    return DAY


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in this process: `run("split", path)`; the exit code is the process's.

    A store that nobody names is the test's own.
    """
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    from digest.cli import digest
    from digest.errors import DigestError

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(digest, [str(one) for one in arguments], input=stdin)
        if isinstance(result.exception, DigestError):
            result.exit_code = result.exception.exit_code
            result.stderr_bytes = (
                result.stderr_bytes or b""
            ) + f"digest: {result.exception}\n".encode()
        elif result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def article() -> Callable[..., Article]:
    """Make an article of a text: `article("First. Second.", title="T")`."""

    def make(text: str, *, id: str = "a", title: str = "A title", **fields: object) -> Article:
        return Article(id=id, title=title, text=text, **fields)  # type: ignore[arg-type]

    return make
