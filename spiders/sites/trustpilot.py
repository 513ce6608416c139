"""Trustpilot: the page state of 2021 and later, and the review scripts of the layout before it."""

from __future__ import annotations

from spiders import embedded
from spiders.items import Page, ParsedPage
from spiders.layouts import trustpilot_api, trustpilot_scripts, trustpilot_state
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at


class Trustpilot(Site):
    name = "trustpilot"
    title = "Trustpilot"
    hosts = ("www.trustpilot.com",)
    domains = ("trustpilot.com",)
    marks = (b'"businessUnit":{"id":"', b'data-initial-state="review-info"')
    ways = ("api", "capture", "export")
    always_present = ("id", "rating", "posted")

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        state = embedded.loads(html) if html.lstrip()[:1] == "{" else embedded.state(html, "__NEXT_DATA__")
        props = at(state, "props", "pageProps") or at(state, "pageProps")
        if isinstance(at(props, "reviews"), list) or isinstance(at(props, "review"), dict):
            return trustpilot_state.read(reading, props, embedded.link(html, "next", page.url))
        if html.lstrip()[:1] == "{" and trustpilot_api.stands_in(state):
            return trustpilot_api.read(reading, state)
        if 'data-initial-state="business-unit-info"' in html or 'data-initial-state="review-info"' in html:
            return trustpilot_scripts.read(reading, html)
        raise UnreadableError("looked for __NEXT_DATA__ with a list of reviews, and for review-info scripts")
