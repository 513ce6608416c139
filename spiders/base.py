"""The one spider: asks for a listing's pages in turn, keeps each as evidence, and stops where nothing is new."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import scrapy
from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders import blocks, guard
from spiders.fetching import CutOff, Disallowed, GuardedResolver, Refused
from spiders.identity import Identities
from spiders.items import Page, ParsedPage
from spiders.job import Job
from spiders.landing import LandingWriter, record_id
from spiders.privacy import seal
from spiders.settings import FAILED_PAGES_IN_A_ROW, MAX_PAGES, OVERLAP_PAGES
from spiders.site import Site, UnreadableError
from spiders.tally import LAST_PAGE, MET_STORED, NOTHING_NEW, Tally

__all__ = ["ReviewSpider", "Site"]


def utc_now() -> str:
    """The moment of a fetch: the only clock of COLLECT."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class ReviewSpider(scrapy.Spider):
    """Pages of one listing, one after the other, into one landing; facts into a `Tally`, no verdict."""

    name = "reviews"

    def __init__(
        self, *, job: Job, key: bytes, writer: LandingWriter, tally: Tally, clock: Callable[[], str] = utc_now
    ) -> None:
        super().__init__()
        self.job, self.site, self.hosts, self.key = job, job.of_site, job.hosts, key
        self.writer, self.tally, self.clock = writer, tally, clock
        self.known = frozenset() if job.full else job.known_ids()
        self.identities = Identities(key=key, listing=job.listing)
        self.asked: set[str] = set()
        self.failed_in_a_row = self.known_in_a_row = 0

    async def start(self) -> AsyncIterator[Request]:
        yield self._request(self.job.url)

    def _request(self, url: str) -> Request:
        self.asked.add(url)
        # dont_filter stays False: the guard and the filter see start requests like any other.
        return Request(url, callback=self.on_page, errback=self.on_failure, dont_filter=False)

    def on_page(self, response: Response) -> Iterator[Request]:
        """A response of any status: a page to read, one to ask for again, one that failed, or a block."""
        url, status = response.url, response.status
        if status in blocks.KEPT_OUT:
            self._keep(response)
            self._stop(blocked=blocks.KEPT_OUT[status])
        elif not 200 <= status < 300:
            yield from self._go_on_without(url, f"status {status}")
        elif self.site.closes_html and guard.unclosed(response.body, _kind(response)):
            again = self.again(response.request, "truncated") if response.request else None
            yield from [again] if again else self._go_on_without(url, "arrived in part on every try")
        else:
            yield from self._read(response)

    def on_failure(self, failure: Failure) -> Iterator[Request]:
        """No response at all: kept out by robots or by the guard, or a network that failed on every try."""
        url, error = failure.request.url, failure.value  # type: ignore[attr-defined]
        if isinstance(error, Disallowed):
            self.tally.robots = str(error)
            self.tally.stop_reason = "robots"
            return
        refused = GuardedResolver.refused.get(guard.host_of(url))
        if isinstance(error, Refused) or refused:
            self.tally.broken = str(error) if isinstance(error, Refused) else f"{url} was not asked for: {refused}"
        reason = str(error) if isinstance(error, (Refused, CutOff)) else refused or type(error).__name__
        yield from self._go_on_without(url, reason)

    def again(self, request: Request, reason: str) -> Request | None:
        """The same request once more, or None after the last try; truncated pages are counted."""
        self.tally.truncated_pages += reason == "truncated"
        return get_retry_request(request, spider=self, reason=reason)

    def _read(self, response: Response) -> Iterator[Request]:
        page = self._page(response)
        try:
            parsed = self.site.parse(page)
        except UnreadableError as wrong:
            parsed = ParsedPage(reviews=(), problems=(f"not a page of {self.site.title}: {wrong}",))
        except Exception as wrong:
            self._keep(response)
            yield from self._go_on_without(response.url, f"the parser broke ({type(wrong).__name__})")
            return
        if reason := blocks.block(page.body, parsed):
            self._keep(response)
            # Past the first page this is how a list ends on many sites.
            self._stop(LAST_PAGE) if self.tally.pages and reason == blocks.NOTHING else self._stop(blocked=reason)
            return
        self.failed_in_a_row = 0
        fresh, unknown = self._land(response, page, parsed)
        self._report()
        yield from self._next(response.url, parsed, fresh=fresh, unknown=unknown)

    def _page(self, response: Response) -> Page:
        body = bytes(response.body)
        digest = sha256(body).hexdigest()
        return Page(url=response.url, body=body, fetched_at=self.clock(), status=response.status, sha256=digest)

    def _keep(self, response: Response) -> None:
        """A page that is no listing is evidence of why."""
        self.writer.page(self._page(response), _headers(response))

    def _land(self, response: Response, page: Page, parsed: ParsedPage) -> tuple[int, int]:
        """Write page and reviews; how many were new to this run, and how many of them to the store."""
        self.writer.page(page, _headers(response))
        self.tally.page(parsed, page.fetched_at or "")
        source, fresh, unknown = record_id(page), 0, 0
        for given in parsed.reviews:
            placed = replace(given, business=self.job.business, location=given.location or self.job.location)
            review, is_fresh = self.identities.of(replace(placed, source=source))
            self.tally.review(review, self.site.always_present, fresh=is_fresh)
            if is_fresh:
                fresh += 1
                unknown += review.id not in self.known
                self.writer.review(seal(review, self.key))
        return fresh, unknown

    def _next(self, url: str, parsed: ParsedPage, *, fresh: int, unknown: int) -> Iterator[Request]:
        self.known_in_a_row = 0 if unknown else self.known_in_a_row + 1
        most = int(self.job.limits.get("max_pages", MAX_PAGES))
        if not fresh:
            self._stop(NOTHING_NEW)
        elif self.known and self.known_in_a_row > OVERLAP_PAGES:
            self._stop(MET_STORED)
        elif parsed.next_url is None:
            self._stop(LAST_PAGE)
        elif parsed.next_url in self.asked:
            self._stop(NOTHING_NEW)
        elif self.tally.pages >= most:
            self._stop(f"the limit of {most} pages")
        else:
            yield self._request(parsed.next_url)

    def _go_on_without(self, url: str, reason: str) -> Iterator[Request]:
        """A page that cannot be had is named; the run goes on behind it where the addresses tell how."""
        self.tally.pages_failed[url] = reason
        self.failed_in_a_row += 1
        after = self.site.page_after(url)
        if not self.tally.pages or after is None or self.failed_in_a_row >= FAILED_PAGES_IN_A_ROW:
            self._stop(f"{url} could not be had")
        elif after not in self.asked:
            yield self._request(after)

    def _stop(self, reason: str = "blocked", *, blocked: str | None = None) -> None:
        self.tally.blocked = blocked
        self.tally.stop_reason = reason

    def _report(self) -> None:
        if self.job.progress:
            facts = {"pages": self.tally.pages, "reviews": self.tally.unique, "declared": self.tally.declared_total}
            print(json.dumps({"listing": self.job.listing} | facts), file=sys.stderr, flush=True)  # noqa: T201 - asked for

    def closed(self, reason: str) -> None:
        """Scrapy's own limits (time, memory) end a run here without a word from the pages."""
        budgets = {"closespider_timeout": "the time for this listing is used up", "memusage_exceeded": "out of memory"}
        if reason != "finished":
            self.tally.stop_reason = budgets.get(reason, reason)


def _headers(response: Response) -> dict[str, str]:
    given = {name: response.headers[name] or b"" for name in response.headers}
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in given.items()}


def _kind(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
