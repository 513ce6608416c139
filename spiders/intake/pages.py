"""Saved pages on their way into one landing: each read by its site's parser, counted, its reviews landed once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from spiders import blocks
from spiders.guard import host_of
from spiders.identity import Identities
from spiders.intake.saved import NOWHERE, Passed, Saved, Spoilt
from spiders.items import Page, ParsedPage
from spiders.landing import LandingWriter, record_id
from spiders.privacy import folded, seal
from spiders.recognise import recognise
from spiders.site import Site, UnreadableError
from spiders.tally import Tally

_REFUSALS_HELD, _GUESSED = 50, 20


@dataclass(slots=True, kw_only=True)
class Pages:
    """What became of every record: a page that was read, one of another site, one that is spoilt, no page at all."""

    writer: LandingWriter
    site: Site
    identities: Identities
    key: bytes
    business: str
    location: str | None
    wanted: str | None = None
    """The business whose pages are taken, as the pages call it; None takes all."""
    tally: Tally = field(default_factory=Tally)
    passed: int = 0
    spoilt: int = 0
    others: int = 0
    """Pages of the site that are of another business than the wanted one."""
    businesses: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    """What the parser looked for in bodies that it did not take."""
    elsewhere: Counter[str] = field(default_factory=Counter)
    """Sites whose pages such bodies look like; only the first few are looked at."""
    undated: int = 0
    read_urls: set[str] = field(default_factory=set)
    next_urls: set[str] = field(default_factory=set)
    last_page: bool = False

    def take(self, found: Saved | Spoilt | Passed) -> None:
        """One record of a capture."""
        if isinstance(found, Passed):
            self.passed += 1
        elif isinstance(found, Spoilt):
            self._reject(found.file, found.record, found.reason)
        elif found.page.status >= 400:
            self._unanswered(found)
        else:
            self._read(found)

    def _unanswered(self, found: Saved) -> None:
        """What a site's own host answered matters; that a tracker answered 403 does not."""
        status = found.page.status
        if not self._of_site(found.page):
            self.passed += 1
        elif status in blocks.KEPT_OUT:
            self._blocked(found.page, blocks.KEPT_OUT[status])
        else:
            self._reject(found.file, found.record, f"is the site's answer {status}, not a page")

    def _reject(self, file: str, record: str, reason: str) -> None:
        self.spoilt += 1
        self.writer.reject({"file": Path(file).as_posix(), "record": record, "reason": reason})

    def _read(self, found: Saved) -> None:
        page = found.page
        try:
            parsed = self.site.parse(page)
        except UnreadableError as refusal:
            self._refused(page, str(refusal))
            return
        except Exception as wrong:  # a parser that breaks on one body must not lose the others
            self._reject(found.file, found.record, f"the parser broke on it ({type(wrong).__name__})")
            return
        if reason := blocks.block(page.body, parsed):
            self._refused(page, reason)
        elif self._is_wanted(parsed):
            self._land(page, parsed)

    def _refused(self, page: Page, reason: str) -> None:
        """A body that is no listing: a wall of the site itself is the reason of a block, anything else is passed."""
        wall = blocks.block(page.body, ParsedPage(reviews=()))
        if wall is not None and wall != blocks.NOTHING and self._of_site(page):
            self._blocked(page, wall)
            return
        self.passed += 1
        if sum(self.elsewhere.values()) < _GUESSED and (other := recognise(page)) is not None and other != self.site:
            self.elsewhere[other.name] += 1
        if reason in self.refusals or len(self.refusals) < _REFUSALS_HELD:
            self.refusals[reason] += 1

    def _blocked(self, page: Page, reason: str) -> None:
        """A page that kept the visitor out is evidence of why."""
        if self.tally.blocked is None:
            self.writer.page(page)
            self.tally.blocked = reason
        self.passed += 1

    def _of_site(self, page: Page) -> bool:
        host = host_of(page.url)
        return host in self.site.hosts or self.site.at_home(page.url)

    def _is_wanted(self, parsed: ParsedPage) -> bool:
        name = folded(parsed.business or "")
        if name and self.wanted is not None and name != folded(self.wanted):
            self.others += 1
            self.businesses[parsed.business or ""] += 1
            return False
        if name:
            self.businesses[parsed.business or ""] += 1
        return True

    def _land(self, page: Page, parsed: ParsedPage) -> None:
        source, fresh = record_id(page), 0
        self.undated += page.fetched_at is None
        self.tally.page(parsed, page.fetched_at or "")
        self.read_urls.add(page.url)
        self.next_urls |= {parsed.next_url} if parsed.next_url else set()
        self.last_page = self.last_page or parsed.next_url is None
        self.writer.page(page)
        for given in parsed.reviews:
            url = None if (given.url or "").startswith(NOWHERE) else given.url
            place = given.location or self.location
            placed = replace(given, business=self.business, location=place, source=source, url=url)
            review, is_fresh = self.identities.of(placed)
            shared = placed.id is not None and review.weak_id
            self.tally.review(review, self.site.always_present, fresh=is_fresh, shared=shared)
            if is_fresh:
                fresh += 1
                self.writer.review(seal(review, self.key))

    @property
    def missing(self) -> set[str]:
        """Pages that a page of the capture names as its next one, and that are not in it."""
        return self.next_urls - self.read_urls
