"""Google Business Profile API (accounts.locations.reviews): all reviews of a client's own locations, with answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders import embedded
from spiders.google import original
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.site import Site, UnreadableError
from spiders.values import at, count, members, number

_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_OF_AN_ANSWER = {"averageRating", "totalReviewCount", "locationReviews"}


class GoogleBusinessProfile(Site):
    name = "googlebusinessprofile"
    title = "Google Business Profile"
    hosts = ("mybusiness.googleapis.com",)
    domains = ("mybusiness.googleapis.com",)
    marks = (b'"starRating"',)
    ways = ("api", "capture")
    always_present = ("id", "rating", "posted")
    closes_html = False

    def parse(self, page: Page) -> ParsedPage:
        answer = embedded.loads(embedded.text_of(page))
        # A batch names the location beside each review; a location without any answers with {}.
        cards = [*members(answer, "reviews"), *(at(each, "review") for each in members(answer, "locationReviews"))]
        cards = [each for each in cards if isinstance(each, dict) and ("starRating" in each or "reviewId" in each)]
        empty = answer == {} and self.at_home(page.url)
        if not isinstance(answer, dict) or not (cards or empty or _OF_AN_ANSWER & answer.keys()):
            told = clean(at(answer, "error", "status")) or "no review"
            raise UnreadableError(f"looked for an answer of accounts.locations.reviews, which says {told[:40]}")
        reading, total = Reading(self, page), count(answer.get("totalReviewCount"))
        return reading.parsed(
            (self._review(reading, each) for each in cards),
            average=number(answer.get("averageRating")) or None,
            declared_total=total if total is not None or not empty else 0,
            next_url=_next(page.url, answer.get("nextPageToken")),
            says_empty=empty or total == 0,
        )

    def _review(self, reading: Reading, card: dict[str, Any]) -> Review:
        said, created, edited = card.get("starRating"), card.get("createTime"), card.get("updateTime")
        stars = _STARS.get(said) if isinstance(said, str) else None
        if stars is None and said not in (None, "STAR_RATING_UNSPECIFIED"):
            reading.known("starRating", said, _STARS)
        named, reply = clean(card.get("name")), card.get("reviewReply")
        hidden = at(card, "reviewer", "isAnonymous") is True
        review = reading.review(
            stars,
            id=clean(card.get("reviewId")) or (named and named.rsplit("/", 1)[-1]),
            text=clean(original(card.get("comment")), escaped=0),
            author=None if hidden else clean(at(card, "reviewer", "displayName"), escaped=0),
            posted=reading.date(created),
            updated=reading.date(edited if edited != created else None),
            reply=reading.reply(original(at(reply, "comment")), reading.date(at(reply, "updateTime")), escaped=0),
        )
        return replace(review, rating_raw=clean(said))


def _next(url: str, token: object) -> str | None:
    if not isinstance(token, str) or not token or "//" not in url:
        return None
    asked = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(asked.query) if name != "pageToken"]
    return asked._replace(query=urlencode([*kept, ("pageToken", token)])).geturl()
