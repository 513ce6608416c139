"""Thumbtack: the reviews in the page's JSON-LD, and those that only the page itself shows."""

from __future__ import annotations

from dataclasses import replace

from spiders import dom, embedded, schemaorg
from spiders.dom import Card, Tag
from spiders.items import Dated, Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError

_CARD = r"<div\s[^<>]{0,200}\bclass=[\"']pv4 bb[^<>\"']{0,200}[\"'][^<>]{0,200}>"
_WORDS = "review-text-"


class Thumbtack(Site):
    name = "thumbtack"
    title = "Thumbtack"
    hosts = ("www.thumbtack.com",)
    domains = ("thumbtack.com",)
    marks = (b"www.thumbtack.com/", b'id="review-text-')
    ways = ("capture", "export")
    always_present = ("rating", "author", "posted")

    def parse(self, page: Page) -> ParsedPage:
        told = schemaorg.parse(self, page)
        html, reading = embedded.text_of(page), Reading(self, page)
        shown = [card for card in dom.cards(html, _CARD) if card.has("[data-star]")] if _WORDS in html else []
        if not told.reviews and not shown and told.declared_total is None:
            raise UnreadableError("looked for JSON-LD with reviews, and for the words of reviews with data-star")
        read = reading.parsed(self._shown(reading, card, told.business) for card in shown)
        known = {_key(each) for each in told.reviews}
        more = tuple(each for each in read.reviews if _key(each) not in known)
        return replace(told, reviews=(*told.reviews, *more), problems=(*told.problems, *read.problems))

    def _shown(self, reading: Reading, card: Card, business: str | None) -> Review:
        stars, words = card.all("[data-star]")[0], _words(card)
        author = dom.beside(stars, before=True)
        dates = [reading.date(text) for text in _after(words) if _is_date(text)] if words is not None else []
        return reading.review(
            dom.value_of(stars, "data-star"),
            text=dom.words_of(words),
            author=dom.words_of(author),
            posted=next(iter(dates), Dated()),
            business=business,
        )


def _words(card: Card) -> Tag | None:
    return next((each for each in card.all("[id]") if each.get("id").startswith(_WORDS)), None)


def _after(words: Tag) -> list[str]:
    return [text for each in dom.leaves(words, "span") if (text := clean(each.text_content()))]


def _is_date(text: str) -> bool:
    return len(text) < 20 and text[-4:].isdigit() and text[:1].isalpha()


def _key(review: Review) -> tuple[str | None, str]:
    """JSON-LD and page break lines and mark words each in their own way."""
    return review.author, "".join((review.text or "").split())
