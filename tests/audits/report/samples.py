"""A made-up hotel with made-up findings: enough of everything that a report prints, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from audits.analysis.gaps import frame
from audits.analysis.intervals import newcombe, poisson, share
from audits.analysis.values import (
    BusinessFindings,
    Contrast,
    Decomposition,
    Direction,
    Figure,
    Findings,
    FlowBreak,
    GapScore,
    Leak,
    NotObservable,
    Place,
    Statement,
    Strength,
    Theme,
)
from audits.report.build import build
from audits.report.cover import Cover, SourceLine
from audits.report.model import Report
from audits.store.records import StoredReview

US = "Harbour Hotels"
THEM = ("Quayside Inn", "Lantern House", "The Old Mill")
MONTHS = tuple(f"{2024 + (6 + at) // 12}-{(6 + at) % 12 + 1:02}" for at in range(24))
PLACES = ("Pier", "Old Town", "Station")
RATES = {
    "booking": 0.12, "premises": 0.11, "queue": 0.08, "conduct": 0.07, "fees": 0.055, "core-quality": 0.05,
    "refunds": 0.035, "notice": 0.03, "reachability": 0.025, "promise": 0.02, "digital": 0.012, "safety": 0.006,
}  # fmt: skip
SAYS = {
    "booking": "they had no record of our reservation although we held the confirmation in our hands at the desk",
    "premises": "the carpet was stained and the window would not close so the traffic kept us awake",
    "queue": "we stood in line for forty minutes with only one person at reception",
    "conduct": "the man at the desk rolled his eyes when we asked about the room",
    "fees": "a resort charge nobody had mentioned was added at check-out",
}


def reviews(businesses: Sequence[str] = (US, *THEM), each: int = 600, seed: int = 7) -> list[StoredReview]:
    """Reviews over two years; stars fall where the key's draw says that something failed."""
    dice = Random(seed)
    rows = []
    for business in businesses:
        for number in range(each):
            month = MONTHS[number * len(MONTHS) // each]
            rows.append(_review(business, number, month, dice))
    return rows


def _review(business: str, number: int, month: str, dice: Random) -> StoredReview:
    return StoredReview(
        key=f"{dice.getrandbits(64):016x}",
        business=business,
        listing=f"{business.lower().replace(' ', '-')}-sandbox",
        site="sandbox",
        location=dice.choice(PLACES) if business == US else None,
        url=f"http://127.0.0.1:8123/biz/{business.lower().replace(' ', '-')}#r{number}",
        rating=float(dice.choice((1, 2, 3, 4, 4, 5, 5, 5))),
        rating_raw=None,
        title=None,
        text="A stay of two nights.",
        language="en",
        posted_on=f"{month}-{dice.randrange(1, 29):02}",
        posted_precision="day",
        experienced_on=None,
        verified=None,
        invited=None,
        author_key=None,
        content_hash=f"{number:08x}",
        weak_id=False,
        first_seen="2026-06-30",
        last_seen="2026-06-30",
        source=None,
        reply_text=None,
        reply_on=None,
    )


def findings(rows: Sequence[StoredReview] | None = None, boost: float = 1.0, **changes: Any) -> Findings:
    """Findings of the hotel over `reviews()`; `changes` replace fields."""
    rows = reviews() if rows is None else rows
    dice = Random(11)
    hits = {
        business: {
            gap: [row for row in _of(rows, business) if dice.random() < boost * _rate(gap, business)] for gap in RATES
        }
        for business in (US, *THEM)
    }
    parts = {gap: _stars(len(held) / max(1, len(_of(rows, US)))) for gap, held in hits[US].items()}
    mean = sum(row.rating or 0 for row in _of(rows, US)) / max(1, len(_of(rows, US)))
    short = Figure(
        value=5 - mean, unit="stars", n=len(_of(rows, US)), method="shortfall", low=4.9 - mean, high=5.1 - mean
    )
    rest = replace(_stars(0.0), value=short.value - sum(part.value for part in parts.values()), method="unexplained")
    leaks = [
        _leak(gap, hits, rows, parts[gap]) for gap in sorted(RATES, key=lambda gap: -parts[gap].value) if hits[US][gap]
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
        strengths=(_strength("conduct", rows), _strength("premises", rows)),
        locations=tuple((place, len([r for r in rows if r.location == place]), 3.6) for place in PLACES),
        outside={"vague": 31, "outside-control": 4},
        complaints=share(len(hits[US]["booking"]) * 4, len(_of(rows, US)), method="complaints"),
        unread={"no text": 12, "de": 9},
        replies=share(180, 600, method="replied"),
        replies_low=share(60, 160, method="replied"),
        reply_days=Figure(value=3.0, unit="days", n=180, method="reply-days", low=2.0, high=4.0),
        polarity=share(60, 600, method="polarity"),
        duplicates=3,
        model="base-1",
    )
    return replace(found, **changes)


def _of(rows: Sequence[StoredReview], business: str) -> list[StoredReview]:
    return [row for row in rows if row.business == business]


def _rate(gap: str, business: str) -> float:
    return RATES[gap] * {US: 1.0, THEM[0]: 0.4, THEM[1]: 1.0, THEM[2]: 1.5}[business]


def _stars(part: float) -> Figure:
    return Figure(value=part * 2, unit="stars", n=600, method="stars-associated", low=part * 1.5, high=part * 2.5)


def _business(
    name: str, rows: Sequence[StoredReview], hits: dict[str, dict[str, list[StoredReview]]]
) -> BusinessFindings:
    mine = _of(rows, name)
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
        rating=Figure(value=mean, unit="stars", n=len(mine), method="rating", low=mean - 0.1, high=mean + 0.1),
        stars={star: len([row for row in mine if row.rating == star]) for star in range(1, 6)},
        monthly=tuple(_month(month, mine) for month in MONTHS),
        shares={
            gap: share(len(held), len(mine), evidence=[row.key for row in held]) for gap, held in hits[name].items()
        },
        breaks=(broken,) if name == US else (),
    )


def _month(month: str, rows: Sequence[StoredReview]) -> tuple[str, int, float | None]:
    stars = [row.rating or 0 for row in rows if (row.posted_on or "").startswith(month)]
    return month, len(stars), sum(stars) / len(stars) if stars else None


def _leak(
    gap: str, hits: dict[str, dict[str, list[StoredReview]]], rows: Sequence[StoredReview], stars: Figure
) -> Leak:
    mine, held = _of(rows, US), hits[US][gap]
    keys = [row.key for row in held]
    low, high = poisson(len(held), 24)
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
        statements=tuple(_statement(gap, row, at) for at, row in enumerate(held)),
        replied=share(len(held) // 3, max(1, len(held)), method="replied"),
        sureness="high" if len(held) > 40 else "medium",
        why_sure=f"{len(held)} reviews report it, over all 24 months.",
    )  # fmt: skip


def _in(month: str, rows: Sequence[StoredReview]) -> int:
    return len([row for row in rows if (row.posted_on or "").startswith(month)])


def _direction(gap: str, held: Sequence[StoredReview], mine: Sequence[StoredReview]) -> Direction | NotObservable:
    if gap in ("queue", "promise"):
        return NotObservable(
            reason="Too few reviews to tell: 20 in the last 6 months, 18 in the 6 before; 30 in each are needed."
        )
    now, before = share(20, 150), share(9, 150)
    low, high = newcombe(20, 150, 9, 150)
    change = Figure(value=11 / 150, unit="points", n=300, method="direction", low=low, high=high)
    if gap == "booking":
        return Direction(trend="rising", now=now, before=before, change=change, since="2026-03")
    return Direction(
        trend="falling" if gap == "fees" else "steady", now=before, before=before, change=replace(change, value=0.0)
    )


def _place(place: str, held: Sequence[StoredReview], mine: Sequence[StoredReview]) -> Place:
    here = [row for row in mine if row.location == place]
    with_gap = [row.key for row in held if row.location == place]
    return Place(location=place, share=share(len(with_gap), len(here), evidence=with_gap), reviews=len(here))


def _contrast(
    gap: str, name: str, hits: dict[str, dict[str, list[StoredReview]]], rows: Sequence[StoredReview]
) -> Contrast:
    ours, theirs = hits[US][gap], hits[name][gap]
    n, m = len(_of(rows, US)), len(_of(rows, name))
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
            id=f"{gap}-{at}", gap=gap, name=name, quote=_says(gap, at), quote_review=part[0].key,
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


def _strength(gap: str, rows: Sequence[StoredReview]) -> Strength:
    mine = [row for row in _of(rows, US) if row.rating == 5][:90]
    told = [
        replace(_statement(gap, row, at), text=f"The porter found us a taxi on morning {at}.")
        for at, row in enumerate(mine)
    ]
    return Strength(
        gap=gap,
        share=share(len(mine), 600, method="praise", evidence=[row.key for row in mine]),
        statements=tuple(told),
    )


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
