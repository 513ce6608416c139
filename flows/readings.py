"""What the store keeps of statements and themes, as the values that are measured; and what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse

from audits.analysis.corrections import Applied, applied
from audits.analysis.heard import Said
from audits.analysis.kept import statements, unquoted
from audits.analysis.panel import quotable
from audits.analysis.values import Statement, Theme
from audits.store.records import StoredReview, StoredTheme
from audits.store.store import Store
from flows.learn import version


def theme(stored: StoredTheme) -> Theme:
    return Theme(
        id=stored.id,
        gap=stored.gap,
        name=stored.name,
        quote=stored.quote,
        quote_review=stored.quote_review,
        reviews=stored.reviews,
    )


def own_reviews(store: Store, engagement: str, business: str) -> list[StoredReview]:
    """The reviews of one business."""
    return [review for review in store.reviews(engagement) if review.business == business]


def read(store: Store, engagement: str, reviews: Sequence[StoredReview]) -> list[Statement]:
    """The statements of the reviews as the present reading has them in an audit; those it has not read are missing."""
    found: dict[str, list[Statement]] = {review.key: [] for review in reviews}
    model = version(store, engagement)
    for each in store.each_reading(engagement, model, reviews):
        found[each.review.key] = statements(each, model)
    return [each for own in found.values() for each in own]


def with_corrections(store: Store, engagement: str, found: list[Statement]) -> Applied:
    """The statements with what people said of them."""
    return applied(found, store.corrections(engagement))


def corrected(
    store: Store, engagement: str, reviews: Sequence[StoredReview], audited: str, span: tuple[str, str]
) -> tuple[Applied, Iterator[Said]]:
    """What people said of some reviews' statements, and the statements of all others, one review after the other.

    Of any but the audited business, and of days outside the span, they come without their words, which are in no
    report.
    """
    said = store.corrections(engagement)
    named = {each.review for each in said}
    spoken_of = [review for review in reviews if review.key in named]
    others = [review for review in reviews if review.key not in named] if spoken_of else reviews
    held = applied(read(store, engagement, spoken_of), said) if named else applied((), said)
    return held, _heard(store, engagement, others, audited, span)


def _heard(
    store: Store, engagement: str, reviews: Sequence[StoredReview], audited: str, span: tuple[str, str]
) -> Iterator[Said]:
    model = version(store, engagement)

    def shown(review: StoredReview) -> bool:
        return quotable(review, audited, span)

    for each in store.each_reading(engagement, model, filter(shown, reviews)):
        yield statements(each, model)
    for other in store.each_scored(engagement, model, filterfalse(shown, reviews)):
        yield unquoted(other, model)
