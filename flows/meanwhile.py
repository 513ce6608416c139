"""Whom somebody has erased while an audit was under way is in no report of that audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from audits.publish import recalled
from audits.store.store import Store
from flows.outcome import Outcome
from flows.plan import Plan


class ForgottenError(RuntimeError):
    """What was read is no longer all there may be read: nothing was published, in a sentence."""


SAYS = (
    "A person was erased while this audit was under way. What it had read may quote them, so nothing was published: "
    "start it again."
)


def unforgotten(plan: Plan, store: Store, known: frozenset[str]) -> None:
    """Raises `ForgottenError` where the engagement has tombstones that it had not when its reviews were read."""
    if erased(plan, store) - known:
        raise ForgottenError(SAYS)


@contextmanager
def kept_whole(plan: Plan, store: Store, known: frozenset[str]) -> Iterator[None]:
    """The block; where it breaks while somebody was erased, what broke is that their reviews went: `ForgottenError`."""
    try:
        yield
    except Exception:
        unforgotten(plan, store, known)
        raise


def without_forgotten(plan: Plan, store: Store, known: frozenset[str], made: Outcome) -> Outcome:
    """The outcome; where a person was erased in the very moment, that of the revision which the erasure has issued.

    A report that no erasure has met is taken back, and `ForgottenError` raised: who was erased may be named in any
    review, and their name is written down nowhere.
    """
    if not erased(plan, store) - known:
        return made
    issued = [each for each in store.publications(plan.name) if each.audit == made.audit and each.state == "draft"]
    newest = max(issued, key=lambda each: each.revision, default=None)
    report = plan.settings.home / newest.path / "report.html" if newest else None
    if report is not None and report != Path(made.report or ""):
        return replace(made, report=str(report))
    # The themes keep their ids for the next audit, and lose what they quote.
    store.save_themes(plan.name, [replace(each, quote="") for each in store.themes(plan.name)])
    if newest is not None and report is not None:
        recalled(report.parent, plan.name)
        store.save_publication(plan.name, replace(newest, state="erased", files={}))
    raise ForgottenError(SAYS)


def erased(plan: Plan, store: Store) -> frozenset[str]:
    """The digests of all who were erased, and the keys of their reviews."""
    return frozenset(each.digest for each in store.tombstones(plan.name))
