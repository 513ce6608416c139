"""What the assessed reviews say has been read, new texts only, and measured into one value of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from threading import Event

from prefect import task
from prefect.cache_policies import NO_CACHE

from audits.analysis.alike import Alike, Asked, meanwhile
from audits.analysis.assign import reading
from audits.analysis.findings import measure, named
from audits.analysis.labels import at_random
from audits.analysis.lesson import unshown
from audits.analysis.polarity import SIGNAL, polarities
from audits.analysis.progress import reach
from audits.analysis.values import Findings, Statement
from audits.analysis.voices import parted
from audits.catalogue import speaking
from audits.checks.stages import Result, stored
from audits.checks.stages import analysed as analysed_figures
from audits.report.cover import SourceLine
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.console import Stage
from flows.figures import figures
from flows.given import given
from flows.learn import learn, lesson, own
from flows.needed import period
from flows.outcome import shortfalls
from flows.plan import Plan, today
from flows.readings import corrected, theme
from flows.spread import spread


class NothingToAuditError(RuntimeError):
    """No review of the audited business was let through."""


def assessed(plan: Plan, sources: Sequence[SourceLine], held: Sequence[StoredReview]) -> list[StoredReview]:
    """The reviews of the listings that were let through; raises `NothingToAuditError`."""
    through = {source.listing for source in sources if source.assessed}
    reviews = [review for review in held if review.listing in through]
    if not any(review.business == plan.engagement.business.name for review in reviews):
        told = f"No review of {plan.engagement.business.name} could be read."
        raise NothingToAuditError("\n".join([told, *shortfalls(sources)]))
    return reviews


def likened(
    plan: Plan, sources: Sequence[SourceLine], reviews: Sequence[StoredReview]
) -> AbstractContextManager[Callable[[], Alike]]:
    """What customers' reviews tell of each other, begun at once, while statements are read."""
    audited = plan.engagement.business.name
    businesses = named(audited, _competitors(plan))
    return meanwhile(
        parted(reviews, audited)[0], Asked(businesses=businesses, period=period(plan, as_of(plan, sources, reviews)))
    )


def _competitors(plan: Plan) -> list[str]:
    return [each.name for each in plan.engagement.competitors]


@task(name="analyse", cache_policy=NO_CACHE)
def analysed(
    plan: Plan,
    store: Store,
    sources: Sequence[SourceLine],
    reviews: Sequence[StoredReview],
    likeness: Callable[[], Alike],
    said: Stage,
) -> tuple[Findings, tuple[Result, ...]]:
    """The findings of reviews that were read (`read_anew`) and compared (`likened`), and what both were held against.

    Raises `CheckError` where store or figures are not what they must be.
    """
    results = stored(reviews, [listing.name for listing in plan.engagement.listings])
    day = as_of(plan, sources, reviews)
    start, end = period(plan, day)
    ours = [review for review in reviews if review.business == plan.engagement.business.name]
    tones = store.signals(plan.name, SIGNAL, ours)
    with speaking(plan.engagement.language):
        brought = given(plan, store, day, reviews)
        span = reach(brought, (start, end)), end
        corrections, others = corrected(store, plan.name, reviews, plan.engagement.business.name, span)
        measuring = unshown(corrections.held, lesson(store, plan.name))
        findings = measure(
            slug=plan.name,
            audited=plan.engagement.business.name,
            competitors=_competitors(plan),
            period=(start, end),
            as_of=day,
            reviews=reviews,
            statements=chain(corrections.statements, others),
            given=replace(brought, labels=at_random(measuring), tones=tones),
            previous_themes=[] if plan.refit else [theme(each) for each in store.themes(plan.name)],
            likeness=likeness,
        )
    results += analysed_figures(figures(findings), {review.key for review in reviews})
    said.counted += f", the tone of {len(tones):,} of the audited business known"
    return findings, results


def as_of(plan: Plan, sources: Iterable[SourceLine], reviews: Iterable[StoredReview]) -> str:
    """The day the audit speaks of: as the engagement says, else the latest fetch or review, else today.

    A review is asked only where nobody knows when its listing was fetched: a file may be newer than what was crawled.
    """
    if plan.engagement.as_of:
        return plan.engagement.as_of.isoformat()
    fetched = {source.listing: source.as_of[:10] for source in sources if source.as_of}
    posted = {review.posted_on[:10] for review in reviews if review.posted_on and review.listing not in fetched}
    return max({*fetched.values(), *posted}, default=today().isoformat())


def read_anew(
    plan: Plan,
    store: Store,
    reviews: Sequence[StoredReview],
    said: Stage,
    *,
    ahead: int = 0,
    learnt: str = "",
    over: Event | None = None,
    held: int = 0,
) -> int:
    """Read what the model has not read before, and keep statements and tone part by part; a first pass learns before.

    `reviews` are the `needed` ones of those that are `held`.

    This is done by the flow and not by a task of it: a cluster is sent the context that it is asked from, and an open
    store, which a task is given, cannot be sent. `ahead` of them were read before they were all known (`Ahead`), which
    may have `learnt`, and what is left is given up when `over` is set. Returns how many were read.

    A run that is killed goes on with the next part: the tone is kept first, so what has statements has it.
    """
    learnt = learnt or learn(plan, store)
    taught = own(store, plan.name)
    model = reading(taught)
    unread = store.unread(plan.name, model, reviews)

    def keep(part: Sequence[StoredReview], found: Sequence[Statement]) -> None:
        store.save_signals(plan.name, SIGNAL, polarities(part))
        store.save_statements(plan.name, model, part, found)

    spread(plan.settings, unread, keep, said, own=taught, over=over)
    of = f" of {held:,}" if held > len(reviews) else ""
    said.counted = f"{len(reviews):,}{of} reviews, {len(unread) + ahead:,} new to the model{learnt}"
    return len(unread)
