"""Trustpilot's layout up to 2021: one card a review, whose scripts hold what it says and when."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from spiders import embedded
from spiders.dom import Card, cards
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import at, count, first, number

_CARD = r'<article[^<>]*\bclass=["\']review[\s"\'][^<>]*>'
_CURSOR = re.compile(r'href=["\']([^"\'<>]{1,2000}[?&](?:amp;)?b=[^"\'<>]{1,2000})["\']')


def read(reading: Reading, html: str) -> ParsedPage:
    unit, held = _script(html, "business-unit-info"), embedded.json_ld(html)[0]
    business = clean(at(unit, "displayName"))
    languages = _languages(held)
    reviews = once(_review(reading, card, business, languages) for card in cards(html, _CARD, scripts=True))
    total = at(_script(html, "review-list"), "totalNumberOfReviews")
    cursor = _CURSOR.search(html)
    return ParsedPage(
        reviews=tuple(reviews),
        business=business,
        average=number(at(unit, "trustScore")),
        declared_total=count(at(unit, "numberOfReviews") if total is None else total),
        next_url=embedded.link(html, "next", reading.page.url)
        or (urljoin(reading.page.url, cursor[1].replace("&amp;", "&")) if cursor else None),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: Card, business: str | None, languages: dict[str, str]) -> Review:
    info, dates, replied = (_held(card, name) for name in ("review-info", "review-dates", "review-reply-dates"))
    identity = clean(at(info, "reviewId")) or card.given("data-reviewmid", "article") or card.given("id", "article")
    stars = at(info, "stars") or (card.given("alt", ".star-rating", "img") or "").partition(" ")[0] or None
    author = clean(at(info, "consumerName")) or card.text(".consumer-information__name")
    return Review(
        site=reading.site.name,
        id=identity,
        url=f"https://www.trustpilot.com/reviews/{identity}" if identity else None,
        rating=reading.stars(stars),
        rating_raw=clean(stars),
        rating_scale=reading.site.scale,
        title=clean(at(info, "reviewHeader")) or card.text(".review-content__title"),
        text=clean(at(info, "reviewBody")) or card.text(".review-content__text"),
        author=author,
        posted=reading.date(at(dates, "publishedDate") or card.given("datetime", ".review-content-header", "time")),
        updated=reading.date(at(dates, "updatedDate")),
        business=clean(at(info, "businessUnitDisplayName")) or business,
        language=languages.get(f"{author}|{str(at(dates, 'publishedDate'))[:10]}"),
        attributes={"country": where} if (where := card.text(".consumer-information__location")) else {},
        reply=reading.reply(
            card.text(".brand-company-reply__content"),
            reading.date(at(replied, "publishedDate") or card.given("datetime", ".brand-company-reply", "time")),
            escaped=0,
        ),
    )


def _held(card: Card, name: str) -> Any:
    """The JSON of the card's script of that name; the reply's dates were also an attribute."""
    tag = card.one(f"[data-initial-state={name}]")
    return embedded.loads(tag.text_content()) if tag is not None else None


def _script(html: str, name: str) -> Any:
    scripts = embedded.scripts(html)
    return next(
        (embedded.loads(content) for given, content in scripts if given.get("data-initial-state") == name), None
    )


def _languages(nodes: list[dict[str, Any]]) -> dict[str, str]:
    """Language by author and day: only the page's JSON-LD has it, and that has no ids."""
    held = [each for node in nodes for each in node.get("review") or [] if isinstance(each, dict)]
    return {
        f"{clean(at(first(each.get('author')), 'name'))}|{str(each.get('datePublished'))[:10]}": str(each["inLanguage"])
        for each in held
        if each.get("inLanguage")
    }
