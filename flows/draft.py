"""An engagement file as `telltale init` writes it, from what a person said and what their files prove."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flows.toml import table


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftListing:
    """One listing: whose reviews, of which site, by which way."""

    business: str
    site: str
    way: str
    files: tuple[str, ...] = ()
    url: str | None = None
    address: str | None = None
    local: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    scale: float | None = None
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that goes into the file."""

    business: str
    industry: str
    as_of: date | None
    basis: str
    checked: date
    listings: Sequence[DraftListing]
    start: date | None = None
    """First day of the audit period, where the usual one would hold too little."""
    why: str
    """Where the file came from, for its first line."""

    @property
    def slug(self) -> str:
        """The engagement's name."""
        return slug(self.business)

    def toml(self) -> str:
        """The text of the file."""
        rivals = dict.fromkeys(each.business for each in self.listings if each.business != self.business)
        parts = [
            f"# {self.why} docs/engagement.md explains every key.",
            table("", engagement=self.slug, as_of=self.as_of),
            table("[business]", name=self.business, industry=self.industry),
            *([table("[period]", start=self.start)] if self.start else []),
            *(table("[[competitors]]", name=name) for name in rivals),
            *(_listing(each, name) for each, name in zip(self.listings, self._names(), strict=True)),
            *(_source(site, self.basis, self.checked) for site in dict.fromkeys(each.site for each in self.listings)),
        ]
        return "\n\n".join(parts) + "\n"

    def _names(self) -> list[str]:
        """A slug for each listing: the site's for the audited business, the competitor's own for the others."""
        names: list[str] = []
        for each in self.listings:
            base = each.site if each.business == self.business else slug(each.business)
            taken = sum(name == base or name.startswith(f"{base}-") for name in names)
            names.append(f"{base}-{taken + 1}" if base in names else base)
        return names


def slug(name: str) -> str:
    """Small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "engagement"


def _listing(each: DraftListing, name: str) -> str:
    return table(
        "[[listings]]",
        name=name,
        business=each.business,
        site=each.site,
        way=each.way,
        url=each.url,
        address=each.address,
        local=each.local or None,
        files=each.files,
        columns=each.columns,
        date_order=each.date_order,
        scale=each.scale,
        where=each.where,
    )


def _source(site: str, basis: str, checked: date) -> str:
    return table("[[sources]]", site=site, basis=basis, checked=checked, storage=True)
