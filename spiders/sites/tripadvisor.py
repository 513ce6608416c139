"""TripAdvisor: the bodies of its GraphQL, bare, wrapped or in a page, and the cards of the pages before it."""

from __future__ import annotations

from spiders import embedded
from spiders.items import Page, ParsedPage
from spiders.layouts import tripadvisor_cards, tripadvisor_graphql
from spiders.reading import Reading
from spiders.site import Site, UnreadableError


class TripAdvisor(Site):
    name = "tripadvisor"
    title = "TripAdvisor"
    hosts = ("www.tripadvisor.com",)
    domains = ("tripadvisor.*",)
    marks = (b'"ReviewsProxy_getReviewListPage', b'"reviewListPage"', b'class="reviewSelector')
    ways = ("crawl", "api", "capture", "export")
    always_present = ("id", "rating", "posted")
    version = 1

    def parse(self, page: Page) -> ParsedPage:
        text, reading = embedded.text_of(page), Reading(self, page)
        lists = tripadvisor_graphql.lists(text)
        if lists:
            return tripadvisor_graphql.read(reading, lists, text)
        if tripadvisor_cards.stand_in(text):
            return tripadvisor_cards.read(reading, text)
        raise UnreadableError("looked for a reviewListPage in a GraphQL body, and for .reviewSelector cards")
