"""One schema.org review node as a `Review`: what the many ways to write one have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from spiders.embedded import absolute
from spiders.items import Page, Reply, Review
from spiders.parse import clean
from spiders.reading import Reading
from spiders.values import first, flag, flat, number

Node = Mapping[str, Any]


def review_of(reading: Reading, node: Node, of: Node | None) -> Review:
    overall, parts = _ratings(node)
    raw = overall.get("ratingValue") if overall else None
    scale = scale_of(overall, reading.site.scale)
    facts = dict(_facts(node))
    return Review(
        site=reading.site.name,
        id=_id(node),
        url=_url(node, reading.page),
        rating=reading.stars(raw, scale),
        rating_raw=str(raw) if raw is not None else None,
        rating_scale=scale,
        # Plugins escape what is escaped already; text that truly means "&amp;" is not found in reviews.
        title=clean(node.get("name") or node.get("headline"), escaped=2),
        text=clean(node.get("reviewBody") or node.get("description") or node.get("text"), escaped=2),
        author=_author(node.get("author") or node.get("creator")),
        posted=reading.date(node.get("datePublished") or node.get("dateCreated")),
        experienced=reading.date(facts.pop("experienced", None)),
        updated=reading.date(node.get("dateModified")),
        location=_location(node, of),
        business=clean((of or {}).get("name")),
        language=clean(node.get("inLanguage")),
        verified=flag(facts.pop("verified", None)),
        invited=flag(facts.pop("invited", None)),
        subratings=parts,
        attributes={name: str(value) for name, value in facts.items() if isinstance(value, (str, int, float))},
        reply=_reply(reading, node),
    )


def _ratings(node: Node) -> tuple[Node, dict[str, float]]:
    """The overall rating and the sub-ratings, which name the aspect they are about."""
    given = [each for each in flat(node.get("reviewRating")) if not isinstance(each, dict) or each.get("ratingValue")]
    plain = [each if isinstance(each, dict) else {"ratingValue": each} for each in given]
    overall = next((each for each in plain if not each.get("reviewAspect")), None)
    aspects = [*plain, *(each for each in flat(node.get("additionalRating")) if isinstance(each, dict))]
    parts = {str(each["reviewAspect"]): number(each.get("ratingValue")) for each in aspects if each.get("reviewAspect")}
    return overall or {}, {name: value for name, value in parts.items() if value is not None}


def scale_of(overall: Node, declared: str) -> str:
    """The scale that the review itself declares; schema.org leaves it at 1 to 5 where it is silent."""
    best, worst = number(overall.get("bestRating")), number(overall.get("worstRating"))
    low, high = declared.split("-")
    if best is None or best <= 1:
        return declared
    return f"{worst if worst is not None and worst < best else float(low):g}-{best or float(high):g}"


def _facts(node: Node) -> Iterator[tuple[str, Any]]:
    for each in flat(node.get("additionalProperty")):
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            yield each["name"].removeprefix("x-").lower(), each.get("value")


def _reply(reading: Reading, node: Node) -> Reply | None:
    for each in flat(node.get("comment")):
        text = clean(each.get("text") or each.get("description")) if isinstance(each, dict) else None
        if text:
            return Reply(text=text, posted=reading.date(each.get("datePublished") or each.get("dateCreated")))
    return None


_KIND = re.compile(r"(?:customer|user)?[-_]?(?:review|rating|comment)s?", re.I)
"""What an `@id` may end in that says what the node is and not which: "/r/123#review"."""


def _id(node: Node) -> str | None:
    """The site's own id: an `identifier`, or what the `@id` says after its last # or /."""
    given = first(node.get("identifier")) or node.get("@id")
    if isinstance(given, dict):
        given = given.get("value")
    if not isinstance(given, (str, int)) or not str(given).strip() or str(given).strip().startswith("_:"):
        return None  # "_:b0" is a name within one page: the next page uses it again
    whole = str(given).strip().rstrip("/")
    last = whole.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    if not _KIND.fullmatch(last):
        return last or None
    return whole if whole.removesuffix(last).strip("#/") else None


_POSITION = re.compile(rf"{_KIND.pattern}[-_]?(\d{{1,3}})", re.I)
"""An id that may be the place of its review on the page or in the list: "review-0", "comment_12"."""


def unplaced(reviews: Sequence[Review]) -> Iterator[Review]:
    """The reviews of one page, those without an id whose ids only count where they stand: the next page counts anew."""
    places = [int(found[1]) if (found := _POSITION.fullmatch(each.id or "")) else None for each in reviews]
    first = places[0] if places else None
    counted = first is not None and places == list(range(first, first + len(places)))
    placed = counted and (first in (0, 1) or len(places) > 2)
    yield from (replace(each, id=None) if placed else each for each in reviews)


def _url(node: Node, page: Page) -> str | None:
    given = node.get("url") or node.get("@id")
    if isinstance(given, str) and given.startswith(("http://", "https://", "/")):
        whole = absolute(given, page.url)
        return whole if whole and whole.startswith(("http://", "https://")) else None
    return page.url or None


def _author(given: Any) -> str | None:
    given = first(given)
    return clean(given.get("name") if isinstance(given, dict) else given)


_PLACES = {"Place", "LocalBusiness", "Store", "Restaurant", "Hotel", "LodgingBusiness", "MedicalClinic", "AutoDealer"}


def _location(node: Node, of: Node | None) -> str | None:
    """Where it happened: a place of its own, or the reviewed branch where that is not the whole business."""
    for name in ("contentLocation", "locationCreated"):
        place = first(node.get(name))
        if isinstance(place, dict):
            return clean(place.get("name"))
    branch = first(node.get("itemReviewed"))
    if isinstance(branch, dict) and of is not None and _PLACES & set(types(branch)):
        return clean(branch.get("name")) if branch.get("name") != of.get("name") else None
    return None


def types(node: Node) -> list[str]:
    return [str(each).rsplit("/", 1)[-1] for each in flat(node.get("@type"))]
