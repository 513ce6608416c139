"""What labels teach an engagement's reading is learnt on a refit, kept, and used unchanged until the next."""

from __future__ import annotations

from datetime import UTC, datetime

from audits.analysis import lesson as lessons
from audits.analysis.assign import reading
from audits.analysis.learning import ENOUGH, learnt, taught_by
from audits.analysis.lesson import Lesson
from audits.analysis.model import model_version
from audits.store.records import StoredLesson
from audits.store.store import Store
from flows.plan import Plan

NOTHING = "nothing"


def lesson(store: Store, engagement: str) -> Lesson | None:
    """What is in force of what was learnt; nothing of what another model learnt."""
    kept = store.lesson(engagement, model_version())
    return lessons.of(kept.content) if kept and kept.content else None


def version(store: Store, engagement: str) -> str:
    """The version of the reading in force."""
    return reading(lesson(store, engagement))


def learn(plan: Plan, store: Store) -> str:
    """Learn from the labels as they are now, or forget what was learnt; a few words for the run's line.

    Every review that is held may teach, those of a listing too that is not assessed today.
    """
    said = store.corrections(plan.name)
    labels = len(taught_by(said))
    before = version(store, plan.name)
    found = learnt(store.reviews(plan.name), said) if labels >= ENOUGH else None
    kept = StoredLesson(
        model=model_version(),
        digest=found.digest if found else NOTHING,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        labels=labels,
        content=found.plain() if found else None,
    )
    if reading(found) == before:
        return ""
    store.save_lesson(plan.name, kept)
    after = reading(found)
    store.log(plan.name, "learnt", at=kept.at, detail={"labels": kept.labels, "before": before, "after": after})
    return f", read as {kept.labels} labels taught" if found else ", read as before any label"
