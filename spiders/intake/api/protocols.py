"""What each official API is asked, how it is told the key, and where its next page is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Next = Callable[[str, Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One API. `path` takes the listing's address; the key goes into a header, or into a query parameter."""

    site: str
    base: str
    path: str
    key_name: str | None = None
    """The environment variable that holds the key; None where none is needed."""
    header: str = "Authorization"
    prefix: str = "Bearer "
    extra: Mapping[str, str] | None = None
    after: Next = lambda _url, _answer: None
    about: str | None = None
    """Where the API says how many reviews there are, where its pages do not: `numberOfReviews.total`."""
    most: int | None = None
    """Reviews that the API gives out and no more: a shortfall that is the API's own."""
    storage: bool = True
    """Whether its terms let what it answers be stored."""

    def first(self, address: str, base: str | None = None) -> str:
        """The address of the first page."""
        return f"{(base or self.base).rstrip('/')}{self.path.format(quote(address, safe='/'))}"

    def told(self, address: str, base: str | None = None) -> str | None:
        """The address of what the API says of the business."""
        return None if self.about is None else f"{(base or self.base).rstrip('/')}{self.about.format(quote(address))}"

    def headers(self, key: str | None) -> dict[str, str]:
        """What every request carries; nothing of it is written down."""
        return {**(self.extra or {}), **({self.header: f"{self.prefix}{key}"} if key else {})}


def _with(url: str, **given: str) -> str:
    asked = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(asked.query) if name not in given]
    return asked._replace(query=urlencode([*kept, *given.items()])).geturl()


def _asked(url: str, name: str) -> str:
    return dict(parse_qsl(urlsplit(url).query)).get(name, "")


def _page(url: str, answer: Mapping[str, Any]) -> str | None:
    """The next number; a page past the end has no reviews."""
    return _with(url, page=str(int(_asked(url, "page") or 1) + 1)) if answer.get("reviews") else None


def _token(url: str, answer: Mapping[str, Any]) -> str | None:
    token = answer.get("nextPageToken")
    return _with(url, pageToken=token) if isinstance(token, str) and token else None


def _cursor(url: str, answer: Mapping[str, Any]) -> str | None:
    """Steam gives a cursor even on its last page, which holds no review or names the one it was asked for."""
    cursor = answer.get("cursor")
    goes_on = answer.get("reviews") and isinstance(cursor, str) and cursor != _asked(url, "cursor")
    return _with(url, cursor=str(cursor)) if goes_on else None


PLACES = "id,displayName,rating,userRatingCount,reviews,googleMapsUri"
APIS = {
    each.site: each
    for each in (
        Api(
            site="trustpilot",
            base="https://api.trustpilot.com",
            path="/v1/business-units/{}/reviews?perPage=100&orderBy=createdat.desc&page=1",
            key_name="TRUSTPILOT_API_KEY",
            header="apikey",
            prefix="",
            after=_page,
            about="/v1/business-units/{}",
        ),
        Api(
            site="googlebusinessprofile",
            base="https://mybusiness.googleapis.com",
            path="/v4/{}/reviews?pageSize=50&orderBy=updateTime+desc",
            key_name="GOOGLE_BUSINESS_TOKEN",
            after=_token,
        ),
        Api(
            site="googleplaces",
            base="https://places.googleapis.com",
            path="/v1/places/{}",
            key_name="GOOGLE_PLACES_KEY",
            header="X-Goog-Api-Key",
            prefix="",
            extra={"X-Goog-FieldMask": PLACES},
            most=5,
            storage=False,
        ),
        Api(
            site="yelp",
            base="https://api.yelp.com",
            path="/v3/businesses/{}/reviews?sort_by=newest",
            key_name="YELP_API_KEY",
            most=3,
            storage=False,
        ),
        Api(
            site="steam",
            base="https://store.steampowered.com",
            path="/appreviews/{}?json=1&filter=recent&language=all&purchase_type=all&num_per_page=100&cursor=*",
            after=_cursor,
        ),
    )
}


def answer_of(body: bytes) -> Mapping[str, Any]:
    """An answer as a mapping; what is none is an empty one, and its parser says so."""
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
