"""The parts of a report: printed numbers with their evidence, quotes, comparisons, and the page of a leak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audits.analysis.values import NotObservable, Sureness, Trend, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A `Figure` whose evidence is held elsewhere: `evidence` is the id of a set, None where there is none."""

    value: float
    unit: Unit
    n: int
    method: str
    low: float | None = None
    high: float | None = None
    evidence: str | None = None


def counted(share: Number) -> Number:
    """A share's reviews as a count, for a reading of cases."""
    return replace(share, value=round(share.value * share.n), unit="reviews", low=None, high=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSet:
    """The reviews behind one or more numbers, by key, sorted; `labels` says which numbers of which `subject`."""

    id: str
    subject: str
    labels: tuple[str, ...]
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review as the annex names it: no text and no author."""

    key: str
    business: str
    site: str
    location: str | None
    posted_on: str | None
    precision: str | None
    stars: float | None
    link: str | None
    row: str | None = None
    """Its row in the export it was read from, where the source is a file."""
    seal: str = ""
    """Of the version that was counted: `telltale verify` finds it in the store, or says that it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """At most 25 words of a review, verbatim from the redacted text; `link` is http(s) or None."""

    text: str
    review: str
    stars: float | None
    posted_on: str | None
    precision: str | None
    site: str
    link: str | None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A statement that was read as this leak, for the consultant's workbook: at most 25 words, dated and linked."""

    text: str
    review: str
    confidence: float
    severity: int
    stars: float | None
    posted_on: str | None
    precision: str | None
    site: str
    location: str | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a leak moves: the sentence always, the trend and the numbers where they can be told."""

    sentence: str
    brief: str
    """The same in a few words without numbers, for the first page and for tables."""
    tail: str = ""
    """What follows the numbers, where a difference that is printed is not one that can be told."""
    trend: Trend | None = None
    now: Number | None = None
    before: Number | None = None
    change: Number | None = None
    since: str | None = None
    when: str = ""
    """The months of `now`, in words."""
    lately: str = ""
    earlier: str = ""
    """How far the months of `now` and of `before` reach, in a few words for the first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """A theme inside a leak with its count of reviews; no quote where the engagement is confidential."""

    name: str
    reviews: Number
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One share in a comparison: a location or a business. `difference` is ours minus this row."""

    name: str
    share: Number
    reviews: int
    ours: bool = False
    difference: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The location that stands out most, against all others together; `also` are others that do."""

    name: str
    worse: bool
    share: Number
    elsewhere: Number
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShare:
    """One month of a leak; share and interval are None in a month without reviews."""

    month: str
    hits: int
    reviews: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """What a leak would be at the competitors' median. Arithmetic over the same months, not a forecast."""

    median: Number
    fewer: Number
    """Reviews a month that would not report it."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A leak among the reviews of one group of customers that the data knows."""

    attribute: str
    value: str
    share: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakPage:
    """Everything that is printed of one leak. In thin mode `share` counts cases and `stars` is not observable."""

    gap: str
    rank: int
    """From 1, in the order of all leaks."""
    code: str
    title: str
    stage: str
    failed: str
    alias: str | None
    owner: str
    factor: str
    kpi: str
    fix: str
    share: Number
    cases: Number
    """The same reviews as a count, for a reading of cases."""
    per_month: Number | NotObservable
    stars: Number | NotObservable
    severity: Number
    course: Course
    months: tuple[MonthShare, ...]
    places: tuple[Row, ...] | NotObservable
    places_rest: str | None
    """The locations that have no line, in a sentence."""
    spot: Spot | None
    contrasts: tuple[Row, ...] | NotObservable
    contrast_words: str | None
    contrast_brief: str | None
    """Which competitors are clearly better or worse, for the first page."""
    contrast_caution: str | None
    praised: Number | None
    """Counter-evidence: reviews that praise the same process."""
    recovered: Number | None
    """Counter-evidence: of the reviews with it, those that say that it was put right."""
    without_signalled: Number | None
    """The share without the reviews that a signal of authenticity points to."""
    arithmetic: Arithmetic | NotObservable
    factor_words: str
    """The factor that the words point to, with how many and by which rule; an inference, and labelled so."""
    segments: tuple[Segment, ...]
    themes: tuple[ThemeLine, ...]
    quotes: tuple[Quote, ...]
    statements: tuple[StatementLine, ...]
    """The surest statements read as this leak; none where the engagement is confidential."""
    replied: Number | NotObservable
    sureness: Sureness
    why_sure: str
    sure_figures: str
    playbook: Mapping[str, str]
    """first, next, structural."""
    records: Mapping[str, str]
    """pull, confirm, refute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthLine:
    """A process that customers praise."""

    gap: str
    title: str
    stage: str
    share: Number
    cases: Number
    """The same reviews as a count, for a reading of cases."""
    quotes: tuple[Quote, ...]
