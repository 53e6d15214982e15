"""Make the files of a release, and look at them as those will who install them: `make release`.

    python -m benchmarks.release [--no-install]

The wheel and the sdist are built twice, from two copies of what git knows, of another age and with other
permissions: they must be the same bytes. Then twine, check-wheel-contents and pyroma say what they think, and a
fresh environment gets the wheel: it must run, its size is printed, and what it holds becomes the bill of
materials (CycloneDX). All of it is left in dist/. The exit code is 1 where anything is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"
_UNMET = "Url AuthorEmail"
"""What pyroma asks for and this project does not have: an address on the web, and one for mail."""
_MEGABYTE = 1_000_000


def copied(folder: Path, age: int, mode: int) -> Path:
    """Copy what git knows, with a time of change and permissions of its own."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, names.split("\0")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, path)
        path.chmod(mode)
        os.utime(path, (age, age))
    return folder


def built(source: Path, target: Path) -> dict[str, str]:
    """Build wheel and sdist, and return the hash of each."""
    when = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(target), str(source)],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": when},
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.iterdir())
    }


def looked_at(wheel: Path, sdist: Path) -> list[str]:
    """Ask the three judges of packages; return those that complain."""
    judges = {
        "twine": ["twine", "check", "--strict", str(wheel), str(sdist)],
        "check-wheel-contents": ["check-wheel-contents", str(wheel)],
        "pyroma": ["pyroma", "--min", "10", "--skip-tests", _UNMET, str(sdist)],
    }
    commands = Path(sys.executable).parent
    return [
        name
        for name, (program, *rest) in judges.items()
        if subprocess.run([str(commands / program), *rest], check=False).returncode
    ]


def installed(wheel: Path, folder: Path) -> Path:
    """Install the wheel into a fresh environment, say what it weighs, and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", str(wheel)], check=True)
    for command in ("digest", "digest-briefing"):
        subprocess.run([str(folder / "bin" / command), "--version"], check=True)
    everything = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    ours = sum(path.stat().st_size for path in folder.rglob("site-packages/digest/**/*"))
    print(f"wheel {wheel.stat().st_size / _MEGABYTE:.1f} MB", end=", ")
    print(f"installed {ours / _MEGABYTE:.1f} MB, with all it needs {everything / _MEGABYTE:.0f} MB")
    return python


def bill_of_materials(python: Path, target: Path) -> None:
    """Write what an environment holds as CycloneDX JSON, the same bytes for the same environment."""
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", str(python)]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
    command += ["--output-format", "JSON", "--output-file", str(target)]
    subprocess.run(command, check=True)


def main() -> int:
    """Build, compare, look, install, describe."""
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        first = built(copied(here / "a", 1_000_000_000, 0o644), DIST)
        again = built(copied(here / "b", 1_500_000_000, 0o600), here / "dist")
        faults = [f"{name} is not the same twice" for name in first if first[name] != again[name]]
        for name, digest in first.items():
            print(digest, name)
        wheel, sdist = next(DIST.glob("*.whl")), next(DIST.glob("*.tar.gz"))
        faults += [f"{judge} complains" for judge in looked_at(wheel, sdist)]
        if "--no-install" not in sys.argv:
            python = installed(wheel, here / "venv")
            bill_of_materials(python, DIST / f"{sdist.name.removesuffix('.tar.gz')}.cdx.json")
    print("\n".join(faults) or f"well: {DIST}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
