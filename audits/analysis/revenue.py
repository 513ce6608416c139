"""Revenue at stake: a range where a published study's population and displayed rating fit, else one line why not."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from audits.analysis.given import Given
from audits.analysis.panel import Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.catalogue.forms import decimal

FILE = Path(__file__).with_name("studies.toml")
METHOD = "revenue"
_SOURCE = itemgetter("source", "says")


@lru_cache(maxsize=1)
def studies() -> dict[str, Any]:
    """The register of studies and the trades that are refused."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def revenue(panel: Panel, given: Given) -> tuple[Figure | NotObservable, str, tuple[str, ...]]:
    """The range for one star more of the displayed rating, as a part of revenue; what it says; studies of the trade."""
    trade = given.industry.lower()
    for word, why in studies()["refused"].items():
        if re.search(rf"\b{word}", trade):  # a word of the trade begins so: "bank" is in no "embankment"
            return NotObservable(reason=gettext("No revenue is told, because %(why)s.", why=gettext(why))), "", ()
    near = [each for each in studies()["study"] if any(word in trade.split() for word in each["trades"])]
    told = tuple(f"{source}: {gettext(says)}." for source, says in map(_SOURCE, near))
    fitting = [each for each in near if "low" in each and _fits(each, panel, given)]
    if not fitting:
        return NotObservable(reason=_why(given, near)), "", told
    study = fitting[0]
    figure = Figure(
        value=(study["low"] + study["high"]) / 2, unit="share", n=0, method=METHOD,
        low=study["low"], high=study["high"],
    )  # fmt: skip
    return figure, _says(study, given), told


def _fits(study: dict[str, Any], panel: Panel, given: Given) -> bool:
    """Trade is known to fit; here the site and the kind of business."""
    places = set(given.locations) | {review.location for review in panel.reviews if review.location}
    on_site = any(review.site in study["sites"] for review in panel.reviews)
    return on_site and len(places) <= study.get("most_locations", len(places))


def _why(given: Given, near: list[dict[str, Any]]) -> str:
    if not near:
        trade = given.industry or gettext("this trade")
        return gettext(
            "No revenue is told: we know of no published study of displayed ratings of %(trade)s.", trade=trade
        )
    return gettext(
        "No revenue is told: no published study of this trade fits both this kind of business and these sites."
    )


def _says(study: dict[str, Any], given: Given) -> str:
    """One sentence: what the study saw, and the range in the client's money where a year's revenue is given."""
    source, says = _SOURCE(study)
    saw = gettext("%(source)s saw %(says)s.", source=source, says=gettext(says))
    told = gettext("It is a range for one whole star of the displayed rating.")
    if given.yearly_revenue and given.currency:
        low, high = given.yearly_revenue * study["low"], given.yearly_revenue * study["high"]
        told = gettext(
            "It is a range for one whole star of the displayed rating: %(low)s to %(high)s %(currency)s a year here.",
            low=decimal(low, 0),
            high=decimal(high, 0),
            currency=given.currency,
        )
    return f"{saw} {told} " + gettext("It is not the worth of any one failing and is not to be added up.")
