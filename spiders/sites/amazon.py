"""Amazon: cards marked by `data-hook`, in any of its languages; the next page is often behind a sign-in."""

from __future__ import annotations

from spiders.items import Page, ParsedPage
from spiders.layouts import amazon_cards
from spiders.reading import Reading
from spiders.site import Site


class Amazon(Site):
    name = "amazon"
    title = "Amazon"
    hosts = ("www.amazon.com",)
    domains = ("amazon.*",)
    marks = (b'data-hook="review"', b'data-hook="cr-filter-info')
    ways = ("capture", "export")
    always_present = ("id", "rating", "posted")
    declares_total = False

    def parse(self, page: Page) -> ParsedPage:
        return amazon_cards.read(Reading(self, page))
