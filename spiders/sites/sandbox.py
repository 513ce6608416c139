"""The sandbox: the rating site in a box that the demo and the tests crawl; schema.org pages with a next link."""

from __future__ import annotations

import re

from spiders import schemaorg
from spiders.items import Page, ParsedPage
from spiders.site import Site


class Sandbox(Site):
    name = "sandbox"
    title = "Telltale sandbox"
    hosts = ("127.0.0.1", "localhost")
    ways = ("crawl", "capture")
    always_present = ("id", "rating", "posted")
    date_order = "YMD"

    def parse(self, page: Page) -> ParsedPage:
        return schemaorg.parse(self, page, empty='data-state="no-reviews"')

    def page_after(self, url: str) -> str | None:
        found = re.search(r"([?&]page=)(\d+)", url)
        if found is None:
            return f"{url}{'&' if '?' in url else '?'}page=2"
        return f"{url[: found.start()]}{found[1]}{int(found[2]) + 1}{url[found.end() :]}"
