"""What the checks look at of a review: numbers and marks and no word of it, so that a landing need not be held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from spiders.items import Review

MEASURED = ("rating", "title", "text", "posted", "author_key", "url", "location", "language", "verified", "invited")
"""Fields whose fill rate is kept for comparison with the next run."""
GARBLED = 0.001
"""ACCEPTANCE c26: a larger share of characters that could not be read is an encoding misread, not a few odd bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """One staged review, a tenth of its size. `garbled` is by how many U+FFFD it has more than `GARBLED` allows."""

    id: str | None
    rating: float | None
    rated: bool
    starless: bool
    """Whether it is of another voice (a survey, posts), which need not give stars."""
    said: bool
    garbled: float
    posted_on: str | None
    dated: bool
    """Whether a date was given, readable or not."""
    filled: int
    """A bit for each of `MEASURED`, the first the lowest."""

    def fills(self, name: str) -> bool:
        """Whether the review has a value in a field of `MEASURED`."""
        return bool(self.filled >> MEASURED.index(name) & 1)


def marks(review: Review) -> Marks:
    """What the checks look at of a review."""
    return Marks(
        id=review.id,
        rating=review.rating,
        rated=review.rating is not None or review.recommended is not None,
        starless="channel" in review.attributes,
        said=said(review),
        garbled=_garbled(f"{review.title or ''}{review.text or ''}"),
        posted_on=review.posted.on,
        dated=review.posted.on is not None or bool(review.posted.raw),
        filled=sum(_filled(review, name) << at for at, name in enumerate(MEASURED)),
    )


@lru_cache(4_096)  # a million reviews are of a few thousand days
def day(written: str | None) -> date | None:
    """The day of an ISO date, None where there is none or it is not in the calendar."""
    try:
        return None if written is None else date.fromisoformat(written[:10])
    except ValueError:
        return None


def said(review: Review) -> bool:
    """Whether a review has words, in its title or its text."""
    return bool((review.text or "").strip() or (review.title or "").strip())


def _garbled(words: str) -> float:
    return words.count("\N{REPLACEMENT CHARACTER}") - GARBLED * len(words)


def _filled(review: Review, name: str) -> bool:
    value = review.posted.on if name == "posted" else getattr(review, name)
    return value is not None and value != ""
