"""Houzz: the reviews of a professional from the stores of the page; those who wrote them are in another store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spiders import dom, embedded
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, number

_CARD = r"<div\s[^<>]{0,200}\bdata-objid=[^<>]{0,500}>"


class Houzz(Site):
    name = "houzz"
    title = "Houzz"
    hosts = ("www.houzz.com",)
    domains = ("houzz.*",)
    marks = (b'id="hz-ctx"', b'"ProfessionalReviewsStore"')
    ways = ("crawl", "capture", "export")
    always_present = ("id", "rating", "posted")
    zone = "America/Los_Angeles"

    def parse(self, page: Page) -> ParsedPage:
        html = embedded.text_of(page)
        stores = at(embedded.state(html, "hz-ctx"), "data", "stores", "data")
        held = at(stores, "ProfessionalReviewsStore", "data")
        user = at(stores, "UserProfileStore", "data", "user")
        cards = [each for each in held.values() if isinstance(each, dict)] if isinstance(held, dict) else []
        cards = [each for each in cards if each.get("reviewId") and each.get("status", "ACTIVE") == "ACTIVE"]
        if not cards and user is None:
            raise UnreadableError("looked for script#hz-ctx with the stores of a professional and its reviews")
        reading, users, pro = Reading(self, page), at(stores, "UserStore", "data"), at(user, "professional")
        named = {str(each["reviewId"]): at(users, str(each.get("userId")), "displayName") for each in cards}
        if not all(named.values()):
            shown = dom.cards(html, _CARD)
            named |= {card.given("data-objid", "[data-objid]") or "": card.text(".hz-user-name") for card in shown}
        mean, total = number(at(pro, "reviewRating")), at(stores, "UserProfileStore", "data", "reviewsCount")
        return reading.parsed(
            (self._review(reading, each, named, at(user, "displayName")) for each in cards),
            business=clean(at(user, "displayName")),
            average=mean / 10 if mean and mean > 5 else mean,
            declared_total=(declared := count(total if total is not None else at(pro, "numReviews"))),
            says_empty=declared == 0,
        )

    def _review(self, reading: Reading, card: dict[str, Any], named: dict[str, Any], business: Any) -> Review:
        created, edited, done = card.get("created"), card.get("modified"), str(card.get("projectDate") or "")
        return reading.review(
            card.get("rating"),
            id=clean(card["reviewId"]),
            text=clean(card.get("body")),
            author=clean(named.get(str(card["reviewId"]))),
            posted=reading.epoch(created),
            updated=reading.epoch(edited if edited != created else None),
            # The form asks for a month, and the first of it is what is kept.
            experienced=replace(reading.date(done[:7]), raw=done) if done.endswith("-01") else reading.date(done),
            business=clean(business),
            attributes={
                "relationship": clean(card.get("relationshipAsStringCompact") or card.get("relationship")),
                "project price": clean(card.get("projectPriceAsString")),
            },
        )
