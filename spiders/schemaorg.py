"""Reviews as schema.org describes them (JSON-LD), from any page that carries them; an aggregate is not a review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spiders import embedded
from spiders.items import Page, ParsedPage
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.schemareview import Node, review_of, types
from spiders.site import Site
from spiders.values import first, flat, number

_DEEPEST = 12


def parse(site: Site, page: Page, *, empty: str | None = None) -> ParsedPage:
    """All schema.org reviews of a page. `empty` is the site's own "no reviews yet", as it stands in the page."""
    html = embedded.text_of(page)
    nodes, broken = embedded.json_ld(html)
    reading = Reading(site, page, [f"{broken} JSON-LD block(s) could not be read"] if broken else [])
    subject, aggregate = _subject(nodes)
    reviews = {id(node): review_of(reading, node, of) for node, of in _reviews(nodes, None, 0)}
    return ParsedPage(
        reviews=tuple(once(reviews.values())),
        business=clean(subject.get("name")) if subject else None,
        average=number(aggregate.get("ratingValue")),
        declared_total=_count(aggregate),
        next_url=embedded.link(html, "next", page.url),
        says_empty=empty is not None and empty in html,
        problems=tuple(reading.problems),
    )


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


def _subject(nodes: list[dict[str, Any]]) -> tuple[Node, Node]:
    """The reviewed thing and its aggregate rating: the first node that has both reviews and an aggregate, else one."""
    held = [node for node in nodes if isinstance(first(node.get("aggregateRating")), dict)]
    for node in [*(node for node in held if node.get("review")), *held]:
        return node, first(node["aggregateRating"])
    for node in nodes:
        if "AggregateRating" in types(node):
            return first(node.get("itemReviewed")) or {}, node
    return next((node for node in nodes if node.get("review")), {}), {}


def _count(aggregate: Node) -> int | None:
    count = number(aggregate.get("reviewCount"))
    return int(count) if count is not None else None
