"""Corrections: what a person said is kept with who and when, and the same person's later word replaces the earlier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from audits.store.engaged import log
from audits.store.records import StoredCorrection
from audits.store.tables import corrections
from audits.store.write import upsert


def save_corrections(connection: Connection, engagement: str, found: Iterable[StoredCorrection]) -> None:
    """Keep corrections; one of the same person on the same span, in the same course, replaces the one before."""
    rows = {_id(each): {"engagement": engagement, "id": _id(each)} | asdict(each) for each in found}
    upsert(connection, corrections, [row | {"label": dict(row["label"])} for row in rows.values()])


def withdraw_corrections(
    connection: Connection, engagement: str, found: Iterable[StoredCorrection], *, who: str, why: str, at: str
) -> list[StoredCorrection]:
    """Take corrections back, each with a line in the log that says all it said; they stay, and count no more."""
    gone = []
    for held in found:
        connection.execute(
            delete(corrections).where(corrections.c.engagement == engagement, corrections.c.id == _id(held))
        )
        gone.append(replace(held, withdrawn_by=who, withdrawn_at=at, withdrawn_why=why))
    save_corrections(connection, engagement, gone)
    for each in gone:
        said = {"of": each.review or each.theme, "label": dict(each.label), "part": each.part}
        detail = said | {"said_by": each.who, "said_at": each.at, "reason": why}
        log(connection, engagement, "correction-withdrawn", at=at, who=who, detail=detail)
    return gone


def stored_corrections(connection: Connection, engagement: str, *, withdrawn: bool) -> list[StoredCorrection]:
    """The corrections of an engagement that count, oldest first; those that were withdrawn among them if asked."""
    wanted = select(corrections).where(corrections.c.engagement == engagement)
    found = connection.execute(wanted if withdrawn else wanted.where(corrections.c.withdrawn_at.is_(None))).mappings()
    rows = sorted(found, key=lambda row: (row["at"], row["id"]))
    return [StoredCorrection(**{name: row[name] for name in row if name not in ("engagement", "id")}) for row in rows]


def _id(each: StoredCorrection) -> str:
    of: tuple[object, ...] = (each.part, each.review, each.field, each.start, each.end, each.theme, each.who)
    if each.withdrawn_at is not None:  # what the person says after that is another row
        of = (*of, each.at, each.withdrawn_at)
    return sha256(repr(of).encode()).hexdigest()[:16]
