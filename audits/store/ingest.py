"""Staging and gate go into the store in one transaction; the same landing twice leaves the same rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import Connection, delete, select

from audits.store.identity import seen_at
from audits.store.rows import Staged, reply_row, review_row, version_row
from audits.store.runs import save_run, was_ingested
from audits.store.sightings import merge, sightings
from audits.store.staging import forget_staged, read_staged
from audits.store.tables import gate_results, listings, quarantined, replies, review_versions, reviews
from audits.store.write import insert
from spiders.items import Landing, Verdict

READABLE = ("complete", "partial")
"""Verdicts whose reviews may be analysed, unless the run is held."""


class GateValue(Protocol):
    """What CHECK says of a landing: `audits.checks.gate.Gate` is one."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def results(self) -> Sequence[tuple[str, bool, float | None]]: ...
    @property
    def quarantined(self) -> Sequence[tuple[int, str]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one ingest did: reviews never seen before, edited ones, ones as they were, and rows set aside.

    `taken` is False where the gate let nothing through: then the reviews are not in the store, and their staged rows
    stay for a person to look at.
    """

    taken: bool
    new: int = 0
    edited: int = 0
    unchanged: int = 0
    quarantined: int = 0


def ingest(connection: Connection, landing: Landing, gate: GateValue) -> Ingested:
    """Take in what was staged of a landing as far as its gate lets it. The listing must have been declared."""
    _declared(connection, landing)
    staged = read_staged(connection, landing)
    if not staged and was_ingested(connection, landing):
        return Ingested(taken=True, unchanged=landing.reviews)
    taken = gate.verdict.name in READABLE and not gate.verdict.held
    aside = dict(gate.quarantined)
    _save_results(connection, landing, gate)
    _save_quarantined(connection, landing, [(row, aside[row], staged[row]) for row in sorted(aside)])
    save_run(connection, landing, verdict=gate.verdict, ingested=taken)
    if not taken:
        return Ingested(taken=False, quarantined=len(aside))
    counts = _take(connection, landing, [json.loads(each) for row, each in enumerate(staged) if row not in aside])
    forget_staged(connection, landing)
    return replace(counts, quarantined=len(aside))


def _take(connection: Connection, landing: Landing, given: Sequence[Staged]) -> Ingested:
    seen = seen_at(landing.as_of, (each.get("posted_on") for each in given))
    known = sightings(connection, reviews, landing.engagement, landing.listing)
    versions = sightings(connection, review_versions, landing.engagement, landing.listing)
    answered = sightings(connection, replies, landing.engagement, landing.listing)
    rows = [review_row(landing, each, seen) for each in given]
    merge(connection, reviews, known, rows)
    merge(connection, review_versions, versions, [version_row(landing, each, seen) for each in given])
    merge(connection, replies, answered, [reply_row(landing, each, seen) for each in given if "reply" in each])
    new = sum((row["key"],) not in known for row in rows)
    edited = sum((row["key"],) in known and (row["key"], row["content_hash"]) not in versions for row in rows)
    return Ingested(taken=True, new=new, edited=edited, unchanged=len(rows) - new - edited)


def _declared(connection: Connection, landing: Landing) -> None:
    found = connection.execute(
        select(listings.c.name).where(listings.c.engagement == landing.engagement, listings.c.name == landing.listing)
    )
    if found.first() is None:
        raise LookupError(f"the listing {landing.listing} of {landing.engagement} has not been declared")


def _save_results(connection: Connection, landing: Landing, gate: GateValue) -> None:
    connection.execute(
        delete(gate_results).where(
            gate_results.c.engagement == landing.engagement, gate_results.c.landing == landing.id
        )
    )
    insert(
        connection,
        gate_results,
        [
            {
                "engagement": landing.engagement,
                "landing": landing.id,
                "expectation": expectation,
                "success": success,
                "observed": observed,
            }
            for expectation, success, observed in gate.results
        ],
    )


def _save_quarantined(connection: Connection, landing: Landing, aside: Sequence[tuple[int, str, str]]) -> None:
    connection.execute(
        delete(quarantined).where(quarantined.c.engagement == landing.engagement, quarantined.c.landing == landing.id)
    )
    insert(
        connection,
        quarantined,
        [
            {
                "engagement": landing.engagement,
                "landing": landing.id,
                "row": row,
                "reason": reason,
                "review": review,
            }
            for row, reason, review in aside
        ],
    )
