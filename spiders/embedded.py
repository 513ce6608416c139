"""The JSON that a page carries for machines, and its link to the next one, without building a tree of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

from spiders.items import Page
from spiders.values import flat

_ATTRIBUTE = re.compile(
    r"(?<![\w:-])([\w:-]{1,40})\s*=\s*(?:\"([^\"]{0,20000})\"|'([^']{0,20000})'|([^\s\"'>]{1,2000}))"
)
_LINK = re.compile(r"<(?i:link|a)\s([^<>]{1,5000})>")
_LINK_QUOTED = re.compile(r"<(?i:link|a)\s((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){1,2000})>")
"""The same where a sign such as `>` may stand in its quotes; an apostrophe that opens nothing is none of its."""
_CONTROL = re.compile(r"[\x00-\x1f]")
_BASE = re.compile(r"<(?i:base)\s([^<>]{1,5000})>")
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.I)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_OPENS = re.compile(r"<(?i:script|!--|noscript|template|textarea)")  # a literal `<` first: ten times as fast
_CLOSES = {
    "<!--": re.compile("-->"),
    **{f"<{name}": re.compile(f"</(?i:{name})") for name in ("script", "noscript", "template", "textarea")},
}
_DEEPEST = 40
"""No honest page nests its data deeper; a bomb does."""


def text_of(page: Page) -> str:
    """The body as text: UTF-8 where it fits, else as the header or the page declares, with U+FFFD for what does not."""
    if page.body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return page.body.decode("utf-8-sig" if page.body[0] == 0xEF else "utf-16", "replace")
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

    # A browser believes the header before the page, and pages are written to look right in one.
    declared = http_content_type_encoding(page.kind) or html_body_declared_encoding(page.body[:4096]) or "utf-8"
    try:
        return page.body.decode("utf-8")
    except UnicodeDecodeError:
        return page.body.decode(declared if declared != "utf-8" else "cp1252", "replace")


def scripts(html: str) -> Iterator[tuple[dict[str, str], str]]:
    """Attributes and content of every script, in page order; what is commented out or in `<noscript>` is not there."""
    at = 0
    while found := _OPENS.search(html, at):
        what = found[0].lower()
        opened = html.find(">", found.end()) if what == "<script" else found.end()
        closed = _CLOSES[what].search(html, opened) if opened >= 0 else None
        if closed is None:
            return
        if what == "<script":
            yield attributes(html[found.end() : opened]), html[opened + 1 : closed.start()]
        at = closed.end()


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


def values(text: str, key: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """The objects that follow each match of a key, wherever in a page's state it stands; lists are laid open."""
    decoder, over = json.JSONDecoder(strict=False), 0
    for found in key.finditer(text):
        if found.end() < over:
            continue
        try:
            value, over = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        yield from (each for each in flat(value) if isinstance(each, dict))


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
    """The address of the first visible `<link rel=…>` or `<a rel=…>`, absolute as the page counts its addresses."""
    # Begins with a literal and minds the case: this is searched in the whole of every page.
    if not re.search(rf"(?:rel|REL)=[\"']?[^\"'<>]{{0,100}}{rel}", html):
        return None
    shown = visible(html)
    for found in chain(_LINK.finditer(shown), _LINK_QUOTED.finditer(shown)):
        if rel not in found[1].lower():
            continue
        given = attributes(found[1])
        if rel in given.get("rel", "").lower().split() and given.get("href"):
            # The references to `&` alone: in an address "&copy=2" is no sign.
            return absolute(_AMPERSAND.sub("&", given["href"]), _base(shown, base))
    return None


def _base(shown: str, page: str) -> str:
    """What the page counts its relative addresses from: its `<base>`, unless that leads off the site."""
    found = _BASE.search(shown)
    named = absolute(attributes(found[1]).get("href", ""), page) if found else None
    return named if named and _origin(named) == _origin(page) else page


def _origin(url: str) -> tuple[str, str]:
    """Scheme, and host with its port, of an address; nothing of what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()


def absolute(address: str, base: str) -> str | None:
    """An address of the page made whole, or None where it is none."""
    try:
        return urljoin(base, address)
    except ValueError:
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
    at, shown = 0, []
    while found := _OPENS.search(html, at):
        what = found[0].lower()
        closed = _CLOSES[what].search(html, found.end())
        # Past the closing tag: what is left of it would end something else.
        over = len(html) if closed is None else max(closed.end(), html.find(">", closed.start()) + 1)
        shown.append(html[at : over if scripts and what == "<script" else found.start()])
        at = over
    return "".join([*shown, html[at:]])
