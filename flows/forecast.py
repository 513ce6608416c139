"""Before a crawl starts it is said, for each host, how many pages it will read, at what pace, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from audits.engagement import Listing
from audits.store.store import Store
from flows.crawling import folder, full_pass_due
from flows.pending import start
from flows.plan import Plan
from spiders.guard import host_of
from spiders.items import Landing
from spiders.settings import DOWNLOAD_DELAY, OVERLAP_PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one crawl will take. `pages` is None where only the first page tells how many there are."""

    listing: str
    host: str
    full: bool
    pages: int | None
    seconds_a_page: float


def forecasts(plan: Plan, store: Store) -> tuple[Forecast, ...]:
    """One forecast for each listing that is crawled; one on this machine knows no pace and needs none."""
    return tuple(_forecast(plan, store, each) for each in plan.listings if each.way == "crawl" and not each.local)


def _forecast(plan: Plan, store: Store, listing: Listing) -> Forecast:
    now = datetime.now(UTC)
    begun = start(folder(plan, listing), now, anew=plan.full)
    full = begun.resume or full_pass_due(plan, listing, store.history(plan.name, listing.name), now.date())
    pages = _pages(begun.before, full=full, resume=begun.resume)
    host = host_of(listing.url or "")
    return Forecast(listing=listing.name, host=host, full=full, pages=pages, seconds_a_page=DOWNLOAD_DELAY)


def _pages(before: Landing | None, *, full: bool, resume: bool) -> int | None:
    """From the last landing: as many as its page size makes of the declared total."""
    if not full:
        return 1 + OVERLAP_PAGES
    if before is None or not before.pages_fetched or not before.reviews:
        return None
    size = before.reviews / before.pages_fetched
    whole = max(ceil((before.declared_total or before.reviews) / size), 1)
    return max(1, whole - before.pages_fetched) if resume else whole


def told(found: Sequence[Forecast], *, night_seconds: float) -> tuple[str, ...]:
    """A line a host: pages, seconds a page, duration, and over how many nights it is split."""
    lines = []
    for host in sorted({each.host for each in found}):
        of_host = [each for each in found if each.host == host]
        known = [each for each in of_host if each.pages is not None]
        pages = sum(each.pages or 0 for each in known)
        seconds = sum((each.pages or 0) * each.seconds_a_page for each in known)
        pace = f"at {max(each.seconds_a_page for each in of_host):g} s a page or slower, about {_long(seconds)}"
        nights = ceil(seconds / night_seconds) if night_seconds else 1
        split = f", split over {nights} nights of {_long(night_seconds)}" if nights > 1 else ""
        names = ", ".join(f"{each.listing} ({_what(each)})" for each in of_host)
        first = "" if len(known) == len(of_host) else " and as many more as the first pages tell"
        lines.append(f"{host}: {pages:,} pages{first} {pace}{split}: {names}")
    return tuple(lines)


def _what(each: Forecast) -> str:
    kind = "full pass" if each.full else "what is new"
    return f"{kind}, {each.pages:,} pages" if each.pages is not None else f"{kind}, pages not known yet"


def _long(seconds: float) -> str:
    if seconds >= 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.0f} s"
