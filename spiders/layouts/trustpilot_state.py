"""Trustpilot's page state (2021 and later): its list is read and not its cards, of which some stand there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import at, count, members, number

_ASKED = {"invited": True, "verified": None, "not-verified": False, "organic": False}
"""Whether the business asked, by the level of a review; where a verified one came from, its source says."""
_SOURCES = {"Organic": False}


def read(reading: Reading, props: Any, following: str | None) -> ParsedPage:
    unit, paging = at(props, "businessUnit"), at(props, "filters", "pagination")
    held = members(props, "reviews") or [each for each in [at(props, "review")] if isinstance(each, dict)]
    total = at(paging, "totalCount")
    total = at(props, "filters", "totalNumberOfFilteredReviews") if total is None else total
    return ParsedPage(
        reviews=tuple(once(_review(reading, each, unit) for each in held)),
        business=clean(at(unit, "displayName")),
        average=number(at(unit, "trustScore")),
        declared_total=count(at(unit, "numberOfReviews") if total is None else total),
        next_url=following or _page_after(paging, at(props, "pageUrl")),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any], unit: Any) -> Review:
    dates, reply = at(card, "dates"), at(card, "reply") or at(card, "companyReply")
    stars = card.get("rating", card.get("stars"))
    verified = at(card, "labels", "verification", "isVerified")
    verified = card.get("isVerified") if verified is None else verified
    reading.known("isVerified", verified, (True, False))
    given = at(card, "id") or at(card, "reviewId")
    return Review(
        site=reading.site.name,
        id=clean(given),
        url=f"https://www.trustpilot.com/reviews/{given}" if given else reading.page.url or None,
        rating=reading.stars(stars),
        rating_raw=clean(stars),
        rating_scale=reading.site.scale,
        title=clean(card.get("title")),
        text=clean(card.get("text")),
        author=clean(at(card, "consumer", "displayName")),
        posted=reading.date(at(dates, "publishedDate") or at(card, "createdAt")),
        experienced=reading.date(at(dates, "experiencedDate")),
        updated=reading.date(at(dates, "updatedDate")),
        location=clean(at(card, "location", "name")),
        business=clean(at(card, "businessUnit", "displayName")) or clean(at(unit, "displayName")),
        language=clean(card.get("language")),
        verified=verified if isinstance(verified, bool) else None,
        invited=_invited(reading, card),
        attributes=dict(_attributes(card, verified)),
        reply=reading.reply(
            at(reply, "message") or at(reply, "text"),
            reading.date(at(reply, "publishedDate") or at(reply, "createdAt")),
        ),
    )


def _invited(reading: Reading, card: dict[str, Any]) -> bool | None:
    """Whether the business asked for the review. The source "invitation" alone says nothing: organic ones carry it."""
    label = at(card, "labels", "verification")
    level, source = at(label, "verificationLevel"), at(label, "reviewSourceName") or at(card, "source")
    level = level.replace(" ", "-") if isinstance(level, str) else level
    if not reading.known("verificationLevel", level, _ASKED):
        return None
    if level != "verified":
        return _ASKED[level]
    if at(label, "verificationSource") != "invitation" or source is None:
        return None
    return _SOURCES.get(source, True)


def _attributes(card: dict[str, Any], verified: object) -> Iterator[tuple[str, str]]:
    label = at(card, "labels", "verification")
    given = {
        "country": at(card, "consumer", "countryCode"),
        "verification_level": at(label, "verificationLevel"),
        "verification_source": at(label, "verificationSource"),
        "review_source": at(label, "reviewSourceName") or at(card, "source"),
        "verified_raw": None if isinstance(verified, bool) else verified,
        "pending": card.get("isPending", card.get("pending")) or None,
        "filtered": card.get("filtered") or None,
    }
    yield from ((name, str(value)) for name, value in given.items() if value is not None)


def _page_after(paging: Any, url: Any) -> str | None:
    page, pages = count(at(paging, "currentPage")), count(at(paging, "totalPages"))
    if not isinstance(url, str) or page is None or pages is None or page >= pages:
        return None
    bare = re.sub(r"(?<=[?&])page=\d+&?", "", url).rstrip("?&")
    return f"{bare}{'&' if '?' in bare else '?'}page={page + 1}"
