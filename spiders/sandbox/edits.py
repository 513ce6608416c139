"""The site some weeks later: a few reviews of the audited business changed, two vanished, nothing else moved."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from spiders.sandbox.businesses import VELLMOOR
from spiders.sandbox.truth import Business, Edit, Told, TrueReview, Truth, What

_CHANGED_ON = "2026-06-29"
_BEFORE = "2026-06-15"
_WHATS: tuple[What, ...] = ("text", "text", "text", "title", "rating", "rating", "rating", "vanished", "vanished")
_ADDED = (
    "Update: the manager rang me on Friday and put most of this right, so thank you for that.",
    "Edit, two weeks on: still not a word from anybody at the group.",
    "UPDATE since then I have been back and it was no different, sadly.",
)
_ADDED_TOLD = (
    Told(kind="praise", gaps=("resolution",), field="text", text=_ADDED[0]),
    Told(kind="complaint", gaps=("notice",), field="text", text=_ADDED[1]),
    Told(kind="vague", gaps=(), field="text", text=_ADDED[2]),
)


def edit(truth: Truth) -> Truth:
    """The edited truth; `edits` says exactly what changed."""
    business = truth.business(VELLMOOR.slug)
    rng = Random(f"{truth.seed}:edits")  # noqa: S311 - invented customers, not secrets
    old = [review for review in business.reviews if review.posted_on < _BEFORE and review.text]
    chosen = dict(zip((review.id for review in rng.sample(old, len(_WHATS))), enumerate(_WHATS), strict=True))
    reviews: list[TrueReview] = []
    edits: list[Edit] = []
    for review in business.reviews:
        if review.id not in chosen:
            reviews.append(review)
            continue
        number, what = chosen[review.id]
        edits.append(Edit(business=business.plan.slug, review=review.id, what=what))
        if what != "vanished":
            reviews.append(_changed(review, number))
    changed = Business(plan=business.plan, reviews=tuple(reviews))
    held = tuple(changed if one is business else one for one in truth.businesses)
    return replace(truth, businesses=held, edits=tuple(edits))


def _changed(review: TrueReview, number: int) -> TrueReview:
    what = _WHATS[number]
    if what == "text":
        text, told = f"{review.text} {_ADDED[number]}", (*review.told, _ADDED_TOLD[number])
        return replace(review, text=text, told=told, updated_on=_CHANGED_ON)
    if what == "title":
        told = tuple(one for one in review.told if one.field == "text")
        heading = Told(kind="neutral", gaps=(), field="title", text="Edited after a second look")
        return replace(review, title=heading.text, told=(heading, *told), updated_on=_CHANGED_ON)
    rating = review.rating - 2 if review.rating > 3 else review.rating + 2
    return replace(review, rating=rating, updated_on=_CHANGED_ON)
