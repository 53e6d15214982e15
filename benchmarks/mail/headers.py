"""Every hostile string as title, name and label of a mail: its header set is exactly ours.

Runs in this Python and in every other supported one that is found, by its name or in DIGEST_PYTHONS (paths,
parted by colons): what the email package makes of a header differs from version to version.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

from benchmarks.data import ROOT, shared_folder

NAMES = ("python3.11", "python3.12", "python3.13", "python3.14")
_HEADER = re.compile(rb"^(?:Subject|From|To|X-[\w-]+):[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_TITLE = re.compile(rb"<(title|author|name)[^>]*>(.{0,10000}?)</\1>", re.I | re.S)


def strings(folder: Path) -> Iterator[str]:
    """Yield every string, title and name of the corpora."""
    yield from json.loads((folder / "strings" / "blns.json").read_text(encoding="utf-8"))
    for vector in json.loads((folder / "xss" / "vectors.json").read_text(encoding="utf-8")):
        yield vector["v"]
    for path in sorted((folder / "payloads").rglob("*.txt")):
        yield from path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    for path in sorted((folder / "email").rglob("*")):
        if path.is_file():
            for header in _HEADER.findall(path.read_bytes()):
                yield header.partition(b":")[2].decode("utf-8", "surrogateescape")
    for path in sorted((folder / "feeds").rglob("*")):
        if path.is_file():
            for _, title in _TITLE.findall(path.read_bytes()):
                yield title.decode("utf-8", "surrogateescape")


def check(texts: list[str]) -> list[str]:
    """Return a line for each string that changed the header set or broke a line."""
    from digest.delivery.message import IssueMail, Writer
    from digest.delivery.options import Mailbox, MailConfig, mailbox, neutral

    names = (
        *("From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe"),
        *("List-Unsubscribe-Post", "Auto-Submitted", "Precedence", "MIME-Version", "Content-Type"),
    )
    write = Writer(
        mail=MailConfig(
            sender="Digest <digest@example.org>", unsubscribe_url="https://example.org/{token}"
        ),
        moment=datetime(2026, 11, 21, tzinfo=UTC),
    )
    plain = mailbox("reader@example.net")
    broken = []
    for text in texts:
        parts = IssueMail(key="k", day=date(2026, 11, 21), subject=text, text=text, html=text)
        for target in (plain, Mailbox("reader@example.net", neutral(text)[:100].rstrip())):
            data = write(parts, target, "token")
            found = message_from_bytes(data, policy=policy.SMTP)
            head = data.partition(b"\r\n\r\n")[0]
            fine = tuple(found.keys()) == names and not found.defects and head.isascii()
            whole = all(len(row) <= 998 for row in data.split(b"\r\n"))
            bare = data.replace(b"\r\n", b"")
            if not (fine and whole and b"\r" not in bare and b"\n" not in bare):
                broken.append(f"{text[:70]!r}: {found.keys()}")
    return broken


def _pythons() -> Iterator[str]:
    yield sys.executable
    yield from filter(None, os.environ.get("DIGEST_PYTHONS", "").split(":"))
    yield from filter(None, map(shutil.which, NAMES))


def main() -> int:
    """Print what each Python says; the exit code is 1 where a header set was not ours."""
    if "--here" in sys.argv:
        texts = list(dict.fromkeys(strings(shared_folder() / "data" / "hostile")))
        broken = check(texts)
        version = ".".join(map(str, sys.version_info[:3]))
        print(f"  Python {version}: {len(texts)} strings, twice each: {len(broken)} broken")
        print("".join(f"    {line}\n" for line in broken[:10]), end="")
        return bool(broken)
    seen, failed = set(), False
    for python in _pythons():
        asked = subprocess.run([python, "--version"], capture_output=True, text=True)
        if asked.returncode or asked.stdout in seen:
            continue
        seen.add(asked.stdout)
        command = [python, "-m", "benchmarks.mail.headers", "--here"]
        failed |= subprocess.run(command, cwd=ROOT).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
