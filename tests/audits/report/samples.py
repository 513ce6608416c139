"""Findings, cover, sources and report of the made-up hotel: enough of everything that a report prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from audits.analysis.business import BusinessFindings
from audits.analysis.gaps import frame
from audits.analysis.intervals import share
from audits.analysis.values import Decomposition, Figure, Findings, FlowBreak
from audits.report.build import build
from audits.report.cover import Cover, SourceLine
from audits.report.model import Report
from audits.store.records import StoredReview
from tests.audits.report.made import MONTHS, PLACES, RATES, THEM, US, of, reviews
from tests.audits.report.made_leaks import leak, strength


def findings(rows: Sequence[StoredReview] | None = None, boost: float = 1.0, **changes: Any) -> Findings:
    """Findings of the hotel over `reviews()`; `changes` replace fields."""
    rows = reviews() if rows is None else rows
    dice = Random(11)
    hits = {
        business: {
            gap: [row for row in of(rows, business) if dice.random() < boost * _rate(gap, business)] for gap in RATES
        }
        for business in (US, *THEM)
    }
    parts = {gap: _stars(len(held) / max(1, len(of(rows, US)))) for gap, held in hits[US].items()}
    mean = sum(row.rating or 0 for row in of(rows, US)) / max(1, len(of(rows, US)))
    short = Figure(
        value=5 - mean, unit="stars", n=len(of(rows, US)), method="shortfall", low=4.9 - mean, high=5.1 - mean
    )
    rest = replace(_stars(0.0), value=short.value - sum(part.value for part in parts.values()), method="unexplained")
    leaks = [
        leak(gap, hits, rows, parts[gap]) for gap in sorted(RATES, key=lambda gap: -parts[gap].value) if hits[US][gap]
    ]
    found = Findings(
        engagement="harbour",
        as_of="2026-06-30",
        period=("2024-07-01", "2026-06-30"),
        audited=_business(US, rows, hits),
        competitors=tuple(_business(name, rows, hits) for name in THEM),
        window=("2025-01-01", "2026-06-30"),
        thin=False,
        leaks=tuple(leaks),
        ties=(("booking", "premises"),),
        decomposition=Decomposition(shortfall=short, parts=parts, unexplained=rest),
        strengths=(strength("conduct", rows), strength("premises", rows)),
        locations=tuple((place, len([r for r in rows if r.location == place]), 3.6) for place in PLACES),
        outside={"vague": 31, "outside-control": 4},
        complaints=share(len(hits[US]["booking"]) * 4, len(of(rows, US)), method="complaints"),
        unread={"no text": 12, "de": 9},
        replies=share(180, 600, method="replied"),
        replies_low=share(60, 160, method="replied"),
        reply_days=Figure(value=3.0, unit="days", n=180, method="reply-days", low=2.0, high=4.0),
        polarity=share(60, 600, method="polarity"),
        duplicates=3,
        model="base-1",
    )
    return replace(found, **changes)


def _rate(gap: str, business: str) -> float:
    return RATES[gap] * {US: 1.0, THEM[0]: 0.4, THEM[1]: 1.0, THEM[2]: 1.5}[business]


def _stars(part: float) -> Figure:
    return Figure(value=part * 2, unit="stars", n=600, method="stars-associated", low=part * 1.5, high=part * 2.5)


def _business(
    name: str, rows: Sequence[StoredReview], hits: dict[str, dict[str, list[StoredReview]]]
) -> BusinessFindings:
    mine = of(rows, name)
    mean = sum(row.rating or 0 for row in mine) / max(1, len(mine))
    dates = sorted(row.posted_on or "" for row in mine)
    broken = FlowBreak(
        month="2025-03", kind="volume", before=21, after=40,
        sentence=f"From March 2025 {name} received about 40 reviews a month, against about 21 before.",
    )  # fmt: skip
    return BusinessFindings(
        business=name,
        reviews=len(mine),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        rating=Figure(
            value=mean,
            unit="stars",
            n=len(mine),
            method="rating",
            low=mean - 0.1,
            high=mean + 0.1,
            evidence=tuple(row.key for row in mine if name == US),
        ),
        stars={star: len([row for row in mine if row.rating == star]) for star in range(1, 6)},
        monthly=tuple(_month(month, mine) for month in MONTHS),
        shares={
            gap: share(len(held), len(mine), evidence=[row.key for row in held]) for gap, held in hits[name].items()
        },
        breaks=(broken,) if name == US else (),
        read_at=Counter((row.location or "", (row.posted_on or "")[:7]) for row in mine),
    )


def _month(month: str, rows: Sequence[StoredReview]) -> tuple[str, int, float | None]:
    stars = [row.rating or 0 for row in rows if (row.posted_on or "").startswith(month)]
    return month, len(stars), sum(stars) / len(stars) if stars else None


def cover(**changes: Any) -> Cover:
    given = Cover(
        engagement="harbour",
        business=US,
        industry="Hotel",
        currency="EUR",
        brand_name="North & Co",
        brand_colour="#7a3e9d",
    )
    return replace(given, **changes)


def sources() -> tuple[SourceLine, ...]:
    """One listing a business, one of them refused and one incomplete."""
    read = [
        SourceLine(
            listing=f"{name.lower().replace(' ', '-')}-sandbox", business=name, site="sandbox", way="crawl",
            verdict="complete", scope="full", reason="600 of 600 declared reviews read.", as_of="2026-06-30",
            reviews=600, rejects=2, quarantined=1, declared_total=600, basis="sandbox",
        )
        for name in (US, *THEM[:2])
    ]  # fmt: skip
    refused = SourceLine(
        listing="old-mill-sandbox", business=THEM[2], site="sandbox", way="crawl", verdict="blocked", refused=True,
        reason="The register entry for this site expired on 1 June 2026.", basis="sandbox",
    )  # fmt: skip
    return (*read, refused)


def thin_findings() -> Findings:
    """The same hotel with nine reviews."""
    return findings(reviews(businesses=(US,), each=9), boost=3.0, thin=True, competitors=(), ties=())


def report(
    given: Cover | None = None,
    found: Findings | None = None,
    rows: Sequence[StoredReview] | None = None,
    lines: Sequence[SourceLine] | None = None,
) -> Report:
    """The sample report."""
    return build(
        cover=given or cover(),
        findings=found or findings(),
        reviews=reviews() if rows is None else rows,
        frame=frame(),
        sources=sources() if lines is None else lines,
        version="0.1.0",
    )
