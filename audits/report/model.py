"""The report as one frozen value: every number, quote and chart datum that is printed; a rendering computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from audits.analysis.values import NotObservable, Sureness, Trend
from audits.report.chapter import Chapter
from audits.report.cover import Cover, SourceLine
from audits.report.parts import EvidenceSet, LeakPage, Number, ReviewLine, StrengthLine
from audits.report.told import (
    Action,
    Asking,
    Beside,
    Heat,
    Light,
    Moments,
    Monday,
    Move,
    ReplyExample,
    VoiceLine,
    YearOfStars,
)

SCHEMA = "telltale-report/1"
Kind = Literal["gap", "others", "unexplained"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a sentence; a number among them leads to its evidence set."""

    text: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """What an owner reads in a minute. `leaks` are slugs of pages, at most three, a process among them if any is."""

    headline: str
    verdict: tuple[Piece, ...]
    """The headline, its numbers with their evidence."""
    lead: tuple[tuple[Piece, ...], ...]
    moves: tuple[Move, ...]
    """Up to two leaks that rise, then up to two that fall, whatever their size."""
    based_on: tuple[str, ...]
    leaks: tuple[str, ...]
    ties: tuple[str, ...]
    strength: StrengthLine | NotObservable
    sureness: Sureness
    reasons: tuple[str, ...]
    mondays: tuple[Monday, ...]
    graves: tuple[Piece, ...]
    """How many grave cases are reported, how many without a public reply, and the newest."""
    misread: str | None
    """The range of the first leak's share that holds misreading too, where it is told."""
    light: Light | NotObservable
    unexplained: str | None
    vague: bool
    """Whether so many complaints name no process that the first page says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A gap on the leak map: `weight` (stars associated, else share; never negative) sets its size, `row` its place."""

    gap: str
    title: str
    stage: str
    row: int
    weight: float
    share: Number
    stars: Number | None
    trend: Trend | None
    ranked: bool
    """Whether it is a leak; a gap with too few reviews to rank stands in the table and not on the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of the Pareto. `so_far` is the share of the whole shortfall that this bar and those before it make up."""

    label: str
    stars: Number
    so_far: float
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto:
    """The stars missing to five, in parts that sum to the whole."""

    shortfall: Number
    bars: tuple[Bar, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessLine:
    """A business in the comparison: its rating and its share of the top leaks, in the order of the first page."""

    business: str
    ours: bool
    reviews: int
    first: str | None
    last: str | None
    rating: Number | NotObservable
    shares: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingMonth:
    month: str
    reviews: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A month from which reviews arrive differently, in words."""

    month: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The audited business's rating and how its reviews arrive."""

    rating: Number | NotObservable
    stars: tuple[tuple[int, int], ...]
    months: tuple[RatingMonth, ...]
    breaks: tuple[Break, ...]
    locations: tuple[tuple[str, int, float | None], ...]
    locations_rest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A named line of text: a method, a limit, a word of the glossary."""

    name: str
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A named count, with its evidence set where there is one."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCheck:
    """How many of the statements of a leak, drawn at random, a person found to be read rightly."""

    gap: str
    title: str
    right: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Who approved or recalled the report, on which day, and why it was recalled."""

    who: str
    on: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One audit's report. `as_of` is the latest fetch among its landings: the value holds no wall clock."""

    schema: str
    version: str
    frame: str
    model: str
    cover: Cover
    as_of: str
    period: tuple[str, str]
    thin: bool
    state: Literal["draft", "approved", "withdrawn"] = "draft"
    release: Release | None = None
    checks: tuple[HandCheck, ...] = ()
    """Empty in an approved report: nobody checked the reading by hand, and the report says so."""
    first_page: FirstPage
    stages: Mapping[str, str]
    moments: Moments | NotObservable
    actions: tuple[Action, ...] | NotObservable
    points: tuple[MapPoint, ...] | NotObservable
    pareto: Pareto | NotObservable
    leaks: tuple[LeakPage, ...]
    minor: tuple[LeakPage, ...]
    """Leaks beyond those that have a page: a line each."""
    window: tuple[str, str] | NotObservable
    heat: Heat | NotObservable
    beside: tuple[Beside, ...] | NotObservable
    years: tuple[YearOfStars, ...]
    examples: tuple[ReplyExample, ...]
    asking: tuple[Asking, ...]
    businesses: tuple[BusinessLine, ...]
    weakened: tuple[str, ...]
    """What weakens every comparison with competitors."""
    rating: Rating
    complaints: Number
    vague: Number | None
    """Of the reviews with a complaint, those that name no process."""
    vague_cases: Number | None
    replies: Number | NotObservable
    replies_low: Number | NotObservable
    """Answered among reviews of one and two stars."""
    reply_days: Number | NotObservable
    polarity: Number | NotObservable
    strengths: tuple[StrengthLine, ...]
    chapters: tuple[Chapter, ...]
    """Progress, care, capture, value, hand-offs; none in a reading of cases."""
    voices: tuple[VoiceLine, ...]
    signalled: tuple[Counted, ...]
    """Reviews that a signal of authenticity points to, by signal; none of them is a verdict."""
    sources: tuple[SourceLine, ...]
    counts: tuple[Counted, ...]
    outside: tuple[Counted, ...]
    notes: tuple[str, ...]
    methods: tuple[Line, ...]
    limits: tuple[Line, ...]
    glossary: tuple[Line, ...]
    evidence: tuple[EvidenceSet, ...]
    reviews: tuple[ReviewLine, ...]

    @property
    def dated(self) -> bool:
        """Whether any review of the audited business tells its day."""
        return any(line.first for line in self.businesses if line.ours)
