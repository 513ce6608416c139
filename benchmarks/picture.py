"""The picture in the README, the top of the sandbox's report: `python -m benchmarks.picture REPORT.html OUT.png`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 1280, 1180
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
)


def main(report: Path, picture: Path) -> int:
    """Photograph the top of a report in headless Chromium; 1 with a sentence where there is none."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("No Chromium found: apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as profile:
        place = [f"--user-data-dir={profile}", f"--screenshot={picture.resolve()}", f"--window-size={WIDTH},{HEIGHT}"]
        subprocess.run([browser, *QUIET, *place, report.resolve().as_uri()], check=True, capture_output=True)
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
