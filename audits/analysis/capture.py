"""Whether happy customers are heard: how stars are spread, how reviews come, and what would reach a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from audits.analysis.care import LOW_STARS
from audits.analysis.given import Given
from audits.analysis.intervals import poisson, share
from audits.analysis.measures import Capture, Named
from audits.analysis.panel import Mask, Panel
from audits.analysis.reaching import LATELY, rated, reaching
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.catalogue.forms import percent, plural
from audits.store.records import StoredReview

KNOWN = 0.5
"""The invited flag must be known for half of the reviews."""
FEW = 10


def capture(panel: Panel, held: Sequence[StoredReview], given: Given) -> Capture:
    """`held` are all reviews of the business, also those before the period: a site's rating counts them."""
    return Capture(
        shape=_shape(panel),
        stars=_stars(panel),
        flow=_flow(panel),
        asked=_asked(panel),
        reaching=reaching(panel, held, given),
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
            name=plural(star, "%(n)s star", "%(n)s stars"),
            figure=share(int(rows.sum()), n, method="shape", evidence=panel.keys(rows)),
        )
        for star, rows in sorted(_parts(panel).items(), reverse=True)
    )


def _shape(panel: Panel) -> str:
    """The distribution in words; a J or two peaks is how reviews usually lie (Hu, Zhang and Pavlou 2009)."""
    n = {star: int(rows.sum()) for star, rows in _parts(panel).items()}
    total = sum(n.values())
    if not total:
        return gettext("The sources of this business hold no star ratings.")
    ends, middle = (n[1] + n[5]) / total, (n[2] + n[3] + n[4]) / total
    if n[5] > max(n[1], n[4]) and n[1] > max(n[2], n[3]) and ends > middle:
        return gettext("Two peaks, the higher at five stars: mostly the very pleased and the very displeased write.")
    if n[1] > max(n[5], n[2]) and n[5] > max(n[3], n[4]) and ends > middle:
        return gettext("Two peaks, the higher at one star: the displeased write most, the content hardly.")
    if n[5] > n[4] > n[3] > n[2] > n[1]:
        return gettext("Five stars are given most often, and each star less more rarely.")
    if n[5] > max(n[4], n[3], n[2], n[1]):
        return gettext("Five stars are given most often.")
    if n[1] > max(n[5], n[4], n[3], n[2]):
        return gettext("One star is given most often: whoever is content hardly writes here.")
    if middle > ends:
        return gettext("The middle is written as well: most give neither one star nor five.")
    return gettext("No number of stars stands out; %(part)s give one or five.", part=percent(ends))


def _flow(panel: Panel) -> tuple[Named, ...]:
    """Reviews a month, lately and before, over whole months."""
    if panel.whole is None:
        return ()
    first, last = panel.whole
    split = max(first, last - LATELY + 1)
    found = [
        Named(
            name=plural(last - split + 1, "The last %(n)s whole month", "The last %(n)s whole months"),
            figure=_a_month(panel, split, last),
        )
    ]
    if split > first:
        found.append(Named(name=gettext("The months before"), figure=_a_month(panel, first, split - 1)))
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
        return NotObservable(reason=gettext("The sources do not tell which reviews were invited."))
    invited = np.array([one is True for one in flag], dtype=np.bool_)
    found = [
        Named(name=gettext("Invited"), figure=share(int(invited.sum()), int(known.sum()), evidence=panel.keys(invited)))
    ]
    for name, rows in ((gettext("Invited"), invited), (gettext("Not invited"), known & ~invited)):
        rated = rows & ~np.isnan(panel.rating)
        if rated.any():
            low = rated & (panel.rating < LOW_STARS)
            found.append(Named(name=gettext("%(name)s: mean stars", name=name), figure=_mean(panel, rated)))
            found.append(
                Named(
                    name=gettext("%(name)s: one or two stars", name=name),
                    figure=share(int(low.sum()), int(rated.sum()), evidence=panel.keys(low)),
                )
            )
    return tuple(found)


def _mean(panel: Panel, rows: Mask) -> Figure:
    return rated([float(value) for value in panel.rating[rows]], panel.keys(rows))


def _unheard(panel: Panel, given: Given) -> tuple[Named, ...]:
    """Who is missing or hardly there in the reviews we hold."""
    n = len(panel.reviews)
    if not n:
        return ()
    silent = np.array([not (one.text or one.title) for one in panel.reviews], dtype=np.bool_)
    unread = ~panel.readable & ~silent
    rated = ~np.isnan(panel.rating)
    middle = rated & (panel.rating >= 1.5) & (panel.rating < 4.5)
    found = [
        *([_among(panel, gettext("Two, three or four stars"), middle, int(rated.sum()))] if rated.any() else []),
        _among(panel, gettext("Stars without a word"), silent, n),
        _among(panel, gettext("In words that are not read here"), unread, n),
    ]
    at: Mapping[str, int] = {name: sum(one.location == name for one in panel.reviews) for name in given.locations}
    for name, held in sorted(at.items()):
        if held < FEW:
            figure = Figure(value=float(held), unit="reviews", n=n, method="share")
            found.append(
                Named(
                    name=gettext("Location %(name)s", name=name),
                    figure=figure,
                    note=gettext("Fewer than %(n)s reviews are held.", n=FEW),
                )
            )
    return tuple(found)


def _among(panel: Panel, name: str, rows: Mask, n: int) -> Named:
    return Named(name=name, figure=share(int(rows.sum()), n, evidence=panel.keys(rows)))
