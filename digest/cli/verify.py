"""`digest verify`."""

from pathlib import Path

import click

from digest.cli.inputs import issue_of
from digest.cli.messages import failure
from digest.cli.options import allow_private_option, config_option
from digest.cli.places import place_of, store_option
from digest.cli.terminal import say
from digest.errors import EXIT_OK, EXIT_UNPROVEN


@click.command("verify", epilog="\b\nExample:\n  digest verify out/2026-11-21.json")
@click.argument("issue", type=click.Path(path_type=Path), metavar="ISSUE.json")
@config_option
@store_option
@allow_private_option
@click.pass_context
def command(
    ctx: click.Context, issue: Path, config: Path | None, store: Path | None, allow_private: bool
) -> None:
    """Prove that every sentence of a briefing stands word for word in its source.

    The sources are read anew, by their decoding and markup alone: of what `digest run` fetched, the bytes
    that its store kept (the configuration is looked for here, and in the folders above the issue); of anything
    else, the file or address itself. A sentence that does not stand there
    is named, and the exit code is 1.
    """
    from digest.bounded import Bounded
    from digest.library import verify
    from digest.verification import sentences

    briefing = issue_of(issue)
    kept = place_of(issue, config).store(store)
    with Bounded() as bounded:
        failures = verify(
            briefing,
            store=kept if store or kept.exists() else None,
            allow_private=allow_private,
            visible_text=bounded.visible_text,
        )
    for one in failures:
        failure(f"not proven: {one.sentence.text!r}: {one.reason}")
    total = sum(1 for _ in sentences(briefing))
    say(f"{total - len(failures)} of {total} sentences stand word for word in their sources")
    ctx.exit(EXIT_UNPROVEN if failures else EXIT_OK)
