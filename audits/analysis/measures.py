"""What an audit measures beside its leaks: progress, care, capture, value and hand-offs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from audits.analysis.told import Answer, Example, Moment, Voice
from audits.analysis.values import Figure, NotObservable

Verdict = Literal["worked", "cannot tell", "worse"]
Reach = Literal["reached", "not reached", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One figure under its name, with what a reader must know beside it."""

    name: str
    figure: Figure | NotObservable
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What went before and after a day: an intervention, or the end of the last audit's period."""

    what: str
    date: str
    gap: str | None
    """None: all complaints."""
    location: str | None
    before: Figure
    after: Figure
    change: Figure
    """After minus before, in points."""
    others: Figure | NotObservable
    """The same change at the competitors together; why they are not held against us."""
    effect: Figure
    """The change beyond that of the others, else the plain change; its interval holds for all steps at once."""
    visible: Figure
    """The smallest effect that would mostly have been seen at this volume."""
    months: tuple[tuple[str, str], tuple[str, str]]
    """First and last month (YYYY-MM) of before and of after."""
    verdict: Verdict
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A step of which nothing is said, and why."""

    what: str
    date: str
    gap: str | None
    location: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A target and where the measure stands; `reach` is told from the interval."""

    name: str
    gap: str | None
    target: Figure
    by: str
    now: Figure | NotObservable
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A share that an earlier audit printed, and the same period measured again today."""

    gap: str
    printed: float
    now: Figure
    restated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Against dated interventions and targets, and against the last audit."""

    interventions: tuple[Step | Silent, ...]
    targets: tuple[Aim, ...]
    last: str | None
    """The day that the last audit spoke of."""
    since: tuple[Step, ...] | NotObservable
    """Every gap, the time since the last audit's period against that period."""
    restated: tuple[Restated, ...]
    why_restated: str
    answers: tuple[Answer, ...] = ()
    """What the client said of earlier findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Replies of one group of reviews: rate, and the days after which half and nine in ten had one."""

    name: str
    reviews: int
    rate: Figure | NotObservable
    median: Figure | NotObservable
    p90: Figure | NotObservable


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Replies that are near copies of one another: one of them as it stands, and on how many reviews."""

    example: str
    replies: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Whether customers are answered, what the answers do, and care in the experience itself."""

    confidential: bool
    overall: Answered
    by_stars: tuple[Answered, ...]
    by_gap: tuple[Answered, ...]
    by_location: tuple[Answered, ...]
    by_business: tuple[Answered, ...]
    months: tuple[tuple[str, int, int, int], ...]
    """(month, reviews posted, of those answered by now, replies written in the month)."""
    undated: int
    """Replies whose time is not known: no date, or older than the review."""
    acts: tuple[Named, ...] | NotObservable
    """What replies to reviews with a complaint do, as shares of them."""
    good: Figure | NotObservable
    boilerplate: Figure | NotObservable
    families: tuple[Family, ...]
    felt: tuple[Named, ...]
    """Care in the experience, from praise and from complaint, as shares of reviews."""
    best: Example | None = None
    worst: Example | None = None
    """The reply that does most and the one that does least; none where the trade is confidential."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """What brings one listing's plain mean to a rating: five-star reviews, or months of the present flow."""

    listing: str
    site: str
    target: float
    ours: Figure
    site_average: float | None
    site_total: int | None
    five_stars: Figure | NotObservable
    months: Figure | NotObservable
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Whether happy customers are heard: shape, flow, invited and organic, what reaches a target, who is silent."""

    shape: str
    stars: tuple[Named, ...]
    flow: tuple[Named, ...]
    asked: tuple[Named, ...] | NotObservable
    reaching: tuple[Reaching, ...]
    unheard: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Customers who say that they leave or warn, moments of truth, and revenue only where a study fits."""

    voices: tuple[Named, ...]
    moments: tuple[Named, ...]
    """Grave cases by kind, as counts of reviews."""
    outcomes: tuple[Named, ...]
    """How the grave cases went: put right, badly, unanswered."""
    revenue: Figure | NotObservable
    revenue_says: str
    studies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """A leak's figures as they are read, with ranges that hold chance and misreading as people found it elsewhere."""

    gap: str
    share: Figure
    stars: Figure | NotObservable
    change: Figure | NotObservable


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All of it for one audit."""

    progress: Progress
    care: Care | NotObservable
    capture: Capture | NotObservable
    value: Value | NotObservable
    handoffs: tuple[Named, ...] | NotObservable
    moments: tuple[Moment, ...] = ()
    """Grave cases one by one, newest first, also in a reading of cases."""
    handled: tuple[Moment, ...] = ()
    """Those that were handled well."""
    signalled: Mapping[str, int] = field(default_factory=dict)
    """Signal of authenticity → reviews of the period that it points to, and `any` where there are several signals."""
    voices: tuple[Voice, ...] = ()
    """Employees, mails, tickets: panels of their own."""
    emerging: tuple[Named, ...] = ()
    """Matters in complaints that no gap takes."""
    read: Mapping[str, Figure] | None = None
    """Gap → share corrected by a person's labels of a random sample, where there are enough."""
    misread: tuple[Misread, ...] = ()
    """Where there are not: how far each leak may be misread, in its order."""
