"""Yelp Fusion (businesses/…/reviews): three excerpts, each cut where Yelp cuts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.values import at, count, members, number


def read(reading: Reading, answer: Mapping[str, Any]) -> ParsedPage:
    """The excerpts of one answer, what it says of the business where it does, and how many reviews that has."""
    cards = [each for each in members(dict(answer), "reviews") if isinstance(each, dict)]
    total = count(answer.get("total", answer.get("review_count")))
    return reading.parsed(
        (_review(reading, card) for card in cards),
        business=clean(answer.get("name")),
        average=number(answer.get("rating")),
        declared_total=total,
        says_empty=total == 0,
    )


def stands_in(answer: object) -> bool:
    """Whether an answer is one of that API: reviews that have `time_created`, or none and a total."""
    cards = at(answer, "reviews")
    alike = isinstance(cards, list) and all(isinstance(each, dict) and "time_created" in each for each in cards)
    return alike and (bool(cards) or at(answer, "total") is not None)


def _review(reading: Reading, card: dict[str, Any]) -> Review:
    made = card.get("time_created")  # an epoch in version 2
    return reading.review(
        card.get("rating"),
        id=clean(card.get("id")),
        url=clean(card.get("url")),
        text=clean(card.get("text") or card.get("excerpt"), escaped=0),
        author=clean(at(card, "user", "name"), escaped=0),
        posted=reading.epoch(made) if isinstance(made, int) else reading.date(made),
        attributes={"excerpt": "yes"},
    )
