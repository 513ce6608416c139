"""Corrections: what a person said is kept with who and when, and the same person's later word replaces the earlier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256

from sqlalchemy import Connection, select

from audits.store.records import StoredCorrection
from audits.store.tables import corrections
from audits.store.write import upsert


def save_corrections(connection: Connection, engagement: str, found: Iterable[StoredCorrection]) -> None:
    """Keep corrections; one of the same person on the same span, in the same course, replaces the one before."""
    rows = {_id(each): {"engagement": engagement, "id": _id(each)} | asdict(each) for each in found}
    upsert(connection, corrections, [row | {"label": dict(row["label"])} for row in rows.values()])


def stored_corrections(connection: Connection, engagement: str) -> list[StoredCorrection]:
    """Every correction of an engagement, oldest first."""
    found = connection.execute(select(corrections).where(corrections.c.engagement == engagement)).mappings()
    rows = sorted(found, key=lambda row: (row["at"], row["id"]))
    return [StoredCorrection(**{name: row[name] for name in row if name not in ("engagement", "id")}) for row in rows]


def _id(each: StoredCorrection) -> str:
    of = (each.part, each.review, each.field, each.start, each.end, each.theme, each.who)
    return sha256(repr(of).encode()).hexdigest()[:16]
