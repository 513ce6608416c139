"""The guard inside Scrapy: every request, redirect, resolved address, robots.txt and body passes through here."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # zope ships no types

from spiders import guard, reasons
from spiders.settings import NAME, RETRY_AFTER_MOST

CRAWL_DELAY = "telltale/crawl_delay"
"""The statistic of a crawl that holds the pause which robots.txt asks for, in seconds."""
UNREAD = reasons.ROBOTS_UNREAD()
WITHOUT_BODY = (204, 304)
"""Answers that have no body, and may name the encoding that it would have."""


class Refused(IgnoreRequest):
    """A request that the guard does not let out; the text says why."""


class Disallowed(IgnoreRequest):
    """robots.txt does not allow it, or cannot be had."""


class CutOff(IgnoreRequest):
    """A body that arrived in part, on every try."""


class AddressGuard:
    """Refuses a request whose address is not the site's, start requests and redirects included."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.local = crawler.settings.getbool("TELLTALE_LOCAL")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider: Any = self.crawler.spider
        if reason := guard.refused_url(request.url, hosts=spider.hosts, local=self.local):
            raise Refused(reasons.NOT_ASKED_FOR(url=request.url, what=reason))


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on only addresses that may be connected to: what is checked here is what is connected to next.

    Nothing is cached, so a name that changes its address between two requests is checked at each.
    """

    refused: ClassVar[dict[str, str]] = {}
    """Host → why its address was refused, for the run's verdict."""

    def __init__(self, inner: Any, *, local: bool) -> None:
        self.inner, self.local, self.reactor = inner, local, None

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        made = cls(reactor.nameResolver, local=crawler.settings.getbool("TELLTALE_LOCAL"))
        made.reactor = reactor
        return made

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)  # type: ignore[attr-defined]

    def resolveHostName(  # noqa: N802 - the interface's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        receiver = _Sieve(resolutionReceiver, hostName, local=self.local)
        found: IHostResolution = self.inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return found


class _Sieve:
    """Stands between the resolver and the one who connects; a name with one forbidden address is refused whole."""

    def __init__(self, outer: Any, host: str, *, local: bool) -> None:
        self.outer, self.host, self.local = outer, host, local
        self.found: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.outer.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        reasons = [guard.refused_address(each.host, local=self.local) for each in self.found]
        refused = next((reason for reason in reasons if reason), None)
        if refused:
            GuardedResolver.refused[self.host] = refused
        for each in () if refused else self.found:
            self.outer.addressResolved(each)
        self.outer.resolutionComplete()


class StrictRobots(RobotsTxtMiddleware):
    """robots.txt as RFC 9309 reads it: 4xx allows all, 5xx or no answer disallows all; crawl-delay is kept."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turn = asyncio.Lock()
        self._why: dict[str, str] = {}

    async def robot_parser(self, request: Request) -> Any:
        # Scrapy gives the file to the first who waits for it and nothing to the others.
        async with self._turn:
            return await super().robot_parser(request)

    def process_request_2(self, rp: Any, request: Request) -> None:
        if rp is None:
            why = self._why.get(urlsplit(request.url).netloc, UNREAD)
            raise Disallowed(reasons.FOR_NOW(why=why))
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise Disallowed(reasons.ROBOTS_FORBID()) from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            raise Disallowed(reasons.ROBOTS_ANSWERED(status=response.status))
        body = response.body if response.status < 400 else b""
        if guard.no_robots(body):
            raise Disallowed(reasons.ROBOTS_A_PAGE())
        await super()._parse_robots(response.replace(body=body), netloc, request)
        self._slow_down(body.decode("utf-8-sig", "replace"), netloc)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, (Disallowed, Refused)):
            self._why[netloc] = str(exc)
        super()._robots_error(exc, netloc)

    def _slow_down(self, robots: str, netloc: str) -> None:
        """Scrapy reads the crawl-delay and does not apply it."""
        delay = Protego.parse(robots).crawl_delay(NAME) or 0.0
        host = netloc.rsplit(":", 1)[0] if netloc.count(":") == 1 else netloc
        for name, slot in self.crawler.engine.downloader.slots.items():
            if name in (netloc, host):
                slot.delay = max(slot.delay, delay)
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
        if self.crawler.stats is not None:
            self.crawler.stats.max_value(CRAWL_DELAY, delay)


class PatientRetry(RetryMiddleware):
    """Waits before it asks again: as long as the site says (429, 503), else longer each time, by chance."""

    async def process_response(  # type: ignore[override]  # Scrapy awaits what is a coroutine
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status not in self.retry_http_codes or request.meta.get("dont_retry"):
            return response
        told = guard.seconds_to_wait((response.headers.get("Retry-After") or b"").decode("latin-1"), self.now())
        if told is not None and told > RETRY_AFTER_MOST:
            return response
        again = self._retry(request, f"status {response.status}")
        if again is None:
            return response
        await self.sleep(max(told or 0.0, self._backoff(request)))
        return again

    def _backoff(self, request: Request) -> float:
        first = self.crawler.settings.getfloat("TELLTALE_BACKOFF")
        return float(first * 2 ** request.meta.get("retry_times", 0) * (1 + random.random() / 2))  # noqa: S311 - jitter

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def now(self) -> datetime:
        """What a Retry-After that names a date is counted from."""
        return datetime.now(UTC)


class WholeBody:
    """Refuses a compressed body that ends before its stream does, and asks again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        encoding = (response.headers.get("Content-Encoding") or b"").decode("ascii", "replace").strip().lower()
        if response.status in WITHOUT_BODY or not guard.cut_off(response.body, encoding):
            return response
        spider: Any = self.crawler.spider
        again: Request | None = spider.again(request, "truncated")
        if again is None:
            raise CutOff(f"{request.url} arrived in part on every try")
        return again
