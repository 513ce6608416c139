"""A template: `make site NAME=…` copies it; say what is true of the site, read its page. docs/adding-a-site.md."""

from __future__ import annotations

from typing import Any

from spiders import embedded
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, members


class Template(Site):
    name = "template"
    title = "Name of the site"
    hosts = ("www.example.com",)
    domains = ("example.com",)
    marks = (b"what only its pages hold",)
    ways = ("capture", "export")
    scale = "1-5"
    always_present = ("id", "rating", "posted")
    date_order = "DMY"

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        state = embedded.state(html, "state")
        if not isinstance(at(state, "reviews"), list):
            raise UnreadableError("looked for script#state with a list of reviews")
        total = count(at(state, "total"))
        return reading.parsed(
            (self._review(reading, card) for card in members(state, "reviews")),
            declared_total=total,
            next_url=embedded.link(html, "next", page.url),
            says_empty=total == 0,
        )

    def _review(self, reading: Reading, card: dict[str, Any]) -> Review:
        return reading.review(
            card.get("stars"),
            id=clean(card.get("id")),
            title=clean(card.get("title")),
            text=clean(card.get("text")),
            author=clean(card.get("author")),
            posted=reading.date(card.get("date")),
        )
