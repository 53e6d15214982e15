"""Who is to get an issue: the addresses of the configuration and those of a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from digest.deliverers.addresses import Mailbox, mailbox
from digest.errors import ConfigError, DeliveryError
from digest.incoming import read_regular


def recipients(
    addresses: Iterable[str], file: Path | None = None
) -> tuple[list[Mailbox], list[str]]:
    """Return the recipients, each once, and a line for each address that is none.

    Raises `ConfigError` where the file cannot be read.
    """
    found: dict[str, Mailbox] = {}
    problems = []
    for where, text in (*(("", one) for one in addresses), *(_lines(file) if file else ())):
        try:
            known = mailbox(text)
        except DeliveryError as error:
            problems.append(f"{where}{error}")
        else:
            found.setdefault(known.address.lower(), known)
    return list(found.values()), problems


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = read_regular(path).decode("utf-8-sig", "replace")
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    for number, row in enumerate(text.split("\n"), 1):
        address = row.partition("#")[0].strip()
        if address:
            yield f"{path}, line {number}: ", address
