"""Glassdoor's Apollo cache: reviews that point to employer, job title and place; 0 stars mean none given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from spiders import embedded
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.site import UnreadableError
from spiders.values import at, count, first, number

_TONGUES = {"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "nld": "nl"}
_PARTS = re.compile(r"^rating(?!Overall|Ceo|BusinessOutlook|RecommendToFriend)([A-Z]\w+)$")


def read(reading: Reading) -> ParsedPage:
    html = embedded.text_of(reading.page)
    state = embedded.state(html, "__NEXT_DATA__") or embedded.state(html, "__APOLLO_STATE__")
    cache = at(state, "props", "pageProps", "apolloCache") or at(state, "props", "apolloCache") or state
    root = at(cache, "ROOT_QUERY") or {}
    lists = [each for key, each in root.items() if key.startswith("employerReviews") and at(each, "reviews")]
    listed = lists[0] if lists else {}
    named = [at(cache, str(at(each, "__ref"))) or each for each in listed.get("reviews") or []]
    held = named or [each for key, each in (cache or {}).items() if key.startswith("EmployerReview")]
    if not held and not lists:
        raise UnreadableError("looked for an apolloCache with employerReviews")
    return ParsedPage(
        reviews=tuple(once(_review(reading, each, cache) for each in held if at(each, "reviewId"))),
        business=clean(_employer(cache, first(held))),
        average=number(at(listed, "ratings", "overallRating")),
        declared_total=count(listed.get("filteredReviewsCount", listed.get("allReviewsCount"))),
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any], cache: Any) -> Review:
    stars, reply, tongue = (
        card.get("ratingOverall") or None,
        first(card.get("employerResponses")),
        card.get("languageId"),
    )
    told = {name: clean(card.get(f"{name}Original") or card.get(name)) for name in ("pros", "cons", "advice")}
    return Review(
        site=reading.site.name,
        id=clean(card.get("reviewId")),
        url=reading.page.url or None,
        rating=reading.stars(stars),
        rating_raw=clean(stars),
        rating_scale=reading.site.scale,
        recommended={"POSITIVE": True, "NEGATIVE": False}.get(str(card.get("ratingRecommendToFriend"))),
        title=clean(card.get("summaryOriginal") or card.get("summary")),
        text="\n".join(f"{name.title()}: {words}" for name, words in told.items() if words) or None,
        posted=reading.date(card.get("reviewDateTime")),
        location=clean(at(_of(card, "location", cache), "name")),
        business=clean(_employer(cache, card)),
        language=_TONGUES.get(str(card.get("originalLanguageId") or tongue), tongue),
        original_language=_TONGUES.get(str(card.get("originalLanguageId")), card.get("originalLanguageId")),
        subratings=dict(_parts(card)),
        attributes=dict(_attributes(card, cache)),
        reply=reading.reply(at(reply, "response"), reading.date(at(reply, "responseDateTime"))),
    )


def _of(card: Any, name: str, cache: Any) -> Any:
    """What a card points to in the cache, or holds itself."""
    held = at(card, name)
    return at(cache, str(at(held, "__ref"))) or held


def _employer(cache: Any, card: Any) -> Any:
    named = _of(card, "employer", cache)
    return at(named, "shortName") or at(named, "name")


def _parts(card: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for key, value in card.items():
        if (found := _PARTS.match(key)) and (stars := number(value)):  # 0 is "not given"
            yield found[1], stars


def _attributes(card: dict[str, Any], cache: Any) -> Iterator[tuple[str, str]]:
    given = {
        "job_title": at(_of(card, "jobTitle", cache), "text"),
        "employment": card.get("employmentStatus"),
        "current_job": card.get("isCurrentJob"),
        "years": card.get("lengthOfEmployment") or None,
        "ceo": card.get("ratingCeo"),
        "outlook": card.get("ratingBusinessOutlook"),
    }
    yield from ((name, str(value)) for name, value in given.items() if value is not None)
