"""HomeAdvisor: the reviews of a professional, from the state of the page, else from its JSON-LD, which says less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spiders import embedded, schemaorg
from spiders.items import Page, ParsedPage, Review
from spiders.nuxt import nuxt
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, flat, members, number

_PARTS = {"quality": "qualityScore", "customer service": "customerServiceScore", "value": "valueScore"}


class HomeAdvisor(Site):
    name = "homeadvisor"
    title = "HomeAdvisor"
    hosts = ("www.homeadvisor.com",)
    domains = ("homeadvisor.com",)
    marks = (b"www.homeadvisor.com/rated.",)
    ways = ("capture", "export")
    always_present = ("rating", "author", "posted")
    date_order = "MDY"
    zone = "America/Denver"

    def parse(self, page: Page) -> ParsedPage:
        told = schemaorg.parse(self, page)
        state = nuxt(embedded.text_of(page))
        held = next((found for each in (at(state, "state"), *flat(at(state, "data"))) if (found := _reviews(each))), [])
        if not held and not told.reviews and told.declared_total is None:
            raise UnreadableError("looked for reviewsList in the page's state, and for JSON-LD with reviews")
        if not held:
            return told
        reading = Reading(self, page)
        read = reading.parsed(self._review(reading, each, told.business) for each in held)
        return replace(told, reviews=read.reviews, problems=read.problems)

    def _review(self, reading: Reading, card: dict[str, Any], business: str | None) -> Review:
        cost = number(card.get("cost"))
        posted, updated = reading.epoch(card.get("createDate"), ticks=1000), card.get("modifyDate")
        return reading.review(
            card.get("overallRating") or card.get("consumerOverallScore"),
            id=clean(card.get("ratingID")),
            text=clean(card.get("comment")),
            author=clean(card.get("consumerDisplayName")),
            posted=posted,
            updated=reading.epoch(updated if updated != card.get("createDate") else None, ticks=1000),
            location=clean(card.get("location")),
            business=business,
            recommended={"yes": True, "no": False}.get(str(card.get("wouldRecommend")).lower()),
            subratings={name: number(card.get(key)) or None for name, key in _PARTS.items()},
            attributes={"job": clean(card.get("taskDescription")), "cost": f"{cost:g}" if cost else None},
            reply=reading.reply(card.get("approvedSpComment")),
        )


def _reviews(node: Any) -> list[dict[str, Any]]:
    return [each for each in members(node, "reviewsList") if "ratingID" in each]
