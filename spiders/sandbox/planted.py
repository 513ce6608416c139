"""The shapes of what is planted in the sandbox: everything an audit of it should find, and what it should not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One invented business before any review of it is written. Rates are shares of its reviews, 0–1."""

    slug: str
    name: str
    industry: str
    reviews: int
    locations: Mapping[str, float] = field(default_factory=dict)
    """Location name → share of the reviews; empty where the business has one place."""
    complaints: Mapping[str, float] = field(default_factory=dict)
    """Gap → base share of reviews that complain of it."""
    praise: Mapping[str, float] = field(default_factory=dict)
    """Gap → relative weight among praise."""
    replies: tuple[float, float] = (0.5, 0.25)
    """Share of reviews answered: of those with 1–3 stars, of those with 4–5."""
    boilerplate: float = 0.6
    """Share of the replies that come from the stock."""
    invited: float = 0.12
    foreign: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """A gap that becomes more frequent at one business from a date on."""

    business: str
    gap: str
    since: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorseLocation:
    """One location of a business where one gap is far more frequent than at the others."""

    business: str
    location: str
    gap: str
    here: float
    elsewhere: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterCompetitor:
    """A competitor with fewer complaints of one gap than the audited business."""

    business: str
    gap: str
    theirs: float
    ours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign of invited five-star reviews: more reviews, not a better process. Dates are inclusive."""

    business: str
    start: str
    end: str
    reviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedBurst:
    """The same praise posted under many names within days. Dates are inclusive."""

    business: str
    start: str
    end: str
    reviews: int
