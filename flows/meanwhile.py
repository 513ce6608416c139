"""Whom somebody has erased while an audit was under way is in no report of that audit."""

from __future__ import annotations

from dataclasses import replace

from audits.store.store import Store
from flows.erase import republished
from flows.outcome import Outcome
from flows.plan import Plan


class ForgottenError(RuntimeError):
    """What was read is no longer all there may be read: nothing was published, in a sentence."""


def unforgotten(plan: Plan, store: Store, known: frozenset[str]) -> None:
    """Raises `ForgottenError` where the engagement has tombstones that it had not when its reviews were read."""
    if erased(plan, store) - known:
        raise ForgottenError(
            "A person was erased while this audit was under way. What it had read may quote them, so nothing was "
            "published: start it again."
        )


def without_forgotten(plan: Plan, store: Store, known: frozenset[str], outcome: Outcome) -> Outcome:
    """The outcome; of a report that came out in the very moment of an erasure, that of its revision without them."""
    gone = erased(plan, store) - known
    if not gone:
        return outcome
    republished(plan, store, gone, [], ())
    issued = [each for each in store.publications(plan.name) if each.audit == outcome.audit and each.state == "draft"]
    place = plan.settings.home / max(issued, key=lambda each: each.revision).path if issued else None
    return replace(outcome, report=str(place / "report.html")) if place else outcome


def erased(plan: Plan, store: Store) -> frozenset[str]:
    """The digests of all who were erased, and the keys of their reviews."""
    return frozenset(each.digest for each in store.tombstones(plan.name))
