"""Yelp's cards of 2014 and 2015: itemprops in each; the business has a rating of its own, outside of them."""

from __future__ import annotations

import re

from spiders import embedded
from spiders.dom import Card, cards, words_of
from spiders.items import ParsedPage, Reply, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import count, number

_CARD = r'<div(?=[^<>]*\bdata-review-id=)[^<>]*\bclass=["\']review[\s"\'][^<>]*>'
_NAME = re.compile(r'<h1[^<>]{0,300}\b(?:itemprop=["\']name["\']|biz-page-title)[^<>]{0,300}>([^<>]{1,500})</h1>')
_AVERAGE = re.compile(
    r'itemprop=["\']aggregateRating["\'].{0,2000}?<(?=[^<>]{0,200}itemprop=["\']ratingValue["\'])'
    r'[^<>]{0,200}?content=["\']([\d.]{1,4})["\']',
    re.S,
)
_ASIDE = re.compile(
    r'<ul class=["\'](?:iconed-list|voting-buttons|user-passport-stats|photo-box-grid)[^<>]*>.{0,20000}?</ul>', re.S
)
_COUNT = re.compile(r'itemprop=["\']reviewCount["\'][^<>]{0,40}>\s*([\d,.]{1,12})')


def stand_in(html: str) -> bool:
    return re.search(_CARD, html) is not None


def read(reading: Reading, html: str) -> ParsedPage:
    name, average, total = (pattern.search(html) for pattern in (_NAME, _AVERAGE, _COUNT))
    business = clean(name[1]) if name else None
    reviews = tuple(once(_review(reading, card, business) for card in cards(_ASIDE.sub("", html), _CARD)))
    return ParsedPage(
        reviews=reviews,
        business=business,
        average=number(average[1]) if average else None,
        declared_total=count(total[1]) if total else None,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: Card, business: str | None) -> Review:
    identity = card.given("data-review-id", ".review")
    stars = card.given("content", "[itemprop=ratingValue]")
    stars = stars or (card.given("title", ".star-img") or "").partition(" ")[0] or None
    home = card.text(".user-location")
    return Review(
        site=reading.site.name,
        id=identity,
        url=f"{reading.page.url.partition('?')[0]}?hrid={identity}" if reading.page.url else None,
        rating=reading.stars(stars),
        rating_raw=stars,
        rating_scale=reading.site.scale,
        text=card.text("[itemprop=description]") or card.text(".review_comment"),
        author=card.given("content", "[itemprop=author]") or card.text(".user-name"),
        posted=reading.date(card.given("content", "[itemprop=datePublished]") or card.text(".rating-qualifier")),
        business=business,
        language=card.given("lang", "[itemprop=description]"),
        attributes={"home": home} if home else {},
        reply=_reply(reading, card),
    )


def _reply(reading: Reading, card: Card) -> Reply | None:
    """The owner's comment: a long one stands there cut and whole, and the whole one is longer."""
    if not card.has(".biz-owner-reply"):
        return None
    told = [words_of(each) for each in card.all(".biz-owner-reply", ".js-content-toggleable")]
    whole = max((each for each in told if each), key=len, default=None)
    left_out = (".biz-owner-reply-header", ".bullet-after", ".review-footer", ".read-more")
    whole = whole or card.text(".biz-owner-reply", without=left_out)
    return reading.reply(whole, reading.date(card.text(".biz-owner-reply", ".bullet-after")), escaped=0)
