"""What the last audit printed is what the next one holds itself against, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from audits.analysis.given import Published
from audits.analysis.values import Findings
from audits.store.records import StoredAudit
from audits.store.store import Store
from flows.given import _last
from flows.outcome import recorded
from flows.plan import Plan
from tests.audits.report import samples


class Harbour:
    """A plan as far as it is asked."""

    name = "harbour"


def published(found: Findings) -> Published:
    """What is known of an audit with these findings when the next one is measured."""
    kept = StoredAudit(
        id="2026-06-30-a", as_of=found.as_of, outcome="complete", model=found.model, report_digest="d",
        canonical_sha256="c", refusals={}, landings=(), findings=recorded(found),
    )  # fmt: skip

    class Kept:
        def last_audit(self, _engagement: str, *, before: str) -> StoredAudit:
            return kept

    last = _last(cast(Plan, Harbour()), cast(Store, Kept()), "2026-07-31")
    assert last is not None
    return last


def test_a_reading_of_cases_printed_no_share_that_could_read_differently_today() -> None:
    found = samples.findings()
    assert published(found).shares == {leak.gap: leak.share.value for leak in found.leaks}
    thin = published(replace(found, thin=True))
    assert thin.shares == {} and thin.period == found.period
