"""Whether the findings of an audit hold each thing that was planted in the sandbox: a line each, with the figures."""

from __future__ import annotations

from audits.analysis.values import Findings, Leak, NotObservable
from spiders.sandbox.truth import Truth


def rise(held: Truth, findings: Findings) -> str:
    """Found: the gap is called rising, and the month it is dated to lies within three of the planted one."""
    planted, leak = held.rise, _leak(findings, held.rise.gap)
    if leak is None or isinstance(leak.direction, NotObservable):
        return _line("rise", False, f"{planted.gap}: no direction")
    direction, month = leak.direction, planted.since[:7]
    dated = direction.since is None or abs(_number(direction.since) - _number(month)) <= 3
    shares = [_share(leak, early=True, month=month), _share(leak, early=False, month=month)]
    business = held.business(planted.business)
    real = [business.share(planted.gap, end=_before(planted.since)), business.share(planted.gap, start=planted.since)]
    return _line(
        "rise",
        direction.trend == "rising" and dated,
        f"{planted.gap} {direction.trend} since {direction.since or '–'} (planted {month}); share before and after "
        f"{shares[0]:.3f} {shares[1]:.3f}, in truth {real[0]:.3f} {real[1]:.3f}",
    )


def worse_location(held: Truth, findings: Findings) -> str:
    """Found: the location is the worst, and its interval lies above the share of every other one."""
    planted, leak = held.worse_location, _leak(findings, held.worse_location.gap)
    if leak is None or isinstance(leak.places, NotObservable):
        return _line("worse location", False, f"{planted.gap}: no locations")
    shares = {place.location: place.share for place in leak.places}
    here = shares.pop(planted.location)
    others = max(share.value for share in shares.values())
    apart = here.low is not None and here.low > others
    return _line(
        "worse location",
        here.value > others and apart,
        f"{planted.gap} {here.value:.3f} at {planted.location}, {others:.3f} at the next (planted {planted.here} and "
        f"{planted.elsewhere}){'' if apart else ', not told apart'}",
    )


def better_competitor(held: Truth, findings: Findings) -> str:
    """Found: the simultaneous interval of the difference lies above zero."""
    planted, leak = held.better_competitor, _leak(findings, held.better_competitor.gap)
    if leak is None or isinstance(leak.contrasts, NotObservable):
        return _line("better competitor", False, f"{planted.gap}: no comparison")
    contrast = next(each for each in leak.contrasts if each.competitor == planted.business)
    return _line(
        "better competitor",
        contrast.difference.low is not None and contrast.difference.low > 0,
        f"{planted.gap} ours {contrast.ours.value:.3f}, theirs {contrast.theirs.value:.3f}, difference "
        f"{contrast.difference.low:+.3f} to {contrast.difference.high:+.3f} (planted {planted.ours} {planted.theirs})",
    )


def campaign(held: Truth, findings: Findings) -> str:
    """Found: a break of flow is dated to the month in which the campaign begins, or the one after it."""
    start = _number(held.campaign.start)
    breaks = [f"{each.month} {each.kind}" for each in findings.audited.breaks]
    near = any(0 <= _number(each.month) - start <= 1 for each in findings.audited.breaks)
    return _line("campaign", near, f"breaks {', '.join(breaks) or 'none'} (planted {held.campaign.start})")


def copied_burst(held: Truth, findings: Findings) -> str:
    """Found: all copies but the first are left out."""
    copies, planted = findings.duplicates, held.copied_burst.reviews
    return _line("copied burst", copies >= planted - 1, f"{copies} copies left out of {planted} alike")


def _line(what: str, found: bool, figures: str) -> str:
    return f"{what:18} {'found' if found else 'MISSED':8} {figures}"


def _leak(findings: Findings, gap: str) -> Leak | None:
    return next((leak for leak in findings.leaks if leak.gap == gap), None)


def _share(leak: Leak, *, early: bool, month: str) -> float:
    rows = [(hits, n) for name, hits, n in leak.monthly if (name < month) == early]
    return sum(hits for hits, _ in rows) / max(sum(n for _, n in rows), 1)


def _number(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def _before(date: str) -> str:
    return f"{date[:8]}00"
