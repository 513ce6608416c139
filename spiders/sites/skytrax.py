"""Skytrax (airlinequality.com): microdata articles with stars of one to ten, a table of parts, and a recommendation."""

from __future__ import annotations

import re

from spiders import dom, embedded
from spiders.dom import Card
from spiders.items import Page, ParsedPage, Review
from spiders.parse import average_on, clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import count, flag

_CARD = r"<article\s(?=[^<>]{0,1000}itemprop=[\"']?review[\"'\s>])[^<>]{0,2000}>"
_INFO = r"<div\s[^<>]{0,200}class=[\"']?review-info\b[^<>]{0,200}>"
_OF = re.compile(r"\bof\s+([\d,]{1,9})\s+reviews?\b", re.I)
_NEXT = re.compile(r"<a\s[^<>]{0,300}href=[\"']([^\"'<>]{1,500})[\"'][^<>]{0,300}>\s*(?:>>|&gt;&gt;|&raquo;|»)\s*</a>")
_VERIFIED = re.compile(r"^\W{0,5}(trip verified|verified review|not verified|unverified)\W{0,5}\|\s*", re.I)
_COUNTRY = re.compile(r"\(([^()]{2,60})\)")
_ID = re.compile(r"(?:review-|anchor)(\d{1,12})")


class Skytrax(Site):
    name = "skytrax"
    title = "Skytrax"
    hosts = ("www.airlinequality.com",)
    domains = ("airlinequality.com",)
    marks = (b"www.airlinequality.com/", b"userStatusWrapper")
    ways = ("capture", "export")
    scale = "1-10"
    always_present = ("text", "posted")

    def parse(self, page: Page) -> ParsedPage:
        html, reading = embedded.text_of(page), Reading(self, page)
        shown, info = list(dom.cards(html, _CARD)), next(dom.cards(html, _INFO), None)
        if not shown and info is None:
            raise UnreadableError("looked for article[itemprop=review], and for div.review-info of the one reviewed")
        counted, after = _OF.search(html), _NEXT.search(embedded.visible(html))
        business = info.text("h1") if info else None
        return reading.parsed(
            (self._review(reading, card, business) for card in shown),
            business=business,
            average=average_on(self.scale, info and info.text("[itemprop=ratingValue]")),
            declared_total=count(counted[1] if counted else info and info.text(".review-count", "span")),
            next_url=embedded.link(html, "next", page.url)
            or (embedded.absolute(after[1], page.url) if after else None),
        )

    def _review(self, reading: Reading, card: Card, business: str | None) -> Review:
        said = card.text("[itemprop=reviewBody]") or card.text(".text_content") or ""
        told, (words, stars) = _VERIFIED.match(said), _table(card)
        title, by = card.text(".text_header"), _COUNTRY.search(card.text(".userStatusWrapper") or "")
        numbered = _ID.search(f"{card.given('class', 'article')} {card.given('id', '.body')}")
        return reading.review(
            card.text(".rating-10", "[itemprop=ratingValue]") or card.text("[itemprop=ratingValue]"),
            id=numbered and numbered[1],
            title=title and title.strip('"“” '),
            text=clean(_VERIFIED.sub("", said)),
            author=card.text("[itemprop=author]", "[itemprop=name]") or card.text("[itemprop=author]"),
            posted=reading.date(card.given("datetime", "time") or card.given("content", "[itemprop=datePublished]")),
            experienced=reading.date(words.pop("Date Flown", None) or words.pop("Date Visit", None)),
            recommended=flag(words.pop("Recommended", None)),
            business=business,
            verified=not told[1].lower().startswith(("not", "un")) if told else None,
            subratings=stars,
            attributes=words | {"country": by and by[1]},
        )


def _table(card: Card) -> tuple[dict[str, str], dict[str, float]]:
    """The rows under the words: what is said of the trip, and the stars of each part of it, where any are filled."""
    rows = [(dom.words_of(head), next(head.itersiblings("td"), None)) for head in card.all(".review-rating-header")]
    cells = {name: cell for name, cell in rows if name and cell is not None}
    filled = {name: float(stars) for name, cell in cells.items() if (stars := dom.classed(cell, "star", "fill"))}
    spoken = {name: dom.words_of(cell) for name, cell in cells.items() if not dom.classed(cell, "star")}
    return {name: said for name, said in spoken.items() if said}, filled
