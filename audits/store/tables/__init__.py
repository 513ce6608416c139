"""What the store holds, a table a noun. Every key begins with the engagement: engagements share nothing."""

from audits.store.tables.analysed import (
    assignments,
    audit_checks,
    audits,
    findings,
    grades,
    publications,
    scores,
    signals,
    statements,
    themes,
)
from audits.store.tables.answered import answers
from audits.store.tables.base import metadata
from audits.store.tables.collected import aggregates, gate_results, pages, quarantined, releases, runs, staged
from audits.store.tables.corrected import corrections, lessons
from audits.store.tables.engaged import audit_log, businesses, engagements, listings, locations, tombstones
from audits.store.tables.operated import alerts, periods, sendings
from audits.store.tables.reviewed import absences, replies, review_versions, reviews

__all__ = [
    "absences",
    "aggregates",
    "alerts",
    "answers",
    "assignments",
    "audit_checks",
    "audit_log",
    "audits",
    "businesses",
    "corrections",
    "engagements",
    "findings",
    "gate_results",
    "grades",
    "lessons",
    "listings",
    "locations",
    "metadata",
    "pages",
    "periods",
    "publications",
    "quarantined",
    "releases",
    "replies",
    "review_versions",
    "reviews",
    "runs",
    "scores",
    "sendings",
    "signals",
    "staged",
    "statements",
    "themes",
    "tombstones",
]
