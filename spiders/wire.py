"""What goes over the wire, as plain values: headers by name, and the conditions under which a page is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from scrapy import Request
from scrapy.http import Response

from spiders import guard
from spiders.items import Page
from spiders.site import Site


def headers_of(message: Request | Response) -> dict[str, str]:
    """The headers of a request or a response; of several under one name the last."""
    given = {name: message.headers[name] or b"" for name in message.headers}
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in given.items()}


def fetched(response: Response, at: str) -> Page:
    """A response as the page that parsers and landings know."""
    body = bytes(response.body)
    digest = sha256(body).hexdigest()
    return Page(url=response.url, body=body, fetched_at=at, status=response.status, sha256=digest, kind=_kind(response))


def cut(response: Response, site: Site) -> bool:
    """Whether a page that the site closes arrived without its end."""
    return site.closes_html and 200 <= response.status < 300 and guard.unclosed(response.body, _kind(response))


def _kind(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def conditions(stored: Mapping[str, str]) -> dict[str, str]:
    """What to ask with where a page is kept already: the site answers 304 if it is still the same."""
    held = {name.lower(): value for name, value in stored.items()}
    asked = {"If-None-Match": held.get("etag"), "If-Modified-Since": held.get("last-modified")}
    return {name: value for name, value in asked.items() if value}
