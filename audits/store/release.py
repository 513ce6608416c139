"""A person has let one row out of quarantine: it is taken in, and the log says who did it and why."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from audits.store import StoreError
from audits.store.absences import follow
from audits.store.engaged import log
from audits.store.identity import seen_at
from audits.store.ingest import take
from audits.store.quarantine import mended, set_aside
from audits.store.records import SAME_ID, SetAside
from audits.store.runs import landing_of, was_ingested
from audits.store.tables import quarantined, releases
from audits.store.write import insert


def release(connection: Connection, engagement: str, called: str, *, who: str, why: str, at: str) -> SetAside:
    """Release the row of that id wherever it stands; raises `StoreError` where there is none or it cannot be."""
    rows = [each for each in set_aside(connection, engagement) if each.id == called]
    if not rows:
        raise StoreError(f"{engagement} has no row {called} in quarantine: telltale quarantine lists them.")
    row = rows[0]
    if row.reason == SAME_ID:
        raise StoreError(f"{called} cannot be released: another review was taken in under its id.")
    if row.released_by is not None:
        raise StoreError(f"{called} was released before, by {row.released_by}: {row.released_why}")
    line = {"engagement": engagement, "id": called, "listing": row.listing, "reason": row.reason}
    insert(connection, releases, [line | {"who": who, "why": why, "at": at}])
    log(connection, engagement, "released", at=at, who=who, detail={"row": called, "reason": row.reason})
    for each in rows:
        _taken(connection, engagement, each)
    follow(connection, engagement, row.listing)
    return row


def _taken(connection: Connection, engagement: str, row: SetAside) -> None:
    """Take the row in with the landing it came in, if that was taken in; if not, it waits with it."""
    landing = landing_of(connection, engagement, row.landing)
    if not was_ingested(connection, landing):
        return
    written = connection.execute(
        select(quarantined.c.review).where(
            quarantined.c.engagement == engagement, quarantined.c.landing == row.landing, quarantined.c.row == row.row
        )
    ).scalar_one()
    review = mended(row.reason, json.loads(written))
    # What a person lets in now counts as taken in last.
    take(connection, landing, [review], seen_at(landing.as_of, [review.get("posted_on")]), again=False)
