"""A page that was fetched, or kept by an earlier attempt, has been parsed, landed and counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spiders.identity import Identities
from spiders.items import Page, ParsedPage
from spiders.job import Job
from spiders.landing import LandingWriter, record_id
from spiders.privacy import folded, seal
from spiders.site import UnreadableError
from spiders.tally import Tally


class BrokenParserError(Exception):
    """A parser that raised what it may not raise: names the kind."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the pages of one listing in their order. It fetches nothing, so a crawl and a replay read alike."""

    job: Job
    key: bytes
    writer: LandingWriter
    tally: Tally
    known: frozenset[str] = frozenset()
    identities: Identities = field(init=False)

    def __post_init__(self) -> None:
        self.identities = Identities(key=self.key, listing=self.job.listing)

    def parsed(self, page: Page) -> ParsedPage:
        """What the site's parser makes of a page; raises `BrokenParserError`."""
        site = self.job.of_site
        try:
            return site.parse(page)
        except UnreadableError as wrong:
            return ParsedPage(reviews=(), problems=(f"not a page of {site.title}: {wrong}",))
        except Exception as wrong:
            raise BrokenParserError(type(wrong).__name__) from wrong

    def keep(self, page: Page, headers: Mapping[str, str], asked: Mapping[str, str]) -> None:
        """A page that is no listing is evidence of why."""
        self.writer.page(page, headers, asked)

    def land(self, page: Page, parsed: ParsedPage, *, seen_at: str) -> tuple[int, int]:
        """Write the reviews of a kept page; how many were new to this run, and how many of them to the store."""
        if self._elsewhere(parsed):
            self.tally.problems["the next page is of another business: it and what follows it are not read"] += 1
            return 0, 0
        self.tally.page(parsed, seen_at)
        source, fresh, unknown = record_id(page), 0, 0
        for given in parsed.reviews:
            placed = replace(
                given, business=self.job.business, location=given.location or self.job.location, source=source
            )
            review, is_fresh = self.identities.of(placed)
            shared = placed.id is not None and review.weak_id
            self.tally.review(review, self.job.of_site.always_present, fresh=is_fresh, shared=shared)
            if is_fresh:
                fresh += 1
                unknown += review.id not in self.known
                self.writer.review(seal(review, self.key))
        self._report()
        return fresh, unknown

    def _elsewhere(self, parsed: ParsedPage) -> bool:
        """Whether a page is of something else than the first: a blog's next link leads to its next article."""
        first = self.tally
        if folded(parsed.business or "") in ("", folded(first.business or "")) or not first.business:
            return False
        return (parsed.declared_total, parsed.average) != (first.declared_total, first.average)

    def _report(self) -> None:
        if self.job.progress:
            facts = {"pages": self.tally.pages, "reviews": self.tally.unique, "declared": self.tally.declared_total}
            print(json.dumps({"listing": self.job.listing} | facts), file=sys.stderr, flush=True)  # noqa: T201 - asked for
