"""The verdict of a run: exactly one, proved from what was counted and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from spiders import reasons
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
        return Verdict(name="complete", scope="incremental", reason=reasons.READ_TO_THE_STORED(n=tally.unique))
    return Verdict(name="complete", scope="full", reason=_whole(tally))


def _whole(tally: Tally) -> str:
    if tally.declared_total is None:
        return reasons.READ_TO_THE_END(n=tally.unique)
    return reasons.READ_OF_DECLARED(n=tally.unique, total=tally.declared_total)


def _nothing_read(tally: Tally, way_out: str) -> tuple[VerdictName, str] | None:
    if tally.pages:
        return None
    if tally.robots:
        return "blocked", f"{reasons.ROBOTS(what=tally.robots)} {way_out}"
    if tally.blocked:
        return "blocked", f"{reasons.KEPT_OUT(what=tally.blocked)} {way_out}"
    first = next(iter(tally.pages_failed.values()), tally.stop_reason or reasons.NO_PAGE_READ())
    return "failed", tally.broken or reasons.NO_PAGE(what=first.rstrip("."))


def _drift(tally: Tally, before: Mapping[str, float]) -> str | None:
    if tally.unique == 0 and tally.declared_total:
        return reasons.NONE_OF_DECLARED(total=tally.declared_total)
    for name, count in tally.lacking.most_common():
        few = count < DRIFT_FEWEST and count < tally.reviews
        if count > DRIFT_SHARE * tally.reviews and not few:
            held = tally.reviews - count
            told = {"field": repr(name), "held": held, "n": tally.reviews, "part": f"{held / tally.reviews:.0%}"}
            return (
                reasons.FIELD_GONE(**told, before=f"{before[name]:.0%}")
                if name in before
                else reasons.FIELD_LACKING(**told)
            )
    return None


def _no_reviews(tally: Tally, scope: Scope) -> Verdict:
    if tally.says_empty or tally.declared_total == 0:
        return Verdict(name="empty", scope=scope, reason=reasons.SAYS_EMPTY())
    return Verdict(name="drifted", scope=scope, reason=reasons.NOTHING_FOUND())


def _capped(tally: Tally, site: Site) -> str | None:
    """The site shows no more, and says that there are more."""
    if site.most_shown is None or tally.stop_reason not in WENT_ON or tally.pages_failed or tally.blocked:
        return None
    if tally.unique < site.whole_share * site.most_shown or (tally.declared_total or 0) <= tally.unique:
        return None
    return reasons.CAPPED(n=tally.unique, total=tally.declared_total or 0, site=site.title)


def _shortfall(tally: Tally, site: Site, way: Way) -> str | None:
    """Why the run is partial, or None."""
    if tally.blocked:
        until = reasons.THEN_KEPT_OUT(pages=tally.pages, what=tally.blocked, n=tally.unique)
        return f"{until} {site.other_ways(way)}"
    if tally.robots:
        return f"{reasons.THEN_ROBOTS(what=tally.robots, n=tally.unique)} {site.other_ways(way)}"
    if tally.broken:
        return tally.broken
    if tally.stop_reason == OUT_OF_TIME:
        return _in_time(tally)
    if tally.shared > DRIFT_SHARE * tally.reviews:
        return reasons.IDS_SHARED(n=tally.unique, shared=tally.shared)
    if tally.pages_failed:
        return reasons.PAGES_LOST(n=tally.unique, urls=", ".join(tally.pages_failed))
    if tally.stop_reason not in WENT_ON:
        return reasons.STOPPED(what=tally.stop_reason, n=tally.unique)
    if tally.stop_reason == MET_STORED:
        return None
    if tally.declared_total is not None:
        whole = tally.unique >= site.whole_share * tally.declared_total
        return None if whole else reasons.SHORT(n=tally.unique, total=tally.declared_total)
    return reasons.UNDECLARED() if site.declares_total else None


def _in_time(tally: Tally) -> str:
    if tally.declared_total is None:
        return reasons.TIME_USED_UP(n=tally.unique)
    return reasons.TIME_USED_UP_OF(n=tally.unique, total=tally.declared_total)
