"""Reviews as schema.org describes them (JSON-LD), from any page that carries them; an aggregate is not a review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spiders import embedded, microdata
from spiders.items import Page, ParsedPage, Review
from spiders.parse import average_on, clean
from spiders.reading import Reading, once
from spiders.schemareview import Node, review_of, scale_of, types, unplaced
from spiders.site import Site
from spiders.values import at, count, first, flat

_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page says of the reviewed thing itself."""

    name: str | None
    average: float | None
    total: int | None


def subject(html: str) -> Subject:
    """The reviewed thing of a page's JSON-LD, for a site whose reviews stand elsewhere in it."""
    return subject_of(embedded.json_ld(html)[0])


_THINGS = ("Business", "Organization", "Restaurant", "Store", "Contractor", "Hotel", "Dealer", "Service", "Shop")


def business(html: str) -> str | None:
    """The name of the first business of a page's JSON-LD, whether or not it has reviews there."""
    nodes = embedded.json_ld(html)[0]
    named = [node for node in nodes if any(each.endswith(_THINGS) for each in types(node))]
    return next((name for node in named if (name := clean(at(node, "name"), escaped=2))), None)


def parse(site: Site, page: Page, *, empty: str | None = None) -> ParsedPage:
    """All schema.org reviews of a page. `empty` is the site's own "no reviews yet", as it stands in the page."""
    html = embedded.text_of(page)
    nodes, broken = embedded.json_ld(html)
    items, unread = microdata.nodes(html)
    reading = Reading(site, page, [f"{broken} JSON-LD block(s) could not be read"] if broken else [])
    reading.note(unread)
    subject = subject_of([*nodes, *items], site.scale)
    told = [_read(reading, nodes), _read(reading, items)]
    return ParsedPage(
        reviews=(*told[0], *_beyond(told[0], told[1])),
        business=subject.name,
        average=subject.average,
        declared_total=subject.total,
        next_url=embedded.link(html, "next", page.url),
        says_empty=empty is not None and empty in html,
        problems=tuple(reading.problems),
    )


def _read(reading: Reading, nodes: list[dict[str, Any]]) -> list[Review]:
    read = {id(node): review_of(reading, node, of) for node, of in _reviews(nodes, None, 0)}
    return list(unplaced(list(once(read.values()))))


def _beyond(said: list[Review], again: Iterable[Review]) -> Iterator[Review]:
    """What microdata says that JSON-LD has not said already: the same words by the same author are one review."""
    known = {(review.author, review.text or review.posted.on) for review in said}
    yield from (review for review in again if (review.author, review.text or review.posted.on) not in known)


def _reviews(block: Any, of: Node | None, depth: int) -> Iterator[tuple[Node, Node | None]]:
    """Review nodes with the thing they are filed under, however nested."""
    if depth > _DEEPEST:
        return
    if isinstance(block, list):
        for each in block:
            yield from _reviews(each, of, depth + 1)
    elif isinstance(block, dict):
        if _is_review(block):
            yield block, of
            return
        for name in ("review", "reviews"):
            for each in flat(block.get(name)):
                if isinstance(each, dict) and (_is_review(each) or _looks_like_one(each)):
                    yield each, block
        for name in ("mainEntity", "mainEntityOfPage", "itemReviewed", "itemListElement", "item"):
            yield from _reviews(block.get(name), of, depth + 1)


def _is_review(node: Node) -> bool:
    return any(each.endswith("Review") for each in types(node))


def _looks_like_one(node: Node) -> bool:
    """A member without a type: it says who or what, and no count of others."""
    if types(node) or "reviewCount" in node or "ratingCount" in node:
        return False
    return any(node.get(name) for name in ("reviewBody", "description", "reviewRating", "author"))


def subject_of(nodes: list[dict[str, Any]], scale: str = "1-5") -> Subject:
    """The reviewed thing: the first node that has both reviews and an aggregate rating, else one that has either.

    `scale` is the site's, for an aggregate that names none.
    """
    held = [node for node in nodes if isinstance(first(node.get("aggregateRating")), dict)]
    for node in [*(node for node in held if node.get("review")), *held]:
        return _told(node, first(node["aggregateRating"]), scale)
    for node in nodes:
        if "AggregateRating" in types(node):
            return _told(first(node.get("itemReviewed")), node, scale)
    return _told(next((node for node in nodes if node.get("review")), None), {}, scale)


def _told(thing: Any, aggregate: Node, scale: str) -> Subject:
    total = aggregate.get("reviewCount")
    return Subject(
        name=clean(at(thing, "name"), escaped=2),
        average=average_on(scale_of(aggregate, scale), aggregate.get("ratingValue")),
        total=count(first(total)),
    )
