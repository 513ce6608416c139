"""What ANALYSE hands on: statements, figures with their intervals, and the findings of one audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from audits.catalogue import gettext

if TYPE_CHECKING:
    from audits.analysis.business import BusinessFindings
    from audits.analysis.measures import Measures
    from audits.analysis.told import Around

Trend = Literal["rising", "falling", "steady"]
Sureness = Literal["high", "medium", "low"]
Unit = Literal["share", "reviews a month", "stars", "points", "severity", "reviews", "days", "months"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that may be printed: its interval, what it was made from and which reviews stand behind it.

    `value`, `low`, `high` are in `unit` (a share is 0–1, points are a difference of shares, −1–1, and severity is 0–3);
    `low` and `high` bound the 95% interval, None where there is none. `n` is the denominator
    in reviews. `method` is an anchor in docs/method.md. `evidence` are review keys.
    """

    value: float
    unit: Unit
    n: int
    method: str
    low: float | None = None
    high: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotObservable:
    """Why there is no figure, in words for a client; `brief` is the same in a few words, where they exist."""

    reason: str
    brief: str | None = None


class GapScore(NamedTuple):
    """One gap that a statement was given, with a probability in 0–1."""

    gap: str
    confidence: float


class Statement(NamedTuple):
    """A sentence or clause of a review, with what the model says of it; a tuple, as an audit may hold millions.

    `start` and `end` index the stored (redacted) `field` text. `gaps` is empty where the model abstains: then
    `outside` says why (vague, outside-control, other-business, praise, neutral) where that is known.
    """

    review: str
    content: str
    """Content hash of the review version that was read: the cache key, with `model`."""
    field: Literal["title", "text"]
    start: int
    end: int
    text: str
    complaint: float
    gaps: tuple[GapScore, ...] = ()
    outside: str | None = None
    severity: int = 0
    flags: tuple[str, ...] = ()
    """Of `cues.toml`: grave (a moment of truth), handled (one that ended well), discrimination, accessibility,
    recovery; repeat-contact, handoff, channel:<phone|email|chat|app|web|branch|letter|social>; leaving, warning,
    recommends; care:<listening|interest|apology|action|extra>, and lack:<the same but extra> left undone."""
    model: str = ""
    vector: str = ""
    """What a complaint means, as `meaning` packs it; empty where the sentence model did not read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A cluster inside a gap, named by a phrase, with the reviews behind it, largest first."""

    id: str
    gap: str
    name: str
    quote: str
    """A typical statement, verbatim from the stored (redacted) text."""
    quote_review: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowBreak:
    """A month from which reviews arrive differently, so shares before and after cannot be compared."""

    month: str
    kind: Literal["volume", "invited"]
    before: float
    after: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """The last period against the one before it, in share of reviews."""

    trend: Trend
    now: Figure
    before: Figure
    change: Figure
    since: str | None = None
    """The month (YYYY-MM) from which the level changed, where one month stands out."""
    months: tuple[tuple[str, str], tuple[str, str]] | None = None
    """First and last month (YYYY-MM) of now and of before."""
    doubt: str | None = None
    """Where it is steady: which rule keeps a direction from being told, in words for a client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One gap here and at a competitor over the same window."""

    competitor: str
    ours: Figure
    theirs: Figure
    difference: Figure
    """Ours minus theirs, in points; the interval holds for all gaps and competitors that are compared at once."""
    caveat: str | None = None
    """What weakens this comparison: a break of flow inside the window at the competitor. Ours weakens all alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gap at one location. `share` is shrunk towards the other locations; `reviews` are the readable ones there."""

    location: str
    share: Figure
    reviews: int
    elsewhere: Figure | None = None
    """The share at all other named locations together, as counted."""
    stands: Literal["worse", "better"] | None = None
    """Whether this location differs from the others, told so that it holds for all places and leaks at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A gap of the audited business with everything measured about it."""

    gap: str
    share: Figure
    per_month: Figure | NotObservable
    stars: Figure | NotObservable
    severity: Figure
    direction: Direction | NotObservable
    monthly: tuple[tuple[str, int, int], ...]
    """(month, reviews with the gap, reviews), every month of the period."""
    places: tuple[Place, ...] | NotObservable
    contrasts: tuple[Contrast, ...] | NotObservable
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    """Complaint statements of this gap, most telling first: confident, short, recent."""
    surest: tuple[Statement, ...] = ()
    """Those that report it so surely that they may be shown by themselves (`resemblance`), the surest first."""
    replied: Figure | NotObservable
    sureness: Sureness
    why_sure: str
    sure_figures: str = ""
    """The figures that `why_sure` says in words."""
    visible: Figure | NotObservable = field(default_factory=lambda: NotObservable(reason=gettext("Not measured.")))
    """The smallest rise that would mostly be noticed at the present volume once it has lasted `visible_months`."""
    visible_months: int = 0
    end_visible: bool = False
    """Whether the end of the failing would mostly be noticed by then: to nought chance leaves less than upwards."""
    around: Around | None = None
    """What put it right, who reports it, which factor its words point to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """Stars lost: 5 − mean rating = sum of the parts + unexplained, to rounding."""

    shortfall: Figure
    parts: Mapping[str, Figure]
    """Gap → stars, largest first, also `vague`: reviews whose complaints name no process. A gap without is absent."""
    unexplained: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A process that customers praise: the share of reviews with praise in it."""

    gap: str
    share: Figure
    statements: tuple[Statement, ...]
    surest: tuple[Statement, ...] = ()
    """Those that praise it so surely that they may be shown by themselves, the surest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that the report may say of one audit. `thin` means under 50 reviews: cases, no ranking."""

    engagement: str
    as_of: str
    period: tuple[str, str]
    audited: BusinessFindings
    competitors: tuple[BusinessFindings, ...]
    window: tuple[str, str] | NotObservable
    """The common window over which competitors are compared."""
    thin: bool
    leaks: tuple[Leak, ...]
    """Ranked by stars associated (share where there are no stars); in thin mode in the frame's order."""
    ties: tuple[tuple[str, ...], ...]
    """Groups of neighbouring leaks whose intervals do not tell them apart."""
    decomposition: Decomposition | NotObservable
    strengths: tuple[Strength, ...]
    locations: tuple[tuple[str, int, float | None], ...]
    """(location, reviews, mean rating) of the audited business."""
    outside: Mapping[str, int]
    """Complaint reviews outside the frame: vague, outside-control, other-business; doubtful where cases are told."""
    complaints: Figure
    """Share of reviews with at least one complaint."""
    unread: Mapping[str, int]
    """Reviews that count in ratings but not in gaps: no text, or language → count."""
    replies: Figure | NotObservable
    """Share of reviews with a reply."""
    polarity: Figure | NotObservable
    """Share of reviews where TextBlob's polarity contradicts the stars: a signal, nothing is decided by it."""
    duplicates: int
    model: str
    replies_low: Figure | NotObservable = field(default_factory=lambda: NotObservable(reason=gettext("Not measured.")))
    """Share of one- and two-star reviews with a reply."""
    reply_days: Figure | NotObservable = field(default_factory=lambda: NotObservable(reason=gettext("Not measured.")))
    """Median days from review to reply, of the reviews that got one."""
    notes: tuple[str, ...] = field(default=())
    weakened: tuple[str, ...] = field(default=())
    """What weakens every comparison with competitors: breaks of flow inside the common window, ours first."""
    vague: Figure | None = None
    """Of the reviews with a complaint, the share whose complaints name no process at all."""
    measures: Measures | None = None
