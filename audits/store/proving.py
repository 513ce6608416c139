"""The part of the store that keeps what was checked: how runs ended, what an audit was held against, its grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, Table, delete, func, select

from audits.store.engine import reading, writing
from audits.store.runs import landing_of
from audits.store.tables import audit_checks, gate_results, grades, runs
from audits.store.write import Row, insert
from spiders.items import Landing

Result = tuple[str, bool, float | None]
"""Expectation, whether it was met, and the number that was seen."""
Graded = tuple[str, Sequence[str]]
"""The letter, and its reasons in words."""


class Proving:
    """Results and grades."""

    _engine: Engine

    def run(self, engagement: str, landing: str) -> Landing:
        """A landing that was ingested or refused, with the verdict that it had in the end."""
        with reading(self._engine) as connection:
            return landing_of(connection, engagement, landing)

    def assessed_on(self, engagement: str, listing: str) -> str | None:
        """When the last run of a listing that was taken in was collected; None where there is none, or nobody knows."""
        here = (runs.c.engagement == engagement, runs.c.listing == listing, runs.c.ingested.is_(True))
        with reading(self._engine) as connection:
            last: str | None = connection.execute(select(func.max(runs.c.as_of)).where(*here)).scalar_one()
            return last

    def unmet(self, engagement: str, landing: str) -> list[str]:
        """The names of the expectations that a landing did not meet."""
        here = (gate_results.c.engagement == engagement, gate_results.c.landing == landing)
        with reading(self._engine) as connection:
            found = connection.execute(
                select(gate_results.c.expectation).where(*here, gate_results.c.success.is_(False))
            )
            return sorted(found.scalars())

    def save_proof(
        self, engagement: str, audit: str, results: Sequence[Result], grades_of: Mapping[str, Graded]
    ) -> None:
        """Keep what an audit was held against, and listing → its grade; the same audit again replaces them."""
        identity = {"engagement": engagement, "audit": audit}
        checks: list[Row] = [
            identity | {"expectation": name, "success": success, "observed": observed}
            for name, success, observed in results
        ]
        letters: list[Row] = [
            identity | {"listing": listing, "grade": letter, "reasons": list(reasons)}
            for listing, (letter, reasons) in grades_of.items()
        ]
        with writing(self._engine) as connection:
            _replace(connection, audit_checks, identity, checks)
            _replace(connection, grades, identity, letters)

    def proof(self, engagement: str, audit: str) -> tuple[list[Result], dict[str, Graded]]:
        """The same of one audit, by expectation and by listing."""
        with reading(self._engine) as connection:
            checks = connection.execute(
                select(audit_checks.c.expectation, audit_checks.c.success, audit_checks.c.observed).where(
                    audit_checks.c.engagement == engagement, audit_checks.c.audit == audit
                )
            )
            letters = connection.execute(
                select(grades.c.listing, grades.c.grade, grades.c.reasons).where(
                    grades.c.engagement == engagement, grades.c.audit == audit
                )
            )
            return (
                sorted((name, success, observed) for name, success, observed in checks),
                {listing: (letter, tuple(reasons or ())) for listing, letter, reasons in sorted(letters)},
            )


def _replace(connection: Connection, table: Table, identity: Mapping[str, str], rows: Sequence[Row]) -> None:
    connection.execute(delete(table).where(*(table.c[name] == value for name, value in identity.items())))
    insert(connection, table, rows)
