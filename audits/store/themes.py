"""The themes of an engagement as the last audit left them, so that the next one can keep their ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, delete, select

from audits.store.records import StoredTheme
from audits.store.tables import themes
from audits.store.write import insert


class ThemeValue(Protocol):
    """What the store keeps of a theme of ANALYSE."""

    @property
    def id(self) -> str: ...
    @property
    def gap(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def quote_review(self) -> str: ...
    @property
    def reviews(self) -> Sequence[str]: ...


def save_themes(connection: Connection, engagement: str, found: Iterable[ThemeValue]) -> None:
    """The engagement's themes are these and no others."""
    connection.execute(delete(themes).where(themes.c.engagement == engagement))
    rows = [
        {
            "engagement": engagement,
            "id": each.id,
            "gap": each.gap,
            "name": each.name,
            "quote": each.quote,
            "quote_review": each.quote_review,
            "reviews": list(each.reviews),
        }
        for each in found
    ]
    insert(connection, themes, rows)


def stored_themes(connection: Connection, engagement: str) -> list[StoredTheme]:
    """The themes that were saved last, by id."""
    found = connection.execute(select(themes).where(themes.c.engagement == engagement)).mappings()
    kept = [
        StoredTheme(
            **{name: value for name, value in row.items() if name not in ("engagement", "reviews")},
            reviews=tuple(row["reviews"]),
        )
        for row in found
    ]
    return sorted(kept, key=lambda theme: theme.id)
