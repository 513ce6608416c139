"""The client's answers: kept with who and when; a later answer to the same finding replaces the earlier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, select

from audits.store.records import StoredAnswer
from audits.store.tables import answers
from audits.store.write import upsert


def save_answers(connection: Connection, engagement: str, found: Iterable[StoredAnswer]) -> None:
    """Keep answers, one a finding of an audit."""
    upsert(connection, answers, [{"engagement": engagement} | asdict(each) for each in found])


def stored_answers(connection: Connection, engagement: str) -> list[StoredAnswer]:
    """Every answer, by audit and gap."""
    found = connection.execute(select(answers).where(answers.c.engagement == engagement)).mappings()
    kept = [StoredAnswer(**{name: row[name] for name in row if name != "engagement"}) for row in found]
    return sorted(kept, key=lambda each: (each.audit, each.gap))
