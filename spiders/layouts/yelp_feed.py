"""Yelp's review feed (2019 and later), in a page or as its own body; and the bodies of its API, which hold excerpts."""

from __future__ import annotations

import re
from typing import Any

from spiders import embedded, schemaorg
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.values import at, count, first, members, number

_FEED = re.compile(r'"reviewFeedQueryProps"\s*:\s*(?=\{)')

_WORDS = {"comment", "excerpt", "text"}


def of(html: str) -> dict[str, Any] | None:
    """The feed with its reviews, or None where a page has none."""
    body = embedded.loads(html) if html.lstrip()[:1] == "{" else None
    for feed in (body, *embedded.values(html, _FEED)):
        if isinstance(feed, dict) and any(_WORDS & each.keys() for each in members(feed, "reviews")):
            return feed
    return None


def read(reading: Reading, feed: dict[str, Any], html: str) -> ParsedPage:
    subject = schemaorg.subject(html)
    reviews = tuple(once(_review(reading, each, subject.name) for each in members(feed, "reviews")))
    return ParsedPage(
        reviews=reviews,
        business=subject.name
        or clean(feed.get("name"))
        or next((each.business for each in reviews if each.business), None),
        average=subject.average or number(feed.get("rating")),
        declared_total=count(at(feed, "pagination", "totalResults") or feed.get("total") or feed.get("review_count"))
        or subject.total,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any], business: str | None) -> Review:
    reply, home = first(card.get("businessOwnerReplies")), clean(at(card, "user", "displayLocation"))
    user, made = card.get("user"), card.get("time_created")
    return Review(
        site=reading.site.name,
        id=clean(card.get("id")),
        url=reading.page.url or None,
        rating=reading.stars(card.get("rating")),
        rating_raw=clean(card.get("rating")),
        rating_scale=reading.site.scale,
        text=clean(at(card, "comment", "text") or card.get("text") or card.get("excerpt"), escaped=2),
        author=clean(at(user, "markupDisplayName") or at(user, "displayName") or at(user, "name")),
        posted=reading.epoch(made) if isinstance(made, int) else reading.date(card.get("localizedDate") or made),
        business=clean(at(card, "business", "name")) or business,
        language=clean(at(card, "comment", "language")),
        attributes={"home": home} if home else {},
        reply=reading.reply(
            at(reply, "comment", "text") or at(reply, "comment"), reading.date(at(reply, "localizedDate")), escaped=2
        ),
    )
