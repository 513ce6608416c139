"""Which reviews of two businesses compare: those of the sites, and of the product, that both have."""

from __future__ import annotations

from collections.abc import Callable

from audits.analysis.panel import Mask, Panel
from audits.store.records import StoredReview

PRODUCT = "product"
"""The attribute in which an export names what was bought."""

Kind = Callable[[StoredReview], str | None]


def comparable(ours: Panel, theirs: Panel) -> tuple[Mask, Mask] | str:
    """Our rows and theirs that compare, or the sentence that says why none do."""
    sites = _shared(ours, theirs, _site)
    if not sites:
        return _why(ours, theirs, "no site is common to both", _site)
    products = _shared(ours, theirs, _product)
    both_tell = all(any(_product(review) for review in panel.reviews) for panel in (ours, theirs))
    if both_tell and not products:
        return _why(ours, theirs, "no product is common to both", _product)

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


def _why(ours: Panel, theirs: Panel, what: str, kind: Kind) -> str:
    if not theirs.reviews:
        return f"{theirs.business} is not comparable because no review of it is held in the period."
    return (
        f"{theirs.business} is not comparable because {what} ({', '.join(sorted(_named(ours, kind))) or 'none'} here, "
        f"{', '.join(sorted(_named(theirs, kind))) or 'none'} there)."
    )
