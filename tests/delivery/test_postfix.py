"""End to end through Debian's postfix and its smtp-sink, with STARTTLS: what the rows say is what arrives."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import trustme

GOOD = tuple(f"r{number}@example.org" for number in range(5))
NOBODY, LATER = "nobody@example.org", "later@example.org"

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.fault.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:{sink}
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/server.pem
smtpd_recipient_restrictions = check_recipient_access inline:{{
 {{{nobody} = 550 no such user}}, {{{later} = 450 later}}}}, permit_mynetworks, reject
alias_maps =
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def _until(ready: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, "postfix did not do it in time"
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that postfix's own user may enter."""
    path = Path(tempfile.mkdtemp(prefix="postfix-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def postfix(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Start a postfix that relays to a smtp-sink, and return its port."""
    if shutil.which("postfix") is None or shutil.which("smtp-sink") is None:
        pytest.skip("postfix is not installed")
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may start postfix")
    authority = trustme.CA()
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(
        folder / "server.pem"
    )
    authority.cert_pem.write_to_path(folder / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "ca.pem"))
    for name in ("queue", "data", "sink", "config"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "sink", "postfix")
    names = {"folder": folder, "sink": _free_port(), "port": _free_port()}
    names |= {"nobody": NOBODY, "later": LATER}
    (folder / "config" / "main.cf").write_text(MAIN.format(**names))
    (folder / "config" / "master.cf").write_text(MASTER.format(**names))
    place = f"127.0.0.1:{names['sink']}"
    sink = subprocess.Popen(
        ["smtp-sink", "-u", "postfix", "-d", f"{folder}/sink/m.", place, "100"],
        stderr=subprocess.DEVNULL,
    )
    command = ("postfix", "-c", str(folder / "config"))
    started = subprocess.run([*command, "start"], capture_output=True, text=True)
    try:
        assert started.returncode == 0, started.stderr
        _until(lambda: _listens(names["port"]))
        yield int(names["port"])
    finally:
        subprocess.run([*command, "stop"], capture_output=True)
        sink.terminate()
        sink.wait(10)


def test_what_is_sent_arrives_once(good: Any, folder: Path, postfix: int) -> None:
    """Each recipient's row and the sink agree, for those refused and put off too, and after a rerun."""
    good.options |= {"host": "localhost", "port": postfix, "security": "starttls", "timeout": 30}
    done = good.send(*GOOD, NOBODY, LATER)
    assert done.exit_code == 76
    wanted = dict.fromkeys(GOOD, "SENT") | {NOBODY: "REFUSED", LATER: "DEFERRED"}
    assert good.states() == wanted
    assert "550" in good.row(NOBODY).answer
    good.now += timedelta(hours=1)
    good.send(*GOOD, NOBODY, LATER)
    assert good.states() == wanted
    _until(lambda: len(list((folder / "sink").iterdir())) == len(GOOD))
    messages = [message_from_bytes(file.read_bytes()) for file in (folder / "sink").iterdir()]
    assert sorted(str(message["To"]) for message in messages) == sorted(GOOD)
    ids = {row.message_id for row in done.rows if row.state == "SENT"}
    assert {str(message["Message-ID"]) for message in messages} == ids
    for message in messages:
        parts = [part.get_payload(decode=True) for part in message.get_payload()]
        assert b"No articles today" in parts[0]
        assert parts[1].rstrip().endswith(b"</html>")
