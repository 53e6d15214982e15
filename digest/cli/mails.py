"""Lines that the commands of the mail share."""

from typing import TYPE_CHECKING

from digest.cli.terminal import say

if TYPE_CHECKING:
    from digest.delivery.dispatch import Delivery


def print_counts(done: "Delivery") -> None:
    """Print what became of the mails of an issue: "2 sent, 1 refused (digest outbox list)"."""
    words = (
        ("sent", ("SENT",)),
        ("waiting", ("QUEUED", "DEFERRED", "SENDING")),
        ("refused", ("REFUSED",)),
        ("uncertain", ("UNCERTAIN",)),
        ("dropped", ("DROPPED",)),
    )
    counts = [(done.count(*states), word) for word, states in words]
    shown = (
        ", ".join(f"{number} {word}" for number, word in counts if number) or "nobody to send to"
    )
    hint = "  (digest outbox list)" if done.count("SENT") < len(done.rows) else ""
    say(f"{shown}{hint}")
