"""What stands in deploy/ keeps its promises: nobody's user, a root that is not written to, a closed sandbox."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import digest

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
BASE = os.environ.get("DIGEST_BASE_IMAGE", "")
BUILDER = shutil.which("buildah")

yaml = pytest.importorskip("yaml")
pytestmark = pytest.mark.skipif(not DEPLOY.is_dir(), reason="no deploy/ beside the tests")


def _steps() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, joined where they go over several lines."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text("utf-8"))
    lines = [line.strip() for line in text.splitlines()]
    return [(line.split()[0], line) for line in lines if line and not line.startswith("#")]


def _yaml(name: str) -> dict[Any, Any]:
    content: dict[Any, Any] = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    return content


def test_the_image_runs_as_nobody_in_particular() -> None:
    """The last user is no root, by number, so that a cluster can tell."""
    users = [line.split()[1] for word, line in _steps() if word == "USER"]
    assert int(users[-1]) >= 1000


def test_the_image_keeps_everything_in_one_volume_and_tells_its_health() -> None:
    """What changes is in /data; the health is what `digest doctor` says of it."""
    words = dict(_steps())
    assert words["VOLUME"] == "VOLUME /data"
    assert words["WORKDIR"] == "WORKDIR /data"
    assert '"doctor", "--offline"' in words["HEALTHCHECK"]


def test_the_image_fetches_nothing_by_address() -> None:
    """Only the base and what pip installs; and the base has a tag that does not move to another Python."""
    text = "\n".join(line for _, line in _steps())
    assert "http" not in text
    assert re.search(r"ARG BASE=python:3\.\d+-slim", text)


@pytest.mark.skipif(not (ROOT / "digest").is_dir(), reason="no digest/ beside the tests")
def test_what_the_image_copies_is_let_through() -> None:
    """.dockerignore lets through exactly the paths that the build takes."""
    let = set(re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M))
    copies = [line.split() for word, line in _steps() if word == "COPY" and "--from" not in line]
    taken = {one for words in copies for one in words[1:-1] if not one.startswith("--")}
    assert let == taken
    assert all((ROOT / one).exists() for one in taken)


@pytest.mark.parametrize("service", ["digest", "relay"])
def test_a_service_of_compose_is_bounded(service: str) -> None:
    """Memory has a limit, no new privileges are had, and the network for mail leads nowhere else."""
    composed = _yaml("compose.yaml")
    one = composed["services"][service]
    assert one["mem_limit"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert set(one["networks"]) == {"world", "mail"}
    assert composed["networks"]["mail"] == {"internal": True}


def test_compose_runs_the_digest_on_a_root_that_is_not_written_to() -> None:
    """Without capabilities, as the version that this is."""
    one = _yaml("compose.yaml")["services"]["digest"]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["image"] == f"digest-briefing:{digest.__version__}"
    assert "/tmp" in one["tmpfs"]


def test_no_image_of_a_third_party_is_run() -> None:
    """Each service is built here, of an official base image."""
    for service in _yaml("compose.yaml")["services"].values():
        build = service["build"]
        text = (DEPLOY / build["context"] / build["dockerfile"]).read_text("utf-8")
        bases = re.findall(r"(?m)^(?:ARG BASE=|FROM )([a-z]+):", text)
        assert bases
        assert set(bases) <= {"python", "debian"}


@pytest.mark.skipif(not shutil.which("postconf"), reason="no Postfix")
def test_postfix_knows_what_the_relay_sets() -> None:
    """A misspelled parameter would be taken for one of the user's own."""
    text = (DEPLOY / "relay.Dockerfile").read_text("utf-8")
    names = re.findall(r"(?m)^ {8}\"?(\w+)=", text)
    assert len(names) > 5
    done = subprocess.run(["postconf", "-d", *names], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_the_mail_that_compose_proposes_is_a_configuration(tmp_path: Path) -> None:
    """The table in its comment is read without a complaint, and asks for no TLS on the inner network."""
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    table = re.findall(r"^# {5}(.*)$", text, re.M)
    file = tmp_path / "digest.toml"
    file.write_text("\n".join(table), "utf-8")
    mail = digest.load_config(file).mail
    assert mail is not None
    assert (mail.host, mail.encryption) == ("relay", "none")


def test_the_workflow_proves_what_it_publishes() -> None:
    """The issue is made, verified, and only then uploaded."""
    steps = _yaml("publish.yaml")["jobs"]["publish"]["steps"]
    told = " | ".join(step.get("run", step.get("uses", "")) for step in steps)
    order = ["pip install", "digest run", "digest verify", "upload-pages", "deploy-pages"]
    assert [told.index(one) for one in order] == sorted(told.index(one) for one in order)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_unit_is_closed() -> None:
    """`systemd-analyze security` gives 0 (closed) to 10 (open)."""
    command = ["systemd-analyze", "security", "--offline=true", str(DEPLOY / "digest.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"exposure level for digest\.service: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= 2.5


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_units_have_no_unknown_line() -> None:
    """`systemd-analyze verify` knows every key; only the program is not installed here."""
    units = [str(DEPLOY / name) for name in ("digest.service", "digest.timer")]
    command = ["systemd-analyze", "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    about_us = [line for line in done.stderr.splitlines() if "digest." in line]
    assert [line for line in about_us if "is not executable" not in line] == []


def test_the_daily_loop_makes_a_configuration_and_runs(tmp_path: Path) -> None:
    """One round of what the container does, in a folder that was empty."""
    programs = tmp_path / "bin"
    programs.mkdir()
    fake = programs / "digest"
    fake.write_text('#!/bin/sh\necho "$@" >> calls\n[ "$1" != init ] || touch digest.toml\n')
    fake.chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    for _ in range(2):
        subprocess.run(
            [str(DEPLOY / "daily"), "06:00"],
            cwd=tmp_path,
            check=True,
            env={"PATH": path, "DAILY_ONCE": "1"},
        )
    assert (tmp_path / "calls").read_text().split() == ["init", "run", "run"]


def test_the_daily_loop_refuses_what_is_no_time(tmp_path: Path) -> None:
    """It ends with exit code 2, and has run nothing."""
    done = subprocess.run(
        [str(DEPLOY / "daily"), "noonish"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not (BUILDER and BASE), reason="no buildah, or DIGEST_BASE_IMAGE names no image with Python"
)
def test_the_image_is_built_and_runs() -> None:
    """Under a root that is not written to, as a user without rights, it makes and proves its first issue."""
    name = "localhost/digest-briefing:test"
    arguments = os.environ.get("DIGEST_BUILD_ARGUMENTS", "").split()
    build = ["buildah", "build", "--format=docker", "--build-arg", f"BASE={BASE}", *arguments]
    subprocess.run([*build, "-f", "deploy/Dockerfile", "-t", name, "."], cwd=ROOT, check=True)
    script = "id -u; touch /new 2>&1; DAILY_ONCE=1 daily && digest doctor --offline >&2 && ls /data"
    run = ["podman", "run", "--rm", "--read-only", "--cap-drop=all", "--network=none"]
    run += ["--tmpfs=/tmp", "--cgroups=disabled", name, "sh", "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if "OCI" in done.stderr:  # the container did not come to be; the image did
        pytest.skip(f"podman starts no container here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] == "10001"
    assert "Read-only file system" in done.stdout
    assert "digest.toml" in done.stdout
