"""The command line: it parses, calls the library and prints. Data go to stdout, messages to stderr."""

import errno
import gc
import logging
import os
import sys
from pathlib import Path

import click

from digest.cli.options import SuggestingGroup
from digest.cli.terminal import complain, configure, failure, say, show_bug
from digest.errors import EXIT_CANNOT_WRITE, EXIT_OK, ConfigError, DigestError

_GARBAGE = 100_000
"""The garbage collector runs after so many more allocations than deallocations (Python's default is 700)."""
_PLACES = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.EROFS)
"""A place that was named, in the configuration or on the command line, cannot be looked at."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""A full disk: the functions that write files name the file themselves, so here it is standard output."""

COMMANDS = {
    "archive": "list all issues of a folder, with a search and a feed",
    "articles": "list, show and search what has been fetched",
    "build": "make a briefing of pages and folders",
    "cluster": "sort articles into topics of stories",
    "doctor": "check configuration, store and sources, and say what to do",
    "edit": "edit an issue as a short list: order, drop, rename, add a sentence",
    "explain": "say why an issue is as it is, a sentence was chosen, or two articles are together",
    "feeds": "add, remove, check, import and export sources",
    "follow": "set words, names and sources above others",
    "init": "write a digest.toml to start from",
    "model": "learn from a collection what others are clustered by",
    "mute": "leave out words, names and sources",
    "outbox": "see, retry or drop the mails that wait",
    "preview": "show a folder of issues in a browser, and every change as it is saved",
    "run": "fetch the sources of digest.toml and write the day's issue",
    "schedule": "print what runs the digest each morning",
    "send": "mail a briefing",
    "site": "make a site of all issues: a page and a feed a topic, a search",
    "split": "take pages apart into their articles",
    "summarize": "choose the key sentences of articles",
    "templates": "start templates of your own",
    "topics": "suggest topics to pin in digest.toml",
    "unsubscribe": "never mail an address again",
    "verify": "prove that every sentence of a briefing stands in its source",
}

_MODULES = {
    "feeds": "settings",
    "follow": "settings",
    "init": "setup",
    "model": "cluster",
    "mute": "settings",
    "schedule": "setup",
    "site": "archive",
    "split": "extract",
    "summarize": "extract",
    "templates": "setup",
    "topics": "cluster",
    "unsubscribe": "outbox",
    "verify": "explain",
}
"""Command -> the module that it shares with others; any other has the module of its name."""


def load_command(name: str) -> click.Command:
    """Return the command of that name."""
    import importlib

    module = importlib.import_module(f"digest.cli.{_MODULES.get(name, name)}")
    command: click.Command = getattr(module, name)
    return command


class _Commands(SuggestingGroup):
    """Loads a command when it is called, and lists them without loading any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        return load_command(name) if name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from digest import __version__

        say(f"digest {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n"
    "  digest build pages/ -o out/\n"
    "  digest summarize article.txt --length 3\n"
    "  digest verify out/2026-11-21.json",
)
@click.option("-v", "--verbose", is_flag=True, help="Say more of what happens.")
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings and no progress.")
@click.option("--log-json", is_flag=True, help="Print messages as JSON lines, and no progress.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
def digest(verbose: bool, quiet: bool, log_json: bool) -> None:
    """A news briefing that can prove every sentence.

    Reads scraped pages, newsletters and articles, takes them apart, sorts them by topic and renders a daily
    briefing of sentences that stand word for word in their sources. No language model, and no network but for
    the addresses that you name.
    """
    level = logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING
    configure(level, as_json=log_json)
    try:
        Path.cwd()
    except OSError as error:
        raise ConfigError("the current folder is not there any more; go to another one") from error


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A page makes tens of thousands of values, none of which is garbage before the page is done.
    gc.set_threshold(_GARBAGE)
    sys.excepthook = show_bug
    _occupy_standard_descriptors()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    try:
        code = digest.main(prog_name="digest", standalone_mode=False)
    except DigestError as error:
        failure(error)
        code = error.exit_code
    except click.ClickException as error:
        complain(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        # The reader of our output has left (`| head`): that is no error, but Python would complain at exit.
        _give_up_output()
        code = EXIT_OK
    except OSError as error:
        if error.errno in _PLACES and error.filename is not None:
            failure(f"{error.filename!s:.200}: {(error.strerror or 'cannot be opened').lower()}")
            sys.exit(ConfigError.exit_code)
        if error.errno not in _FULL:
            raise
        failure(f"standard output: {(error.strerror or 'cannot be written').lower()}; make room")
        # What is left in its buffer cannot be written either, and Python would complain at exit.
        _give_up_output()
        code = EXIT_CANNOT_WRITE
    sys.exit(code if isinstance(code, int) else EXIT_OK)


def _occupy_standard_descriptors() -> None:
    """Open /dev/null for closed standard streams: else the store might be opened as one, and get the output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:  # what is said is lost, and no reason to end; lost output is one
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _give_up_output() -> None:
    """Send the rest of the buffer to /dev/null, or Python would complain at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
