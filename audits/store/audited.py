"""Audits and publications: what was found, from what, and where the reports of it lie."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, delete, select

from audits.store.records import StoredAudit, StoredPublication
from audits.store.tables import audits, findings, publications
from audits.store.write import insert, upsert


def save_audit(
    connection: Connection,
    engagement: str,
    audit: StoredAudit,
    *,
    canonical: str,
    started_at: str | None = None,
    ended_at: str | None = None,
) -> None:
    """Keep an audit with its findings and its engagement's canonical text; the same audit again replaces itself."""
    row = asdict(audit)
    found = row.pop("findings")
    times = {"canonical": canonical, "started_at": started_at, "ended_at": ended_at}
    upsert(connection, audits, [{"engagement": engagement} | row | {"landings": list(audit.landings)} | times])
    connection.execute(delete(findings).where(findings.c.engagement == engagement, findings.c.audit == audit.id))
    leaks = [
        {"engagement": engagement, "audit": audit.id, "gap": gap, "rank": rank, "leak": leak}
        for rank, (gap, leak) in enumerate(found.items())
    ]
    insert(connection, findings, leaks)


def last_audit(connection: Connection, engagement: str, *, before: str | None = None) -> StoredAudit | None:
    """The latest complete or partial audit by its `as_of`, of those with an `as_of` earlier than `before`."""
    wanted = [audits.c.engagement == engagement, audits.c.outcome.in_(("complete", "partial"))]
    if before is not None:
        wanted.append(audits.c.as_of < before)
    row = (
        connection.execute(select(audits).where(*wanted).order_by(audits.c.as_of.desc(), audits.c.id.desc()).limit(1))
        .mappings()
        .first()
    )
    if row is None:
        return None
    found = connection.execute(
        select(findings.c.gap, findings.c.leak)
        .where(findings.c.engagement == engagement, findings.c.audit == row["id"])
        .order_by(findings.c.rank)
    )
    return StoredAudit(
        id=row["id"],
        as_of=row["as_of"],
        outcome=row["outcome"],
        model=row["model"],
        report_digest=row["report_digest"],
        canonical_sha256=row["canonical_sha256"],
        refusals=row["refusals"] or {},
        landings=tuple(row["landings"] or ()),
        findings={row.gap: row.leak for row in found},
    )


def save_publication(connection: Connection, engagement: str, publication: StoredPublication) -> None:
    """Keep where a report lies and in which state; the same revision again replaces itself."""
    upsert(connection, publications, [{"engagement": engagement} | asdict(publication)])


def stored_publications(connection: Connection, engagement: str) -> list[StoredPublication]:
    """Every publication of an engagement, by audit and revision."""
    found = connection.execute(select(publications).where(publications.c.engagement == engagement)).mappings()
    kept = [StoredPublication(**{name: row[name] for name in row if name != "engagement"}) for row in found]
    return sorted(kept, key=lambda publication: (publication.audit, publication.revision))
