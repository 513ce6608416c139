"""Any page that carries schema.org reviews as JSON-LD: the shop, the clinic or the hotel that shows its own."""

from __future__ import annotations

from spiders import schemaorg
from spiders.items import Page, ParsedPage
from spiders.site import Site


class SchemaOrg(Site):
    name = "schema-org"
    title = "a page with schema.org reviews"
    ways = ("crawl", "capture")
    always_present = ()
    declares_total = False

    def parse(self, page: Page) -> ParsedPage:
        return schemaorg.parse(self, page)
