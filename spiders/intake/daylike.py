"""How much of a column looks like dates, as far as that tells which column they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.dates import dated, relative

_DATE_LIKE = re.compile(
    r"^\d{1,2}[ ./-][^\W\d_]{3,10}[ ./-]\d{2}$"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(19|20)\d{2}\b|\bago\b|\bvor\b|\bhace\b|il y a"
    r"|\bfa\b|\bgeleden\b|\bhá\b|\btemu\b|\bsedan\b|\bsiden\b|\d\s?\D{1,3}[前전]$|\d年\s?\d{1,2}月",
    re.I,
)
_COUNT = re.compile(r"\d{10}(?:\d{3}|\.\d{1,9})?")
_BY_NAME = 0.6
"""What a column of counts since 1970 is worth: enough where it is called a date, not enough where any number may be."""


def like_dates(cells: Sequence[str]) -> float:
    """The share of cells that look like dates; "20250301" does where all are such days, one alone may be any number."""
    if cells and all(len(each) == 8 and each.isdecimal() and dated(each)[0].on for each in cells):
        return 1.0
    if cells and all(_COUNT.fullmatch(each) and dated(each)[0].on for each in cells):
        return _BY_NAME
    return sum(len(each) < 40 and (bool(_DATE_LIKE.search(each)) or relative(each)) for each in cells) / max(
        1, len(cells)
    )
