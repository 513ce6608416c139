"""What a report is told from outside: for whom it is, and how each listing was read."""

from __future__ import annotations

from dataclasses import dataclass

from audits.catalogue import SOURCE

REPLY_DAYS = "reply-days"
"""The measure of a target that is held against the time to a reply, in the chapter on care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNumber:
    """A number of the client's own beside a gap, as the engagement file gives it; `as_of` is an ISO day."""

    gap: str
    name: str
    value: float
    unit: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """For whom the report is, in plain values: what the engagement file says of it."""

    engagement: str
    business: str
    industry: str = ""
    title: str = "Review audit"
    language: str = SOURCE
    """The language of the report, one of `catalogue.languages()`."""
    currency: str | None = None
    confidential: bool = False
    brand_name: str | None = None
    brand_colour: str | None = None
    """`#rrggbb`; anything else is left out."""
    logo: str | None = None
    """A small PNG or JPEG as a `data:` address, from `logo.embedded`; anything else is left out."""
    kpis: tuple[OwnNumber, ...] = ()
    reply_days: float | None = None
    """Days within which the client means to answer a review, where the engagement says it."""
    reply_by: str | None = None
    """The ISO day by which."""

    @property
    def heading(self) -> str:
        """Business and title, the business once."""
        return self.title if self.title.startswith(self.business) else f"{self.business}: {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One listing: how it was read and how that ended. `refused` means nothing was read; `reason` says why."""

    listing: str
    business: str
    site: str
    way: str
    verdict: str
    reason: str
    scope: str = ""
    as_of: str | None = None
    reviews: int = 0
    rejects: int = 0
    quarantined: int = 0
    declared_total: int | None = None
    basis: str = ""
    held: bool = False
    refused: bool = False
    hosts: tuple[str, ...] = ()
    """Hosts on which the site shows its reviews: only links to them are made clickable in a workbook."""
    grade: str | None = None
    """A–D: how far its evidence carries, with the reasons in words."""
    grade_reasons: tuple[str, ...] = ()
    asking: str = "unknown"
    """The site's own rule on asking for reviews, as of `facts_as_of`."""
    asking_link: str = ""
    facts_as_of: str = "unknown"
    mean: str = "unknown"
    """How the site makes the rating it shows."""
    not_shown: str = "unknown"

    @property
    def assessed(self) -> bool:
        """Whether reviews of this listing went into the report."""
        return not self.refused and not self.held and self.verdict in ("complete", "partial", "empty")
