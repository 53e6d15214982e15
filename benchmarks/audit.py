"""What the package rests on: known weaknesses, licences, and wheels for machines that are not this one.

    python -m benchmarks.audit [--licences]

Weaknesses are those of `pip-audit` where it is installed and its database can be asked; whether there are
wheels is asked of pip, for each direct dependency and machine, without installing any. With `--licences` only
the table of docs/dependencies.md is printed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
MACHINES = {
    "musl": ("musllinux_1_1_x86_64", "musllinux_1_2_x86_64"),
    "arm": ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"),
    "Windows": ("win_amd64",),
    "macOS": ("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64"),
}
_LONGEST = 60


def direct() -> list[str]:
    """Return the names of the direct dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(re.split(r"[<>=!~\[; ]", one)[0].lower() for one in project["dependencies"])


def all_of(names: list[str]) -> dict[str, metadata.Distribution]:
    """Return the installed distributions that these names need, and what those need."""
    found: dict[str, metadata.Distribution] = {}
    todo = list(names)
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        needs = (need for need in found[name].requires or () if "extra ==" not in need)
        todo += [re.split(r"[<>=!~\[; (]", need)[0] for need in needs]
    return dict(sorted(found.items()))


def licence(one: metadata.Distribution) -> str:
    """Return what a distribution says of its licence, in a few words."""
    told = one.metadata
    classified = [
        text.rpartition(" :: ")[2]
        for text in told.get_all("Classifier") or ()
        if text.startswith("License")
    ]
    said = (
        told.get("License-Expression") or "; ".join(classified) or told.get("License") or "not said"
    )
    return " ".join(said.split())[:_LONGEST]


def licences() -> Iterator[str]:
    """Yield the lines of the table of licences."""
    yield "| package | licence |"
    yield "|---|---|"
    for name, one in all_of(direct()).items():
        yield f"| {name} | {licence(one)} |"


def lacking(name: str) -> list[str]:
    """Return the machines for which pip finds no wheel of a dependency as it is installed here."""
    wanted = f"{name}=={metadata.version(name)}"
    return [machine for machine, tags in MACHINES.items() if not _is_found(wanted, tags)]


def _is_found(wanted: str, tags: tuple[str, ...]) -> bool:
    platforms = (part for tag in tags for part in ("--platform", tag))
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--dry-run",
            "--ignore-installed",
        ]
        command += [
            "--no-deps",
            "--only-binary",
            ":all:",
            "--python-version",
            "3.11",
            "--target",
            folder,
        ]
        done = subprocess.run([*command, *platforms, wanted], capture_output=True, check=False)
    return done.returncode == 0


def weaknesses() -> int:
    """Ask pip-audit, where it is there; return its exit code."""
    program = shutil.which("pip-audit") or str(Path(sys.executable).with_name("pip-audit"))
    if not Path(program).exists():
        print("pip-audit is not installed: nothing is known of weaknesses")
        return 0
    return subprocess.run([program, "--progress-spinner", "off"], check=False).returncode


def main() -> int:
    """Print it all; the exit code is 1 where a weakness is known or a wheel is lacking."""
    if "--licences" in sys.argv:
        print("\n".join(licences()))
        return 0
    print("\n".join(licences()))
    flaws = 0
    for name in direct():
        if missing := lacking(name):
            flaws += 1
            print(f"{name}: no wheel for {', '.join(missing)}")
    return int(bool(weaknesses()) or flaws > 0)


if __name__ == "__main__":
    sys.exit(main())
