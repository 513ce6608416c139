"""What the engagement and earlier audits bring to the measuring: what was changed, what is aimed at, what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audits.analysis.told import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """Something the client changed on a day (ISO); without a gap it was meant for complaints in all."""

    date: str
    what: str
    gap: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A level that a gap's share (0–1) or another measure is to reach by a day (ISO)."""

    value: float
    by: str
    gap: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An earlier audit: its period (ISO dates, both included) and the shares of its leaks as they were printed then."""

    audit: str
    as_of: str
    period: tuple[str, str]
    model: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a site itself says of a listing: its average and its number of reviews."""

    listing: str
    average: float | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All of it; what an engagement does not say is empty."""

    industry: str = ""
    confidential: bool = False
    locations: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    targets: tuple[Target, ...] = ()
    last: Published | None = None
    declared: tuple[Declared, ...] = ()
    answers: tuple[Answer, ...] = ()
    """What the client said of earlier findings, oldest first."""
    currency: str | None = None
    yearly_revenue: float | None = None
    labels: tuple[tuple[str, str], ...] = ()
    """(what the model read, what a person says) of statements drawn at random."""
    theme_names: Mapping[str, str] = field(default_factory=dict)
    """Theme id → the name that a person gave it."""
    tones: Mapping[str, float] | None = None
    """Review key → TextBlob's polarity as it is recorded; None where nothing is, and it is read now."""
