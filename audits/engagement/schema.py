"""The shape of `engagement.toml`, one class a table; `docs/engagement.md` explains each key to its writer."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, StrictBool, StringConstraints, model_validator

from audits.catalogue import SOURCE
from audits.engagement import rules
from audits.engagement.operation import Alerts, Publishing, Retention, Schedule
from audits.engagement.strict import FilePath, Mailbox, Name, Slug, Table

Basis = Literal["client export", "official api", "public page reviewed by a person", "public data set", "sandbox"]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+", max_length=2000)]
Amount = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Business(Table):
    """The audited business."""

    name: Name
    industry: Name
    locations: tuple[Name, ...] = ()


class Competitor(Table):
    """A business that the audited one is compared with."""

    name: Name


class Listing(Table):
    """One business on one site: where its reviews are read and how."""

    name: Slug
    business: Name
    site: Slug
    way: Literal["crawl", "export", "api", "capture"]
    url: str | None = None
    address: Name | None = None
    files: tuple[FilePath, ...] = ()
    local: StrictBool = False
    location: Name | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    date_order: Literal["YMD", "DMY", "MDY"] | None = None
    scale: Amount | None = None
    where: dict[str, str] = Field(default_factory=dict)
    sheet: Name | None = None
    channel: Slug | None = None
    fetched_at: datetime | None = None
    full: StrictBool = False

    @model_validator(mode="after")
    def _source_fits_way(self) -> Listing:
        rules.source_fits_way(self)
        return self


class Period(Table):
    """The audit period; what is left out follows from `as_of`."""

    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Period:
        rules.forwards(self)
        return self


class Money(Table):
    """The client's currency and, where it may be used, a year's revenue."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    yearly_revenue: Amount | None = None


class Kpi(Table):
    """A number of the client's own that stands beside a gap."""

    name: Name
    value: Number
    unit: Name
    as_of: date


class Target(Table):
    """A level that a gap's share, or another measure, is to reach by a date."""

    gap: Slug | None = None
    measure: Slug | None = None
    value: Number
    by: date

    @model_validator(mode="after")
    def _one_aim(self) -> Target:
        rules.exactly_one(self, "gap", "measure")
        return self


class Intervention(Table):
    """Something the client changed on a date."""

    date: date
    gap: Slug | None = None
    what: Name
    location: Name | None = None


class Invitations(Table):
    """How the business invites reviews, as far as it says."""

    policy: Name
    since: date | None = None


class Branding(Table):
    """How the report is dressed."""

    name: Name | None = None
    logo: FilePath | None = None
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None


class Source(Table):
    """An entry of the source register: on which basis a site or a listing may be read."""

    site: Slug | None = None
    listing: Slug | None = None
    basis: Basis
    terms: Address | None = None
    checked: date
    storage: StrictBool
    expires: date | None = None
    by: Name | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Source:
        rules.exactly_one(self, "site", "listing")
        return self


class Override(Table):
    """What the checks hold of a listing is taken in all the same, on a person's word, until a day."""

    listing: Slug
    reason: Name
    by: Name
    expires: date


class Engagement(Table):
    """One engagement: the whole file."""

    engagement: Slug
    title: Name | None = None
    language: Name = SOURCE
    as_of: date | None = None
    confidential: StrictBool = False
    files_from: FilePath | None = None
    full_pass_days: Annotated[int, Field(ge=1, le=366)] = 28
    business: Business
    competitors: tuple[Competitor, ...] = ()
    listings: Annotated[tuple[Listing, ...], Field(min_length=1)]
    period: Period = Period()
    money: Money | None = None
    kpi: dict[Slug, Kpi] = Field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    invitations: Invitations | None = None
    branding: Branding = Branding()
    publishing: Publishing = Publishing()
    retention: Retention = Retention()
    schedule: Schedule = Schedule()
    alerts: Alerts = Alerts()
    recipients: tuple[Mailbox, ...] = ()
    sources: tuple[Source, ...] = ()
    overrides: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _known_language(self) -> Engagement:
        rules.known_language(self)
        return self

    _folder: Path = PrivateAttr(default_factory=Path)

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from: `files_from`, itself relative to the engagement file."""
        return self._folder / (self.files_from or "")

    @property
    def businesses(self) -> tuple[str, ...]:
        """The audited business first, then the competitors in the file's order."""
        return (self.business.name, *(each.name for each in self.competitors))

    def files_of(self, listing: Listing) -> tuple[Path, ...]:
        """Where a listing's export files lie on this machine."""
        return tuple(self.folder / name for name in listing.files)

    def listing(self, name: str) -> Listing:
        """The listing of that name; `KeyError` where there is none."""
        return next((each for each in self.listings if each.name == name), None) or _missing(name)


def _missing(name: str) -> Listing:
    raise KeyError(name)
