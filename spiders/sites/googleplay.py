"""Google Play: the reviews in the arrays of an app's page, or of the call that shows more of them, with the replies."""

from __future__ import annotations

from typing import Any

from spiders import embedded
from spiders.google import arrays, find
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, number


class GooglePlay(Site):
    name = "googleplay"
    title = "Google Play"
    hosts = ("play.google.com",)
    domains = ("play.google.com",)
    marks = (b"play.google.com/store/apps/details", b'"UsvDTd"', b'"oCPfdb"')
    ways = ("crawl", "capture", "export")
    always_present = ("id", "rating", "posted")
    declares_total = False

    def parse(self, page: Page) -> ParsedPage:
        html = embedded.text_of(page)
        held = arrays(html)
        app = next((found for each in held if (found := at(each, 1, 2)) and isinstance(at(found, 0, 0), str)), None)
        cards = [card for each in held for card in find(each, _is_review)]
        meta = embedded.metas(html)
        if not cards and app is None and "ratingValue" not in meta and b"wrb.fr" not in page.body:
            raise UnreadableError("looked for AF_initDataCallback with arrays of reviews, and for the app's own facts")
        reading = Reading(self, page)
        return reading.parsed(
            (self._review(reading, card) for card in cards),
            business=clean(at(app, 0, 0)) or clean(meta.get("name")),
            average=number(at(app, 51, 0, 1)) or number(meta.get("ratingValue")),
            declared_total=count(at(app, 51, 3, 1)) or count(meta.get("reviewCount")),
        )

    def _review(self, reading: Reading, card: list[Any]) -> Review:
        return reading.review(
            card[2],
            id=card[0],
            title=clean(card[3]),
            text=clean(card[4]),
            author=clean(at(card, 1, 0), escaped=0),
            posted=reading.epoch(at(card, 5, 0)),
            reply=reading.reply(at(card, 7, 1), reading.epoch(at(card, 7, 2, 0))),
            attributes={"app version": clean(at(card, 10))},
        )


def _is_review(node: list[Any]) -> bool:
    """Id, author with a name, stars, an old title, text, and the moment in seconds and the rest of one."""
    named = len(node) > 6 and isinstance(node[0], str) and isinstance(at(node, 1, 0), str)
    return named and isinstance(node[2], int) and 1 <= node[2] <= 5 and isinstance(at(node, 5, 0), int)
