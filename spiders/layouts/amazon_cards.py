"""Amazon's review cards, marked by `data-hook` in every country; translated copies are not read."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from spiders import embedded
from spiders.dom import Card, cards
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.site import UnreadableError
from spiders.values import count, number

_CARD = r"<(?:div|li)[^<>]*\bdata-hook=[\"']?review[\"'\s][^<>]*>"
_PRODUCT = re.compile(r'data-hook=["\']product-link["\'][^<>]*>([^<>]{1,1000})<')
_AVERAGE = re.compile(r'data-hook=["\']rating-out-of-text["\'][^<>]*>\s*(\d(?:[.,]\d)?)')
_TOTAL = re.compile(r'data-hook=["\']cr-filter-info-review-rating-count["\'][^<>]*>([^<>]{1,200})<')
_NEXT = re.compile(r'<li[^<>]*\bclass=["\']a-last["\'][^<>]*>\s*<a[^<>]*\bhref=["\']([^"\'<>]{1,3000})["\']')
_PLACE = re.compile(r"^\s*Reviewed in (?:the )?(.{2,40}?)(?: \W*)? on ")


def read(reading: Reading) -> ParsedPage:
    html = embedded.text_of(reading.page)
    held = list(cards(html, _CARD))
    product, average, total, after = (pattern.search(html) for pattern in (_PRODUCT, _AVERAGE, _TOTAL, _NEXT))
    if not held and total is None and average is None:
        raise UnreadableError('looked for data-hook="review" cards and the count above them')
    business = clean(product[1]) if product else None
    following = urljoin(reading.page.url, clean(after[1]) or "") if after else None
    if following and "/ap/signin" in following:
        reading.note("the next page is behind a sign-in")
        following = None
    # "25 total ratings, 9 with reviews": the ratings have no card.
    counts = [count(each) for each in re.findall(r"\d[\d.,\u00a0\u202f]*", total[1])] if total else []
    return ParsedPage(
        reviews=tuple(once(_review(reading, card, business) for card in held)),
        business=business,
        average=number(average[1]) if average else None,
        declared_total=counts[-1] if counts else None,
        next_url=following,
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: Card, business: str | None) -> Review:
    stars = _first(card, "[data-hook=review-star-rating]", "[data-hook=cmps-review-star-rating]", ".review-rating")
    when, kind = card.text("[data-hook=review-date]"), card.text("[data-hook=format-strip]")
    vine, place = card.has("[data-hook=vine-badge]"), _PLACE.match(when or "")
    identity, asked = card.given("id", "[data-hook=review]"), {"programme": "vine"} if vine else {}
    raw = found[0] if (found := re.match(r"\d(?:[.,]\d)?", stars or "")) else stars
    aside = (".a-icon", ".cr-translated-review-content", "script", "style", ".cr-vote-action-bar")
    return Review(
        site=reading.site.name,
        id=(identity or "").partition("-")[0] or None,
        url=urljoin(reading.page.url or "https://www.amazon.com/", f"/gp/customer-reviews/{identity}")
        if identity
        else None,
        rating=reading.stars(raw),
        rating_raw=raw,
        rating_scale=reading.site.scale,
        title=card.text("[data-hook=review-title]", without=aside),
        text=card.text("[data-hook=review-body]", without=aside) or card.text(".review-text", without=aside),
        author=card.text(".a-profile-name"),
        posted=reading.date(when),
        business=business,
        verified=True if card.has("[data-hook=avp-badge]") or card.has("[data-hook=avp-badge-linkless]") else None,
        invited=True if vine else None,
        attributes={**asked, **({"country": place[1]} if place else {}), **({"variant": kind} if kind else {})},
    )


def _first(card: Card, *selectors: str) -> str | None:
    return next((words for each in selectors if (words := card.text(each))), None)
