"""What an engagement teaches its reading is learnt on a model's first pass, kept, and used until the next refit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from audits.analysis import own as owns
from audits.analysis import self_training
from audits.analysis.assign import reading
from audits.analysis.learning import ENOUGH, learnt, taught_by
from audits.analysis.lesson import Lesson
from audits.analysis.model import model_version
from audits.analysis.own import Own
from audits.store.records import StoredLesson
from audits.store.store import Store
from flows.plan import Plan

NOTHING = "nothing"
FEW = 50
"""Reviews under which nothing is learnt but by a refit: once there are more, the next run learns from them."""
SETTLED = 200
"""Reviews from which what was learnt of them stands until a refit, so that no trend moves because the reading did."""
MORE = 2
"""Times as many reviews from which a run tries again where nothing was learnt of those before, or little of few."""


def own(store: Store, engagement: str) -> Own | None:
    """What is in force of what was learnt; nothing of what another model learnt."""
    kept = store.lesson(engagement, model_version())
    return owns.of(kept.content) if kept and kept.content else None


def lesson(store: Store, engagement: str) -> Lesson | None:
    """What is in force of what labels taught."""
    found = own(store, engagement)
    return found.lesson if found else None


def version(store: Store, engagement: str) -> str:
    """The version of the reading in force."""
    return reading(own(store, engagement))


def learn(plan: Plan, store: Store) -> str:
    """Learn what is usual and what labels say as both are now, or forget; a few words for the run's line.

    What was learnt of SETTLED reviews or more is not learnt again without a refit. Every review that is held may teach,
    those of a listing too that is not assessed today.
    """
    before = own(store, plan.name)
    if not plan.refit and before and before.digest and before.tried >= SETTLED:
        return ""
    held = sum(1 for _ in store.review_keys(plan.name))
    if not plan.refit and held < max(FEW, MORE * (before.tried if before else 0)):
        return ""
    shown = self_training.sampled(store.review_keys(plan.name))
    found = self_training.learnt(store.reviews(plan.name, shown))
    said = store.corrections(plan.name)
    labels = taught_by(said)
    named = sorted({each.review for each in labels if each.review})
    taught = learnt(store.reviews(plan.name, named), said, found) if len(labels) >= ENOUGH else None
    found = replace(found, lesson=taught, tried=held)
    kept = StoredLesson(
        model=model_version(),
        digest=found.digest or NOTHING,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        labels=len(labels),
        content=found.plain(),
    )
    same = reading(found) == reading(before)
    if found.digest and same and before and before.tried == held:
        return ""
    store.save_lesson(plan.name, kept)
    if same:
        return ""
    store.log(
        plan.name,
        "learnt",
        at=kept.at,
        detail={"labels": kept.labels, "before": reading(before), "after": reading(found)},
    )
    return _told(before, found, kept.labels)


def _told(before: Own | None, found: Own, labels: int) -> str:
    """What has changed, for the run's line; a first pass says nothing of what is usual."""
    if found.lesson:
        return f", read as {labels} labels taught"
    if before and before.lesson:
        return ", read as before any label"
    return ", what is usual learnt anew" if before else ""
