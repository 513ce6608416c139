"""TripAdvisor's GraphQL: a review comes back several times, machine-translated; it is read once, as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from spiders import embedded
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.values import at, count, members, number

_LIST = re.compile(r'"(?:ReviewsProxy_getReviewListPage\w*|reviewListPage\w*)"\s*:\s*(?=[\[{])')
_AVERAGE = re.compile(r'"reviewAggregations"\s*:\s*(?=\[)|"reviewSummary(?:Info)?"\s*:\s*(?=[\[{])')


def lists(text: str) -> list[dict[str, Any]]:
    """Every list of reviews in a body, however wrapped: bare GraphQL, a file of several, the state of a page."""
    return [each for each in embedded.values(text, _LIST) if isinstance(each.get("reviews"), list)]


def read(reading: Reading, held: list[dict[str, Any]], text: str) -> ParsedPage:
    kept: dict[str, Review] = {}
    for card in (card for each in held for card in members(each, "reviews")):
        if card.get("id") is None or ("rating" not in card and "text" not in card):
            continue
        review = _review(reading, card)
        before = kept.get(str(card["id"]))
        if before is None or ("translated" in before.attributes and "translated" not in review.attributes):
            kept[str(card["id"])] = review
    businesses = [review.business for review in kept.values() if review.business]
    told = embedded.values(text, _AVERAGE)
    ratings = [number(at(each, "overallRating") or at(each, "responseData", "rating")) for each in told]
    totals = [total for each in held if (total := count(each.get("totalCount"))) is not None]
    return ParsedPage(
        reviews=tuple(kept.values()),
        business=max(set(businesses), key=businesses.count) if businesses else None,
        average=next((each for each in ratings if each is not None), None),
        declared_total=max(totals, default=None),  # one list counts a language, another all of them
        next_url=embedded.link(text, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any]) -> Review:
    reply, trip, member = card.get("mgmtResponse"), card.get("tripInfo"), card.get("userProfile")
    path = at(card, "reviewDetailPageWrapper", "reviewDetailPageRoute", "url") or at(card, "route", "url")
    return Review(
        site=reading.site.name,
        id=clean(card["id"]),
        url=urljoin("https://www.tripadvisor.com/", path) if isinstance(path, str) else reading.page.url or None,
        rating=reading.stars(card.get("rating")),
        rating_raw=clean(card.get("rating")),
        rating_scale=reading.site.scale,
        title=clean(card.get("title")),
        text=clean(card.get("text")),
        author=clean(at(member, "displayName") or at(member, "username") or card.get("username")),
        posted=reading.date(card.get("publishedDate") or card.get("createdDate")),
        experienced=reading.month(at(trip, "stayDate")),
        business=clean(at(card, "location", "name")),
        language=clean(card.get("language")),
        original_language=clean(card.get("originalLanguage")),
        subratings=dict(_parts(card)),
        attributes=dict(_attributes(card)),
        reply=reading.reply(at(reply, "text"), reading.date(at(reply, "publishedDate"))),
    )


def _parts(card: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for each in members(card, "additionalRatings"):
        name = clean(each.get("ratingLabelLocalizedString") or each.get("ratingLabel"))
        value = number(each.get("rating"))
        if name and value is not None:
            yield name, value


def _attributes(card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    translated = card.get("translationType") or None
    if translated is None and card.get("originalLanguage") not in (None, card.get("language")):
        translated = "unsaid"
    given = {
        "trip": at(card, "tripInfo", "tripType"),
        "translated": translated,
        "status": card.get("status") if card.get("status") != "PUBLISHED" else None,
        "platform": card.get("publishPlatform"),
    }
    yield from ((name, str(value).lower()) for name, value in given.items() if value not in (None, "NONE"))
