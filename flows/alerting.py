"""What a person should look at is an open alert, told once, quiet while it cools down or is acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from audits.engagement.operation import Alerts
from audits.store.ledger import Alert
from audits.store.store import Store
from flows.plan import Plan
from flows.settings import secret
from flows.watch import EVENT, GRAVE_DAYS

RAISED = "telltale.alert.raised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that holds now."""

    kind: str
    subject: str
    says: str


def found(plan: Plan, store: Store, today: date) -> list[Found]:
    """All that holds of an engagement today, by its last audits and by how its listings ended."""
    seen = store.last_logged(plan.name, EVENT, 2)
    now: dict[str, Any] = dict(seen[-1]) if seen else {}
    before: dict[str, Any] = dict(seen[-2]) if len(seen) > 1 else {}
    return [
        *_rises(now),
        *_unanswered(now, plan.engagement.alerts, today),
        *_listings(plan, store),
        *_grades(now, before),
        *_aims(now, today),
    ]


def _rises(now: dict[str, Any]) -> Iterable[Found]:
    for each in now.get("worse", []):
        (hits, reviews), (hits_before, reviews_before) = each["now"], each["before"]
        where = f" at {each['location']}" if each["location"] else ""
        kind = "new leak" if not hits_before else "leak getting worse"
        counted = f"{hits} of {reviews} reviews in the three months to {each['month']}"
        says = f"{each['gap']}{where}: {counted}, {hits_before} of {reviews_before} in the year before"
        yield Found(kind=kind, subject=each["gap"] + (f" at {each['location']}" if each["location"] else ""), says=says)


def _unanswered(now: dict[str, Any], asked: Alerts, today: date) -> Iterable[Found]:
    """What came after the day of the audit nobody has seen, an answer least of all."""
    seen = min(today, date.fromisoformat(now["as_of"][:10])) if now else today
    for review, day in now.get("grave", []):
        waited, age = ((until - date.fromisoformat(day)).days for until in (seen, today))
        if asked.answer_days < waited and age <= GRAVE_DAYS:
            says = f"review {review} of {day} is a grave case without a public reply after {waited} days"
            yield Found(kind="grave case unanswered", subject=review, says=says)


def _listings(plan: Plan, store: Store) -> Iterable[Found]:
    for listing, (verdict, reason, held) in sorted(store.ledger.verdicts(plan.name).items()):
        if listing in {each.name for each in plan.listings} and (verdict in ("blocked", "drifted") or held):
            kind = f"listing {'held' if held else verdict}"
            yield Found(kind=kind, subject=listing, says=f"{listing}: {reason}")


def _grades(now: dict[str, Any], before: dict[str, Any]) -> Iterable[Found]:
    for listing, grade in sorted(now.get("grades", {}).items()):
        old = before.get("grades", {}).get(listing)
        if old is not None and grade > old:
            yield Found(kind="evidence grade dropped", subject=listing, says=f"{listing}: from {old} to {grade}")


def _aims(now: dict[str, Any], today: date) -> Iterable[Found]:
    """A target is missed once its day is over and the audit was of reviews up to it."""
    until = now.get("until") or now.get("as_of", "")[:10]  # before they were told apart, only the day was kept
    for aim in now.get("aims", []):
        named = f"{aim['name']} {aim['target']:g} by {aim['by'][:10]}"
        if aim["reach"] == "reached":
            yield Found(kind="target met", subject=named, says=f"{named}: reached")
        elif aim["reach"] == "not reached" and aim["by"][:10] < today.isoformat() and aim["by"][:10] <= until:
            yield Found(kind="target missed", subject=named, says=f"{named}: not reached")


def settled(
    engagement: str, held: Sequence[Alert], holds: Sequence[Found], now: datetime, cooldown_days: int
) -> tuple[list[Alert], list[Alert]]:
    """(what to keep, what to tell): one alert a matter; what comes back within its cool-down is not told again."""
    at = now.isoformat()
    newest = {(each.kind, each.subject): each for each in sorted(held, key=lambda each: each.raised_at)}
    kept: list[Alert] = []
    fresh: list[Alert] = []
    for each in {(one.kind, one.subject): one for one in holds}.values():
        before = newest.pop((each.kind, each.subject), None)
        if before is not None and _cooling(before.ended_at, now, cooldown_days):
            kept.append(replace(before, says=each.says, seen_at=at, ended_at=None))
        else:
            fresh.append(_new(engagement, each, at))
    kept += [replace(each, ended_at=at) for each in newest.values() if each.ended_at is None]
    return [*kept, *fresh], fresh


def _cooling(ended_at: str | None, now: datetime, days: int) -> bool:
    return ended_at is None or now - datetime.fromisoformat(ended_at) < timedelta(days=days)


def _new(engagement: str, each: Found, at: str) -> Alert:
    # A night holds every engagement against one time, and two may have a listing or a gap of one name.
    name = sha256(f"{engagement}|{each.kind}|{each.subject}|{at}".encode()).hexdigest()[:8]
    return Alert(id=name, kind=each.kind, subject=each.subject, says=each.says, raised_at=at, seen_at=at)


def raised(plan: Plan, store: Store, now: datetime) -> list[Alert]:
    """Bring the engagement's alerts up to date and send what is new, or could not be sent before; the open ones."""
    from flows.send import alerted

    file = plan.engagement.alerts
    held, holds = store.ledger.alerts(plan.name), found(plan, store, now.date())
    kept, fresh = settled(plan.name, held, holds, now, file.cooldown_days)
    store.ledger.save_alerts(plan.name, kept)
    for each in fresh:
        _emitted(plan.name, each)
    opened = [each for each in kept if each.ended_at is None and each.acknowledged_at is None]
    unsent = [each for each in opened if each.sent_at is None]
    took = alerted(plan, store, unsent) if unsent else frozenset()
    store.ledger.save_alerts(plan.name, [replace(each, sent_at=now.isoformat()) for each in unsent if each.id in took])
    return opened


def _emitted(engagement: str, alert: Alert) -> None:
    """A Prefect event that an automation can act on; its kind and no word of what it says."""
    if not secret("PREFECT_API_URL"):
        return
    from prefect.events import emit_event

    resource = {"prefect.resource.id": f"telltale.engagement.{engagement}", "telltale.kind": alert.kind}
    emit_event(event=RAISED, resource=resource, payload={"alert": alert.id, "kind": alert.kind})
