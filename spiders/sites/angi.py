"""Angi: the reviews of a professional from the state of the page; nobody's name is shown."""

from __future__ import annotations

from typing import Any

from spiders import embedded
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, flag, members, number

_OVERALL = "Overall"


class Angi(Site):
    name = "angi"
    title = "Angi"
    hosts = ("www.angi.com",)
    domains = ("angi.com", "angieslist.com")
    marks = (b"www.angi.com/companylist/", b'"willHireAgain"')
    ways = ("capture", "export")
    always_present = ("id", "rating", "posted")

    def parse(self, page: Page) -> ParsedPage:
        html = embedded.text_of(page)
        props = at(embedded.state(html, "__NEXT_DATA__"), "props", "pageProps")
        held = [at(props, "leaf"), at(props, "initialState", "leaf", "data")]
        leaf = next((each for each in held if isinstance(each, dict) and "reviews" in each), None)
        if leaf is None:
            raise UnreadableError("looked for script#__NEXT_DATA__ with a leaf of reviews")
        reading, business = Reading(self, page), clean(at(leaf, "contactInfo", "name"))
        return reading.parsed(
            (self._review(reading, each, business) for each in members(leaf, "reviews") if each.get("id")),
            business=business,
            average=number(at(leaf, "displayMetrics", "starRating")),
            declared_total=(
                total := count(at(leaf, "displayMetrics", "reviewCount") or at(leaf, "reviewMetrics", "count"))
            ),
            next_url=embedded.link(html, "next", page.url),
            says_empty=total == 0,
        )

    def _review(self, reading: Reading, card: dict[str, Any], business: str | None) -> Review:
        stars = {str(each.get("ratingType")): each.get("starRating") for each in members(card, "ratings")}
        cost = number(card.get("costOfService"))
        return reading.review(
            stars.pop(_OVERALL, None),
            id=clean(card["id"]),
            text=clean(card.get("reviewText")),
            posted=reading.date(card.get("reportDate")),
            experienced=reading.date(card.get("dateOfService")),
            business=business,
            recommended=flag(card.get("willHireAgain")),
            subratings={name: number(value) for name, value in stars.items()},
            attributes={
                "job": clean(card.get("descriptionOfWork")),
                "category": ", ".join(_category(each) for each in members(card, "categories")),
                "cost": f"{cost:g}" if cost is not None else None,
                "work completed": {"True": "yes", "False": "no"}.get(str(card.get("workCompleted"))),
            },
            reply=reading.reply(at(card, "retort", "text"), reading.date(_replied(card))),
        )


def _category(node: dict[str, Any]) -> str:
    return clean(node.get("name") or at(node, "conjugations", 0, "conjugationText")) or ""


def _replied(card: dict[str, Any]) -> Any:
    return at(card, "retort", "date") or at(card, "retort", "createDate") or at(card, "retort", "reportDate")
