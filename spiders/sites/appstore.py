"""The App Store's customer reviews feed (JSON), one storefront a feed: at most ten pages of fifty, and no reply."""

from __future__ import annotations

import re
from typing import Any

from spiders import embedded
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, flat

_PAGE = re.compile(r"/page=(\d{1,4})(?=/)")
_STOREFRONT = re.compile(r"\.com/([a-z]{2})/reviews/")


class AppStore(Site):
    name = "appstore"
    title = "Apple App Store"
    hosts = ("itunes.apple.com",)
    domains = ("itunes.apple.com",)
    marks = (b'"im:rating"', b"iTunes Store: Customer Reviews")
    ways = ("capture", "export")
    always_present = ("id", "rating")
    declares_total = False
    closes_html = False

    def parse(self, page: Page) -> ParsedPage:
        feed = at(embedded.loads(embedded.text_of(page)), "feed")
        if not at(feed, "id", "label"):
            raise UnreadableError("looked for the JSON of a customer reviews feed, with feed.id")
        # A feed of one has the entry itself in place of a list; the oldest begin with an entry for the app.
        entries = [each for each in flat(feed.get("entry")) if isinstance(each, dict)]
        rated = [each for each in entries if "im:rating" in each]
        reading, links = Reading(self, page), _links(feed)
        return reading.parsed(
            (self._review(reading, each) for each in rated),
            business=next((clean(at(each, "im:name", "label")) for each in entries if "im:name" in each), None),
            next_url=_next(links) if rated else None,
            says_empty=not rated and _page(links, "self") <= 1,
        )

    def _review(self, reading: Reading, entry: dict[str, Any]) -> Review:
        store = _STOREFRONT.search(str(at(entry, "author", "uri", "label")))
        return reading.review(
            at(entry, "im:rating", "label"),
            id=clean(at(entry, "id", "label")),
            url=clean(at(entry, "link", "attributes", "href"), escaped=0),
            title=clean(at(entry, "title", "label"), escaped=0),
            text=clean(at(entry, "content", "label"), escaped=0),
            author=clean(at(entry, "author", "name", "label"), escaped=0),
            posted=reading.date(at(entry, "updated", "label")),
            attributes={"app version": clean(at(entry, "im:version", "label")), "storefront": store and store[1]},
        )


def _links(feed: dict[str, Any]) -> dict[str, str]:
    given = [at(each, "attributes") for each in flat(feed.get("link"))]
    return {str(at(each, "rel")): str(at(each, "href") or "") for each in given}


def _page(links: dict[str, str], rel: str) -> int:
    return int(found[1]) if (found := _PAGE.search(links.get(rel, ""))) else 0


def _next(links: dict[str, str]) -> str | None:
    """The JSON of the next page; the last page names itself or one past the end, and every address names the XML."""
    here, after, last = (_page(links, rel) for rel in ("self", "next", "last"))
    if after <= here or after > (last or after):
        return None
    return re.sub(r"/xml(?=$|\?)", "/json", re.sub(r"[?&]urlDesc=[^&]*", "", links["next"]))
