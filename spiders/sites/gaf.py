"""GAF: the reviews of a roofing contractor, GAF's own with a score, and those taken from Google with stars drawn."""

from __future__ import annotations

import re

from spiders import dom, embedded
from spiders.dom import Card
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import count, number

_LISTING = r"<ul\s[^<>]{0,200}customer-reviews-full-listing__items[^<>]{0,200}>"
_CARD = r"<li\s[^<>]{0,200}customer-reviews-full-listing__item\b[^<>]{0,200}>"
_SOURCE = re.compile(r"overview__rating-type\b[^<>]{0,200}>\s*([^<]{1,60}?)\s*Reviews\s*<")
_MEAN = re.compile(r"overview__stars-rating\b[^<>]{0,200}>\s*([\d.]{1,6})\s*<")
_TOTAL = re.compile(r"overview__rating-amount\b[^<>]{0,200}>\s*\(([\d,]{1,9})\)\s*<")
_AUTHOR = re.compile(r"^-?\s*([^|]*?)[,\s]*(?:\|\s*(.*))?$", re.S)
_DRAWN = {"full": 1.0, "half": 0.5, "dim": 0.0}
_WITHHELD = "Customer asked us not to share his/her review."


class Gaf(Site):
    name = "gaf"
    title = "GAF"
    hosts = ("www.gaf.com",)
    domains = ("gaf.com",)
    marks = (b"customer-reviews-full-listing__item",)
    ways = ("capture", "export")
    always_present = ("rating", "posted")

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        _, *parts = _SOURCE.split(html)  # a name, and what follows it, over and over
        sources = list(zip(parts[::2], parts[1::2], strict=True)) or [(self.title, html)]
        held = [(source, each) for source, part in sources for each in dom.elements(part, _LISTING)]
        mean, total = _MEAN.search(html), _TOTAL.search(html)
        if not held and total is None:
            raise UnreadableError("looked for customer-reviews-full-listing__items, the listing of reviews")
        nodes = embedded.json_ld(html)[0]
        business = next((clean(each.get("name")) for each in nodes if each.get("telephone")), None)
        return reading.parsed(
            [self._review(reading, card, source, business) for source, each in held for card in dom.cards(each, _CARD)],
            business=business,
            average=number(mean[1]) if mean else None,
            declared_total=count(total[1]) if total else None,
        )

    def _review(self, reading: Reading, card: Card, source: str, business: str | None) -> Review:
        words = (card.text(".customer-reviews-full-listing__quote") or "").strip('"“” \n')
        signed = _AUTHOR.match(card.text(".customer-reviews-full-listing__author") or "")
        return reading.review(
            card.given("data-score", "[data-score]") or _drawn(card),
            text=words if words and words != _WITHHELD else None,
            author=clean(signed[1]) if signed else None,
            posted=reading.date(card.text("time")),
            location=clean(signed[2]) if signed else None,
            business=business,
            verified=True if source == self.title else None,
            attributes={"source": source, "withheld": "yes" if words == _WITHHELD else None},
        )


def _drawn(card: Card) -> float | None:
    """Stars where no score is given: how many are full, and half of one that is not."""
    kinds = [str(kind) for star in card.all(".star-icon") for kind in str(star.get("class") or "").split()]
    stars = [_DRAWN[kind] for kind in kinds if kind in _DRAWN]
    return sum(stars) if len(stars) == 5 else None
