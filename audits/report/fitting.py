"""Type and spacing yield in steps until a page of the paper holds what belongs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

STEPS = (1.0, 0.94, 0.88, 0.82, 0.76)
"""Parts of the usual size of type, and of the spacing that is measured by it, that are tried one after the other."""
SHORTENED = (0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52)
"""The same for a sheet without its last block: at the end hard to read, but one page."""
COVER, LEAK = 8.6, 9.0
"""Points of the usual type on the first page and on the pages of a leak; `paper.css` measures all else by it."""
PAGES_OF_A_LEAK = 2

Setting = Callable[[str], Any]
"""Sets the text under one more style sheet: a laid-out document, with pages that know the places of their ids."""


def on_one_page(whole: Setting, shortened: Setting) -> Any:
    """The whole text on one page in the largest type in which it fits; where it fits in none, the shortened one."""
    for part in STEPS:
        document = whole(sized(part, 1.0))
        if len(document.pages) == 1:
            return document
    for part in SHORTENED:
        document = shortened(sized(part, 1.0))
        if len(document.pages) == 1:
            break
    return document


def in_its_pages(setting: Setting, leaks: Sequence[str]) -> Any:
    """A whole report whose first page is one page, and each leak's at most two, as far as the steps go."""
    first = leak = 0
    while True:
        document = setting(sized(STEPS[first], STEPS[leak]))
        wanted = (
            _next(first, _pages(document, "first") > 1),
            _next(leak, any(_pages(document, f"leak-{gap}") > PAGES_OF_A_LEAK for gap in leaks)),
        )
        if wanted == (first, leak):
            return document
        first, leak = wanted


def sized(cover: float, leak: float) -> str:
    """The style sheet of one step; `cover` and `leak` are parts of the usual size."""
    return f".cover {{ font-size: {COVER * cover:.2f}pt }} .leak {{ font-size: {LEAK * leak:.2f}pt }}"


def _next(step: int, too_long: bool) -> int:
    return min(step + too_long, len(STEPS) - 1)


def _pages(document: Any, name: str) -> int:
    """The pages on which a part of the element of this id stands."""
    return sum(name in page.anchors for page in document.pages)
