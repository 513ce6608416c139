"""The part of the store with which a person, or words past their time, are taken out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from audits.store import erasure, purging
from audits.store.engine import overwritten, reading, writing
from audits.store.records import Tombstone


class Erasing:
    """What may no longer be held."""

    _engine: Engine

    def tombstones(self, engagement: str) -> list[Tombstone]:
        """Whom and what nobody may collect again."""
        with reading(self._engine) as connection:
            return erasure.tombstones(connection, engagement)

    def erase(self, engagement: str, stones: Sequence[Tombstone], names: re.Pattern[str] | None = None) -> erasure.Gone:
        """Take these authors and reviews out of every table, mask the names, and keep the tombstones."""
        with writing(self._engine) as connection:
            gone = erasure.erase(connection, engagement, stones, names)
        overwritten(self._engine)
        return gone

    def held_of(self, engagement: str, stones: Sequence[Tombstone]) -> dict[str, list[dict[str, Any]]]:
        """Table → every row that is held of these authors and reviews."""
        with reading(self._engine) as connection:
            return erasure.held(connection, engagement, stones)

    def purge_text(self, engagement: str, before: str) -> frozenset[str]:
        """Drop the words of what was last collected before a day; the keys of the reviews that lost theirs."""
        with writing(self._engine) as connection:
            keys = purging.purge_text(connection, engagement, before)
        overwritten(self._engine)
        return keys
