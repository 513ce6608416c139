"""What was run, raised and sent: a period is claimed by one process, an alert is told once, a sending is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from audits.store.engine import reading, writing
from audits.store.tables import alerts, periods, runs, sendings
from audits.store.write import insert, upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One engagement's run of one period; `ended_at` is None while it runs, and where it was killed."""

    period: str
    attempt: int
    started_at: str
    process: str
    ended_at: str | None = None
    outcome: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that a person should look at. `subject` is the gap, listing or target that it is about."""

    id: str
    kind: str
    subject: str
    says: str
    raised_at: str
    seen_at: str
    ended_at: str | None = None
    sent_at: str | None = None
    acknowledged_at: str | None = None
    acknowledged_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One report that went, or could not go, to one recipient."""

    audit: str
    revision: int
    recipient: str
    at: str
    digest: str
    outcome: str


class Ledger:
    """The store's pages about operation; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, engagement: str, period: str, *, at: str, process: str, alive: Callable[[str], bool]) -> Ran | None:
        """Begin the period's run; None where it was run, or where a living process still runs this engagement.

        A run that was killed, and one that ended `failed`, may be begun again as a further attempt.
        """
        with writing(self._engine) as connection:
            held = {each.period: each for each in _ran(connection, engagement)}
            if any(each.ended_at is None and alive(each.process) for each in held.values()):
                return None
            before = held.get(period)
            if before is not None and before.ended_at is not None and before.outcome != "failed":
                return None
            claimed = Ran(period=period, attempt=before.attempt + 1 if before else 1, started_at=at, process=process)
            upsert(connection, periods, [{"engagement": engagement, **asdict(claimed)}])
        return claimed

    def conclude(
        self, engagement: str, period: str, *, at: str, outcome: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """The period's run has ended."""
        matched = (periods.c.engagement == engagement, periods.c.period == period)
        with writing(self._engine) as connection:
            ended = {"ended_at": at, "outcome": outcome, "detail": dict(detail or {})}
            connection.execute(periods.update().where(*matched).values(**ended))

    def ran(self, engagement: str) -> list[Ran]:
        """Every period that was begun, oldest first."""
        with reading(self._engine) as connection:
            return _ran(connection, engagement)

    def verdicts(self, engagement: str) -> dict[str, tuple[str, str, bool]]:
        """Listing → how its latest run ended: verdict, reason, held."""
        wanted = select(runs).where(runs.c.engagement == engagement)
        with reading(self._engine) as connection:
            found = sorted(connection.execute(wanted).mappings(), key=lambda row: (row["as_of"] or "", row["landing"]))
        return {row["listing"]: (row["verdict"], row["reason"], row["held"]) for row in found}

    def save_alerts(self, engagement: str, found: Iterable[Alert]) -> None:
        """Keep alerts; the same id again replaces itself."""
        with writing(self._engine) as connection:
            upsert(connection, alerts, [{"engagement": engagement, **asdict(each)} for each in found])

    def alerts(self, engagement: str) -> list[Alert]:
        """Every alert that was raised, oldest first."""
        with reading(self._engine) as connection:
            return sorted(_rows(connection, alerts, engagement, Alert), key=lambda each: (each.raised_at, each.id))

    def alerted(self) -> list[str]:
        """The engagements that ever had an alert."""
        with reading(self._engine) as connection:
            return sorted(connection.execute(select(alerts.c.engagement).distinct()).scalars())

    def save_sendings(self, engagement: str, made: Iterable[Sending]) -> None:
        """Record who got what."""
        with writing(self._engine) as connection:
            insert(connection, sendings, [{"engagement": engagement, **asdict(each)} for each in made])

    def sendings(self, engagement: str) -> list[Sending]:
        """Who got what, oldest first."""
        with reading(self._engine) as connection:
            return sorted(_rows(connection, sendings, engagement, Sending), key=lambda each: (each.at, each.recipient))


def _ran(connection: Connection, engagement: str) -> list[Ran]:
    found = _rows(connection, periods, engagement, Ran)
    return sorted(found, key=lambda each: (each.started_at, each.period))


def _rows(connection: Connection, table: Table, engagement: str, record: Any) -> list[Any]:
    found = connection.execute(select(table).where(table.c.engagement == engagement)).mappings()
    return [record(**{name: row[name] for name in row if name != "engagement"}) for row in found]
