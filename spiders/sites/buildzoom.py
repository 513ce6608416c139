"""BuildZoom: the reviews of a contractor as microdata, each with its own id, and the contractor's answers."""

from __future__ import annotations

from spiders import dom, embedded
from spiders.dom import Card
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import count, number

_CARD = r"<(?:li|div|article)\s(?=[^<>]{0,1000}itemprop=[\"']?review[\"'\s>])[^<>]{0,2000}>"
_TOTAL = r"<div\s(?=[^<>]{0,1000}itemprop=[\"']?aggregateRating\b)[^<>]{0,1000}>"
_NAME = r"<h1\b[^<>]{0,500}itemprop=[\"']?name\b[^<>]{0,500}>"
_PLAIN_FACTS = {".fa-building": "job", ".fa-money-bill-alt": "price"}


class BuildZoom(Site):
    name = "buildzoom"
    title = "BuildZoom"
    hosts = ("www.buildzoom.com",)
    domains = ("buildzoom.com",)
    marks = (b"www.buildzoom.com/contractor/",)
    ways = ("capture", "export")
    always_present = ("id", "rating", "posted")

    def parse(self, page: Page) -> ParsedPage:
        html = embedded.text_of(page)
        shown, total = list(dom.cards(html, _CARD)), next(dom.cards(html, _TOTAL), None)
        named = next((clean(heading.text("h1")) for heading in dom.cards(html, _NAME)), None)
        if not shown and total is None and named is None:
            raise UnreadableError("looked for itemprop=review, and for a contractor's name and rating as microdata")
        reading = Reading(self, page)
        return reading.parsed(
            (self._review(reading, card, named) for card in shown),
            business=named,
            average=number(_said(total, "[itemprop=ratingValue]")),
            declared_total=count(_said(total, "[itemprop=reviewCount]")),
            next_url=embedded.link(html, "next", page.url),
        )

    def _review(self, reading: Reading, card: Card, business: str | None) -> Review:
        facts = {name: _beside(card, icon) for icon, name in _PLAIN_FACTS.items()}
        subject = card.text(".header-subject")
        return reading.review(
            _said(card, "[itemprop=reviewRating]", "[itemprop=ratingValue]"),
            id=card.given("data-review-id", "[data-review-id]"),
            text=card.text("[itemprop=reviewBody]"),
            author=_said(card, "[itemprop=author]", "[itemprop=name]") or card.text("[itemprop=author]"),
            posted=reading.date(_said(card, "[itemprop=datePublished]")),
            business=business,
            verified=True if card.has(".verified-hire") else None,
            attributes=facts | {"job": facts["job"] or subject},
            reply=reading.reply(
                card.text(".review-response-content"),
                reading.date(card.text(".review-response", ".header-date")),
                escaped=0,
            ),
        )


def _said(card: Card | None, *path: str) -> str | None:
    """What a microdata property says: its content where it has one, else its words."""
    return (card.given("content", *path) or card.text(*path)) if card else None


def _beside(card: Card, icon: str) -> str | None:
    """The words that an icon stands before."""
    return dom.words_of(dom.beside(card.one(icon)))
