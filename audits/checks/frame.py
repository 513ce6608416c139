"""Staged reviews as the table that expectations are held against: numbers and marks, and no word of a review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audits.checks.rows import day, said
from spiders.items import Review

MEASURED = ("rating", "title", "text", "posted", "author_key", "url", "location", "language", "verified", "invited")
"""Fields whose fill rate is kept for comparison with the next run."""
COLUMNS = ("id", "rated", "said", "rating_value", "posted_day", "posted_read", *MEASURED)


def as_frame(rows: Sequence[Review]) -> Any:
    """A pandas DataFrame with `COLUMNS`: 1.0 where a field is filled, NaN where not; ids and values where they count.

    `rated` is a rating or a recommendation; `posted_day` an ordinal; `posted_read` 1 where a date was given and could
    be read, 0 where it could not. The words stay out, so no result and no error of the library can show them.
    """
    import pandas as pd

    days = [day(review.posted.on) for review in rows]
    table: dict[str, Any] = {
        "id": pd.Series([review.id for review in rows], dtype=object),
        "rated": _marks(review.rating is not None or review.recommended is not None for review in rows),
        "said": _marks(said(review) for review in rows),
        "rating_value": _numbers(review.rating for review in rows),
        "posted_day": _numbers(each and each.toordinal() for each in days),
        "posted_read": _numbers(_read(review, each) for review, each in zip(rows, days, strict=True)),
    }
    table |= {name: _marks(_filled(review, name) for review in rows) for name in MEASURED}
    return pd.DataFrame(table, columns=list(COLUMNS))


def _filled(review: Review, name: str) -> bool:
    value = review.posted.on if name == "posted" else getattr(review, name)
    return value is not None and value != ""


def _read(review: Review, read: object) -> float | None:
    if review.posted.on is None and not review.posted.raw:
        return None
    return 0.0 if read is None else 1.0


def _marks(filled: Any) -> list[float]:
    return [1.0 if each else float("nan") for each in filled]


def _numbers(values: Any) -> list[float]:
    return [float("nan") if each is None else float(each) for each in values]
