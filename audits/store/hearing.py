"""The part of the store that keeps what people said: corrections of the reading, and a client's answers to findings."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine

from audits.store import answers as answered
from audits.store import corrections as corrected
from audits.store import lessons
from audits.store.engine import reading, writing
from audits.store.records import StoredAnswer, StoredCorrection, StoredLesson


class Hearing:
    """What a person says wins over the model and is kept, oldest first."""

    _engine: Engine

    def save_corrections(self, engagement: str, found: Iterable[StoredCorrection]) -> None:
        """Keep what a person said of statements or themes."""
        with writing(self._engine) as connection:
            corrected.save_corrections(connection, engagement, found)

    def withdraw_corrections(
        self, engagement: str, found: Iterable[StoredCorrection], *, who: str, why: str, at: str
    ) -> list[StoredCorrection]:
        """Take corrections back, with a line each in the log; returns them as they are kept."""
        with writing(self._engine) as connection:
            return corrected.withdraw_corrections(connection, engagement, found, who=who, why=why, at=at)

    def corrections(self, engagement: str, *, withdrawn: bool = False) -> list[StoredCorrection]:
        """Everything that was said and counts, oldest first; also what was withdrawn since, if asked."""
        with reading(self._engine) as connection:
            return corrected.stored_corrections(connection, engagement, withdrawn=withdrawn)

    def save_lesson(self, engagement: str, learnt: StoredLesson) -> None:
        """Keep what was learnt; from now on it is in force."""
        with writing(self._engine) as connection:
            lessons.save_lesson(connection, engagement, learnt)

    def lesson(self, engagement: str, model: str) -> StoredLesson | None:
        """What is in force of what an engagement taught the reading of this model."""
        with reading(self._engine) as connection:
            return lessons.stored_lesson(connection, engagement, model)

    def save_answers(self, engagement: str, found: Iterable[StoredAnswer]) -> None:
        """Keep what the client said of findings."""
        with writing(self._engine) as connection:
            answered.save_answers(connection, engagement, found)

    def answers(self, engagement: str) -> list[StoredAnswer]:
        """Every answer of the client, by audit and gap."""
        with reading(self._engine) as connection:
            return answered.stored_answers(connection, engagement)
