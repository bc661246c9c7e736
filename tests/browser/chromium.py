"""Where Chromium is on this machine, and how tests start it: Debian's own, never one that is downloaded."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
WHY_SKIPPED = "Chromium is not installed (apt install chromium)"
# No sandbox of its own: the tests may run as root. Nothing is asked of other hosts behind a page's back.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    by_path = next(filter(None, map(shutil.which, NAMES)), None)
    return by_path or next((place for place in MACOS if Path(place).exists()), None)
