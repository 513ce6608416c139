"""What is found of the made-up hotel's leaks and strengths, counted from its reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audits.analysis.intervals import newcombe, poisson, share
from audits.analysis.values import (
    Contrast,
    Direction,
    Figure,
    GapScore,
    Leak,
    NotObservable,
    Place,
    Statement,
    Strength,
    Theme,
)
from audits.store.records import StoredReview
from tests.audits.report.made import MONTHS, PLACES, SAYS, THEM, US, of

WINDOWS = (("2026-01", "2026-06"), ("2025-07", "2025-12"))


def leak(gap: str, hits: dict[str, dict[str, list[StoredReview]]], rows: Sequence[StoredReview], stars: Figure) -> Leak:
    mine, held = of(rows, US), hits[US][gap]
    keys = [row.key for row in held]
    low, high = poisson(len(held), 24)
    said = tuple(_statement(gap, row, at) for at, row in enumerate(held))
    return Leak(
        gap=gap,
        share=share(len(held), len(mine), evidence=keys),
        per_month=Figure(
            value=len(held) / 24, unit="reviews a month", n=len(held), method="per-month", low=low, high=high,
            evidence=tuple(keys),
        ),
        stars=stars,
        severity=Figure(value=1.6, unit="severity", n=len(held), method="severity"),
        direction=_direction(gap, held, mine),
        monthly=tuple((month, _in(month, held), _in(month, mine)) for month in MONTHS),
        places=tuple(_place(place, held, mine) for place in PLACES),
        contrasts=tuple(_contrast(gap, name, hits, rows) for name in THEM),
        themes=_themes(gap, held),
        statements=said,
        surest=said,
        replied=share(len(held) // 3, max(1, len(held)), method="replied"),
        sureness="high" if len(held) > 40 else "medium",
        why_sure=f"{len(held)} reviews report it, over all 24 months.",
    )  # fmt: skip


def _in(month: str, rows: Sequence[StoredReview]) -> int:
    return len([row for row in rows if (row.posted_on or "").startswith(month)])


def _direction(gap: str, held: Sequence[StoredReview], mine: Sequence[StoredReview]) -> Direction | NotObservable:
    if gap in ("queue", "promise"):
        return NotObservable(
            reason="There are too few reviews to tell: 20 in the last 6 months, 18 in the 6 before; 30 in each are "
            "needed."
        )
    now, before = share(20, 150), share(9, 150)
    low, high = newcombe(20, 150, 9, 150)
    change = Figure(value=11 / 150, unit="points", n=300, method="direction", low=low, high=high)
    if gap == "booking":
        return Direction(trend="rising", now=now, before=before, change=change, since="2026-03", months=WINDOWS)
    return Direction(
        trend="falling" if gap == "fees" else "steady", now=before, before=before, change=replace(change, value=0.0),
        months=WINDOWS,
        doubt="12 failings are looked at together: a difference of this size can be chance.",
    )  # fmt: skip


def _place(place: str, held: Sequence[StoredReview], mine: Sequence[StoredReview]) -> Place:
    here = [row for row in mine if row.location == place]
    with_gap = [row.key for row in held if row.location == place]
    return Place(location=place, share=share(len(with_gap), len(here), evidence=with_gap), reviews=len(here))


def _contrast(
    gap: str, name: str, hits: dict[str, dict[str, list[StoredReview]]], rows: Sequence[StoredReview]
) -> Contrast:
    ours, theirs = hits[US][gap], hits[name][gap]
    n, m = len(of(rows, US)), len(of(rows, name))
    low, high = newcombe(len(ours), n, len(theirs), m)
    difference = Figure(
        value=len(ours) / n - len(theirs) / max(1, m), unit="points", n=n + m, method="contrast", low=low, high=high
    )
    return Contrast(
        competitor=name,
        ours=share(len(ours), n, evidence=[row.key for row in ours]),
        theirs=share(len(theirs), m, evidence=[row.key for row in theirs]),
        difference=difference,
    )


def _themes(gap: str, held: Sequence[StoredReview]) -> tuple[Theme, ...]:
    half = len(held) // 2
    names = (f"{gap}: on arrival", f"{gap}: after the stay")
    return tuple(
        Theme(
            id=f"{gap}-{at}", gap=gap, name=name, quote=_says(gap, at * half), quote_review=part[0].key,
            reviews=tuple(row.key for row in part),
        )
        for at, (name, part) in enumerate(zip(names, (held[:half], held[half:]), strict=True))
        if part
    )  # fmt: skip


def _says(gap: str, at: int) -> str:
    return f"On night {at + 1} {SAYS.get(gap, 'something went wrong that nobody put right for us in the end')}."


def _statement(gap: str, row: StoredReview, at: int) -> Statement:
    text = _says(gap, at)
    return Statement(
        review=row.key, content=row.content_hash, field="text", start=0, end=len(text), text=text, complaint=0.97,
        gaps=(GapScore(gap=gap, confidence=0.9),), severity=1, model="base-1",
    )  # fmt: skip


def strength(gap: str, rows: Sequence[StoredReview]) -> Strength:
    mine = [row for row in of(rows, US) if row.rating == 5][:90]
    told = [
        _statement(gap, row, at)._replace(text=f"The porter found us a taxi on morning {at}.")
        for at, row in enumerate(mine)
    ]
    return Strength(
        gap=gap,
        share=share(len(mine), len(of(rows, US)), method="praise", evidence=[row.key for row in mine]),
        statements=tuple(told),
        surest=tuple(told),
    )
