"""What the store holds, a table a noun. Every key begins with the engagement: engagements share nothing."""

from audits.store.tables.analysed import assignments, audits, findings, publications, signals, statements, themes
from audits.store.tables.base import metadata
from audits.store.tables.collected import gate_results, pages, quarantined, runs, staged
from audits.store.tables.engaged import audit_log, businesses, engagements, listings, locations
from audits.store.tables.reviewed import replies, review_versions, reviews

__all__ = [
    "assignments",
    "audit_log",
    "audits",
    "businesses",
    "engagements",
    "findings",
    "gate_results",
    "listings",
    "locations",
    "metadata",
    "pages",
    "publications",
    "quarantined",
    "replies",
    "review_versions",
    "reviews",
    "runs",
    "signals",
    "staged",
    "statements",
    "themes",
]
