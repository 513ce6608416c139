"""What a run saw, counted while it goes, and the verdict that follows from it and from nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spiders.items import ParsedPage, Review, Scope, Verdict, VerdictName
from spiders.settings import DRIFT_FEWEST, DRIFT_SHARE, WHOLE_SHARE

LAST_PAGE, NOTHING_NEW, MET_STORED = "last page", "no new review on the page", "met the stored reviews"
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
    lacking: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    blocked: str | None = None
    robots: str | None = None
    broken: str | None = None
    stop_reason: str | None = None
    as_of: str | None = None

    def page(self, parsed: ParsedPage, fetched_at: str) -> None:
        """Count a page that was read. The site's count and average are those of the first page that gives them."""
        self.pages += 1
        self.as_of = max(self.as_of or fetched_at, fetched_at)
        self.says_empty = self.says_empty or parsed.says_empty
        self.declared_total = self.declared_total if self.declared_total is not None else parsed.declared_total
        self.average = self.average if self.average is not None else parsed.average
        self.business = self.business or parsed.business
        self.problems.update(parsed.problems)

    def review(self, review: Review, required: tuple[str, ...], *, fresh: bool) -> None:
        """Count a review and which always-present fields it lacks."""
        self.reviews += 1
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


def verdict(tally: Tally, *, way_out: str, declares_total: bool, incremental: bool) -> Verdict:
    """Exactly one verdict, with its reason; `complete` only where it is proved."""
    scope: Scope = "incremental" if incremental else "full"
    if early := _nothing_read(tally, way_out):
        return Verdict(name=early[0], scope=scope, reason=early[1])
    if drifted := _drift(tally):
        return Verdict(name="drifted", scope=scope, reason=drifted)
    if tally.unique == 0:
        return _no_reviews(tally, scope)
    if short := _shortfall(tally, declares_total=declares_total):
        return Verdict(name="partial", scope=scope, reason=short)
    if tally.stop_reason == MET_STORED:
        return Verdict(
            name="complete", scope="incremental", reason=f"{tally.unique} reviews read up to the stored ones"
        )
    of = f" of {tally.declared_total} declared" if tally.declared_total is not None else ""
    return Verdict(name="complete", scope="full", reason=f"{tally.unique} reviews{of}, read to the last page")


def _nothing_read(tally: Tally, way_out: str) -> tuple[VerdictName, str] | None:
    if tally.pages:
        return None
    if tally.robots:
        return "blocked", f"robots: {tally.robots}. {way_out}"
    if tally.blocked:
        return "blocked", f"{tally.blocked[:1].upper()}{tally.blocked[1:]}. {way_out}"
    first = next(iter(tally.pages_failed.values()), tally.stop_reason or "no page was read")
    return "failed", tally.broken or f"No page could be read: {first}"


def _drift(tally: Tally) -> str | None:
    if tally.unique == 0 and tally.declared_total:
        return f"The site declares {tally.declared_total} reviews and the parser finds none: the page has changed."
    for name, count in tally.lacking.most_common():
        few = count < DRIFT_FEWEST and count < tally.reviews
        if count > DRIFT_SHARE * tally.reviews and not few:
            share = f"{tally.reviews - count} of {tally.reviews} reviews"
            return f"The field {name!r} stands on {share}; this site always shows it: the page has changed."
    return None


def _no_reviews(tally: Tally, scope: Scope) -> Verdict:
    if tally.says_empty or tally.declared_total == 0:
        return Verdict(name="empty", scope=scope, reason="The site says that there are no reviews yet.")
    return Verdict(name="drifted", scope=scope, reason="Pages were read and no review was found on them.")


def _shortfall(tally: Tally, *, declares_total: bool) -> str | None:
    """Why the run is partial, or None."""
    missing = ", ".join(tally.pages_failed)
    if tally.blocked:
        return f"After {tally.pages} page(s) {tally.blocked}; {tally.unique} reviews were read until then."
    if tally.broken:
        return tally.broken
    if missing:
        return f"{tally.unique} reviews read; page(s) that could not be had: {missing}"
    if tally.stop_reason not in WENT_ON:
        return f"Stopped early: {tally.stop_reason}; {tally.unique} reviews read."
    if tally.stop_reason == MET_STORED:
        return None
    if tally.declared_total is not None:
        whole = tally.unique >= WHOLE_SHARE * tally.declared_total
        return None if whole else f"{tally.unique} of {tally.declared_total} declared reviews could be read."
    return "The site did not declare how many reviews there are." if declares_total else None
