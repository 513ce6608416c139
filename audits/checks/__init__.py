"""CHECK: what a landing's staged reviews are worth, before any of them is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from importlib import import_module

from audits.checks.gate import Gate
from audits.checks.marks import Marks, marks
from audits.store.records import PastRun
from spiders.items import Landing, Review

__all__ = ["Gate", "Marks", "check", "loaded", "marks"]


def loaded() -> None:
    """Import Great Expectations, which takes two seconds, while something else has to be waited for."""
    import_module("great_expectations.expectations")


def check(
    landing: Landing,
    rows: Iterable[Review | Marks],
    history: Sequence[PastRun] = (),
    *,
    always_present: Collection[str] = (),
    by: date | None = None,
) -> Gate:
    """The gate of a landing: its verdict, never better than the one it came with, and the rows to set aside.

    `rows` are the reviews as they were staged, or their `marks`, which is all that is looked at; `history` the complete
    runs of the listing, oldest first, and `always_present` the fields of `Review` that the site says every review has.
    `by` is the day by which it was collected, where the landing does not know the day itself.
    Great Expectations is imported only when there are rows to look at; that takes some seconds.
    """
    from audits.checks.judge import judged

    looked_at = [each if isinstance(each, Marks) else marks(each) for each in rows]
    return judged(landing, looked_at, history, frozenset(always_present), by)
