"""What a file of reviews is, seen before anything is read into a store: its proposal, its businesses, its last day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.upside import fall
from spiders.dates import dated
from spiders.intake.errors import IntakeError
from spiders.intake.proposal import Proposal, read
from spiders.intake.table import Table, table
from spiders.sites import all_sites

CAPTURES = (".har", ".warc", ".gz", ".wacz", ".html", ".htm", ".mhtml", ".mht")
"""Endings of saved pages; everything else is read as a table first."""

_ADDRESSES = 20
_FALL = "the kinder the words are, the lower its mark: its best mark seems to be the lowest, and high is read as good"
_RATING = 'Say in the listing which column it is, or that there is none: columns = { rating = "none" }'


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One export: how it would be read, business → rows where a column names it, and where its reviews stand."""

    proposal: Proposal
    business_column: str | None
    businesses: Mapping[str, int]
    months: Mapping[tuple[str, str], int]
    """(business, month) → reviews; the business is "" where no column names it."""
    last_day: str | None
    site: str | None


def seen(path: Path, *, columns: Mapping[str, str], date_order: str | None = None, scale: float | None = None) -> Seen:
    """Look through an export; raises `IntakeError` where the file does not tell and nothing was given."""
    held = table(path)
    proposal = read(held, given=columns, date_order=date_order, scale=scale)
    fields = proposal.columns.fields
    if "rating" in fields and "rating" not in columns and fall(held, proposal):
        raise IntakeError(held.path, _FALL, column=fields["rating"], next_step=_RATING)
    at = {name: held.header.index(column) for name, column in fields.items()}
    counted, months, last_day, addresses = _counted(held, at, proposal)
    sites = Counter(site for url in addresses if (site := site_of(url)))
    return Seen(
        proposal=proposal,
        business_column=fields.get("business"),
        businesses=dict(counted.most_common()),
        months=dict(months),
        last_day=last_day,
        site=sites.most_common(1)[0][0] if sites else None,
    )


def _counted(
    held: Table, at: Mapping[str, int], proposal: Proposal
) -> tuple[Counter[str], Counter[tuple[str, str]], str | None, list[str]]:
    counted, months = Counter[str](), Counter[tuple[str, str]]()
    addresses, last = list[str](), ""
    order = proposal.date_orders.get("posted")
    for row in held.rows():
        if row.problem is not None:
            continue
        name = row.cells[at["business"]].strip() if "business" in at else ""
        counted.update([name] if name else [])
        day = dated(row.cells[at["posted"]], order=order)[0].on if "posted" in at else None
        if day is not None:
            months[name, day[:7]] += 1
            last = max(last, day)
        if "url" in at and len(addresses) < _ADDRESSES and row.cells[at["url"]].strip():
            addresses.append(row.cells[at["url"]].strip())
    return counted, months, last or None, addresses


def site_of(url: str) -> str | None:
    """The site at whose home an address is."""
    return next((name for name, each in all_sites().items() if each.at_home(url)), None)
