"""One business as arrays: which review holds a complaint of which gap, when, where, with how many stars.

A row is a review of the audit period, in the order of its key, so that nothing depends on the order of the input.
Extra copies are left out. A review is readable when the model found statements in it: it is then in the denominator
of every share. A review that is not readable (no text, another language) counts in rating figures only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from audits.analysis.complaints import THRESHOLD
from audits.analysis.heard import OUTSIDE, READ, Heard, is_complaint
from audits.analysis.months import UNKNOWN, month_number, months_alone, whole_months
from audits.analysis.resemblance import CASE, chances
from audits.analysis.values import GapScore, Statement
from audits.checks.duplicates import copies
from audits.store.records import StoredReview

PLAIN, PLAINLY_BAD = 0.555, 0.75
"""Confidence in its gap, and in its being a complaint, from which a statement can be told as a case: in a share errors
are few among many, but a case that is told by itself and means something else is a reason to believe none."""

Mask = NDArray[np.bool_]
NONE_KNOWN: Mapping[str, Mapping[str, str]] = {}
_HIT = [("row", np.int64), ("column", np.int64), ("severity", np.int8), ("confidence", np.float32)]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A business in the period. Arrays have one row a review; `hits`, `severity`, `confidence` one column a gap.

    What every leak asks of all reviews alike is found once.
    """

    business: str
    gaps: tuple[str, ...]
    reviews: tuple[StoredReview, ...]
    statements: Mapping[str, tuple[Statement, ...]]
    """Review key → its statements, in order of field and offset; of a competitor none are kept."""
    readable: Mask
    hits: Mask
    severity: NDArray[np.int8]
    confidence: NDArray[np.float32]
    complains: Mask
    outside: Mask
    """Columns as OUTSIDE: complaints that name no process of the business."""
    rating: NDArray[np.float64]
    """1–5, NaN where the review has none."""
    month: NDArray[np.int32]
    copies: int
    whole: tuple[int, int] | None
    """First and last month that is covered whole."""
    threshold: float = THRESHOLD
    """The probability from which a statement is a complaint."""
    doubtful: int | None = None
    """Reviews with a gap that was read with doubt and is not among the hits; None where all hits are kept."""

    @cached_property
    def by_key(self) -> Mapping[str, StoredReview]:
        """The reviews by key."""
        return {review.key: review for review in self.reviews}

    @cached_property
    def complaints(self) -> Mapping[str, tuple[Statement, ...]]:
        """Review key → its complaints, of the reviews that have any."""
        threshold = self.threshold
        bad = {key: tuple([one for one in own if is_complaint(one, threshold)]) for key, own in self.statements.items()}
        return {key: own for key, own in bad.items() if own}

    @cached_property
    def latest(self) -> str:
        """The day of the newest review, empty where none is dated."""
        return max((review.posted_on or "" for review in self.reviews), default="")

    @cached_property
    def replied(self) -> Mask:
        """Which reviews carry a reply."""
        return np.array([bool(review.reply_text) for review in self.reviews], dtype=np.bool_)

    @cached_property
    def located(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """The locations that readable reviews name, in order; for each review the number of its own, −1 for none."""
        told = [
            (review.location or "") if read else "" for review, read in zip(self.reviews, self.readable, strict=True)
        ]
        names = tuple(sorted(set(told) - {""}))
        at = {"": -1} | {name: number for number, name in enumerate(names)}
        return names, np.array([at[name] for name in told], dtype=np.int64)

    def column(self, gap: str) -> int:
        return self.gaps.index(gap)

    @cached_property
    def _keys(self) -> NDArray[np.object_]:
        return np.array([review.key for review in self.reviews], dtype=np.object_)

    def keys(self, mask: Mask) -> tuple[str, ...]:
        """The keys of the reviews where the mask holds."""
        return tuple(self._keys[mask].tolist())

    def among(self, keep: Callable[[StoredReview], bool]) -> Mask:
        """The rows of the reviews that are to be kept."""
        return np.array([keep(review) for review in self.reviews], dtype=np.bool_)

    def within(self, first: int, last: int) -> Mask:
        """Readable reviews of the months from `first` to `last`, both included."""
        return self.readable & (self.month >= first) & (self.month <= last)


def panels(
    *,
    businesses: Sequence[str],
    period: tuple[str, str],
    reviews: Iterable[StoredReview],
    said: Heard,
    copied: Mapping[str, Mapping[str, str]] = NONE_KNOWN,
) -> dict[str, Panel]:
    """A panel for each business, from all reviews of the audit in any order and what was heard in them.

    `copied` are the extra copies among the reviews of the period, of businesses of which they are known.
    """
    held: dict[str, list[StoredReview]] = defaultdict(list)
    for review in reviews:
        if in_period(review.posted_on, period):
            held[review.business].append(review)
    return {name: _panel(name, held[name], said, copied.get(name)) for name in businesses}


def plainly(panel: Panel) -> Panel:
    """The panel with those hits alone that were read plainly; the reviews that had others as well are `doubtful`."""
    hits = np.zeros_like(panel.hits)
    for row, review in enumerate(panel.reviews):
        for statement in panel.statements[review.key]:
            for score in statement.gaps:
                if is_case(statement, score):
                    hits[row, panel.column(score.gap)] = True
    hits &= panel.hits
    return replace(panel, hits=hits, doubtful=int((panel.hits & ~hits).any(axis=1).sum()))


def is_case(statement: Statement, score: GapScore) -> bool:
    """Whether a complaint of this gap was read so plainly that it can be told by itself."""
    plain = statement.complaint >= PLAINLY_BAD and score.confidence >= PLAIN
    return plain and float(chances([statement], score.gap)[0]) >= CASE


def quotable(review: StoredReview, audited: str, span: tuple[str, str]) -> bool:
    """Whether its words may be shown: of the audited business, from the days that are measured."""
    return review.business == audited and in_period(review.posted_on, span)


def in_period(posted_on: str | None, period: tuple[str, str]) -> bool:
    """An undated review cannot be placed: it counts in the shares of the whole and in no month."""
    return posted_on is None or period[0][:10] <= posted_on[:10] <= period[1][:10]


def _panel(business: str, reviews: Sequence[StoredReview], said: Heard, copied: Mapping[str, str] | None) -> Panel:
    extra = copies(reviews) if copied is None else copied
    rows = sorted((review for review in reviews if review.key not in extra), key=lambda review: review.key)
    n = len(rows)
    panel = Panel(
        business=business,
        gaps=said.gaps,
        reviews=tuple(rows),
        statements={row.key: said.of(row.key) for row in rows if said.keeps(row.key)},
        threshold=said.threshold,
        readable=np.array([row.key in said.sums for row in rows], dtype=np.bool_),
        hits=np.zeros((n, len(said.gaps)), dtype=np.bool_),
        severity=np.zeros((n, len(said.gaps)), dtype=np.int8),
        confidence=np.zeros((n, len(said.gaps)), dtype=np.float32),
        complains=np.zeros(n, dtype=np.bool_),
        outside=np.zeros((n, len(OUTSIDE)), dtype=np.bool_),
        rating=np.array([np.nan if row.rating is None else row.rating for row in rows], dtype=np.float64),
        month=np.array([month_number(row.posted_on, row.posted_precision) for row in rows], dtype=np.int32),
        copies=len(extra),
        whole=covered(rows),
    )
    _fill(panel, said)
    return panel


def covered(rows: Sequence[StoredReview]) -> tuple[int, int] | None:
    """First and last of the months that are covered whole.

    Where some dates are known to the day and others to the month ("3 days ago", "5 months ago"), both tell how far the
    reviews reach; of months alone one is not whole where the reviews were last seen before its end.
    """
    months = [month_number(row.posted_on, row.posted_precision) for row in rows]
    known = [row for row, month in zip(rows, months, strict=True) if month != UNKNOWN]
    if any(row.posted_precision != "month" for row in known):
        return whole_months(row.posted_on for row in known if row.posted_on)
    return months_alone(
        [month for month in months if month != UNKNOWN], max((row.last_seen for row in known), default="")
    )


def _fill(panel: Panel, said: Heard) -> None:
    """Enter what every review adds up to."""
    found = [said.sums.get(review.key, READ) for review in panel.reviews]
    panel.complains[:] = [one.complains for one in found]
    outside = np.array([one.outside for one in found], dtype=np.uint8)
    for at in range(len(OUTSIDE)):
        panel.outside[:, at] = outside >> at & 1
    hits = np.fromiter(((row, *hit) for row, one in enumerate(found) for hit in one.hits), dtype=_HIT)
    where = hits["row"], hits["column"]
    panel.hits[where], panel.severity[where], panel.confidence[where] = True, hits["severity"], hits["confidence"]
