"""What an audit is made of is known before it is made, and whether the last published one says all of it already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from audits.engagement import digest
from audits.report.cover import SourceLine
from audits.store.records import StoredReview
from audits.store.store import Store
from flows.console import log
from flows.counted import AGGREGATE
from flows.learn import version
from flows.material import LONGEST, Told, changed, read
from flows.outcome import PUBLISHED, Outcome, graded, named, shortfalls
from flows.plan import Plan
from flows.version import software

SPARED = "spared"
"""The line of the engagement's log that a night leaves which changed nothing material."""


def made_by(plan: Plan, store: Store) -> dict[str, str]:
    """Digests of what reads, measures and words an audit, beside the reviews."""
    said = [asdict(each) for each in store.corrections(plan.name)]
    said += [asdict(each) for each in store.answers(plan.name)]
    return {
        "engagement file": digest(plan.engagement),
        "version of the software": software(),
        "model": version(store, plan.name),
        "set of corrections and answers": sha256(json.dumps(said, sort_keys=True).encode()).hexdigest(),
    }


def input_digest(plan: Plan, store: Store, sources: Sequence[SourceLine], reviews: Iterable[StoredReview]) -> str:
    """Digest of what a report says something new about: the reviews, how each listing ended, software and model.

    `reviews` are all that are held, by key: one, its words or its reply may be new. When a page was last fetched is
    left out: a crawl that met nothing new is no reason for another report.
    """
    ended: list[object] = [(source.listing, source.assessed, source.verdict, source.quarantined) for source in sources]
    ended += [(source.listing, source.reason) for source in sources if source.verdict == AGGREGATE]
    held = sha256()
    for each in reviews:
        held.update(f"{each.key} {each.content_hash} {each.reply_on}\n".encode())
    parts = [made_by(plan, store), ended, held.hexdigest()]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def unchanged(
    plan: Plan, store: Store, sources: Sequence[SourceLine], made_of: str, *, if_material: bool
) -> Outcome | None:
    """The outcome of the last audit where it was made of the very same input and its report is still there.

    With `if_material` the last night's, too, which changed nothing material, until the last draft is old.
    """
    last = _standing(plan, store, sources)
    if last is None:
        return None
    if last["input"] == made_of:
        return _outcome(plan, sources, last)
    nights = store.last_logged(plan.name, SPARED)
    if not if_material or not nights or not _same_night(nights[-1], last, made_of) or _is_old(plan, sources, last):
        return None
    return _outcome(plan, sources, last, spared=nights[-1]["says"])


def spared(plan: Plan, store: Store, sources: Sequence[SourceLine], tells: Told) -> Outcome | None:
    """The outcome of the last published audit, where what this one tells is not materially another."""
    last = _standing(plan, store, sources)
    before = read(last["told"]) if last and "told" in last else None
    if last is None or before is None:
        return None
    if reasons := changed(before, tells):
        log.info(f"          a new draft, for since {before.as_of} changed: {'; '.join(reasons)}")
        return None
    return _outcome(plan, sources, last, spared=_says(before, tells))


def remembered(plan: Plan, store: Store, outcome: Outcome, made_of: str) -> None:
    """A night that changed nothing material has been logged: the next one that meets the same measures nothing."""
    if outcome.spared:
        line = {"audit": outcome.audit, "input": made_of, "says": outcome.spared}
        store.log(plan.name, SPARED, detail=line)


def _says(before: Told, now: Told) -> str:
    more = now.held - before.held
    new = f"{more} new review{'s' if more > 1 else ''}" if more > 0 else "reviews differ"
    return f"{new}, nothing that a reader of the report would act on changed since {before.as_of}"


def _standing(plan: Plan, store: Store, sources: Sequence[SourceLine]) -> Mapping[str, Any] | None:
    """The log's line of the last published audit, where this run would make one like it and its report still lies."""
    made = store.last_logged(plan.name, PUBLISHED)
    if plan.full or plan.refit or named(plan, sources) not in ("complete", "partial") or not made:
        return None
    return made[-1] if (plan.settings.home / made[-1]["path"] / "report.html").is_file() else None


def _same_night(night: Mapping[str, Any], last: Mapping[str, Any], made_of: str) -> bool:
    return bool(night["audit"] == last["audit"] and night["input"] == made_of)


def _is_old(plan: Plan, sources: Sequence[SourceLine], last: Mapping[str, Any]) -> bool:
    """Whether the evidence of tonight is LONGEST later than that of the last published audit."""
    fetched = [source.as_of[:10] for source in sources if source.as_of and plan.engagement.as_of is None]
    return bool(fetched) and date.fromisoformat(max(fetched)) - date.fromisoformat(last["told"]["as_of"]) >= LONGEST


def _outcome(plan: Plan, sources: Sequence[SourceLine], last: Mapping[str, Any], spared: str = "") -> Outcome:
    return Outcome(
        name=named(plan, sources),
        engagement=plan.name,
        audit=last["audit"],
        report=str(plan.settings.home / last["path"] / "report.html"),
        reviews=last["reviews"],
        says=shortfalls(sources),
        evidence=graded(sources),
        fresh=False,
        spared=spared,
    )
