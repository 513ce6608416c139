"""By which way an address can be read: crawled, asked for through an API, or neither, with the next step."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from audits.engagement.rules import loopback
from flows.seen import site_of
from spiders.facts import UNKNOWN, facts
from spiders.recognise import ANY
from spiders.sites import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The site of an address and the way that is open; `way` is None where it takes a file or a key first."""

    site: str
    way: str | None
    says: tuple[str, ...]
    next_step: str = ""
    url: str | None = None
    address: str | None = None
    local: bool = False


def place(url: str, named: str | None, address: str | None) -> Place:
    """What may be read at an address; raises `LookupError` for a site that nobody knows."""
    held = site(named or site_of(url) or ANY)
    known = facts(held.name)
    local = loopback(urlsplit(url).hostname or "")
    says = [f"{url}: {held.title} ({held.name}); ways in: {', '.join(held.ways)}"]
    if known.robots != "unknown":
        says.append(f"  robots.txt, to a general crawler: {known.robots} ({known.robots_as_of})")
    if UNKNOWN not in (known.api, known.api_key):
        says.append(f"  API: {known.api} Its key is read from {known.api_key}.")
    if address and "api" in held.ways:
        return Place(site=held.name, way="api", says=tuple(says), address=address)
    if "crawl" in held.ways and known.robots != "closed":
        return Place(site=held.name, way="crawl", says=tuple(says), url=url, local=local)
    step = f"{held.title} cannot be crawled. {held.other_ways('crawl')}"
    step += " Save the pages in a browser (HAR) or ask the client for an export, then: telltale init FILE"
    if "api" in held.ways:
        step += "; or give what its API calls the business: --address …"
    return Place(site=held.name, way=None, says=tuple(says), next_step=step)
