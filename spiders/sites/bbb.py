"""BBB: reviews with stars and complaints without, in the page's state or in one body of it."""

from __future__ import annotations

from spiders.items import Page, ParsedPage
from spiders.layouts import bbb_state
from spiders.reading import Reading
from spiders.site import Site


class Bbb(Site):
    name = "bbb"
    title = "Better Business Bureau"
    hosts = ("www.bbb.org",)
    domains = ("bbb.org",)
    marks = (b'"reviewsComplaintsSummary"', b'"customerReviews":{"items"')
    ways = ("crawl", "capture", "export")
    always_present = ("posted", "text")
    date_order = "MDY"
    zone = "America/New_York"

    def parse(self, page: Page) -> ParsedPage:
        return bbb_state.read(Reading(self, page))
