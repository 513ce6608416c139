"""Microdata and RDFa as the nodes that JSON-LD would have: read only where a page has them, and only up to a bound."""

from __future__ import annotations

import re
from typing import Any

from spiders import embedded
from spiders.values import flat

_ITEM = re.compile(r"itemtype=[\"']?[^\"'>]{0,200}schema\.org/[A-Za-z]*Review\b|itemprop=[\"']?review")
_RDFA = re.compile(r"typeof=[\"']?(?:schema:|https?://schema\.org/)?[A-Za-z]*Review[\"'\s>]")
_BOMB = re.compile(r"<([a-zA-Z][\w-]{0,40})\s[^<>]{20000,}(?:>|\Z)")
_MOST_TAGS, _MOST_ITEMS, _DEEPEST = 40_000, 3_000, 200


def nodes(html: str) -> tuple[list[dict[str, Any]], str | None]:
    """The items of a page in page order, and why they were not read where they were not."""
    item = _ITEM.search(html) if "itemprop" in html else None
    rdfa = _RDFA.search(html) if "typeof=" in html else None
    if not item and not rdfa:
        return [], None
    shown = _BOMB.sub(r"<\1>", embedded.visible(html))  # attributes without end cost the tree a minute
    if shown.count("<") > 2 * _MOST_TAGS or shown.count("itemscope") + shown.count("typeof") > _MOST_ITEMS:
        return [], f"more than {_MOST_TAGS:,} tags or {_MOST_ITEMS:,} items: its microdata is not read"
    try:
        return [*(_items(shown) if item else []), *(_subjects(shown) if rdfa else [])], None
    except (ValueError, RecursionError, AssertionError) as wrong:
        return [], f"its microdata could not be read: {type(wrong).__name__}"


def _items(shown: str) -> list[dict[str, Any]]:
    from extruct.w3cmicrodata import MicrodataExtractor
    from lxml import html as tree

    root = tree.fromstring(shown)
    if any(_depth(each) > _DEEPEST for each in root.xpath("//*[@itemscope]")):
        raise RecursionError
    return [_node(each) for each in MicrodataExtractor().extract_items(root, "")]


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _node(item: Any, depth: int = 0) -> Any:
    if not isinstance(item, dict) or depth > _DEEPEST:
        return item
    properties = item.get("properties") or {}
    read = {name: [_node(each, depth + 1) for each in flat(value)] for name, value in properties.items()}
    single = {name: value[0] if len(value) == 1 else value for name, value in read.items()}
    texts = ("name", "reviewBody", "description", "datePublished", "ratingValue")
    first = {name: value[0] for name, value in read.items() if name in texts and value}
    return {"@type": item.get("type"), "@id": item.get("id"), **single, **first}


def _subjects(shown: str) -> list[dict[str, Any]]:
    from extruct.rdfa import RDFaExtractor

    found = {each.get("@id"): each for each in RDFaExtractor().extract(shown, base_url="https://page.invalid/")}
    named = {at for each in found.values() for value in each.values() for at in _references(value)}
    return [_linked(each, found, 0) for key, each in found.items() if key not in named]


def _references(value: Any) -> list[str]:
    return [each["@id"] for each in flat(value) if isinstance(each, dict) and "@id" in each]


def _linked(subject: dict[str, Any], found: dict[Any, dict[str, Any]], depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": subject.get("@type")}
    for name, value in subject.items():
        if name.startswith("@") or depth > 8:
            continue
        read = [_value(each, found, depth) for each in flat(value)]
        node[name.rsplit("/", 1)[-1]] = read[0] if len(read) == 1 else read
    return node


def _value(given: Any, found: dict[Any, dict[str, Any]], depth: int) -> Any:
    if not isinstance(given, dict):
        return given
    if "@value" in given:
        return given["@value"]
    return _linked(found[given["@id"]], found, depth + 1) if given.get("@id") in found else given.get("@id")
