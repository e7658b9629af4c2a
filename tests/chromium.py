"""Where the Chromium of the browser tests is: the system's, or else Playwright's own."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> Path | None:
    """A Chromium that starts, or None; on Ubuntu the name may belong to an empty shell."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return Path(path)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return Path(path) if _starts(path) else None


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(executable() is None)
