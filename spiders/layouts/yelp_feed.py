"""Yelp's review feed (2019 and later): as the state of a page, or as the body that the page asks for."""

from __future__ import annotations

import re
from typing import Any

from spiders import embedded, schemaorg
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import at, count, first, members

_FEED = re.compile(r'"reviewFeedQueryProps"\s*:\s*(?=\{)')


def of(html: str) -> dict[str, Any] | None:
    """The feed with its reviews, or None where a page has none."""
    body = embedded.loads(html) if html.lstrip()[:1] == "{" else None
    for feed in (body, *embedded.values(html, _FEED)):
        if isinstance(feed, dict) and any("comment" in each for each in members(feed, "reviews")):
            return feed
    return None


def read(reading: Reading, feed: dict[str, Any], html: str) -> ParsedPage:
    subject = schemaorg.subject(html)
    reviews = tuple(once(_review(reading, each, subject.name) for each in members(feed, "reviews")))
    return ParsedPage(
        reviews=reviews,
        business=subject.name or next((each.business for each in reviews if each.business), None),
        average=subject.average,
        declared_total=count(at(feed, "pagination", "totalResults")) or subject.total,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any], business: str | None) -> Review:
    reply, home = first(card.get("businessOwnerReplies")), clean(at(card, "user", "displayLocation"))
    return Review(
        site=reading.site.name,
        id=clean(card.get("id")),
        url=reading.page.url or None,
        rating=reading.stars(card.get("rating")),
        rating_raw=clean(card.get("rating")),
        rating_scale=reading.site.scale,
        text=clean(at(card, "comment", "text"), escaped=2),
        author=clean(at(card, "user", "markupDisplayName") or at(card, "user", "displayName")),
        posted=reading.date(card.get("localizedDate")),
        business=clean(at(card, "business", "name")) or business,
        language=clean(at(card, "comment", "language")),
        attributes={"home": home} if home else {},
        reply=reading.reply(
            at(reply, "comment", "text") or at(reply, "comment"), reading.date(at(reply, "localizedDate")), escaped=2
        ),
    )
