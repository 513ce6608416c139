"""How much of a column looks like dates, as far as that tells which column they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.dates import dated

_DATE_LIKE = re.compile(
    r"^\d{1,2}[ ./-][^\W\d_]{3,10}[ ./-]\d{2}$"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(19|20)\d{2}\b|\bago\b|\bvor\b|\bhace\b|il y a",
    re.I,
)


def like_dates(cells: Sequence[str]) -> float:
    """The share of cells that look like dates; "20250301" does where all are such days, one alone may be any number."""
    if cells and all(len(each) == 8 and each.isdecimal() and dated(each)[0].on for each in cells):
        return 1.0
    return sum(len(each) < 40 and bool(_DATE_LIKE.search(each)) for each in cells) / max(1, len(cells))
