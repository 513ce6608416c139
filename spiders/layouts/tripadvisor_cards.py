"""TripAdvisor's pages of 2014 to 2020: a card a review; the highlighted copy of one has no id and is left out."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from spiders import embedded
from spiders.dom import Card, cards, words_of
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import count, number

_CARD = r'<div(?=[^<>]*\b(?:id=["\']review_\d|data-review-?id=["\']\d))(?=[^<>]*\bclass=["\'][^"\']*\breview)[^<>]*>'
_BUBBLES = re.compile(r"\b(?:bubble_|s)(\d)(\d)\b")
_RATED = r'(?:property=["\'](?:v:average|ratingValue)["\']|itemprop=["\']ratingValue["\'])'
_GIVEN = r'content=["\']([\d.,]{1,4})["\']'
_AVERAGE = re.compile(rf"{_RATED}[^<>]{{0,40}}{_GIVEN}|{_GIVEN}[^<>]{{0,40}}{_RATED}")
_COUNT = re.compile(
    r'(?:property=["\'](?:v:count|count|reviewCount)["\']|itemprop=["\']reviewCount["\'])'
    r'[^<>]{0,80}(?:content=["\']|>)\s*([\d.,\s]{1,12})'
)
_NAME = re.compile(
    r'<h1[^<>]{0,300}\b(?:id=["\']HEADING["\']|property=["\'](?:v:)?name["\']|itemprop=["\']name["\'])[^<>]{0,300}>'
    r"(.{1,2000}?)</h1>",
    re.S,
)
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def stand_in(html: str) -> bool:
    return re.search(_CARD, html) is not None


def read(reading: Reading, html: str) -> ParsedPage:
    name = _NAME.search(html)
    business = clean(_TAGS.sub(" ", name[1])) if name else None
    held = [_review(reading, card, business) for card in cards(html, _CARD)]
    # Reviews in other languages are named by their ids alone until a script fetches them.
    whole = [each for each in held if each.rating_raw or each.text]
    if len(whole) < len(held):
        reading.note(f"{len(held) - len(whole)} review(s) stand on the page by their ids alone: not rendered, not read")
    average, total = _AVERAGE.search(html), _COUNT.search(html)
    return ParsedPage(
        reviews=tuple(once(whole)),
        business=business,
        average=number(average[1] or average[2]) if average else None,
        declared_total=count(total[1]) if total else None,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(reading.problems),
    )


def _review(reading: Reading, card: Card, business: str | None) -> Review:
    identity = card.given("data-reviewid", "div") or card.given("data-review-id", "div") or card.given("id", "div")
    stars = _stars(card)
    path = card.given("href", ".quote", "a") or card.given("href", "a.title")
    stayed = card.text(".recommend-titleInline") or card.text(".prw_reviews_stay_date_hsx")
    return Review(
        site=reading.site.name,
        id=(identity or "").rpartition("_")[2] or None,
        url=urljoin(reading.page.url or "https://www.tripadvisor.com/", path) if path else reading.page.url or None,
        rating=reading.stars(stars),
        rating_raw=stars,
        rating_scale=reading.site.scale,
        title=card.text(".noQuotes") or (card.text(".quote") or "").strip('“”" ') or None,
        text=card.text(".entry", ".partial_entry", without=(".ulBlueLinks", ".partnerRvw", ".taLnk"))
        or card.text(".entry", without=(".ulBlueLinks", ".partnerRvw", ".taLnk")),
        author=card.text(".username") or card.text(".info_text", "div"),
        posted=reading.date(card.given("title", ".ratingDate") or card.text(".ratingDate", without=(".new",))),
        experienced=reading.date(re.sub(r"^[^:]*:|,.*$", "", stayed)) if stayed else reading.date(None),
        business=business,
        attributes={"home": home} if (home := card.text(".location") or card.text(".userLoc")) else {},
        reply=reading.reply(
            _answer(card), reading.date(card.given("title", ".mgrRspnInline", ".responseDate")), escaped=0
        ),
    )


def _answer(card: Card) -> str | None:
    inner = card.all(".mgrRspnInline") or card.all(".mgrRspn")
    return card.text(".mgrRspnInline", ".partial_entry") or words_of(next(iter(inner), None))


def _stars(card: Card) -> str | None:
    """ "4 of 5 stars", "5 из 5 звезд": the first number; else the class, where bubble_45 is 4.5."""
    told = card.given("alt", ".rate", "img") or card.given("alt", ".ui_bubble_rating") or ""
    if found := re.match(r"\s*(\d(?:[.,]\d)?)\b", told):
        return found[1].replace(",", ".")
    found = _BUBBLES.search(card.given("class", ".ui_bubble_rating") or "")
    return f"{found[1]}.{found[2]}".removesuffix(".0") if found else None
