"""Staged reviews as the table that expectations are held against: numbers and marks, and no word of a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from audits.checks.marks import MEASURED, Marks, day

COLUMNS = ("id", "rated", "said", "rating_value", "posted_day", "posted_read", "garbled", *MEASURED)


def as_frame(rows: Sequence[Marks]) -> Any:
    """A pandas DataFrame with `COLUMNS`: 1.0 where a field is filled, NaN where not; ids and values where they count.

    `rated` is a rating or a recommendation, or a voice that gives none; `posted_day` an ordinal; `posted_read` 1 where
    a date was given and could be read, 0 where it could not; `garbled` as in `Marks`. The words stay out, so no result
    and no error of the library can show them.
    """
    import pandas as pd

    days = [day(row.posted_on) for row in rows]
    table: dict[str, Any] = {
        "id": pd.Series([row.id for row in rows], dtype=object),
        "rated": _marks(row.rated or row.starless for row in rows),
        "said": _marks(row.said for row in rows),
        "rating_value": _numbers(row.rating for row in rows),
        "posted_day": _numbers(each.toordinal() if each else None for each in days),
        "posted_read": _numbers(_read(row, each) for row, each in zip(rows, days, strict=True)),
        "garbled": _numbers(row.garbled for row in rows),
    }
    table |= {name: _marks(row.fills(name) for row in rows) for name in MEASURED}
    return pd.DataFrame(table, columns=list(COLUMNS))


def _read(row: Marks, read: object) -> float | None:
    return float(read is not None) if row.dated else None


def _marks(filled: Iterable[bool]) -> Any:
    return _numbers(1.0 if each else None for each in filled)


def _numbers(values: Iterable[float | None]) -> Any:
    import numpy as np

    return np.fromiter((float("nan") if each is None else each for each in values), dtype=float)
