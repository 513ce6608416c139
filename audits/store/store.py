"""The store as its callers see it: each method is one transaction, and what it returns is frozen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, overload

from sqlalchemy import Engine

from audits.engagement import Engagement
from audits.store import (
    StoreError,
    audited,
    engaged,
    ingest,
    quarantine,
    query,
    release,
    runs,
    staging,
)
from audits.store import recount as recounted
from audits.store.analysing import Analysing
from audits.store.carrying import Carrying
from audits.store.counting import Counting
from audits.store.engine import connected, reading, writing
from audits.store.erasing import Erasing
from audits.store.hearing import Hearing
from audits.store.ledger import Ledger
from audits.store.migrate import migrate
from audits.store.proving import Proving
from audits.store.records import (
    PastRun,
    SetAside,
    StoredAudit,
    StoredPublication,
    StoredReview,
)
from audits.store.tables import pages
from audits.store.write import upsert
from spiders.items import Landing, Review, Verdict

T = TypeVar("T")


class Store(Analysing, Carrying, Counting, Erasing, Hearing, Proving):
    """One database. Methods are safe to call from several threads and processes; a writer waits for another."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def opened(cls, url: str) -> Store:
        """The store at a URL, at the current revision; raises `StoreError`."""
        engine = connected(url)
        if engine.dialect.name == "sqlite":
            folder = Path((engine.url.database or "").removeprefix("file:")).parent
            if not folder.is_dir():
                raise StoreError(f"There is no folder {folder} to keep the store in.")
        migrate(engine)
        return cls(engine)

    @property
    def ledger(self) -> Ledger:
        """What was run, raised and sent."""
        return Ledger(self._engine)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is collected

    def declare(self, engagement: Engagement) -> None:
        """Make the engagement's businesses, locations and listings known, as its file has them now."""
        with writing(self._engine) as connection:
            engaged.declare(connection, engagement)

    @overload
    def stage(self, landing: Landing, reviews: Iterable[Review]) -> list[Review]: ...
    @overload
    def stage(self, landing: Landing, reviews: Iterable[Review], keep: Callable[[Review], T]) -> list[T]: ...
    def stage(self, landing: Landing, reviews: Iterable[Review], keep: Callable[[Review], Any] | None = None) -> Any:
        """Stage a landing's reviews; in rows 0, 1, … each as staged, with an id, or what `keep` makes of it."""
        with writing(self._engine) as connection:
            return staging.stage(connection, landing, reviews, keep or (lambda review: review))

    def staged(self, landing: Landing) -> list[Review]:
        """The reviews that are staged of a landing, by row."""
        with reading(self._engine) as connection:
            found = staging.read_staged(connection, landing)
            return [Review.from_json(json.loads(review)) for batch in found for _, review, _ in batch]

    def unchecked(self) -> list[tuple[str, str, int]]:
        """(engagement, landing, rows) of what was staged and never came to the gate."""
        with reading(self._engine) as connection:
            return staging.unchecked(connection)

    def forget_staged(self, engagement: str, landing: str) -> None:
        """Nothing of this landing is staged any more."""
        with writing(self._engine) as connection:
            staging.forget_staged(connection, engagement, landing)

    def history(self, engagement: str, listing: str) -> list[PastRun]:
        """The complete runs of a listing, oldest first."""
        with reading(self._engine) as connection:
            return runs.history(connection, engagement, listing)

    def ingest(self, landing: Landing, gate: ingest.GateValue) -> ingest.Ingested:
        """Take in what is staged of a landing as far as its gate lets it, in one transaction."""
        with writing(self._engine) as connection:
            return ingest.ingest(connection, landing, gate)

    def save_run(self, landing: Landing, verdict: Verdict | None = None, **known: Any) -> None:
        """Record a run that is not ingested, or add period, attempt, started_at, ended_at to one that was."""
        with writing(self._engine) as connection:
            runs.save_run(connection, landing, verdict, **known)

    def declared(self, engagement: str) -> dict[str, tuple[float | None, int | None]]:
        """Listing → what its site said last of itself: average and number of reviews."""
        with reading(self._engine) as connection:
            return runs.declared(connection, engagement)

    def save_pages(self, landing: Landing, found: Iterable[Mapping[str, Any]]) -> None:
        """Record the pages of a landing: id, url, sha256, fetched_at, status of each."""
        identity = {"engagement": landing.engagement, "landing": landing.id}
        with writing(self._engine) as connection:
            upsert(connection, pages, [identity | dict(page) for page in found])

    # What is known

    def reviews(self, engagement: str, keys: Sequence[str] | None = None) -> list[StoredReview]:
        """The current version of every review (of those with these keys), by key."""
        with reading(self._engine) as connection:
            return query.stored_reviews(connection, engagement, keys)

    def review_keys(self, engagement: str) -> Iterator[str]:
        """The key of every review, in no order."""
        with reading(self._engine) as connection:
            yield from query.review_keys(connection, engagement)

    def known_ids(self, engagement: str, listing: str) -> frozenset[str]:
        """The site's ids of the reviews held of a listing."""
        with reading(self._engine) as connection:
            return query.known_ids(connection, engagement, listing)

    def quarantined(self, engagement: str) -> dict[str, dict[str, int]]:
        """Landing → reason → rows set aside."""
        with reading(self._engine) as connection:
            return query.set_aside(connection, engagement)

    def set_aside(self, engagement: str) -> list[SetAside]:
        """Every row in quarantine, with its release where a person let it through."""
        with reading(self._engine) as connection:
            return quarantine.set_aside(connection, engagement)

    def release(self, engagement: str, row: str, *, who: str, why: str, at: str) -> SetAside:
        """Let a row out of quarantine, in this landing and in every later one; raises `StoreError`."""
        with writing(self._engine) as connection:
            return release.release(connection, engagement, row, who=who, why=why, at=at)

    # What was made of it

    def save_audit(self, engagement: str, audit: StoredAudit, *, canonical: str, **times: str | None) -> None:
        """Keep an audit with the canonical text of its engagement; `times` are started_at and ended_at."""
        with writing(self._engine) as connection:
            audited.save_audit(connection, engagement, audit, canonical=canonical, **times)

    def last_audit(self, engagement: str, *, before: str | None = None) -> StoredAudit | None:
        """The latest complete or partial audit, with an `as_of` earlier than `before` where that is given."""
        with reading(self._engine) as connection:
            return audited.last_audit(connection, engagement, before=before)

    def save_publication(self, engagement: str, publication: StoredPublication) -> None:
        """Keep where a report lies and in which state."""
        with writing(self._engine) as connection:
            audited.save_publication(connection, engagement, publication)

    def publications(self, engagement: str) -> list[StoredPublication]:
        """Every publication, by audit and revision."""
        with reading(self._engine) as connection:
            return audited.stored_publications(connection, engagement)

    def log(self, engagement: str, event: str, **line: Any) -> None:
        """Add a line to the engagement's log: at, who, detail (counts and digests, never text or names)."""
        with writing(self._engine) as connection:
            engaged.log(connection, engagement, event, **line)

    def logged(self, engagement: str) -> list[tuple[str | None, str, str | None, Mapping[str, Any]]]:
        """The engagement's log, oldest first: (at, event, who, detail)."""
        with reading(self._engine) as connection:
            return engaged.logged(connection, engagement)

    def last_logged(self, engagement: str, event: str, number: int = 1) -> list[Mapping[str, Any]]:
        """The details of the last lines of one event, oldest first: a log of years is not read for its end."""
        with reading(self._engine) as connection:
            return engaged.last_logged(connection, engagement, event, number)

    def lines_logged(self, engagement: str) -> int:
        """How many lines the engagement's log has."""
        with reading(self._engine) as connection:
            return engaged.lines_logged(connection, engagement)

    def recount(self, engagement: str, model: str, *, sure: float, harmless: Sequence[str]) -> recounted.Recount:
        """What the tables say of every version and gap, counted by the database and not by the analysis."""
        with reading(self._engine) as connection:
            return recounted.recount(connection, engagement, model, sure=sure, harmless=harmless)
