"""The pictures in docs/, made of a report of the demo: `python -m benchmarks.picture PUBLICATION docs`.

PUBLICATION is the folder that holds report.html and report.pdf. Small files: a palette of 200 colours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader

DOTS = 60
"""Dots an inch of the pages of paper that are shown: the first page and the two of the first leak."""


def main(publication: Path, docs: Path) -> int:
    """Photograph the report on a screen, on a telephone and on paper; 1 with a sentence where a tool is missing."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None or shutil.which("pdftoppm") is None:
        print("Chromium and pdftoppm are needed: apt-get install chromium poppler-utils", file=sys.stderr)
        return 1
    with _opened(browser) as started:
        _screen(started, publication / "report.html", docs)
    _paper(publication / "report.pdf", docs / "report-paper.png")
    for picture in sorted(docs.glob("report*.png")):
        Image.open(picture).convert("RGB").quantize(200).save(picture, optimize=True)
        print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")
    return 0


@contextmanager
def _opened(browser: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def _screen(browser: Any, report: Path, docs: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1180})
    page.goto(report.resolve().as_uri())
    page.screenshot(path=docs / "report.png")
    page.locator("section[id^=leak-]").first.screenshot(path=docs / "report-leak.png")
    page.locator("#map").screenshot(path=docs / "report-map.png")
    page.set_viewport_size({"width": 390, "height": 1400})
    page.goto(report.resolve().as_uri())
    page.screenshot(path=docs / "report-phone.png")


def _pages(pdf: Path) -> tuple[int, int, int]:
    texts = [page.extract_text() for page in PdfReader(pdf).pages]
    first, leak = (next(at for at, text in enumerate(texts, 1) if said in text) for said in ("On Monday", "Leak 1 ·"))
    return first, leak, leak + 1


def _paper(pdf: Path, picture: Path) -> None:
    """Some pages of the PDF beside each other."""
    with tempfile.TemporaryDirectory() as folder:
        for number in _pages(pdf):
            place = ["-f", str(number), "-l", str(number), "-r", str(DOTS), "-png", str(pdf), f"{folder}/{number:02}"]
            subprocess.run(["pdftoppm", *place], check=True)
        sheets = [Image.open(found) for found in sorted(Path(folder).iterdir())]
        width, height = sheets[0].size
        side = Image.new("RGB", ((width + 12) * len(sheets) - 12, height), "#8a8f94")
        for at, sheet in enumerate(sheets):
            side.paste(sheet, (at * (width + 12), 0))
        side.save(picture)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
