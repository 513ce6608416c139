"""After an audit it is on record what alerts are made from: rises, grades, targets, grave cases without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from audits.analysis.gaps import frame
from audits.analysis.months import month_number
from audits.analysis.values import Findings
from audits.analysis.worsening import BEFORE, NOW, Month, worse
from audits.report.cover import SourceLine
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.plan import Plan

EVENT = "watched"
GRAVE_DAYS = 90
"""An older grave case that nobody answered is history, and stands in the report."""


def watched(
    plan: Plan, store: Store, findings: Findings, reviews: Sequence[StoredReview], sources: Sequence[SourceLine]
) -> None:
    """Keep it in the engagement's log: counts and keys, no text."""
    ours = [review for review in reviews if review.business == plan.engagement.business.name]
    detail = {
        "as_of": findings.as_of,
        "until": findings.period[1][:10],
        "worse": _worse(findings, ours),
        "grades": {line.listing: line.grade for line in sources if line.grade},
        "aims": _aims(findings),
        "grave": _grave(findings, ours),
    }
    store.log(plan.name, EVENT, detail=detail)


def _worse(findings: Findings, ours: Sequence[StoredReview]) -> list[dict[str, Any]]:
    """Rises of gaps, whole and by location; none across a break in how reviews arrive."""
    months = [month for month in _months(findings) if month < findings.as_of[:7]][-NOW - BEFORE :]
    if findings.thin or len(months) < NOW + BEFORE or any(each.month in months[1:] for each in findings.audited.breaks):
        return []
    known = [name for name, _, _ in findings.locations] if len(findings.locations) > 1 else []
    places = _places(known, months, ours)
    reviews = findings.audited.read_at
    streams: dict[tuple[str, str | None], list[Month]] = {}
    for leak in findings.leaks:
        whole = {month: (hits, n) for month, hits, n in leak.monthly}  # from the first review that was read to the last
        streams[leak.gap, None] = [(month, *whole.get(month, (0, 0))) for month in months]
        hits = Counter(places[key] for key in leak.share.evidence if key in places)
        for place in known:
            streams[leak.gap, place] = [(month, hits[place, month], reviews.get((place, month), 0)) for month in months]
    looked_at = len(frame().slugs) * (1 + len(known))
    return [
        {"gap": each.gap, "location": each.location, "month": each.month, "now": each.now, "before": each.before}
        for each in worse(streams, looked_at)
    ]


def _months(findings: Findings) -> list[str]:
    return [month for month, _, _ in findings.audited.monthly]


def _places(known: Sequence[str], months: Sequence[str], ours: Sequence[StoredReview]) -> dict[str, tuple[str, str]]:
    """Key of a review at one of these locations, of one of these months → the location and the month."""
    cells = {(place, month_number(month)): (place, month) for place in known for month in months}
    return {
        review.key: cell
        for review in ours
        if (cell := cells.get((review.location or "", month_number(review.posted_on, review.posted_precision))))
    }


def _aims(findings: Findings) -> list[dict[str, Any]]:
    if findings.measures is None:
        return []
    return [
        {"name": each.name, "gap": each.gap, "target": each.target.value, "by": each.by, "reach": each.reach}
        for each in findings.measures.progress.targets
    ]


def _grave(findings: Findings, ours: Sequence[StoredReview]) -> list[tuple[str, str]]:
    """(review, day) of grave cases of late without a reply, on listings where replies can be seen at all."""
    keys = {case.review for case in findings.measures.moments} if findings.measures else set()
    since = (date.fromisoformat(findings.as_of) - timedelta(days=GRAVE_DAYS)).isoformat()
    seen = {review.listing for review in ours if review.reply_text}
    return sorted(
        (review.key, review.posted_on[:10])
        for review in ours
        if review.key in keys
        and review.posted_on
        and review.posted_on[:10] >= since
        and review.listing in seen
        and not review.reply_text
    )
