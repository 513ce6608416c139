"""One page being read for one site: dates and stars as the site declares them, and what went wrong, once each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from spiders.dates import dated, since_epoch
from spiders.embedded import own_address
from spiders.items import Dated, Page, ParsedPage, Reply, Review
from spiders.parse import clean, rating, shown
from spiders.site import Site

Found = TypeVar("Found")


@dataclass(slots=True)
class Reading:
    """The site's declarations, the page, and the problems so far."""

    site: Site
    page: Page
    problems: list[str] = field(default_factory=list)
    order: str | None = field(init=False)
    """How dates in digits stand on this page."""

    def __post_init__(self) -> None:
        # Only a site with several orders is worth the search for a saved page's own address.
        at = self.page.url or (own_address(self.page) if self.site.date_orders else None)
        self.order = self.site.order_at(at or "")

    def date(self, raw: object) -> Dated:
        """A date as text, in the site's order and zone."""
        found, problem = dated(raw, order=self.order, fetched_at=self.page.fetched_at, zone=self.site.zone)
        return self._noted(found, problem)

    def epoch(self, raw: object, *, ticks: int = 1) -> Dated:
        """A date as a count since 1970, `ticks` to a second: 1 for seconds, 1000 for milliseconds, 10**6 beyond."""
        return self._noted(*since_epoch(raw, ticks=ticks, fetched_at=self.page.fetched_at, zone=self.site.zone))

    def month(self, raw: object) -> Dated:
        """A date of which the site shows the month alone and its data a day of it, such as the last."""
        found = self.date(raw)
        return replace(found, on=f"{found.on[:7]}-01", precision="month") if found.on else found

    def stars(self, raw: object, scale: str | None = None) -> float | None:
        """A rating on 1–5, from the scale of the review or else of the site."""
        return self._noted(*rating(raw, scale or self.site.scale))

    def reply(self, text: object, posted: Dated | None = None, *, escaped: int = 1) -> Reply | None:
        """The owner's answer, or None where it has no words."""
        words = clean(text, escaped=escaped)
        return Reply(text=words, posted=posted or Dated()) if words else None

    def known(self, name: str, value: object, meant: Collection[object]) -> bool:
        """Whether a value is one whose meaning is known; a new one is noted with itself as the example."""
        if value is None or value in meant:
            return value is not None
        self.note(f"{name} says {shown(value)}, which is new: kept as it is, and not interpreted")
        return False

    def note(self, problem: str | None) -> None:
        """Keep a problem: a sentence without the words of a review."""
        if problem:
            self.problems.append(problem)

    def review(self, rated: object, *, scale: str | None = None, **facts: Any) -> Review:
        """A review of this page with its rating as read and as it stood there; facts without a value are left out."""
        for name in ("attributes", "subratings"):
            facts[name] = {key: value for key, value in facts.get(name, {}).items() if value not in (None, "")}
        facts["url"] = facts.get("url") or self.page.url or None
        on = scale or self.site.scale
        return Review(
            site=self.site.name, rating=self.stars(rated, on), rating_raw=clean(rated), rating_scale=on, **facts
        )

    def parsed(self, reviews: Iterable[Review], **facts: Any) -> ParsedPage:
        """The page: each review once, what it says of itself, and the problems met on the way."""
        read = tuple(once(reviews))
        return ParsedPage(reviews=read, problems=tuple(self.problems), **facts)

    def _noted(self, found: Found, problem: str | None) -> Found:
        self.note(problem)
        return found


def once(reviews: Iterable[Review]) -> Iterator[Review]:
    """Each review once: pages repeat themselves in several blocks."""
    seen: set[tuple[object, ...]] = set()
    for review in reviews:
        key = (review.id,) if review.id else (review.author, review.posted.raw, review.text, review.rating_raw)
        if key not in seen:
            seen.add(key)
            yield review
