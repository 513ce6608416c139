"""The morning in one screen: which engagements need a person, and the command, which wait on the client, which not."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from audits.store.ledger import Ran
from audits.store.store import Store
from flows.exports import export_due, fed_by_files
from flows.schedule import following
from flows.settings import Settings
from flows.sweep import gone
from flows.tonight import Turn, turns, waits

Group = Literal["needs you", "waiting on the client", "fine"]
GROUPS: tuple[Group, ...] = ("needs you", "waiting on the client", "fine")
SOON = timedelta(days=7)
OVERDUE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One engagement this morning."""

    engagement: str
    group: Group
    reason: str
    command: str | None = None


def morning(settings: Settings, store: Store, now: datetime) -> list[Line]:
    """A line an engagement file, those that need a person first."""
    lines = [_line(turn, settings, store, now) for turn in turns(settings, store, now)]
    return sorted(lines, key=lambda line: (GROUPS.index(line.group), line.engagement))


def _line(turn: Turn, settings: Settings, store: Store, now: datetime) -> Line:
    out = f"--out {shlex.quote(str(settings.home))}"
    audit = f"telltale audit {shlex.quote(str(turn.file))} {out}"
    if turn.plan is None or turn.standing in ("broken", "refused"):
        named_twice = turn.plan is not None and turn.standing == "broken"  # to audit it would mix two clients' reviews
        command = None if named_twice else audit
        return Line(engagement=turn.name, group="needs you", reason=turn.says, command=command)
    if turn.plan.engagement.schedule.paused:
        return Line(engagement=turn.name, group="fine", reason=turn.says)
    ran = store.ledger.ran(turn.name)
    for reason, command in _wrong(turn, store, ran, now, audit, out):
        return Line(engagement=turn.name, group="needs you", reason=reason, command=command)
    if turn.standing == "waiting" or (turn.standing != "due" and _export_soon(turn, now)):
        return Line(engagement=turn.name, group="waiting on the client", reason=waits(turn.plan, now))
    last = next((each for each in reversed(ran) if each.ended_at), None)
    return Line(engagement=turn.name, group="fine", reason=_fine(last) if last else "not run yet")


def _fine(last: Ran) -> str:
    spared = last.detail.get("spared")
    return f"{last.period}: {last.outcome}" + (f", {spared}" if spared else "")


def _wrong(turn: Turn, store: Store, ran: list[Ran], now: datetime, audit: str, out: str) -> Iterable[tuple[str, str]]:
    """What is wrong, the worst first, each with the command to run."""
    last = ran[-1] if ran else None
    if last is not None and last.ended_at is None and gone(last.process):
        yield f"the run of {last.period} was killed", audit
    if last is not None and last.outcome in ("failed", "held"):
        yield f"the run of {last.period} ended {last.outcome}", audit
    newest = max((each.period for each in ran), default="")
    if newest > (now + OVERDUE).date().isoformat():  # a clock that was wrong once, or a mistaken --at
        yield f"no night runs it before {newest}, which is on record as run: the clock says {now:%Y-%m-%d}", audit
    opened = [each for each in store.ledger.alerts(turn.name) if each.ended_at is None and not each.acknowledged_at]
    if opened:
        more = f" (and {len(opened) - 1} more)" if len(opened) > 1 else ""
        yield f"{opened[0].kind}: {opened[0].says}{more}", f"telltale alerts {out} --of {turn.name}"
    if turn.standing == "due" and now - _missed(turn, last) > OVERDUE:
        began = f"no run since that of {last.period}" if last else f"the run of {turn.period} did not start"
        yield f"{began}: is the nightly schedule up?", f"telltale nightly {out}"


def _missed(turn: Turn, last: Ran | None) -> datetime:
    """Since when a run is due: by the night that followed the last one, since of a daily rhythm each night is new.

    An engagement that is fed by files waits for them and is run when they come: of it tonight's alone is known.
    """
    if last is None or turn.plan is None or fed_by_files(turn.plan.engagement):
        return datetime.fromisoformat(f"{turn.period}T00:00:00+00:00")
    schedule = turn.plan.engagement.schedule
    ran = datetime.combine(date.fromisoformat(last.period), schedule.at, ZoneInfo(schedule.zone))
    return following(schedule, ran)


def _export_soon(turn: Turn, now: datetime) -> bool:
    if turn.plan is None or not fed_by_files(turn.plan.engagement):
        return False
    day = export_due(turn.plan.engagement)
    return day is not None and now.date() >= day - SOON
