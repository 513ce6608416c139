"""DealerRater: one card a review, its stars in a class (`rating-48` is 4.8), in the layouts of 2021 and 2022."""

from __future__ import annotations

from spiders.items import Page, ParsedPage
from spiders.layouts import dealerrater_cards
from spiders.reading import Reading
from spiders.site import Site


class DealerRater(Site):
    name = "dealerrater"
    title = "DealerRater"
    hosts = ("www.dealerrater.com",)
    domains = ("dealerrater.com",)
    marks = (b'class="review-entry ', b"cdn-user.dealerrater.com")
    ways = ("crawl", "capture", "export")
    always_present = ("id", "rating", "posted", "author")
    date_order = "MDY"
    zone = "America/New_York"

    def parse(self, page: Page) -> ParsedPage:
        return dealerrater_cards.read(Reading(self, page))
