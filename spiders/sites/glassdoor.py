"""Glassdoor: employees' reviews in the page's Apollo cache; nobody signs, and what is translated is read as written."""

from __future__ import annotations

from spiders.items import Page, ParsedPage
from spiders.layouts import glassdoor_cache
from spiders.reading import Reading
from spiders.site import Site


class Glassdoor(Site):
    name = "glassdoor"
    title = "Glassdoor"
    hosts = ("www.glassdoor.com",)
    domains = ("glassdoor.*",)
    marks = (b"EmployerReviewRG", b"glassdoor.com/Reviews")
    ways = ("capture", "export")
    always_present = ("id", "rating", "posted", "text")

    def parse(self, page: Page) -> ParsedPage:
        return glassdoor_cache.read(Reading(self, page))
