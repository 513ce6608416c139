"""What is told beside figures: single cases and replies, what stands around a leak, and what the client said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from audits.analysis.values import Figure, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the client said of a finding of an earlier audit; `on` is the day on which it was put right, if it was."""

    audit: str
    gap: str
    says: Literal["agree", "dispute", "fixed"]
    on: str | None
    comment: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One review with a grave case (`kinds`), told by one statement; `righted`: its author says it was put right."""

    review: str
    kinds: tuple[str, ...]
    statement: Statement
    righted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One reply to a review with a complaint, and what it does."""

    review: str
    text: str
    does: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorSign:
    """How many statements of a leak point to a factor, and the rule that fired most: an inference from words."""

    factor: str
    statements: int
    of: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a leak."""

    recovered: Figure
    """Of the reviews with the gap, those that say that it was put right."""
    factors: tuple[FactorSign, ...]
    segments: tuple[tuple[str, str, Figure], ...]
    """(attribute, value, share), where the data has attributes of most reviews."""
    without_signalled: Figure | None
    """The share without the reviews that a signal of authenticity points to, where there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice that is no customer's review: how much of it is held, and what it reports most."""

    name: str
    held: int
    first: str | None
    last: str | None
    keys: tuple[str, ...]
    gaps: tuple[tuple[str, Figure], ...]
