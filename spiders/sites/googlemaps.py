"""Google Maps: the reviews of a place, from the arrays of its page or calls, else from the cards as they are shown."""

from __future__ import annotations

import re

from spiders import embedded, mapsarrays, mapscards
from spiders.google import arrays, find
from spiders.items import Page, ParsedPage
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, number

_TITLE = re.compile(r"<title>([^<]{1,300}?)\s+[-–—]\s+Google Maps</title>")


class GoogleMaps(Site):
    name = "googlemaps"
    title = "Google Maps"
    hosts = ("www.google.com", "maps.google.com")
    domains = ("maps.google.*",)
    marks = (b"data-review-id=", b"google.com/maps/reviews/data", b"www.google.com/maps/preview/place")
    ways = ("capture", "export")
    always_present = ("id", "rating", "posted")
    closes_html = False

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        held = arrays(html)
        place = next((found for each in held if isinstance(at(found := at(each, 6), 11), str)), None)
        reviews = [mapsarrays.review(reading, each) for one in held for each in find(one, mapsarrays.is_review)]
        older = [each for one in held for each in find(one, mapsarrays.is_older_review)] if not reviews else []
        reviews += [mapsarrays.older_review(reading, each) for each in older]
        shown = list(mapscards.cards(html)) if not reviews and "data-review-id" in html else []
        if not reviews and not shown and place is None:
            raise UnreadableError("looked for arrays of reviews of a place, and for cards with data-review-id")
        titled = _TITLE.search(html)
        return reading.parsed(
            [*reviews, *(mapscards.review(reading, card) for card in shown)],
            business=clean(at(place, 11), escaped=0) or clean(titled and titled[1]),
            average=number(at(place, 4, 7)),
            declared_total=count(at(place, 4, 8)),
        )
