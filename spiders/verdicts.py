"""The verdict of a run: exactly one, proved from what was counted and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from spiders.items import Scope, Verdict, VerdictName, Way
from spiders.settings import DRIFT_FEWEST, DRIFT_SHARE
from spiders.site import Site
from spiders.tally import MET_STORED, OUT_OF_TIME, WENT_ON, Tally


def verdict(
    tally: Tally, site: Site, *, way: Way, incremental: bool, filled_before: Mapping[str, float] | None = None
) -> Verdict:
    """Exactly one verdict, with its reason; `complete` only where it is proved."""
    scope: Scope = "incremental" if incremental else "full"
    if early := _nothing_read(tally, site.other_ways(way)):
        return Verdict(name=early[0], scope=scope, reason=early[1])
    if drifted := _drift(tally, filled_before or {}):
        return Verdict(name="drifted", scope=scope, reason=drifted)
    if tally.unique == 0:
        return _no_reviews(tally, scope)
    if capped := _capped(tally, site):
        return Verdict(name="complete", scope="capped", reason=capped)
    if short := _shortfall(tally, site, way):
        return Verdict(name="partial", scope=scope, reason=short)
    if tally.stop_reason == MET_STORED:
        return Verdict(
            name="complete", scope="incremental", reason=f"{tally.unique} reviews read up to the stored ones"
        )
    of = f" of {tally.declared_total} declared" if tally.declared_total is not None else ""
    return Verdict(name="complete", scope="full", reason=f"{tally.unique} reviews{of}, read to the last page")


def _nothing_read(tally: Tally, way_out: str) -> tuple[VerdictName, str] | None:
    if tally.pages:
        return None
    if tally.robots:
        return "blocked", f"robots: {tally.robots}. {way_out}"
    if tally.blocked:
        return "blocked", f"{tally.blocked[:1].upper()}{tally.blocked[1:]}. {way_out}"
    first = next(iter(tally.pages_failed.values()), tally.stop_reason or "no page was read")
    return "failed", tally.broken or f"No page could be read: {first}"


def _drift(tally: Tally, before: Mapping[str, float]) -> str | None:
    if tally.unique == 0 and tally.declared_total:
        return f"The site declares {tally.declared_total} reviews and the parser finds none: the page has changed."
    for name, count in tally.lacking.most_common():
        few = count < DRIFT_FEWEST and count < tally.reviews
        if count > DRIFT_SHARE * tally.reviews and not few:
            held = tally.reviews - count
            was = (
                f"it was on {before[name]:.0%} in the last complete run"
                if name in before
                else "it is on 100% otherwise"
            )
            return (
                f"The field {name!r} stands on {held} of {tally.reviews} reviews ({held / tally.reviews:.0%}); {was}: "
                "the page has changed."
            )
    return None


def _no_reviews(tally: Tally, scope: Scope) -> Verdict:
    if tally.says_empty or tally.declared_total == 0:
        return Verdict(name="empty", scope=scope, reason="The site says that there are no reviews yet.")
    return Verdict(name="drifted", scope=scope, reason="Pages were read and no review was found on them.")


def _capped(tally: Tally, site: Site) -> str | None:
    """The site shows no more, and says that there are more."""
    if site.most_shown is None or tally.stop_reason not in WENT_ON or tally.pages_failed or tally.blocked:
        return None
    if tally.unique < site.whole_share * site.most_shown or (tally.declared_total or 0) <= tally.unique:
        return None
    return f"{tally.unique} of {tally.declared_total} declared reviews: {site.title} shows no more than these."


def _shortfall(tally: Tally, site: Site, way: Way) -> str | None:
    """Why the run is partial, or None."""
    if tally.blocked:
        until = f"After {tally.pages} page(s) {tally.blocked}; {tally.unique} reviews were read until then."
        return f"{until} {site.other_ways(way)}"
    if tally.robots:
        return f"robots: {tally.robots}; {tally.unique} reviews were read until then. {site.other_ways(way)}"
    if tally.broken:
        return tally.broken
    if tally.stop_reason == OUT_OF_TIME:
        of = f" of {tally.declared_total} declared" if tally.declared_total is not None else ""
        return (
            f"{OUT_OF_TIME.capitalize()}: {tally.unique} reviews{of} read; the next run goes on where this one stopped."
        )
    if tally.pages_failed:
        return f"{tally.unique} reviews read; page(s) that could not be had: {', '.join(tally.pages_failed)}"
    if tally.stop_reason not in WENT_ON:
        return f"Stopped early: {tally.stop_reason}; {tally.unique} reviews read."
    if tally.stop_reason == MET_STORED:
        return None
    if tally.declared_total is not None:
        whole = tally.unique >= site.whole_share * tally.declared_total
        return None if whole else f"{tally.unique} of {tally.declared_total} declared reviews could be read."
    return "The site did not declare how many reviews there are." if site.declares_total else None
