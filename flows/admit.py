"""Each landing has passed the gate or been stopped; what passed is in the store, and a line a listing says how."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from prefect import task
from prefect.cache_policies import NO_CACHE

from audits.analysis.aggregate import told
from audits.catalogue import gettext, speaking
from audits.catalogue.forms import day
from audits.checks import reasons
from audits.engagement import Listing
from audits.report.cover import SourceLine
from audits.report.retold import retold
from audits.store.ingest import READABLE, Ingested
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.collect import LandingError, verified
from flows.console import Stage
from flows.counted import AGGREGATE
from flows.erase import again
from flows.grading import with_grade
from flows.override import overridden
from flows.plan import Plan, today
from spiders.facts import facts
from spiders.items import Landing, Verdict
from spiders.landing import read_reviews
from spiders.sites import all_sites

NOTHING_NEW = Ingested(taken=False)
MANY = 10_000
"""New reviews of a listing from which a look for cycles is worth its while, before all that is held is loaded."""


@task(name="check", cache_policy=NO_CACHE)
def admitted(
    plan: Plan,
    store: Store,
    landings: Sequence[Landing],
    failed: Mapping[str, str],
    said: Stage,
    begin: Callable[[Sequence[str], Sequence[SourceLine]], None] | None = None,
) -> tuple[tuple[SourceLine, ...], list[StoredReview]]:
    """Check and ingest every landing; one line a listing of the engagement, the refused and the broken ones too.

    With the lines come the reviews that are now held of all listings. `begin` is called with the keys of new and edited
    reviews, as far as they are named, and the lines as far as they are known, before all are loaded.
    """
    by_listing = {landing.listing: landing for landing in landings}
    lines, new, edited = [], 0, 0
    changed: list[str] = []
    for done, listing in enumerate(plan.engagement.listings, start=1):
        landing = by_listing.get(listing.name)
        if landing is None:
            lines.append(_absent(plan, listing, failed))
            continue
        line, counts = taken_in(plan, store, listing, landing)
        lines.append(line)
        new, edited = new + counts.new, edited + counts.edited
        changed += counts.keys
        if counts.new >= MANY:
            gc.collect()
        said.progress(done, len(plan.engagement.listings))
    if changed and begin:
        begin(changed, lines)
    held: defaultdict[str, list[StoredReview]] = defaultdict(list)
    reviews = store.reviews(plan.name)
    for review in reviews:
        held[review.listing].append(review)
    # An incremental landing is only what is new: what is held counts.
    with speaking(plan.engagement.language):
        lines = [replace(line, reason=retold(line.reason)) for line in lines]
        lines = [
            _with_rules(with_grade(store, plan.name, line, by_listing.get(line.listing), held[line.listing]))
            for line in lines
        ]
    taken = sum(line.assessed for line in lines)
    said.counted = f"{taken} of {len(lines)} listings let through, {new:,} new and {edited:,} edited reviews"
    return tuple(lines), reviews


def _with_rules(line: SourceLine) -> SourceLine:
    """The line with what the site itself says on asking, on its rating and on what it does not show."""
    known = facts(line.site)
    return replace(
        line,
        asking=known.asking,
        asking_link=known.asking_link if known.asking_link.startswith("https://") else "",
        facts_as_of=known.as_of,
        mean=known.mean,
        not_shown=known.not_shown,
    )


def _absent(plan: Plan, listing: Listing, failed: Mapping[str, str]) -> SourceLine:
    refused = plan.refused.get(listing.name)
    return SourceLine(
        listing=listing.name,
        business=listing.business,
        site=listing.site,
        way=listing.way,
        verdict="failed",
        reason=refused or failed.get(listing.name, reasons.NOT_COLLECTED()),
        basis=_basis(plan, listing),
        refused=refused is not None,
    )


def taken_in(plan: Plan, store: Store, listing: Listing, landed: Landing) -> tuple[SourceLine, Ingested]:
    """One landing checked and ingested: its line, and which reviews were new and edited."""
    from audits.checks import check, marks

    if not landed.storage:
        return _only_counted(plan, store, listing, landed), NOTHING_NEW
    past = store.history(plan.name, listing.name)
    if landed.way in ("export", "capture") and any(run.landing == landed.id for run in past):
        ended = store.run(plan.name, landed.id).verdict  # the same bytes were checked and taken in before
        return _line(plan, store, listing, landed, ended), NOTHING_NEW
    try:
        landing = again(plan, store, verified(plan, landed))
    except LandingError as broken:
        return _absent(plan, listing, {listing.name: str(broken)}), NOTHING_NEW
    rows = store.stage(landing, read_reviews(plan.settings.home / landing.path), marks)
    checked = check(landing, rows, past, always_present=_always_present(listing), by=today())
    gate = overridden(plan.engagement, listing.name, checked, today())
    if checked.held and not gate.held:
        let = {"listing": listing.name, "landing": landing.id}
        store.log(plan.name, "override", at=today().isoformat(), detail=let)
    counts = store.ingest(landing, gate)
    return _line(plan, store, listing, landing, gate.verdict), counts


def _only_counted(plan: Plan, store: Store, listing: Listing, landing: Landing) -> SourceLine:
    """The line of a listing that was read in memory: what its counts say, unless its reading ended otherwise."""
    ended = landing.verdict
    if ended.name in READABLE and not ended.held:
        with speaking(plan.engagement.language):
            counts = told(store.aggregate(plan.name, listing.name))
        ended = replace(ended, reason=f"{counts} {ended.reason}")
        return replace(_line(plan, store, listing, landing, ended), verdict=AGGREGATE)
    return _line(plan, store, listing, landing, ended)


def _always_present(listing: Listing) -> tuple[str, ...]:
    """The fields that the site says every review has; an export promises none."""
    return all_sites()[listing.site].always_present if listing.way != "export" else ()


def _line(plan: Plan, store: Store, listing: Listing, landing: Landing, verdict: Verdict | None = None) -> SourceLine:
    ended = verdict or landing.verdict
    return SourceLine(
        listing=listing.name,
        business=listing.business,
        site=listing.site,
        way=landing.way,
        verdict=ended.name,
        reason=ended.reason,
        scope=ended.scope,
        as_of=landing.as_of,
        reviews=landing.reviews,
        rejects=landing.rejects,
        quarantined=sum(store.quarantined(plan.name).get(landing.id, {}).values()),
        declared_total=landing.declared_total,
        basis=_basis(plan, listing),
        held=ended.held,
        hosts=_hosts(listing),
    )


def _hosts(listing: Listing) -> tuple[str, ...]:
    """Where the site shows its reviews: as the site declares, and the listing's own address."""
    known = all_sites().get(listing.site)
    own = urlsplit(listing.url or "").hostname
    return tuple(dict.fromkeys([*(known.hosts if known else ()), *([own] if own else [])]))


def _basis(plan: Plan, listing: Listing) -> str:
    """What the source register says of the listing, or of its site."""
    for subject, name in (("listing", listing.name), ("site", listing.site)):
        for source in plan.engagement.sources:
            if getattr(source, subject) == name:
                with speaking(plan.engagement.language):
                    basis, checked = gettext(source.basis), day(source.checked.isoformat())
                    return gettext("%(basis)s, checked %(day)s", basis=basis, day=checked)
    return ""
