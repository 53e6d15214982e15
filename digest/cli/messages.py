"""What is said on stderr: lines for people, or JSON lines for a log collector."""

import json
import logging
import sys

from digest.outgoing import line

LOGGER = logging.getLogger("digest")


def failure(text: object) -> None:
    """Say what failed, in one line; it is said with `--quiet`, too."""
    _say(logging.ERROR, text)


def note(text: object) -> None:
    """Say what a person may want to know, in one line; not with `--quiet`."""
    _say(logging.WARNING, text)


def configure(level: int, *, as_json: bool) -> None:
    """Send the messages of the program from `level` on to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if as_json else _OneLine())
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(level)
    LOGGER.propagate = False


def _say(level: int, text: object) -> None:
    if not LOGGER.handlers:  # an error before the options were read
        configure(logging.WARNING, as_json=False)
    LOGGER.log(level, "%s", text, extra={"is_plain": True})


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = line(record.getMessage())
        # Where it comes from a command it speaks for itself; a library's remark is told apart.
        kind = "" if getattr(record, "is_plain", False) else f"{record.levelname.lower()}: "
        return f"digest: {kind}{text}"


class JsonLine(logging.Formatter):
    """A message as a JSON object on a line of its own: `time`, `level`, `message`."""

    def format(self, record: logging.LogRecord) -> str:
        import datetime

        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        said = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": line(record.getMessage()),
        }
        return json.dumps(said, ensure_ascii=True)
