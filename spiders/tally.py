"""What a run saw, counted while it goes: the facts from which its verdict follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spiders import reasons
from spiders.items import ParsedPage, Review
from spiders.settings import SHRINK_SHARE

LAST_PAGE, NOTHING_NEW, MET_STORED = "last page", "no new review on the page", "met the stored reviews"
OUT_OF_TIME = reasons.OUT_OF_TIME()
WENT_ON = frozenset([LAST_PAGE, NOTHING_NEW, MET_STORED])


@dataclass(slots=True, kw_only=True)
class Tally:
    """Facts of one run of one listing."""

    declared_total: int | None = None
    average: float | None = None
    business: str | None = None
    says_empty: bool = False
    pages: int = 0
    pages_failed: dict[str, str] = field(default_factory=dict)
    truncated_pages: int = 0
    reviews: int = 0
    unique: int = 0
    doubles: int = 0
    shared: int = 0
    """Reviews whose id another review has."""
    lacking: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    blocked: str | None = None
    robots: str | None = None
    broken: str | None = None
    stop_reason: str | None = None
    as_of: str | None = None

    def page(self, parsed: ParsedPage, fetched_at: str) -> None:
        """Count a page that was read. The site's average is that of the first page that gives one, and so is its count,
        unless reviews vanish while the list is read."""
        self.pages += 1
        self.as_of = max(self.as_of or fetched_at, fetched_at)
        self.says_empty = self.says_empty or parsed.says_empty
        self.declared_total = _declared(self.declared_total, parsed.declared_total)
        self.average = self.average if self.average is not None else parsed.average
        self.business = self.business or parsed.business
        self.problems.update(parsed.problems)

    def review(self, review: Review, required: tuple[str, ...], *, fresh: bool, shared: bool = False) -> None:
        """Count a review and which always-present fields it lacks; `shared` says that its id was another's."""
        self.reviews += 1
        self.shared += shared
        self.unique += fresh
        self.doubles += not fresh
        for name in required:
            value = review.posted.on if name == "posted" else getattr(review, name)
            if value is None or (name == "id" and review.weak_id):
                self.lacking[name] += 1

    def told_problems(self) -> tuple[str, ...]:
        """Problems with their counts, the most frequent first, at most twenty."""
        told = [f"{text} ({count}×)" if count > 1 else text for text, count in self.problems.most_common(20)]
        failed = [f"{url}: {reason}" for url, reason in self.pages_failed.items()]
        cut = (
            [f"{self.truncated_pages} page(s) arrived in part and were asked for again"] if self.truncated_pages else []
        )
        return (*failed, *cut, *told)


def _declared(before: int | None, now: int | None) -> int | None:
    if before is None or now is None:
        return now if before is None else before
    return now if before * (1 - SHRINK_SHARE) <= now < before or before - now == 1 else before
