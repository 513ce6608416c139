"""Reviews that a site shows no more: since when, until when; told only where several full readings agree.

A review is absent once it was missing from `RUNS` complete full readings of its listing that lie at least `DAYS` apart.
A reading that was partial, blocked or held says nothing of what it did not read. What is absent now follows from the
runs and the last sightings alone; an absence that ended stays as history.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from audits.store.tables import absences, reviews, runs
from audits.store.write import insert

RUNS = 3
DAYS = 14


def follow(connection: Connection, engagement: str, listing: str) -> None:
    """Close the absence of every review that was seen again, and open one for each that is now missing for long."""
    matched = (absences.c.engagement == engagement, absences.c.listing == listing, absences.c.returned.is_(None))
    back = (
        select(reviews.c.last_seen)
        .where(
            reviews.c.engagement == absences.c.engagement,
            reviews.c.key == absences.c.review,
            reviews.c.last_seen >= absences.c.since,
        )
        .scalar_subquery()
    )
    connection.execute(absences.update().where(*matched, back.is_not(None)).values(returned=back))
    readings = _readings(connection, engagement, listing)
    cut = told_by(readings)
    if cut is None:
        return
    open_now = select(absences.c.review).where(*matched)
    missing = connection.execute(
        select(reviews.c.key, reviews.c.last_seen).where(
            reviews.c.engagement == engagement,
            reviews.c.listing == listing,
            reviews.c.last_seen < cut,
            reviews.c.key.not_in(open_now),
        )
    )
    identity = {"engagement": engagement, "listing": listing, "returned": None}
    found = [
        identity | {"review": key, "since": readings[bisect_right(readings, last_seen)]} for key, last_seen in missing
    ]
    insert(connection, absences, sorted(found, key=lambda row: str(row["review"])))


def told_by(readings: Sequence[str]) -> str | None:
    """A review last seen before this moment is absent; None while the readings (oldest first) tell nothing."""
    if len(readings) < RUNS:
        return None
    early = readings[: len(readings) - RUNS + 1]
    return max((each for each in early if _days(each, readings[-1]) >= DAYS), default=None)


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days


def _readings(connection: Connection, engagement: str, listing: str) -> list[str]:
    """When the listing was read completely and in full, oldest first."""
    found = connection.execute(
        select(runs.c.as_of).where(
            runs.c.engagement == engagement,
            runs.c.listing == listing,
            runs.c.verdict == "complete",
            runs.c.scope == "full",
            runs.c.held.is_(False),
            runs.c.ingested.is_(True),
            runs.c.as_of.is_not(None),
        )
    )
    return sorted(found.scalars())
