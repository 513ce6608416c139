"""The JSON that a page carries for machines, and its link to the next one, without building a tree of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from spiders.items import Page

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,2000}))")
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_HIDING = ("<!--", "<noscript", "<template", "<textarea")
_ENDS = {"<!--": "-->", "<noscript": "</noscript", "<template": "</template", "<textarea": "</textarea"}
_DEEPEST = 40
"""No honest page nests its data deeper; a bomb does."""


def text_of(page: Page) -> str:
    """The body as text: the encoding is what the page declares, else UTF-8, with U+FFFD where it does not fit."""
    if page.body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return page.body.decode("utf-8-sig" if page.body[0] == 0xEF else "utf-16", "replace")
    from w3lib.encoding import html_body_declared_encoding

    declared = html_body_declared_encoding(page.body[:4096]) or "utf-8"
    try:
        return page.body.decode("utf-8")
    except UnicodeDecodeError:
        return page.body.decode(declared if declared != "utf-8" else "cp1252", "replace")


def _lower(html: str) -> str:
    """Lower case with every character in its place: a few letters grow when they are lowered."""
    lower = html.lower()
    return lower if len(lower) == len(html) else html.translate(_LOWER)


def scripts(html: str) -> Iterator[tuple[dict[str, str], str]]:
    """Attributes and content of every script, in page order; what is commented out or in `<noscript>` is not there."""
    lower, at = _lower(html), 0
    while (start := _next(lower, at)) is not None:
        where, what = start
        if what != "<script":
            end = lower.find(_ENDS[what], where)
            if end < 0:
                return
            at = end + len(_ENDS[what])
            continue
        opened = lower.find(">", where)
        closed = lower.find("</script", opened)
        if opened < 0 or closed < 0:
            return
        yield attributes(html[where + len("<script") : opened]), html[opened + 1 : closed]
        at = closed + len("</script")


def _next(lower: str, at: int) -> tuple[int, str] | None:
    """The next script or hidden part. Each `find` stops at the first hit so far: the scan stays linear."""
    nearest: tuple[int, str] | None = None
    for what in ("<script", *_HIDING):
        where = lower.find(what, at, nearest[0] if nearest else len(lower))
        if where >= 0:
            nearest = where, what
    return nearest


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name."""
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(tag[:20_000])}


def json_ld(html: str) -> tuple[list[dict[str, Any]], int]:
    """Every JSON-LD node of a page, lists and @graph laid open, and how many blocks could not be read."""
    nodes: list[dict[str, Any]] = []
    broken = 0
    for given, content in scripts(html):
        if "ld+json" not in given.get("type", "").lower():
            continue
        block = loads(content)
        if block is None:
            broken += bool(content.strip())
        else:
            nodes += _open(block)
    return nodes, broken


def state(html: str, name: str) -> Any:
    """The JSON of the script with that id, or None: the state that a page was rendered from."""
    return next((loads(content) for given, content in scripts(html) if given.get("id") == name), None)


def loads(content: str) -> Any:
    """JSON, repaired where that is safe (raw control characters, comments around it, a comma too many), else None."""
    content = content.strip().removeprefix("<!--").removesuffix("-->").strip().removesuffix(";")
    content = content.removeprefix("//<![CDATA[").removesuffix("//]]>")
    for attempt in (content, _CONTROL.sub(" ", content)):
        for text in (attempt, _TRAILING_COMMA.sub(r"\1", attempt)):
            try:
                return json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
    return None


def _open(block: Any, depth: int = 0) -> list[dict[str, Any]]:
    if depth > _DEEPEST:
        return []
    if isinstance(block, list):
        return [node for each in block for node in _open(each, depth + 1)]
    if not isinstance(block, dict):
        return []
    graph = block.get("@graph")
    return [block, *(_open(graph, depth + 1) if graph is not None else [])]


def link(html: str, rel: str, base: str) -> str | None:
    """The address of the first visible `<link rel=…>` or `<a rel=…>`, made absolute against the page's own address."""
    for found in re.finditer(r"<(?:link|a)\s([^<>]{1,5000})>", visible(html), re.I):
        given = attributes(found[1])
        if rel in given.get("rel", "").lower().split() and given.get("href"):
            return urljoin(base, given["href"].replace("&amp;", "&"))
    return None


_SAVED_FROM = re.compile(rb"<!--[^<>]{0,80}(?:saved from url=\(\d+\)|url: )(https?://[^\s<>\"']{1,2000})", re.I)
_NAMES_ITSELF = re.compile(rb"<(?:link|meta)\s[^<>]{0,300}(?:canonical|og:url)[^<>]{0,2500}>", re.I)


def own_address(page: Page) -> str | None:
    """The address that a saved page gives as its own: where a browser saved it from, its canonical link, its og:url."""
    if found := _SAVED_FROM.search(page.body, 0, 5_000):
        return found[1].decode("ascii", "replace")
    for found in _NAMES_ITSELF.finditer(page.body, 0, 1_000_000):
        given = attributes(found[0].decode("utf-8", "replace"))
        address = given.get("href") or given.get("content") or ""
        if address.startswith(("https://", "http://")):
            return address
    return None


def metas(html: str) -> dict[str, str]:
    """What the page's `<meta>` say, by `itemprop`, `property` or `name`; the last of a name is kept."""
    given = (attributes(found[1]) for found in re.finditer(r"<meta\s([^<>]{1,5000})>", html, re.I))
    named = ((each.get("itemprop") or each.get("property") or each.get("name"), each.get("content")) for each in given)
    return {name: content for name, content in named if name and content}


def visible(html: str, *, scripts: bool = False) -> str:
    """The page without its comments, templates, `<noscript>` and, unless asked for, scripts: what a reader is shown."""
    lower, at, shown = _lower(html), 0, []
    while (start := _next(lower, at)) is not None:
        where, what = start
        end = lower.find(_ENDS.get(what, "</script"), where)
        if what == "<script" and scripts:
            end = len(html) if end < 0 else end
            shown.append(html[at:end])
        else:
            shown.append(html[at:where])
        if end < 0:
            return "".join(shown)
        # Past the closing tag: what is left of it would end something else.
        at = max(end, lower.find(">", end) + 1)
    return "".join([*shown, html[at:]])
