"""The part of the store that keeps what the analysis read out of reviews: statements, signals and themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Engine

from audits.store import readings
from audits.store import signals as signalled
from audits.store import themes as themed
from audits.store.engine import reading, writing
from audits.store.records import StoredReview, StoredTheme


class Analysing:
    """What was read once and is not read again."""

    _engine: Engine

    def unread(self, engagement: str, model: str, reviews: Sequence[StoredReview]) -> list[StoredReview]:
        """Those of the reviews whose text this model has not read."""
        with reading(self._engine) as connection:
            return readings.unread(connection, engagement, model, reviews)

    def each_reading(self, engagement: str, model: str, reviews: Iterable[StoredReview]) -> Iterator[readings.Reading]:
        """What was found in each of these reviews, one after the other, in one transaction."""
        with reading(self._engine) as connection:
            yield from readings.each_reading(connection, engagement, model, reviews)

    def each_scored(self, engagement: str, model: str, reviews: Iterable[StoredReview]) -> Iterator[readings.Scored]:
        """What is counted of each of these reviews in which statements were found, in one transaction."""
        with reading(self._engine) as connection:
            yield from readings.each_scored(connection, engagement, model, reviews)

    def save_statements(
        self,
        engagement: str,
        model: str,
        read: Sequence[StoredReview],
        found: Iterable[readings.StatementValue],
    ) -> None:
        """Keep what a model found in the reviews it read."""
        with writing(self._engine) as connection:
            readings.save_statements(connection, engagement, model, read, found)

    def save_signals(self, engagement: str, name: str, values: Mapping[str, float]) -> None:
        """Keep a number a review (review key → value) with the version it was read from; all of them or none."""
        with writing(self._engine) as connection:
            signalled.save_signals(connection, engagement, name, values)

    def signals(self, engagement: str, name: str, held: Iterable[StoredReview] | None = None) -> dict[str, float]:
        """Review key → the signal's value, where it was read from the current version; of those held, else of all."""
        with reading(self._engine) as connection:
            return signalled.signals(connection, engagement, name, held)

    def themes(self, engagement: str) -> list[StoredTheme]:
        """The themes of the last audit, by id."""
        with reading(self._engine) as connection:
            return themed.stored_themes(connection, engagement)

    def save_themes(self, engagement: str, found: Iterable[themed.ThemeValue]) -> None:
        """Replace the engagement's themes."""
        with writing(self._engine) as connection:
            themed.save_themes(connection, engagement, found)
