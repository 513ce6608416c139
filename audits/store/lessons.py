"""Lessons: what an engagement taught its reading is kept, and the one that was learnt last is in force."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from audits.store.records import StoredLesson
from audits.store.tables import lessons
from audits.store.write import upsert


def save_lesson(connection: Connection, engagement: str, learnt: StoredLesson) -> None:
    """Keep a lesson; one that was learnt before is in force again from its new time on."""
    upsert(connection, lessons, [{"engagement": engagement} | asdict(learnt)])


def stored_lesson(connection: Connection, engagement: str, model: str) -> StoredLesson | None:
    """The lesson of this model that is in force."""
    asked = (
        select(lessons)
        .where(lessons.c.engagement == engagement, lessons.c.model == model)
        .order_by(lessons.c.at.desc(), lessons.c.digest)
        .limit(1)
    )
    row = connection.execute(asked).mappings().first()
    return StoredLesson(**{name: row[name] for name in row if name != "engagement"}) if row else None
