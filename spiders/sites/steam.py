"""Steam: objects of its public appreviews; a thumb and no stars, so the rating is None and `recommended` is set."""

from __future__ import annotations

from spiders.items import Page, ParsedPage
from spiders.layouts import steam_reviews
from spiders.reading import Reading
from spiders.site import Site


class Steam(Site):
    name = "steam"
    title = "Steam"
    hosts = ("store.steampowered.com",)
    domains = ("steampowered.com", "steamcommunity.com")
    marks = (b'"recommendationid"',)
    ways = ("crawl", "api", "capture", "export")
    always_present = ("id", "recommended", "posted")
    closes_html = False

    def parse(self, page: Page) -> ParsedPage:
        return steam_reviews.read(Reading(self, page))
