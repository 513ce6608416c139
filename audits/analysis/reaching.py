"""What would bring a listing to a rating: five-star reviews more, or months of reviews as they come now."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from audits.analysis.given import Declared, Given
from audits.analysis.intervals import percentiles, resamples
from audits.analysis.measures import Reaching
from audits.analysis.months import UNKNOWN, month_number
from audits.analysis.panel import Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext, marked, ngettext
from audits.catalogue.forms import count, decimal, plain
from audits.store.records import StoredReview

LATELY = 6
TOP = 5.0
AGREES = 0.05
"""A site's own average so near to ours is taken for a plain mean; it prints one or two digits."""
WEIGHTED = {
    "trustpilot": marked(
        "Trustpilot weighs newer reviews more and counts seven of 3.5 stars that nobody wrote (its TrustScore)"
    ),
    "yelp": marked("Yelp leaves out reviews that it does not recommend"),
    "app-store": marked("the App Store shows the rating of a country and may be reset with a version"),
    "play-store": marked("Google Play weighs newer ratings more"),
    "amazon": marked("Amazon weighs reviews by a model of its own"),
}


def rated(stars: Sequence[float], evidence: Sequence[str]) -> Figure:
    """The mean of these stars, with a 95% bootstrap interval over the reviews behind them."""
    values, counts = np.unique(np.array(stars), return_counts=True)
    low, high = percentiles(resamples(counts) @ values / len(stars))
    return Figure(
        value=float(np.mean(stars)), unit="stars", n=len(stars), method="rating", low=low, high=high,
        evidence=tuple(evidence),
    )  # fmt: skip


def reaching(panel: Panel, held: Sequence[StoredReview], given: Given) -> tuple[Reaching, ...]:
    """For every listing of the business and its rating target, else the next half star; of the reviews it shows."""
    own: dict[str, list[StoredReview]] = {}
    for review in held:
        if review.rating is not None and review.absent_since is None:
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
        more = 0 if mean >= target else _five_stars(target * n - sum(stars), TOP - target) if target < TOP else None
        needed = (
            NotObservable(reason=gettext("No number of five-star reviews makes a mean of five out of less."))
            if more is None
            else Figure(value=float(more), unit="reviews", n=n, method="reaching")
        )
        months = _months(rows, stars, target)
    return Reaching(
        listing=name,
        site=rows[0].site,
        target=target,
        ours=_held(stars, [review.key for review in rows if review.rating is not None]),
        site_average=site.average if site else None,
        site_total=site.total if site else None,
        five_stars=needed,
        months=months,
        note=_note(site, wanted),
    )


def _five_stars(missing: float, each: float) -> int:
    """How many reviews bring the stars that are missing; 10.000000000000007 of them are ten."""
    return ceil(round(missing / each, 9))


def _held(stars: Sequence[float], evidence: Sequence[str]) -> Figure:
    """The mean of all that is held, as it is set beside the site's own: of the rating the report tells one range."""
    return Figure(value=float(np.mean(stars)), unit="stars", n=len(stars), method="rating", evidence=tuple(evidence))


def _no_plain_mean(site: str, mean: float, n: int, declared: Declared | None) -> str:
    """Why the site's rating is not the plain mean of what we hold; empty where it may be."""
    if site in WEIGHTED:
        return gettext("The site's rating is no plain mean: %(why)s.", why=gettext(WEIGHTED[site]))
    if declared is None or declared.average is None:
        return ""
    if abs(declared.average - mean) > AGREES:
        whole = declared.total or n
        rating = plain(declared.average)
        if whole > n:
            rating = gettext("%(rating)s from %(n)s", rating=rating, n=count(whole))
        return ngettext(
            "The site's own rating (%(rating)s) is not the plain mean of the %(n)s review we hold.",
            "The site's own rating (%(rating)s) is not the plain mean of the %(n)s reviews we hold.",
            n,
            rating=rating,
            n=count(n),
        )
    return ""


_NO_TARGET = marked("The engagement names no target for the rating: the next half star is shown.")


_NO_AVERAGE = marked("The site's own average is not known to us; this holds if it is the plain mean of these reviews.")


_AGREED = marked("The site's own average agrees with the plain mean of what we hold.")


def _note(site: Declared | None, wanted: float | None) -> str:
    told = [] if wanted is not None else [_NO_TARGET]
    told.append(_NO_AVERAGE if site is None or site.average is None else _AGREED)
    return " ".join(gettext(one) for one in told)


def _months(rows: Sequence[StoredReview], stars: Sequence[float], target: float) -> Figure | NotObservable:
    """Months until the mean is there if reviews go on coming as in the last LATELY months: as many, with their mean."""
    n, total = len(stars), sum(stars)
    if total / n >= target:
        return Figure(value=0.0, unit="months", n=n, method="reaching")
    known = [each for each in rows if month_number(each.posted_on, each.posted_precision) != UNKNOWN]
    dated = sorted((review.posted_on[:10], review.rating) for review in known if review.posted_on and review.rating)
    if not dated:
        return NotObservable(reason=gettext("The reviews carry no dates."))
    last = dated[-1][0]
    month = int(last[:4]) * 12 + int(last[5:7]) - 1 - LATELY
    begins = f"{month // 12:04d}-{month % 12 + 1:02d}{last[7:]}"
    lately = [value for day, value in dated if day > begins]
    flow, mean = len(lately) / LATELY, float(np.mean(lately))
    if mean <= target:
        told = gettext(
            "Never, as reviews come now: what came in the last %(n)s months has a mean of %(mean)s.",
            n=LATELY,
            mean=decimal(mean, 2),
        )
        return NotObservable(reason=told, brief=told)
    return Figure(value=(target * n - total) / (flow * (mean - target)), unit="months", n=n, method="reaching")
