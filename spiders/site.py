"""What a rating site is: a parser (page → reviews) and what is known of the site; no fetching, no clock, no Scrapy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from spiders import reasons
from spiders.facts import UNKNOWN, facts
from spiders.items import Page, ParsedPage, Way

SHARED_VERSION = 1
"""Raised when what all parsers share reads differently: dates, encodings, links, schema.org. Counts with each one's."""
_LONGEST_ENDING = len("com.au")


class UnreadableError(ValueError):
    """A parser's own refusal: this is not a page of that site; says what it looked for."""


class Site(ABC):
    """One rating site. A site file holds one subclass; `spiders.sites` finds it, nothing is registered by hand."""

    name: ClassVar[str]
    """Slug, the same as the file's name with hyphens."""
    title: ClassVar[str]
    """How the site calls itself."""
    hosts: ClassVar[tuple[str, ...]] = ()
    """Hosts that a crawl may ask; empty means: the host of the listing's own address and no other."""
    domains: ClassVar[tuple[str, ...]] = ()
    """Domains whose pages are this site's, hosts of any language under them included; `name.*` is any ending."""
    marks: ClassVar[tuple[bytes, ...]] = ()
    """What stands in its pages and in no other site's: how a saved page without an address is recognised."""
    ways: ClassVar[tuple[Way, ...]] = ("capture",)
    """The ways in that are open for this site."""
    scale: ClassVar[str] = "1-5"
    """What the site's rating runs from and to."""
    always_present: ClassVar[tuple[str, ...]] = ("rating",)
    """Fields of `Review` that every review of this site has; where they go missing the page has drifted."""
    date_order: ClassVar[str | None] = None
    """DMY, MDY or YMD where the site writes dates in digits; None: such dates are refused, never guessed."""
    date_orders: ClassVar[Mapping[str, str | None]] = {}
    """Ending of a host → its order, for a site that writes dates as each country does; None where that is not known."""
    zone: ClassVar[str] = "UTC"
    """The time zone in which the site says "3 days ago"."""
    declares_total: ClassVar[bool] = True
    """Whether the site says how many reviews there are: without it a crawl proves its end by the last page alone."""
    whole_share: ClassVar[float] = 0.99
    """Share of the declared total that unique ids must reach for `complete`: sites count what they no longer show."""
    most_shown: ClassVar[int | None] = None
    """How many reviews the site shows at most, whatever it declares; a crawl that reaches it is complete, capped."""
    closes_html: ClassVar[bool] = True
    """Whether its pages end in `</html>`, so that one which does not was cut off."""
    version: ClassVar[int] = 1
    """Raised when the parser reads something differently; kept with every landing."""

    @abstractmethod
    def parse(self, page: Page) -> ParsedPage:
        """Reviews of one page and what the page says of itself; raises `UnreadableError`, and nothing else."""

    def at_home(self, url: str) -> bool:
        """Whether the address is one of this site's."""
        host = _host(url).removeprefix("www.")
        return any(_under(host, domain) for domain in self.domains)

    def order_at(self, url: str) -> str | None:
        """The order of dates in digits on the host of an address; the site's own where that tells nothing else."""
        host = _host(url)
        known = [each for each in self.date_orders if host.endswith(f".{each}")]
        return self.date_orders[max(known, key=len)] if known else self.date_order

    def recognises(self, page: Page) -> bool:
        """Whether the body looks like this site's, at the cost of a search and without reading it."""
        return any(mark in page.body for mark in self.marks)

    def page_after(self, url: str) -> str | None:
        """The address after this one where the addresses tell it: lets a crawl go on past a page that cannot be had."""
        return None

    @property
    def parser_version(self) -> str:
        """Site and version in one word."""
        return f"{self.name}-{self.version + SHARED_VERSION}"

    def other_ways(self, way: Way) -> str:
        """The sentence for a way that is closed: which ones are open, and what each of them needs."""
        rest = [each for each in self.ways if each != way]
        if not rest:
            return reasons.NO_OTHER_WAY(site=self.title)
        return reasons.OTHER_WAYS(site=self.title, ways=", ".join(self._needing(each) for each in rest))

    def _needing(self, way: Way) -> str:
        known = facts(self.name)
        if way == "api" and UNKNOWN not in (known.api, known.api_key):
            return reasons.API_WITH_KEY(key=known.api_key)
        return reasons.CAPTURE_OF_PAGES() if way == "capture" else way


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "") if "//" in url else ""
    except ValueError:
        return ""


def _under(host: str, domain: str) -> bool:
    if not domain.endswith(".*"):
        return host == domain or host.endswith(f".{domain}")
    # "name.*": name.com, name.co.uk and de.name.ch, but not name.example.com.
    before, found, ending = f".{host}".partition(f".{domain[:-1]}")
    return bool(found) and len(ending) <= _LONGEST_ENDING and before.count(".") <= 2
