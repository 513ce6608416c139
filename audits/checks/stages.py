"""What the store holds after an ingest, and what is about to be reported, held against a suite each.

What goes into the frames are marks, numbers and names of figures, never a word of a review.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from audits.checks.marks import day
from audits.checks.suite import SOME, Expected, expected_filled, rules
from audits.checks.validate import met, observed
from audits.store.records import StoredReview

STORED = ("key", "content_hash", "listing", "rated_or_said", "rating_value", "in_order", "days_ahead")
ANALYSED = ("name", "method", "value", "share_value", "severity_value", "inside", "n", "known")
ROUNDING = 1e-9
NONE = float("nan")
AT_ONCE = 20_000
"""Pairs of days that are remembered."""
Result = tuple[str, bool, float | None]


class CheckError(RuntimeError):
    """What is held, or what was measured, is not what it must be: nothing is reported of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure that is about to be reported, in plain values; `evidence` are review keys."""

    name: str
    method: str
    unit: str
    value: float
    low: float | None
    high: float | None
    n: int
    evidence: Collection[str]


def stored(reviews: Sequence[StoredReview], listings: Collection[str]) -> tuple[Result, ...]:
    """The store's reviews of an engagement hold together; raises `CheckError` where they do not."""
    return _held("stored", stored_suite(), stored_frame(reviews, frozenset(listings)))


def analysed(figures: Sequence[Measured], reviews: Collection[str]) -> tuple[Result, ...]:
    """The figures are in their ranges, and every review behind them is held; raises `CheckError` where not."""
    return _held("analysed", analysed_suite(), analysed_frame(figures, frozenset(reviews)))


def stored_suite() -> list[Expected]:
    """The expectations of the store after an ingest."""
    gxe = rules()
    return [
        *_mandatory(STORED, "No review is held."),
        expected_filled("key", 1.0, "failed", "Some reviews have no key."),
        expected_filled("content_hash", 1.0, "failed", "Some reviews have no version."),
        expected_filled("listing", 1.0, "failed", "Some reviews are of a listing that the engagement does not name."),
        expected_filled("rated_or_said", SOME, "failed", "Next to no review has stars or words."),
        _all("unique:key", gxe.ExpectColumnValuesToBeUnique(column="key"), "Some reviews are held twice."),
        _between("range:rating", "rating_value", 1, 5, "Some stars are outside 1–5."),
        _between("order:seen", "in_order", 1, None, "Some reviews were last seen before they were first seen."),
        _between("past:posted", "days_ahead", None, 1, "Some reviews are dated after they were seen."),
    ]


def analysed_suite() -> list[Expected]:
    """The expectations of an analysis before it is reported."""
    gxe = rules()
    return [
        *_mandatory(ANALYSED, "Nothing was measured."),
        expected_filled("name", 1.0, "failed", "Some figures have no name."),
        expected_filled("method", 1.0, "failed", "Some figures do not say how they were made."),
        expected_filled("value", 1.0, "failed", "Some figures have no value."),
        _all("unique:name", gxe.ExpectColumnValuesToBeUnique(column="name"), "Some figures are there twice."),
        _between("range:share", "share_value", 0, 1, "Some shares are outside 0–100%."),
        _between("range:severity", "severity_value", 0, 3, "Some severities are outside 0–3."),
        _between("order:interval", "inside", 1, None, "Some figures lie outside their interval."),
        _between("range:n", "n", 0, None, "Some figures are of fewer than no reviews."),
        _between("known:evidence", "known", 1, None, "Some figures rest on reviews that are not held."),
    ]


def stored_frame(reviews: Sequence[StoredReview], listings: frozenset[str]) -> Any:
    """A row a review."""
    import pandas as pd

    ahead = lru_cache(AT_ONCE)(_days_ahead)  # a million reviews are of a few thousand days
    table = {
        "key": pd.Series([int(each.key, 16) if each.key else None for each in reviews], dtype="UInt64"),
        "content_hash": [1.0 if each.content_hash else NONE for each in reviews],
        "listing": [1.0 if each.listing in listings else NONE for each in reviews],
        "rated_or_said": [1.0 if each.rating is not None or each.text else NONE for each in reviews],
        "rating_value": [NONE if each.rating is None else each.rating for each in reviews],
        "in_order": [1.0 if each.first_seen <= each.last_seen else 0.0 for each in reviews],
        "days_ahead": [ahead(each.posted_on, each.last_seen or None) for each in reviews],
    }
    return pd.DataFrame(table, columns=list(STORED))


def analysed_frame(figures: Sequence[Measured], reviews: frozenset[str]) -> Any:
    """A row a figure."""
    import pandas as pd

    table = {
        "name": pd.Series([each.name or None for each in figures], dtype=object),
        "method": pd.Series([each.method or None for each in figures], dtype=object),
        "value": _numbers(each.value for each in figures),
        "share_value": _numbers(each.value if each.unit == "share" else None for each in figures),
        "severity_value": _numbers(each.value if each.unit == "severity" else None for each in figures),
        "inside": _numbers(float(_inside(each)) for each in figures),
        "n": _numbers(each.n for each in figures),
        "known": _numbers(float(reviews.issuperset(each.evidence)) for each in figures),
    }
    return pd.DataFrame(table, columns=list(ANALYSED))


def _held(stage: str, suite: Sequence[Expected], frame: Any) -> tuple[Result, ...]:
    successes = met(suite, frame)
    broken = [each.sentence for each, success in zip(suite, successes, strict=True) if not success]
    if broken:
        raise CheckError(" ".join([f"The audit stops before its report ({stage}).", *broken, _NEXT]))
    return tuple((f"{stage}:{each.name}", True, observed(each, frame)) for each in suite)


_NEXT = "Run telltale doctor; the last report stands."


def _mandatory(columns: Sequence[str], sentence: str) -> list[Expected]:
    gxe = rules()
    whole = gxe.ExpectTableColumnsToMatchSet(column_set=list(columns), exact_match=True)
    return [
        _all("rows", gxe.ExpectTableRowCountToBeBetween(min_value=1), sentence),
        _all("columns", whole, "The table that is checked does not have the columns it should."),
    ]


def _between(name: str, column: str, low: float | None, high: float | None, sentence: str) -> Expected:
    rule = rules().ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high)
    return _all(name, rule, sentence)


def _all(name: str, rule: Any, sentence: str) -> Expected:
    return Expected(name=name, rule=rule, consequence="failed", sentence=sentence)


def _inside(figure: Measured) -> bool:
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return low - ROUNDING <= figure.value <= high + ROUNDING


def _days_ahead(posted_on: str | None, last_seen: str | None) -> float:
    posted, seen = day(posted_on), day(last_seen)
    return NONE if posted is None or seen is None else float((posted - seen).days)


def _numbers(values: Any) -> list[float]:
    return [float("nan") if each is None else float(each) for each in values]
