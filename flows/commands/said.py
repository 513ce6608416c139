"""What the commands about labels share: the engagement's store, and its statements as the last audit read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audits.analysis.values import Statement
from audits.store import StoreError, open_store
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.plan import Plan, planned
from flows.readings import own_reviews, read


class NothingReadError(RuntimeError):
    """There is nothing to speak of yet: a sentence with the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One engagement's reviews and statements of the audited business."""

    plan: Plan
    store: Store
    reviews: dict[str, StoredReview]
    statements: list[Statement]


@contextmanager
def said(engagement: Path, home: Path | None) -> Iterator[Said]:
    """Open the engagement; raises `EngagementError`, `SettingsError`, `StoreError` or `NothingReadError`."""
    plan = planned(engagement, home=home, exports=False)
    with open_store(plan.settings.store_url) as store:
        reviews = own_reviews(store, plan.name, plan.engagement.business.name)
        found = read(store, plan.name, reviews)
        if not found:
            told = f"no review of it has been read with this model yet. Run telltale audit {engagement} first."
            raise NothingReadError(f"{engagement}: {told}")
        yield Said(plan=plan, store=store, reviews={one.key: one for one in reviews}, statements=found)


__all__ = ["NothingReadError", "Said", "StoreError", "said"]
