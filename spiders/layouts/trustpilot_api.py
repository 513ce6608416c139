"""Trustpilot's own API (business-units/…/reviews): every field under its documented name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.values import at, count, members

_VERIFIED = {"verified": True, "invited": True, "not-verified": False, "normal": False, "redirected": None}


def read(reading: Reading, answer: Mapping[str, Any]) -> ParsedPage:
    """The reviews of one answer; how many there are in all stands in another one, except where this one says it."""
    cards = [each for each in members(dict(answer), "reviews") if isinstance(each, dict)]
    return reading.parsed(
        (_review(reading, card) for card in cards), declared_total=count(answer.get("totalNumberOfReviews"))
    )


def stands_in(answer: object) -> bool:
    """Whether an answer is one of that API: a list of reviews with `stars`, or an empty one."""
    cards = at(answer, "reviews")
    return isinstance(cards, list) and all(isinstance(each, dict) and "stars" in each for each in cards)


def _review(reading: Reading, card: dict[str, Any]) -> Review:
    level, edited = card.get("verificationLevel") or card.get("reviewVerificationLevel"), card.get("updatedAt")
    created = card.get("createdAt")
    reading.known("verificationLevel", level, _VERIFIED)
    reply = card.get("companyReply")
    return reading.review(
        card.get("stars"),
        id=clean(card.get("id")),
        title=clean(card.get("title"), escaped=0),
        text=clean(card.get("text"), escaped=0),
        author=clean(at(card, "consumer", "displayName"), escaped=0),
        posted=reading.date(created),
        updated=reading.date(edited if edited != created else None),
        experienced=reading.date(card.get("experiencedAt")),
        language=clean(card.get("language")),
        verified=_VERIFIED.get(str(level)),
        invited=True if level == "invited" else None,
        reply=reading.reply(at(reply, "text"), reading.date(at(reply, "createdAt")), escaped=0),
    )
