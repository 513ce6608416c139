"""Yelp: cards with itemprops (2014–15), the feed in the page's state, and JSON-LD where that is all a page holds."""

from __future__ import annotations

from spiders import embedded, schemaorg
from spiders.items import Page, ParsedPage
from spiders.layouts import yelp_api, yelp_cards, yelp_feed
from spiders.reading import Reading
from spiders.site import Site, UnreadableError

_DAY_FIRST = "at be ch cl co.nz co.uk com.ar com.au com.br com.mx com.sg com.tr cz de dk es fi fr ie it my nl no pl pt"
_ORDERS = dict.fromkeys(_DAY_FIRST.split(), "DMY") | dict.fromkeys(("co.jp", "com.tw", "se"), "YMD")


class Yelp(Site):
    name = "yelp"
    title = "Yelp"
    hosts = ("www.yelp.com",)
    domains = ("yelp.*",)
    marks = (b'class="review review--with-', b"yelpcdn.com", b'"reviewFeedQueryProps"')
    ways = ("api", "capture", "export")
    always_present = ("rating", "posted", "author")
    date_order = "MDY"
    # What Canada, Hong Kong and the Philippines are shown depends on the reader's language.
    date_orders = _ORDERS | dict.fromkeys(("ca", "com.hk", "com.ph"))
    zone = "America/Los_Angeles"

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        answer = embedded.loads(html) if html.lstrip()[:1] == "{" else None
        if isinstance(answer, dict) and yelp_api.stands_in(answer):
            return yelp_api.read(reading, answer)
        if yelp_cards.stand_in(html):
            return yelp_cards.read(reading, html)
        if feed := yelp_feed.of(html):
            return yelp_feed.read(reading, feed, html)
        # This page escapes its entities twice; its members have no type, no id and no reply.
        parsed = schemaorg.parse(self, page)
        if not parsed.reviews and (b"yelp" not in page.body or parsed.business is None):
            raise UnreadableError("looked for .review cards, a review feed, and a business in JSON-LD")
        return parsed
