"""Whether happy customers are heard: how stars are spread, how reviews come, and what would reach a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np

from audits.analysis.given import Declared, Given
from audits.analysis.intervals import percentiles, poisson, resamples, share
from audits.analysis.measures import Capture, Named, Reaching
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable
from audits.store.records import StoredReview

LATELY = 6
KNOWN = 0.5
"""The invited flag must be known for half of the reviews."""
FEW = 10
TOP = 5.0
AGREES = 0.05
"""A site's own average so near to ours is taken for a plain mean; it prints one or two digits."""
WEIGHTED = {
    "trustpilot": "Trustpilot weighs newer reviews more and adds reviews of its own choosing (its TrustScore)",
    "yelp": "Yelp leaves out reviews that it does not recommend",
    "app-store": "the App Store shows the rating of a country and may be reset with a version",
    "play-store": "Google Play weighs newer ratings more",
    "amazon": "Amazon weighs reviews by a model of its own",
}


def capture(panel: Panel, held: Sequence[StoredReview], given: Given) -> Capture:
    """`held` are all reviews of the business, also those before the period: a site's rating counts them."""
    return Capture(
        shape=_shape(panel),
        stars=_stars(panel),
        flow=_flow(panel),
        asked=_asked(panel),
        reaching=_reaching(panel, held, given),
        unheard=_unheard(panel, given),
    )


def _parts(panel: Panel) -> dict[int, Mask]:
    return {star: (panel.rating >= star - 0.5) & (panel.rating < star + 0.5) for star in range(1, 6)}


def _stars(panel: Panel) -> tuple[Named, ...]:
    n = int((~np.isnan(panel.rating)).sum())
    if not n:
        return ()
    return tuple(
        Named(
            name=f"{star} star" if star == 1 else f"{star} stars",
            figure=share(int(rows.sum()), n, method="shape", evidence=panel.keys(rows)),
        )
        for star, rows in sorted(_parts(panel).items(), reverse=True)
    )


def _shape(panel: Panel) -> str:
    """The distribution in words; a J or two peaks is how reviews usually lie (Hu, Zhang and Pavlou 2009)."""
    n = {star: int(rows.sum()) for star, rows in _parts(panel).items()}
    total = sum(n.values())
    if not total:
        return "The sources of this business hold no star ratings."
    ends, middle = (n[1] + n[5]) / total, (n[2] + n[3] + n[4]) / total
    if n[5] > n[1] > max(n[2], n[3]) and ends > middle:
        return "Two peaks, the higher at five stars: mostly the very pleased and the very displeased write."
    if n[1] > n[5] > max(n[3], n[4]) and ends > middle:
        return "Two peaks, the higher at one star: the displeased write most, the content hardly."
    if n[5] >= max(n[4], n[3], n[2], n[1]):
        return "Most give five stars, and fewer the fewer the stars."
    if n[1] >= max(n.values()):
        return "Most give one star: whoever is content does not write here."
    return "The middle is written as well: most give neither one star nor five."


def _flow(panel: Panel) -> tuple[Named, ...]:
    """Reviews a month, lately and before, over whole months."""
    if panel.whole is None:
        return ()
    first, last = panel.whole
    split = max(first, last - LATELY + 1)
    found = [Named(name=f"The last {last - split + 1} whole months", figure=_a_month(panel, split, last))]
    if split > first:
        found.append(Named(name="The months before", figure=_a_month(panel, first, split - 1)))
    return tuple(found)


def _a_month(panel: Panel, first: int, last: int) -> Figure:
    rows = (panel.month >= first) & (panel.month <= last)
    events, months = int(rows.sum()), last - first + 1
    low, high = poisson(events, months)
    return Figure(
        value=events / months, unit="reviews a month", n=events, method="flow", low=low, high=high,
        evidence=panel.keys(rows),
    )  # fmt: skip


def _asked(panel: Panel) -> tuple[Named, ...] | NotObservable:
    """Mean rating and low stars of invited and of other reviews, apart."""
    flag = [review.invited for review in panel.reviews]
    known = np.array([one is not None for one in flag], dtype=np.bool_)
    if not flag or known.mean() < KNOWN:
        return NotObservable(reason="The sources do not tell which reviews were invited.")
    invited = np.array([one is True for one in flag], dtype=np.bool_)
    found = [Named(name="Invited", figure=share(int(invited.sum()), int(known.sum()), evidence=panel.keys(invited)))]
    for name, rows in (("Invited", invited), ("Not invited", known & ~invited)):
        rated = rows & ~np.isnan(panel.rating)
        if rated.any():
            low = rated & (panel.rating <= 2)
            found.append(Named(name=f"{name}: mean stars", figure=_mean(panel, rated)))
            found.append(
                Named(
                    name=f"{name}: one or two stars",
                    figure=share(int(low.sum()), int(rated.sum()), evidence=panel.keys(low)),
                )
            )
    return tuple(found)


def _mean(panel: Panel, rows: Mask) -> Figure:
    return _rating([float(value) for value in panel.rating[rows]], panel.keys(rows))


def _rating(stars: Sequence[float], evidence: Sequence[str]) -> Figure:
    values, counts = np.unique(np.array(stars), return_counts=True)
    low, high = percentiles(resamples(counts) @ values / len(stars))
    return Figure(
        value=float(np.mean(stars)), unit="stars", n=len(stars), method="rating", low=low, high=high,
        evidence=tuple(evidence),
    )  # fmt: skip


def _reaching(panel: Panel, held: Sequence[StoredReview], given: Given) -> tuple[Reaching, ...]:
    """For every listing of the business and its rating target, else the next half star."""
    own: dict[str, list[StoredReview]] = {}
    for review in held:
        if review.rating is not None:
            own.setdefault(review.listing, []).append(review)
    wanted = [target.value for target in given.targets if target.measure == "rating"]
    declared = {each.listing: each for each in given.declared}
    return tuple(
        _reach(name, rows, declared.get(name), wanted[-1] if wanted else None) for name, rows in sorted(own.items())
    )


def _reach(name: str, rows: Sequence[StoredReview], site: Declared | None, wanted: float | None) -> Reaching:
    stars = [review.rating for review in rows if review.rating is not None]
    mean, n = float(np.mean(stars)), len(stars)
    target = wanted if wanted is not None else min(TOP - 0.1, ceil(mean * 2 + 1e-9) / 2)
    why = _no_plain_mean(rows[0].site, mean, n, site)
    needed: Figure | NotObservable = NotObservable(reason=why)
    months: Figure | NotObservable = NotObservable(reason=why)
    if not why:
        more = 0 if mean >= target else ceil((target * n - sum(stars)) / (TOP - target)) if target < TOP else None
        needed = (
            NotObservable(reason="No number of five-star reviews makes a mean of five out of less.")
            if more is None
            else Figure(value=float(more), unit="reviews", n=n, method="reaching")
        )
        months = _months(rows, stars, target)
    return Reaching(
        listing=name,
        site=rows[0].site,
        target=target,
        ours=_rating(stars, [review.key for review in rows if review.rating is not None]),
        site_average=site.average if site else None,
        site_total=site.total if site else None,
        five_stars=needed,
        months=months,
        note=_note(site, wanted),
    )


def _no_plain_mean(site: str, mean: float, n: int, declared: Declared | None) -> str:
    """Why the site's rating is not the plain mean of what we hold; empty where it may be."""
    if site in WEIGHTED:
        return f"The site's rating is no plain mean: {WEIGHTED[site]}."
    if declared is None or declared.average is None:
        return ""
    if abs(declared.average - mean) > AGREES:
        whole = declared.total or n
        told = f" from {whole:,}" if whole > n else ""
        return f"The site's own rating ({declared.average:g}{told}) is not the plain mean of the {n:,} reviews we hold."
    return ""


def _note(site: Declared | None, wanted: float | None) -> str:
    aim = "" if wanted is not None else "The engagement names no target for the rating: the next half star is shown. "
    if site is None or site.average is None:
        return f"{aim}The site's own average is not known to us; this holds if it is the plain mean of these reviews."
    return f"{aim}The site's own average agrees with the plain mean of what we hold."


def _months(rows: Sequence[StoredReview], stars: Sequence[float], target: float) -> Figure | NotObservable:
    """Months until the mean is there if reviews go on coming as in the last LATELY months: as many, with their mean."""
    n, total = len(stars), sum(stars)
    if total / n >= target:
        return Figure(value=0.0, unit="months", n=n, method="reaching")
    dated = sorted((review.posted_on[:10], review.rating) for review in rows if review.posted_on and review.rating)
    if not dated:
        return NotObservable(reason="The reviews carry no dates.")
    last = dated[-1][0]
    month = int(last[:4]) * 12 + int(last[5:7]) - 1 - LATELY
    begins = f"{month // 12:04d}-{month % 12 + 1:02d}{last[7:]}"
    lately = [value for day, value in dated if day > begins]
    flow, mean = len(lately) / LATELY, float(np.mean(lately))
    if mean <= target:
        return NotObservable(
            reason=f"What came in the last {LATELY} months has a mean of {mean:.2f}: as reviews come now, never."
        )
    return Figure(value=(target * n - total) / (flow * (mean - target)), unit="months", n=n, method="reaching")


def _unheard(panel: Panel, given: Given) -> tuple[Named, ...]:
    """Who is missing or hardly there in the reviews we hold."""
    n = len(panel.reviews)
    if not n:
        return ()
    silent = np.array([not (one.text or one.title) for one in panel.reviews], dtype=np.bool_)
    unread = ~panel.readable & ~silent
    rated = ~np.isnan(panel.rating)
    middle = rated & (panel.rating > 1.5) & (panel.rating < 4.5)
    found = [
        _among(panel, "Two, three or four stars", middle, max(1, int(rated.sum()))),
        _among(panel, "Stars without a word", silent, n),
        _among(panel, "In words that are not read here", unread, n),
    ]
    at: Mapping[str, int] = {name: sum(one.location == name for one in panel.reviews) for name in given.locations}
    for name, count in sorted(at.items()):
        if count < FEW:
            figure = Figure(value=float(count), unit="reviews", n=n, method="share")
            found.append(Named(name=f"Location {name}", figure=figure, note=f"Fewer than {FEW} reviews are held."))
    return tuple(found)


def _among(panel: Panel, name: str, rows: Mask, n: int) -> Named:
    return Named(name=name, figure=share(int(rows.sum()), n, evidence=panel.keys(rows)))
