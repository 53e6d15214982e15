"""Pictures of the sample to look at, and the one of the README.

    python -m benchmarks.markup.pictures [FOLDER]

writes the sample at 320, 768 and 1280 pixels, in light, in dark and as printed, to FOLDER, and the top of it to
out/sample/briefing.png.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.chromium import chromium, main
from benchmarks.data import ROOT

_WIDTHS = [320, 768, 1280]
_HEIGHT = 1300
"""Of the README's picture: the glance and the first topic."""


def take_pictures(folder: Path) -> None:
    """Write all pictures of the sample."""
    sample = ROOT / "out" / "sample" / "briefing.html"
    main(sample, folder, _WIDTHS)
    with chromium() as browser:
        browser.look(1280)
        browser.open(sample.as_uri())
        sample.with_suffix(".png").write_bytes(browser.picture(_HEIGHT))


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
