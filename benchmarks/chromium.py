"""Headless Chromium, driven over its debugging pipe with the standard library alone.

    python benchmarks/chromium.py PAGE.html OUT_FOLDER [WIDTH...]

takes pictures of a page, as tall as it is, in light, in dark and as printed.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--remote-debugging-pipe",
)
_TALLEST = 16_000

Call = Callable[..., dict[str, Any]]


class Chromium:
    """A browser with one page; `call` sends a command of the DevTools protocol and waits for its result."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to = os.fdopen(to_browser, "wb", buffering=0)
        self._from = os.fdopen(from_browser, "rb")
        self._number = 0
        self._rest = b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.call("Page.enable")
        self.call("Runtime.enable")
        self.call("Network.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the result of a command; events that arrive meanwhile are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return dict(answer["result"])
            self.events.append(answer)

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded; the events of the page before are forgotten."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        return result["result"].get("value")

    def requests(self) -> list[str]:
        """Return the addresses that the page has asked for, itself included."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def look(self, width: int, *, dark: bool = False, media: str = "") -> None:
        """Set the width of the window, the colour scheme and the medium (`print` or the screen)."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[feature])
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def picture(self, height: int = _TALLEST) -> bytes:
        """Return a PNG of the whole page, or of its first pixels."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "scale": 1}
        clip["height"] = min(size["height"], height)
        shot = self.call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
        )
        return base64.b64decode(shot["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._from.fileno(), 1 << 20)
            if not data:
                raise RuntimeError("Chromium went away")
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start a browser with a profile of its own, and end it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("Chromium is needed: apt-get install chromium")
    browser_reads, we_write = os.pipe()
    we_read, browser_writes = os.pipe()

    def wire() -> None:
        # The pipe's ends must be 3 and 4 in the child; move them out of the way of each other first.
        reads, writes = os.dup(browser_reads), os.dup(browser_writes)
        os.dup2(reads, 3)
        os.dup2(writes, 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={profile}"],
            preexec_fn=wire,
            close_fds=False,
            stderr=subprocess.DEVNULL,
        )
        os.close(browser_reads)
        os.close(browser_writes)
        try:
            yield Chromium(we_write, we_read)
        finally:
            process.terminate()
            process.wait(timeout=20)


def main(page: Path, folder: Path, widths: list[int]) -> None:
    """Write PAGE-WIDTH-light.png, -dark.png and -print.png into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    looks = [(w, scheme) for w in widths for scheme in ("light", "dark")] + [(800, "print")]
    with chromium() as browser:
        browser.open(page.resolve().as_uri())
        for width, look in looks:
            browser.look(width, dark=look == "dark", media="print" if look == "print" else "")
            path = folder / f"{page.stem}-{width}-{look}.png"
            path.write_bytes(browser.picture())
            overflow = browser.evaluate("document.documentElement.scrollWidth > innerWidth")
            print(path, "wider than the window" if overflow else "")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), [int(w) for w in sys.argv[3:]] or [390, 1280])
