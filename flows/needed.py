"""Which days an audit covers, and which reviews its figures ask to have read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audits.analysis.panel import in_period
from audits.analysis.progress import reach
from audits.engagement import audit_period
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.given import given
from flows.plan import Plan


def period(plan: Plan, day: str) -> tuple[str, str]:
    """First and last day of the audit of this day, both included."""
    start, end = audit_period(plan.engagement, date.fromisoformat(day))
    return start.isoformat(), end.isoformat()


def span(plan: Plan, store: Store, day: str) -> tuple[str, str]:
    """First and last day that its figures reach, steps and the last audit's among them."""
    covered = period(plan, day)
    return reach(given(plan, store, day, ()), covered), covered[1]


def needed(plan: Plan, store: Store, day: str, reviews: Sequence[StoredReview]) -> list[StoredReview]:
    """Those of the reviews that a figure of the audit of this day asks to have read, in their order.

    They are of the days that are measured or of none, and those that a person spoke of. Years of older ones are often
    most of what a site shows; a period or a step that reaches them has them read then.
    """
    days = span(plan, store, day)
    named = {each.review for each in store.corrections(plan.name)}
    return [review for review in reviews if in_period(review.posted_on, days) or review.key in named]
