"""Before anything starts it is decided, for every engagement of a workspace, whether it is due, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from audits.engagement import EngagementError, load
from audits.store.store import Store
from flows.exports import export_due, fed_by_files, fingerprint
from flows.load import Work, refusals
from flows.plan import Plan, planned
from flows.schedule import INTERVAL_DAYS, due
from flows.settings import Settings

Standing = Literal["due", "not due", "waiting", "refused", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One engagement file tonight. `says` is the line for the log; `plan` is None where the file is broken."""

    file: Path
    name: str
    standing: Standing
    period: str = ""
    says: str = ""
    plan: Plan | None = None


def turns(settings: Settings, store: Store, now: datetime) -> list[Turn]:
    """A turn for each engagement file, by name."""
    found = [_turn(file, settings, store, now) for file in sorted(settings.engagements.glob("*.toml"))]
    found = _once(found)
    refused = refusals([work for turn in found if turn.plan for work in _works(turn.plan, store)])
    return [
        replace(turn, standing="refused", says=refused[turn.name])
        if turn.standing == "due" and turn.name in refused
        else turn
        for turn in found
    ]


def _turn(file: Path, settings: Settings, store: Store, now: datetime) -> Turn:
    try:
        plan = planned(file, home=settings.home)
    except EngagementError as wrong:
        return Turn(file=file, name=_name(file), standing="broken", says=str(wrong).splitlines()[0])
    ran = store.ledger.ran(plan.name)
    found = due(plan.engagement.schedule, ran, now)
    if not found.due:
        return Turn(file=file, name=plan.name, standing="not due", period=found.period, says=found.why, plan=plan)
    turn = Turn(file=file, name=plan.name, standing="due", period=found.period, plan=plan)
    last = next((each for each in reversed(ran) if each.outcome in ("complete", "partial")), None)
    if last is None or not fed_by_files(plan.engagement):
        return turn
    if last.detail.get("fingerprint") == fingerprint(plan, store):
        return replace(turn, standing="waiting", says=waits(plan, now))
    return turn


def waits(plan: Plan, now: datetime) -> str:
    """The reminder of an engagement that waits for files."""
    day = export_due(plan.engagement)
    if day is None:
        return "waiting for a new export (the file gives no as_of, so no day is due)"
    late = f", {(now.date() - day).days} days ago" if now.date() > day else ""
    return f"new export due by {day}{late}"


def _name(file: Path) -> str:
    """The engagement's own name where the file can be read at all, else the file's."""
    try:
        return load(file).engagement
    except EngagementError:
        return file.stem


def _once(found: list[Turn]) -> list[Turn]:
    """Two files of one engagement would run it twice: the second is broken."""
    first: dict[str, Turn] = {}
    for turn in found:
        first.setdefault(turn.name, turn)
    says = "{}: {} has this name too: give one of them another, or take it away"
    return [
        turn
        if (other := first[turn.name]) is turn
        else replace(turn, standing="broken", says=says.format(turn.file.name, other.file.name))
        for turn in found
    ]


def _works(plan: Plan, store: Store) -> Iterable[Work]:
    """What is known of the pages that a run asks for; the forecast of a listing that was never read is not."""
    if not any(each.way == "crawl" for each in plan.listings):
        return
    from flows.forecast import forecasts  # what a crawl is made of takes a morning without crawls a tenth of a second

    days = INTERVAL_DAYS[plan.engagement.schedule.every]
    for each in forecasts(plan, store):
        if each.pages is not None:
            yield Work(engagement=plan.name, host=each.host, seconds=each.pages * each.seconds_a_page, days=days)
