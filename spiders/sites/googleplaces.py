"""The reviews in an answer of the Google Places API, legacy details and v1 alike: at most five, and no reply."""

from __future__ import annotations

from typing import Any

from spiders import embedded
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, flat, members, number

_OF_A_PLACE = {"reviews", "place_id", "displayName", "userRatingCount", "user_ratings_total"}


class GooglePlaces(Site):
    name = "googleplaces"
    title = "Google Places API"
    hosts = ("places.googleapis.com", "maps.googleapis.com")
    domains = ("places.googleapis.com", "maps.googleapis.com")
    marks = (b'"user_ratings_total"', b'"userRatingCount"', b'"author_name"', b'"authorAttribution"')
    ways = ("api", "capture")
    always_present = ("rating", "posted")
    declares_total = False
    closes_html = False

    def parse(self, page: Page) -> ParsedPage:
        answer = embedded.loads(embedded.text_of(page))
        held = next((found for key in ("result", "places", "results") if (found := at(answer, key))), answer)
        places = [each for each in flat(held) if isinstance(each, dict) and _OF_A_PLACE & each.keys()]
        if not places:
            told = clean(at(answer, "status") or at(answer, "error", "status")) or "nothing of one"
            raise UnreadableError(f"looked for a place in an answer of the Places API, which says {told[:40]}")
        reading, place = Reading(self, page), places[0] if len(places) == 1 else {}
        total = count(place.get("user_ratings_total", place.get("userRatingCount")))
        return reading.parsed(
            (self._review(reading, card, each) for each in places for card in members(each, "reviews")),
            business=_name(place),
            average=number(place.get("rating")),
            declared_total=total,
            says_empty=len(places) == 1 and not place.get("reviews") and not total,
        )

    def _review(self, reading: Reading, card: dict[str, Any], place: dict[str, Any]) -> Review:
        # The legacy form gives words and language apart, and with `translated` no original.
        legacy = {"text": card.get("text"), "languageCode": card.get("language")}
        words = next((each for name in ("originalText", "text") if isinstance(each := card.get(name), dict)), legacy)
        named = clean(card.get("name"))
        told = card.get("publishTime") or card.get("relativePublishTimeDescription")
        return reading.review(
            card.get("rating"),
            id=named and named.rsplit("/", 1)[-1],
            url=clean(card.get("googleMapsUri") or place.get("url") or place.get("googleMapsUri")),
            text=clean(words.get("text"), escaped=0),
            author=clean(at(card, "authorAttribution", "displayName") or card.get("author_name"), escaped=0),
            posted=reading.epoch(card["time"]) if card.get("time") else reading.date(told),
            business=_name(place),
            language=clean(words.get("languageCode")),
            original_language=clean(at(card, "originalText", "languageCode") or card.get("original_language")),
        )


def _name(place: dict[str, Any]) -> str | None:
    named = clean(at(place, "displayName", "text") or place.get("name"), escaped=0)
    return None if named and named.startswith("places/") else named
