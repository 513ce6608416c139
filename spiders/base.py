"""The one spider: asks for a listing's pages in turn, keeps each as evidence, and stops where nothing is new."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders import blocks, guard, reasons
from spiders.checkpoint import CHECKPOINT, Held
from spiders.course import Course
from spiders.fetching import CutOff, Disallowed, GuardedResolver, Refused
from spiders.items import Page
from spiders.job import Job
from spiders.landing import PAGES, LandingWriter
from spiders.reader import BrokenParserError, Reader
from spiders.settings import FAILED_PAGES_IN_A_ROW, MAX_PAGES
from spiders.site import Site
from spiders.tally import LAST_PAGE, OUT_OF_TIME, Tally
from spiders.wire import conditions, cut, fetched, headers_of

__all__ = ["ReviewSpider", "Site"]
NO_HEADERS: dict[str, str] = {}
Arrived = Response | Failure | tuple[Page, dict[str, str]]


def utc_now() -> str:
    """The moment of a fetch: the only clock of COLLECT."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class ReviewSpider(scrapy.Spider):
    """Pages of one listing, one after the other, into one landing; facts into a `Tally`, no verdict.

    Pages are read in the list's order, whatever order they arrive in; those that an earlier attempt fetched are read
    from its file and not asked for.
    """

    name = "reviews"

    def __init__(
        self, *, job: Job, key: bytes, writer: LandingWriter, tally: Tally, clock: Callable[[], str] = utc_now
    ) -> None:
        super().__init__()
        self.job, self.site, self.hosts, self.tally, self.clock = job, job.of_site, job.hosts, tally, clock
        known = frozenset() if job.full else job.known_ids()
        self.reader = Reader(job=job, key=key, writer=writer, tally=tally, known=known)
        self.writer = writer
        most = int(job.limits.get("max_pages", MAX_PAGES))
        self.course = Course(first=job.url, most=most, knows_reviews=bool(known), reread_top=job.reread_top)
        earlier = [job.previous / PAGES] if job.previous else []
        lent = [job.shared / PAGES] if job.shared else []
        self.held = Held(*(earlier if job.resume else []), *lent, writer.out / CHECKPOINT)
        if job.reread_top:
            self.held.forget_last()
        self.before = Held(*([] if job.resume else earlier))
        self.asked: set[str] = set()
        self.early: dict[str, Arrived] = {}
        self.turn = job.url
        self.failed_in_a_row, self.page_size, self.computable = 0, 0, False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *given: Any, **named: Any) -> Self:
        spider = super().from_crawler(crawler, *given, **named)
        crawler.signals.connect(spider.broke, signals.spider_error)
        return spider

    def broke(self, failure: Failure) -> None:
        """An error of our own ends the run with its kind: Scrapy alone would only log it and end well."""
        self.tally.broken = reasons.BROKE(what=type(failure.value).__name__)
        self._stop(reasons.ITSELF_BROKE())

    async def start(self) -> AsyncIterator[Request]:
        try:
            for request in self._walk(self.job.url):
                yield request
        except Exception:
            self.broke(Failure())  # type: ignore[no-untyped-call]

    # Asking

    def _walk(self, url: str | None) -> Iterator[Request]:
        """Read what has arrived, page after page, up to one that has not; ask for that one."""
        while url is not None:
            self.turn = url
            arrived = self.early.pop(url, None) or self._from_checkpoint(url)
            yield from self._ahead(url)
            if arrived is None:
                if url not in self.asked or self.course.rereading:
                    yield self._request(url)
                return
            url = self._outcome(url, arrived)

    def _from_checkpoint(self, url: str) -> tuple[Page, dict[str, str]] | None:
        return None if self.course.rereading else self.held.page(url)

    def _request(self, url: str) -> Request:
        # Asked for twice only where a page is read again on purpose; the guard sees every request.
        again = url in self.asked
        self.asked.add(url)
        found = self.before.page(url)
        conditional = conditions(found[1]) if found else {}
        called = {"asked": url}
        return Request(
            url,
            self.on_page,
            errback=self.on_failure,
            cb_kwargs=called,
            headers=conditional,
            dont_filter=again,
            priority=-len(self.asked),  # in the list's order: Scrapy would take the last that was asked for
        )

    def _ahead(self, url: str) -> Iterator[Request]:
        """The pages behind this one, as far as there are any and as many as the job allows at once."""
        if self.computable and not self.course.rereading:
            for _ in range(min(self.job.at_once, self._pages_left()) - 1):
                url = self.site.page_after(url) or url
                if url not in self.asked and url not in self.held:
                    yield self._request(url)

    def _pages_left(self) -> int:
        """How many pages the list goes on for, the one whose turn it is included, as far as the site declares it."""
        if not (self.page_size and self.tally.declared_total):
            return MAX_PAGES
        return -(-self.tally.declared_total // self.page_size) - self.course.pages - len(self.tally.pages_failed)

    def on_page(self, response: Response, asked: str) -> Iterator[Request]:
        """A response of any status, whatever its turn; one that is cut off is asked for again at once."""
        if cut(response, self.site) and response.request and (again := self.again(response.request, "truncated")):
            yield again
        else:
            yield from self._arrives(asked, response)

    def on_failure(self, failure: Failure) -> Iterator[Request]:
        """No response at all: kept out by robots or by the guard, or a network that failed on every try."""
        yield from self._arrives(failure.request.cb_kwargs["asked"], failure)  # type: ignore[attr-defined]

    def _arrives(self, asked: str, arrived: Arrived) -> Iterator[Request]:
        if self.tally.stop_reason is not None:
            return
        self.early[asked] = arrived
        if asked == self.turn:
            yield from self._walk(asked)

    def again(self, request: Request, reason: str) -> Request | None:
        """The same request once more, or None after the last try; truncated pages are counted."""
        self.tally.truncated_pages += reason == "truncated"
        return get_retry_request(request, spider=self, reason=reason)

    # Reading: each says which address comes next, None where the run ends

    def _outcome(self, url: str, arrived: Arrived) -> str | None:
        if isinstance(arrived, Failure):
            return self._failed(url, arrived.value)
        if isinstance(arrived, Response):
            return self._answered(url, arrived)
        return self._read(url, *arrived, asked=NO_HEADERS, from_checkpoint=True)

    def _failed(self, url: str, error: BaseException | None) -> str | None:
        if isinstance(error, Disallowed):
            self.tally.robots = str(error)
            return self._stop("robots")
        refused = GuardedResolver.refused.get(guard.host_of(url))
        if isinstance(error, Refused) or refused:
            told = str(error) if isinstance(error, Refused) else reasons.NOT_ASKED_FOR(url=url, what=refused)
            self.tally.broken = f"{told}."
        reason = str(error) if isinstance(error, (Refused, CutOff)) else refused or type(error).__name__
        return self._go_on_without(url, reason)

    def _answered(self, url: str, response: Response) -> str | None:
        status, asked = response.status, headers_of(response.request) if response.request else NO_HEADERS
        if status == 304 and (unchanged := self.before.page(url)):
            return self._read(url, *unchanged, asked=NO_HEADERS, seen_at=self.clock())
        page = fetched(response, self.clock())
        if status in blocks.KEPT_OUT:
            self.reader.keep(page, headers_of(response), asked)
            return self._stop(blocked=blocks.KEPT_OUT[status])
        if not 200 <= status < 300:
            return self._go_on_without(url, reasons.STATUS(status=status))
        if cut(response, self.site):
            return self._go_on_without(url, reasons.CUT_OFF())
        return self._read(url, page, headers_of(response), asked=asked)

    def _read(
        self,
        url: str,
        page: Page,
        headers: dict[str, str],
        *,
        asked: dict[str, str],
        seen_at: str | None = None,
        from_checkpoint: bool = False,
    ) -> str | None:
        try:
            parsed = self.reader.parsed(page)
        except BrokenParserError as broken:
            self.reader.keep(page, headers, asked)
            return self._go_on_without(url, reasons.PARSER_BROKE(what=broken))
        reason = blocks.block(page.body, parsed)
        if reason and from_checkpoint:
            self.held.drop(url)  # what kept us out then may let us in now
            return url
        self.reader.keep(page, headers, asked)
        if reason:
            # Past the first page this is how a list ends on many sites.
            past = self.tally.pages and reason == blocks.NOTHING
            return self._stop(LAST_PAGE) if past else self._stop(blocked=reason)
        if seen_at:
            self.writer.unchanged(page, seen_at)
        self.failed_in_a_row = 0
        self.page_size = self.page_size or len(parsed.reviews)
        fresh, unknown = self.reader.land(page, parsed, seen_at=seen_at or page.fetched_at or "")
        following = self.course.after(url, parsed, fresh=fresh, unknown=unknown)
        self.computable = following is not None and following == self.site.page_after(url)
        return following if following is not None else self._stop(self.course.ended or LAST_PAGE)

    def _go_on_without(self, url: str, reason: str) -> str | None:
        """A page that cannot be had is named; the run goes on behind it where the addresses tell how."""
        self.tally.pages_failed[url] = reason
        self.failed_in_a_row += 1
        after = self.site.page_after(url)
        behind = after is not None and after not in self.course.walked and self._pages_left() > 0
        if not self.tally.pages or not behind or self.failed_in_a_row >= FAILED_PAGES_IN_A_ROW:
            return self._stop(reasons.NOT_HAD(url=url))
        return after

    def _stop(self, reason: str = "blocked", *, blocked: str | None = None) -> str | None:
        """Nothing comes next."""
        self.tally.blocked = blocked
        self.tally.stop_reason = reason
        return None

    def closed(self, reason: str) -> None:
        """Scrapy's own limits (time, memory) end a run here without a word from the pages."""
        budgets = {"closespider_timeout": OUT_OF_TIME, "memusage_exceeded": reasons.OUT_OF_MEMORY()}
        if reason != "finished":
            self.tally.stop_reason = budgets.get(reason, reason)
