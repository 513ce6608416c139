"""Invented reviews, statements and panels, in as few words as a test needs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from audits.analysis.findings import measure
from audits.analysis.heard import OUTSIDE
from audits.analysis.panel import Panel
from audits.analysis.values import Findings, GapScore, Statement
from audits.store.records import StoredReview

GAPS = ("promise", "fees", "booking", "queue", "timeliness", "conduct", "reachability", "refunds", "premises", "notice")
BUSINESS = "Alder Inn"
FAILING_APP = [
    f"{what} {does} {when}."
    for what in ("The app", "Their site", "This version")
    for does in (
        "crashes", "freezes", "logs me out", "goes blank", "shows an error", "hangs", "closes by itself",
        "loses what I typed", "stops loading", "asks me to sign in again",
    )
    for when in (
        "when I open my basket", "as soon as I pay", "on the second page", "whenever I look for an address",
        "after the last update", "each morning", "while a picture is sent", "if I turn the phone", "as I pick a date",
        "before anything is saved",
    )
]  # fmt: skip
"""Three hundred complaints of one kind, no two of which say the same."""


def review(number: int, *, business: str = BUSINESS, day: str | None = "2024-03-05", **changes: object) -> StoredReview:
    """A review with text; the number makes its key."""
    key = sha256(f"{business}/{number}".encode()).hexdigest()[:16]
    plain = StoredReview(
        key=key,
        business=business,
        listing=business,
        site="sandbox",
        location=None,
        url=None,
        rating=4.0,
        rating_raw="4",
        title=None,
        text=f"Guest {number} wrote this.",
        language="en",
        posted_on=day,
        posted_precision="day" if day else None,
        experienced_on=None,
        verified=None,
        invited=None,
        author_key=f"author-{business}-{number}",
        content_hash=key,
        weak_id=False,
        first_seen="2024-07-01",
        last_seen="2024-07-01",
        source=None,
        reply_text=None,
        reply_on=None,
    )
    return plain._replace(**changes)  # type: ignore[arg-type]  # a test names the fields that matter to it


def says(
    of: StoredReview, text: str, *gaps: str, complaint: float = 0.9, outside: str | None = None, severity: int = 1
) -> Statement:
    """A statement of a review: a complaint of the gaps, unless it says otherwise."""
    return Statement(
        review=of.key,
        content=of.content_hash,
        field="text",
        start=0,
        end=len(text),
        text=text,
        complaint=complaint,
        gaps=tuple(GapScore(gap=gap, confidence=0.8) for gap in gaps),
        outside=outside,
        severity=severity,
        model="test-1",
    )


def neutral(of: StoredReview) -> Statement:
    """What makes a review readable without a complaint in it."""
    return says(of, "We stayed two nights.", complaint=0.02, outside="neutral")


def months(first: str, count: int) -> list[str]:
    """YYYY-MM names from a month on."""
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    return [f"{(start + at) // 12:04d}-{(start + at) % 12 + 1:02d}" for at in range(count)]


def days(month: str, count: int) -> list[str]:
    """Dates spread evenly over a month, its first and last day among them."""
    length = monthrange(int(month[:4]), int(month[5:7]))[1]
    return [f"{month}-{1 + at * (length - 1) // max(1, count - 1):02d}" for at in range(count)]


def measured(
    reviews: Sequence[StoredReview],
    statements: Sequence[Statement],
    *,
    competitors: Sequence[str] = (),
    **changes: object,
) -> Findings:
    """The findings of the invented business."""
    told: dict[str, object] = {
        "slug": "alder",
        "audited": BUSINESS,
        "competitors": competitors,
        "period": ("2020-01-01", "2024-12-31"),
        "as_of": "2024-12-31",
        "gaps": GAPS,
    }
    return measure(reviews=reviews, statements=statements, **(told | changes))  # type: ignore[arg-type]


def panel(volume: Sequence[int], hits: Mapping[str, Sequence[int]], *, first: str = "2022-01") -> Panel:
    """A panel straight from monthly counts: `volume` reviews a month, of which `hits` hold the gap."""
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    month = np.repeat(np.arange(start, start + len(volume)), volume)
    n = len(month)
    table = np.zeros((n, len(GAPS)), dtype=np.bool_)
    begins = np.concatenate([[0], np.cumsum(volume)[:-1]])
    for gap, counts in hits.items():
        for begin, count in zip(begins, counts, strict=True):
            table[begin : begin + count, GAPS.index(gap)] = True
    return Panel(
        business=BUSINESS,
        gaps=GAPS,
        reviews=_rows(n),
        statements={},
        readable=np.ones(n, dtype=np.bool_),
        hits=table,
        severity=table.astype(np.int8),
        confidence=table.astype(np.float32),
        complains=table.any(axis=1),
        outside=np.zeros((n, len(OUTSIDE)), dtype=np.bool_),
        rating=np.full(n, 4.0),
        month=month.astype(np.int32),
        copies=0,
        whole=(start, start + len(volume) - 1),
    )


_ROWS: list[StoredReview] = []


def _rows(n: int) -> tuple[StoredReview, ...]:
    """The first n invented reviews, made once."""
    _ROWS.extend(review(number) for number in range(len(_ROWS), n))
    return tuple(_ROWS[:n])


def drawn(rng: np.random.Generator, volume: Sequence[int], share: float | Sequence[float]) -> NDArray[np.int64]:
    """Monthly hits drawn at a share, or at one share a month."""
    return rng.binomial(np.asarray(volume), share)
