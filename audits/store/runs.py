"""The runs of a listing: how each ended, and what CHECK may compare the next one with."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from audits.store.records import FILLED, PastRun
from audits.store.tables import gate_results, runs
from audits.store.write import Row, insert
from spiders.items import Landing, Verdict


def save_run(connection: Connection, landing: Landing, verdict: Verdict | None = None, **known: Any) -> None:
    """Record a run, or complete its record: what is not given stays as it was.

    `known` are columns of `runs`: ingested, period, attempt, started_at, ended_at.
    """
    matched = (runs.c.engagement == landing.engagement, runs.c.landing == landing.id)
    if connection.execute(select(runs.c.landing).where(*matched)).first() is None:
        insert(connection, runs, [_row(landing) | _ended(verdict or landing.verdict) | {"ingested": False} | known])
        return
    changed = (_row(landing) | _ended(verdict) if verdict else {}) | known
    if changed:
        connection.execute(runs.update().where(*matched).values(**changed))


def was_ingested(connection: Connection, landing: Landing) -> bool:
    """Whether the reviews of this landing are in the store already."""
    matched = (runs.c.engagement == landing.engagement, runs.c.landing == landing.id, runs.c.ingested.is_(True))
    return connection.execute(select(runs.c.landing).where(*matched)).first() is not None


def landing_of(connection: Connection, engagement: str, landing: str) -> Landing:
    """The landing as its run recorded it."""
    matched = (runs.c.engagement == engagement, runs.c.landing == landing)
    row = dict(connection.execute(select(runs).where(*matched)).mappings().one())
    verdict = Verdict(name=row["verdict"], scope=row["scope"], reason=row["reason"], held=row["held"])
    known = {each.name: row[each.name] for each in fields(Landing) if each.name in row}
    return Landing(**known | {"id": landing, "pages_failed": tuple(row["pages_failed"] or ()), "verdict": verdict})


def _ended(verdict: Verdict) -> Row:
    return {"scope": verdict.scope, "verdict": verdict.name, "held": verdict.held, "reason": verdict.reason}


def _row(landing: Landing) -> Row:
    return {
        "engagement": landing.engagement,
        "landing": landing.id,
        "listing": landing.listing,
        "site": landing.site,
        "way": landing.way,
        "path": landing.path,
        "as_of": landing.as_of,
        "stop_reason": landing.stop_reason,
        "reviews": landing.reviews,
        "rejects": landing.rejects,
        "declared_total": landing.declared_total,
        "average": landing.average,
        "pages_fetched": landing.pages_fetched,
        "pages_failed": list(landing.pages_failed),
        "parser_version": landing.parser_version,
        "redactor_version": landing.redactor_version,
        "files": dict(landing.files),
        "problems": list(landing.problems),
        "mapping": dict(landing.mapping),
    }


def history(connection: Connection, engagement: str, listing: str) -> list[PastRun]:
    """Every complete run of a listing that was taken in, oldest first, with the fill rates it had."""
    found = connection.execute(
        select(runs.c.landing, runs.c.as_of, runs.c.scope, runs.c.reviews).where(
            runs.c.engagement == engagement,
            runs.c.listing == listing,
            runs.c.verdict == "complete",
            runs.c.held.is_(False),
            runs.c.ingested.is_(True),
        )
    ).all()
    filled = connection.execute(
        select(gate_results.c.landing, gate_results.c.expectation, gate_results.c.observed).where(
            gate_results.c.engagement == engagement,
            gate_results.c.landing.in_([run.landing for run in found]),
            gate_results.c.expectation.startswith(FILLED),
        )
    ).all()
    rates: dict[str, dict[str, float]] = {}
    for result in filled:
        rates.setdefault(result.landing, {})[result.expectation.removeprefix(FILLED)] = result.observed or 0.0
    past = [
        PastRun(
            landing=run.landing,
            as_of=run.as_of,
            scope=run.scope,
            reviews=run.reviews,
            filled=rates.get(run.landing, {}),
        )
        for run in found
    ]
    return sorted(past, key=lambda run: (run.as_of or "", run.landing))


def declared(connection: Connection, engagement: str) -> dict[str, tuple[float | None, int | None]]:
    """Listing → the average and the number of reviews that its site gave last, of runs that were taken in."""
    found = connection.execute(
        select(runs.c.listing, runs.c.as_of, runs.c.landing, runs.c.average, runs.c.declared_total).where(
            runs.c.engagement == engagement, runs.c.ingested.is_(True)
        )
    ).all()
    told = [run for run in found if run.average is not None or run.declared_total is not None]
    ordered = sorted(told, key=lambda run: (run.as_of or "", run.landing))
    return {run.listing: (run.average, run.declared_total) for run in ordered}
