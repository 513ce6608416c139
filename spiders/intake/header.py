"""Which row of a table's head names its columns: below titles, and below names that stand over several columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spiders.intake.names import KNOWN, plain

HEAD_ROWS = 30
"""Rows among which the header is looked for."""
_FEWEST = 3
"""Columns from which the rows below an unpadded title are surely a table: two may be a text and its comma."""
_NARROW = 0.6
"""A row of fewer than this share of the columns is a title and names none."""
_ALIKE = 0.8


def header_at(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """Place and names of the header; None where no row has two cells.

    A header in two rows (a name over several columns, or over none) is called as its lower row says.
    """
    place = header_place([[bool(each.strip()) for each in row] for row in rows])
    if place is None:
        return None
    lower = rows[place + 1] if place + 1 < len(rows) else ()
    if _fields(lower) >= 2 and _fields(lower) > _fields(rows[place]):
        place += 1
    names, above = list(rows[place]), list(rows[place - 1]) if place else []
    if sum(bool(each.strip()) for each in above) < 2:
        return place, names  # a title of one cell names no column
    above += [""] * (len(names) - len(above))
    return place, [name if name.strip() else high for name, high in zip(names, above, strict=False)]


def header_place(filled: Sequence[Sequence[bool]]) -> int | None:
    """The first row that is nearly as wide as the widest: a title above it has a cell or two.

    A row that lacks only its first cell is a header whose column of row numbers bears no name.
    """
    widest = max(map(sum, filled), default=0)
    if widest < 2:
        return None
    wide = (
        sum(row) >= max(2, _NARROW * widest) or (sum(row) == widest - 1 and not row[0] and all(row[1:]))
        for row in filled
    )
    return next((place for place, enough in enumerate(wide) if enough), None)


def titles(widths: Sequence[int]) -> int:
    """How many rows of so many cells stand above a table as titles that nobody padded to its width; mostly none."""
    for above, width in enumerate(widths):
        below = widths[above:]
        if len(below) < 2:
            return 0
        if Counter(below).most_common(1)[0][0] == width and (above == 0 or _surely(widths[:above], below)):
            return above
    return 0


def _surely(titles: Sequence[int], table: Sequence[int]) -> bool:
    width = table[0]
    alike = sum(each == width for each in table) >= _ALIKE * len(table)
    return width >= _FEWEST and alike and max(titles) < _NARROW * width


def _fields(row: Sequence[str]) -> int:
    """How many cells are called as exports call a column."""
    return sum(plain(each) in KNOWN for each in row if each.strip())
