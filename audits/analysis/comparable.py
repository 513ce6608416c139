"""Which reviews of two businesses compare: those of the sites, and of the product, that both have."""

from __future__ import annotations

from collections.abc import Callable

from audits.analysis.panel import Mask, Panel
from audits.catalogue import gettext
from audits.store.records import StoredReview

PRODUCT = "product"
"""The attribute in which an export names what was bought."""

Kind = Callable[[StoredReview], str | None]


def comparable(ours: Panel, theirs: Panel) -> tuple[Mask, Mask] | str:
    """Our rows and theirs that compare, or the sentence that says why none do."""
    sites = _shared(ours, theirs, _site)
    if not sites:
        return _why(ours, theirs, _site)
    products = _shared(ours, theirs, _product)
    both_tell = all(any(_product(review) for review in panel.reviews) for panel in (ours, theirs))
    if both_tell and not products:
        return _why(ours, theirs, _product)

    def keep(review: StoredReview) -> bool:
        return review.site in sites and (not both_tell or _product(review) in (*products, None))

    return ours.among(keep), theirs.among(keep)


def _shared(ours: Panel, theirs: Panel, kind: Kind) -> set[str]:
    return _named(ours, kind) & _named(theirs, kind)


def _named(panel: Panel, kind: Kind) -> set[str]:
    return {name for review in panel.reviews if (name := kind(review))}


def _site(review: StoredReview) -> str:
    return review.site


def _product(review: StoredReview) -> str | None:
    return review.attributes.get(PRODUCT)


def _why(ours: Panel, theirs: Panel, kind: Kind) -> str:
    if not theirs.reviews:
        return gettext(
            "%(business)s is not comparable because no review of it is held in the period.", business=theirs.business
        )
    named = {
        "business": theirs.business,
        "here": ", ".join(sorted(_named(ours, kind))) or gettext("none"),
        "there": ", ".join(sorted(_named(theirs, kind))) or gettext("none"),
    }
    if kind is _site:
        return gettext(
            "%(business)s is not comparable because no site is common to both (%(here)s here, %(there)s there).",
            **named,
        )
    return gettext(
        "%(business)s is not comparable because no product is common to both (%(here)s here, %(there)s there).", **named
    )
