"""Whether an audit says what a reader of the last published one, or an alert, would act on; else nothing is drafted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations
from typing import Any

from audits.analysis.gaps import frame
from audits.analysis.measures import Measures, Silent
from audits.analysis.values import Figure, Findings, Leak, NotObservable
from audits.report.cover import SourceLine
from audits.report.first_page import PROCESS, TOP
from audits.report.words import digits
from audits.store.records import StoredReview

LONGEST = timedelta(days=31)
"""A draft that lacks a review is made again after this time, whatever the review says: its period has moved on."""
RATING_STEP = 0.1
"""Stars: sites show a rating in tenths."""
_STANDS = {
    "report": "whether there are shares or cases",
    "headline": "what the first page opens with",
    "direction": "a direction",
    "sure": "how well a leak is founded",
    "place": "a location",
    "beside": "a competitor",
    "flow": "how reviews arrive",
    "target": "a target",
    "step": "what became of an intervention",
    "since": "what changed since the audit before",
    "restated": "a restated share",
    "emerging": "a matter that no gap takes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one audit says, in figures, slugs and digests: no text, no name. All of it is JSON as it stands."""

    as_of: str
    held: int
    """Reviews of the listings that were let through."""
    made_by: dict[str, str]
    """Engagement file, software, model, corrections and answers → digest."""
    listings: dict[str, str]
    """Listing → how it ended, and its letter."""
    leaks: list[str]
    ties: list[list[str]]
    figures: dict[str, list[float | None]]
    """Name → value, low, high, and for what the first page prints the step of what is printed."""
    cases: dict[str, int]
    """In a reading of cases: gap → reviews, each of which the report tells."""
    stands: dict[str, str]
    """Direction, location, competitor, target, … → how it stands."""
    grave: dict[str, bool]
    """Digest of a review with a grave case → whether it has a reply."""

    def plain(self) -> dict[str, Any]:
        """For the engagement's log."""
        return asdict(self)


def read(kept: object) -> Told | None:
    """What was kept of an audit; None where another version of the software kept something else."""
    if not isinstance(kept, dict) or set(kept) != {field.name for field in fields(Told)}:
        return None
    return Told(**kept)


def told(
    findings: Findings, reviews: Sequence[StoredReview], sources: Sequence[SourceLine], made_by: Mapping[str, str]
) -> Told:
    """What these findings say; `made_by` is what they were made with."""
    found = Told(
        as_of=findings.as_of,
        held=len(reviews),
        made_by=dict(made_by),
        listings={each.listing: f"{each.verdict} {each.assessed} {each.grade}" for each in sources},
        leaks=[leak.gap for leak in findings.leaks],
        ties=[list(group) for group in findings.ties],
        figures={} if findings.thin else dict(_figures(findings)),
        cases={leak.gap: len(leak.share.evidence) for leak in findings.leaks} if findings.thin else {},
        stands=dict(_stands(findings)),
        grave=_grave(findings, reviews),
    )
    return Told(**json.loads(json.dumps(found.plain())))


def changed(before: Told, now: Told) -> tuple[str, ...]:
    """What is material in the difference of two audits, in a few words each; empty where nothing is."""
    made = [name for name, value in now.made_by.items() if before.made_by.get(name) != value]
    ended = sorted(_differ(before.listings, now.listings))
    moved = [name for name in now.figures | before.figures if _moved(before.figures.get(name), now.figures.get(name))]
    kinds = {name.partition(":")[0] for name in _differ(before.stands, now.stands)}
    cases = sorted(_differ(before.cases, now.cases))
    late = date.fromisoformat(now.as_of) - date.fromisoformat(before.as_of) >= LONGEST
    return (
        *(f"made with another {name}" for name in made),
        *(f"{name} ended otherwise" for name in ended),
        *_order(before, now),
        *(f"moved: {name}" for name in moved),
        *(f"cases: {gap}" for gap in cases),
        *(said for kind, said in _STANDS.items() if kind in kinds),
        *(["a new grave case"] if now.grave.keys() - before.grave.keys() else []),
        *(["a reply to a grave case"] if _replied(before, now) else []),
        *([f"the last draft is of {before.as_of}"] if late else []),
    )


def _differ(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    return {name for name in {**before, **now} if before.get(name) != now.get(name)}


def _replied(before: Told, now: Told) -> bool:
    """Whether a case got its reply or lost it; one that the period has left behind is neither."""
    return any(before.grave[case] != now.grave[case] for case in before.grave.keys() & now.grave.keys())


def _order(before: Told, now: Told) -> Iterator[str]:
    """Leaks that came or went, and two that changed places although they can be told apart."""
    for gaps, said in ((set(now.leaks) - set(before.leaks), "ranked"), (set(before.leaks) - set(now.leaks), "gone")):
        yield from (f"{said}: {gap}" for gap in sorted(gaps))
    places = {gap: at for at, gap in enumerate(now.leaks)}
    still = [gap for gap in before.leaks if gap in places]
    for one, other in combinations(still, 2):
        if places[one] > places[other] and not any(one in tie and other in tie for tie in now.ties):
            yield f"order: {other} before {one}"


def _moved(before: Sequence[float | None] | None, now: Sequence[float | None] | None) -> bool:
    """Whether a figure left the interval that was printed, or is another number than the one on the first page.

    A number within a step of the old one, before rounding, may be printed as its neighbour and means the same.
    """
    if before is None or now is None:
        return True
    value, low, high, step = before
    new = now[0]
    if value is None or new is None:
        return value is not new
    if step is not None and round(abs(new - value) / step, 9) >= 1:
        return True
    return low is not None and high is not None and not low <= new <= high


def _figures(findings: Findings) -> Iterator[tuple[str, list[float | None]]]:
    """The rating, the share of complaints, and of every leak its share and its reviews a month."""
    if isinstance(findings.audited.rating, Figure):
        yield "rating", _kept(findings.audited.rating, RATING_STEP)
    yield "complaints", _kept(findings.complaints, None)
    first = _first(findings.leaks)
    for leak in findings.leaks:
        yield leak.gap, _kept(leak.share, 10.0 ** -(digits(leak.share) + 2) if leak.gap in first else None)
        if isinstance(leak.per_month, Figure):
            yield f"{leak.gap} a month", _kept(leak.per_month, None)


def _kept(figure: Figure, step: float | None) -> list[float | None]:
    return [figure.value, figure.low, figure.high, step]


def _first(leaks: Sequence[Leak]) -> set[str]:
    """The leaks that the first page may name: the foremost, and the foremost of a process."""
    process = next((leak.gap for leak in leaks if frame().gap(leak.gap).factor == PROCESS), None)
    return {leak.gap for leak in leaks[:TOP]} | ({process} if process else set())


def _stands(findings: Findings) -> Iterator[tuple[str, str]]:
    """What is told in words that a reader acts on, by name; what says nothing has none."""
    yield "report", "cases" if findings.thin else "shares"
    for one in findings.audited.breaks:
        yield f"flow:{one.month}", one.kind
    if findings.thin:
        return
    first = [leak.gap for leak in findings.leaks[:1]]
    tied = next((group for group in findings.ties if first and first[0] in group), first)
    yield "headline", " ".join(sorted(set(tied) & _first(findings.leaks)))
    for leak in findings.leaks:
        yield from _of_leak(leak)
    if findings.measures is not None:
        yield from _measured(findings.measures)


def _of_leak(leak: Leak) -> Iterator[tuple[str, str]]:
    yield f"direction:{leak.gap}", "" if isinstance(leak.direction, NotObservable) else leak.direction.trend
    yield f"sure:{leak.gap}", leak.sureness
    for place in () if isinstance(leak.places, NotObservable) else leak.places:
        if place.stands:
            yield f"place:{leak.gap}:{_mark(place.location)}", place.stands
    for each in () if isinstance(leak.contrasts, NotObservable) else leak.contrasts:
        if side := _side(each.difference):
            yield f"beside:{leak.gap}:{_mark(each.competitor)}", side


def _side(difference: Figure) -> str:
    """Whether there is more of it here or there, beyond chance."""
    if difference.low is not None and difference.low > 0:
        return "more"
    return "less" if difference.high is not None and difference.high < 0 else ""


def _measured(measures: Measures) -> Iterator[tuple[str, str]]:
    found = measures.progress
    for aim in found.targets:
        yield f"target:{_mark(aim.name, aim.gap, aim.target.value, aim.by)}", aim.reach
    since = () if isinstance(found.since, NotObservable) else found.since
    for kind, steps in (("step", found.interventions), ("since", since)):
        for step in steps:
            verdict = "" if isinstance(step, Silent) else step.verdict
            yield f"{kind}:{_mark(step.what, step.date, step.gap, step.location)}", verdict
    for each in found.restated:
        if each.restated:
            yield f"restated:{each.gap}", "yes"
    yield "emerging", str(len(measures.emerging))


def _grave(findings: Findings, reviews: Iterable[StoredReview]) -> dict[str, bool]:
    """A review that tells of a grave case → whether it has a reply."""
    keys = {case.review for case in findings.measures.moments} if findings.measures else set()
    return {_mark(review.key): bool(review.reply_text) for review in reviews if review.key in keys}


def _mark(*parts: object) -> str:
    """A few digits for a name or a key: enough to see that two differ."""
    return sha256(json.dumps(parts).encode()).hexdigest()[:10]
