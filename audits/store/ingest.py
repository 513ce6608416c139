"""Staging and gate go into the store in one transaction; the same landing twice leaves the same rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Connection, delete, select

from audits.store.absences import follow
from audits.store.identity import seen_at
from audits.store.quarantine import forget_quarantined, released
from audits.store.rows import Staged, reply_row, review_row, version_row
from audits.store.runs import save_run, was_ingested
from audits.store.sightings import merge, sightings
from audits.store.staging import forget_staged, read_staged
from audits.store.tables import gate_results, listings, replies, review_versions, reviews
from audits.store.unchanged import seen_again
from audits.store.write import Row, insert
from spiders.items import Landing, Verdict

_VAGUE = {"week": 1, "month": 2, "year": 3}
NAMED = 20_000
"""New and edited reviews of one ingest that are named: a first one may have a million."""
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

    `keys` are those of new and edited reviews, of NAMED at most.
    `taken` is False where the gate let nothing through: then the reviews are not in the store, and their staged rows
    stay for a person to look at.
    """

    taken: bool
    new: int = 0
    edited: int = 0
    unchanged: int = 0
    quarantined: int = 0
    keys: tuple[str, ...] = ()

    def plus(self, other: Ingested) -> Ingested:
        """The same ingest with what another batch of it did."""
        return replace(
            self,
            new=self.new + other.new,
            edited=self.edited + other.edited,
            unchanged=self.unchanged + other.unchanged,
            keys=(*self.keys, *other.keys[: NAMED - len(self.keys)]),
        )


def ingest(connection: Connection, landing: Landing, gate: GateValue) -> Ingested:
    """Take in what was staged of a landing as far as its gate lets it. The listing must have been declared."""
    _declared(connection, landing)
    again = was_ingested(connection, landing)
    if again and next(read_staged(connection, landing), None) is None:
        return Ingested(taken=True, unchanged=landing.reviews)
    taken = gate.verdict.name in READABLE and not gate.verdict.held
    aside = dict(gate.quarantined)
    _save_results(connection, landing, gate)
    forget_quarantined(connection, landing)
    save_run(connection, landing, verdict=gate.verdict, ingested=taken)
    seen = _seen_at(connection, landing) if taken else ""
    counts, met = Ingested(taken=taken, quarantined=len(aside)), 0
    if taken:
        counts = replace(counts, unchanged=seen_again(connection, landing, seen, list(aside), again=again))
    for batch in read_staged(connection, landing):
        kept = released(connection, landing, [(row, aside[row], review) for row, review, _ in batch if row in aside])
        if taken:
            good = [json.loads(review) | {"digest": digest} for row, review, digest in batch if row not in aside]
            counts = counts.plus(take(connection, landing, [*good, *kept], seen, again=again))
        met += sum(row in aside for row, *_ in batch)
    if met != len(aside):
        raise IndexError(f"the gate sets aside {len(aside)} rows of {landing.id}, and {met} of them are staged")
    if taken:
        forget_staged(connection, landing.engagement, landing.id)
        follow(connection, landing.engagement, landing.listing)
    return counts


def take(connection: Connection, landing: Landing, given: Sequence[Staged], seen: str, *, again: bool) -> Ingested:
    """Write these reviews as the landing saw them at `seen`, or sees them `again`; what they changed."""
    rows = [review_row(landing, each, seen) for each in given]
    keys = [row["key"] for row in rows]
    known = sightings(connection, reviews, landing.engagement, keys)
    rows = [_dated(row, known[(row["key"],)].says) if (row["key"],) in known else row for row in rows]
    versions = sightings(connection, review_versions, landing.engagement, keys)
    answered = sightings(connection, replies, landing.engagement, keys)
    merge(connection, reviews, known, rows, again=again)
    told = [version_row(landing, each, seen) for each in given]
    merge(connection, review_versions, versions, told, again=again)
    replied = [reply_row(landing, each, seen) for each in given if "reply" in each]
    merge(connection, replies, answered, replied, again=again)
    new = [key for key in keys if (key,) not in known]
    edited = [
        row["key"] for row in rows if (row["key"],) in known and (row["key"], row["content_hash"]) not in versions
    ]
    changed = tuple([*new, *edited][:NAMED])
    unchanged = len(rows) - len(new) - len(edited)
    return Ingested(taken=True, new=len(new), edited=len(edited), unchanged=unchanged, keys=changed)


def _dated(row: Row, before: Mapping[str, Any]) -> Row:
    """The row with the date that was read before, where "2 months ago" is only a vaguer or later guess of it."""
    vague, known = _VAGUE.get(row["posted_precision"], 0), _VAGUE.get(before["posted_precision"], 0)
    guessed = bool(vague and row["posted_on"] and before["posted_on"])
    if guessed and (known < vague or (known == vague and before["posted_on"] < row["posted_on"])):
        return row | {name: before[name] for name in ("posted_on", "posted_precision", "posted_raw")}
    return row


def _seen_at(connection: Connection, landing: Landing) -> str:
    if landing.as_of:
        return landing.as_of
    days = (json.loads(review).get("posted_on") for batch in read_staged(connection, landing) for _, review, _ in batch)
    return seen_at(None, days)


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
