"""After an audit it is on record what alerts are made from: rises, grades, targets, grave cases without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from audits.analysis.gaps import frame
from audits.analysis.values import Figure, Findings, NotObservable
from audits.analysis.worsening import BEFORE, NOW, Month, worse
from audits.report.cover import SourceLine
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.plan import Plan

EVENT = "watched"


def watched(
    plan: Plan, store: Store, findings: Findings, reviews: Sequence[StoredReview], sources: Sequence[SourceLine]
) -> None:
    """Keep it in the engagement's log: counts and keys, no text."""
    ours = [review for review in reviews if review.business == plan.engagement.business.name]
    detail = {
        "as_of": findings.as_of,
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
    places = _places(findings, ours)
    reviews = {place: Counter(_month(review) for review in held) for place, held in places.items()}
    streams: dict[tuple[str, str | None], list[Month]] = {}
    for leak in findings.leaks:
        whole = {month: (hits, n) for month, hits, n in leak.monthly}
        streams[leak.gap, None] = [(month, *whole[month]) for month in months]
        keys = set(leak.share.evidence)
        for place, held in places.items():
            hits = Counter(_month(review) for review in held if review.key in keys)
            streams[leak.gap, place] = [(month, hits[month], reviews[place][month]) for month in months]
    looked_at = len(frame().slugs) * (1 + len(places))
    return [
        {"gap": each.gap, "location": each.location, "month": each.month, "now": each.now, "before": each.before}
        for each in worse(streams, looked_at)
    ]


def _months(findings: Findings) -> list[str]:
    return [month for month, _, _ in findings.audited.monthly]


def _places(findings: Findings, ours: Sequence[StoredReview]) -> dict[str, list[StoredReview]]:
    """Location → its dated reviews with text, where the business has several."""
    known = [name for name, _, _ in findings.locations]
    if len(known) < 2:
        return {}
    held: dict[str, list[StoredReview]] = {name: [] for name in known}
    for review in ours:
        if review.location in held and review.text and review.posted_on:
            held[review.location].append(review)
    return held


def _month(review: StoredReview) -> str:
    return (review.posted_on or "")[:7]


def _aims(findings: Findings) -> list[dict[str, Any]]:
    if findings.measures is None:
        return []
    return [
        {"name": each.name, "gap": each.gap, "target": each.target.value, "by": each.by, "reach": each.reach}
        for each in findings.measures.progress.targets
    ]


def _grave(findings: Findings, ours: Sequence[StoredReview]) -> list[tuple[str, str]]:
    """(review, day) of grave cases without a reply, on listings where replies can be seen at all."""
    value = findings.measures.value if findings.measures else None
    if value is None or isinstance(value, NotObservable):
        return []
    cases = next((each.figure for each in value.outcomes if each.name == "Grave cases in all"), None)
    keys = set(cases.evidence) if isinstance(cases, Figure) else set()
    seen = {review.listing for review in ours if review.reply_text}
    return sorted(
        (review.key, review.posted_on[:10])
        for review in ours
        if review.key in keys and review.posted_on and review.listing in seen and not review.reply_text
    )
