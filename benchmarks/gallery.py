"""Take the pictures of docs/gallery: each example, in each theme, in light and in dark (`make gallery`).

    python -m benchmarks.gallery

What is shown is the head of the page, small enough to be kept with the project.
"""

import datetime
import tempfile
from pathlib import Path

from benchmarks.chromium import Chromium, chromium
from digest import build_digest, load_config
from digest.config import THEMES
from digest.renderers import make_renderer

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "gallery"
PICTURES = ROOT / "docs" / "gallery"
LOOKS = ("light", "dark")
_DAY = datetime.date(2026, 11, 21)
_WIDTH, _HEIGHT = 800, 900
MOST_BYTES = 150_000


def names() -> list[str]:
    """Return the names of the examples."""
    return sorted(path.parent.name for path in EXAMPLES.glob("*/digest.toml"))


def pages(folder: Path) -> dict[str, Path]:
    """Write every example in every theme into `folder`; return its page by what its pictures are called."""
    found = {}
    for name in names():
        config = load_config(EXAMPLES / name / "digest.toml")
        issue = build_digest([EXAMPLES / name / "pages"], date=_DAY, config=config)
        for theme in THEMES:
            _, render = make_renderer("html", theme=theme)
            found[f"{name}-{theme}"] = folder / f"{name}-{theme}.html"
            found[f"{name}-{theme}"].write_text(render(issue), encoding="utf-8")
    return found


def photograph(browser: Chromium, page: Path, name: str) -> None:
    """Write the two pictures of a page."""
    browser.open(page.as_uri())
    for look in LOOKS:
        browser.look(_WIDTH, dark=look == "dark")
        path = PICTURES / f"{name}-{look}.png"
        path.write_bytes(browser.picture(_HEIGHT))
        size = path.stat().st_size
        print(path.relative_to(ROOT), size, "TOO LARGE" if size > MOST_BYTES else "")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, chromium() as one_browser:
        for its_name, its_page in pages(Path(temporary)).items():
            photograph(one_browser, its_page, its_name)
