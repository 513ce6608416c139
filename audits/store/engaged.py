"""Who is audited, as the engagement file says now; and the log of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, select

from audits.engagement import Engagement, canonical, digest
from audits.store.tables import audit_log, businesses, engagements, listings, locations
from audits.store.write import insert, upsert


def declare(connection: Connection, engagement: Engagement) -> None:
    """The tables of the engagement follow its file. A listing that was taken out stays, as its reviews do."""
    slug = engagement.engagement
    upsert(
        connection,
        engagements,
        [
            {
                "engagement": slug,
                "title": engagement.title,
                "confidential": engagement.confidential,
                "canonical": canonical(engagement),
                "sha256": digest(engagement),
            }
        ],
    )
    connection.execute(delete(businesses).where(businesses.c.engagement == slug))
    connection.execute(delete(locations).where(locations.c.engagement == slug))
    audited = engagement.business
    named = [{"engagement": slug, "name": audited.name, "industry": audited.industry, "audited": True}]
    named += [
        {"engagement": slug, "name": each.name, "industry": None, "audited": False} for each in engagement.competitors
    ]
    insert(connection, businesses, named)
    places = [{"engagement": slug, "business": audited.name, "name": name} for name in dict.fromkeys(audited.locations)]
    insert(connection, locations, places)
    upsert(
        connection,
        listings,
        [
            {"engagement": slug} | each.model_dump(include={"name", "business", "site", "way", "url", "location"})
            for each in engagement.listings
        ],
    )


def log(
    connection: Connection,
    engagement: str,
    event: str,
    *,
    at: str | None = None,
    who: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the engagement's log. `detail` holds digests and counts, never review text or names."""
    row = {"engagement": engagement, "at": at, "event": event, "who": who, "detail": dict(detail) if detail else None}
    insert(connection, audit_log, [row])


def logged(connection: Connection, engagement: str) -> list[tuple[str | None, str, str | None, Mapping[str, Any]]]:
    """The log, oldest first: (at, event, who, detail)."""
    found = connection.execute(
        select(audit_log.c.at, audit_log.c.event, audit_log.c.who, audit_log.c.detail)
        .where(audit_log.c.engagement == engagement)
        .order_by(audit_log.c.id)
    )
    return [(at, event, who, detail or {}) for at, event, who, detail in found]


def last_logged(connection: Connection, engagement: str, event: str, number: int) -> list[Mapping[str, Any]]:
    """The details of the last so many lines of one event, oldest first."""
    found = connection.execute(
        select(audit_log.c.detail)
        .where(audit_log.c.engagement == engagement, audit_log.c.event == event)
        .order_by(audit_log.c.id.desc())
        .limit(number)
    )
    return [detail or {} for detail in reversed(found.scalars().all())]


def lines_logged(connection: Connection, engagement: str) -> int:
    """How many lines the log has."""
    counted = select(func.count()).select_from(audit_log).where(audit_log.c.engagement == engagement)
    return int(connection.execute(counted).scalar_one())
