"""When an engagement is due: the latest moment that its schedule names, and the period that this moment begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from audits.engagement.operation import Schedule
from audits.store.ledger import Ran

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AGAIN = timedelta(hours=12)
"""A run that failed is begun again in the same period, but not by the start that follows at once."""
EASTMOST = timedelta(hours=14)
"""How far a day can be ahead of UTC: one that is later yet has begun nowhere."""
YEAR = timedelta(days=366)
INTERVAL_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Whether a run is due now, of which period, and the line that says why not."""

    due: bool
    period: str
    why: str


def due(schedule: Schedule, ran: Sequence[Ran], now: datetime) -> Due:
    """One run a period. After a missed night the latest period is due, and those before it are not made up for."""
    period = slot(schedule, now).isoformat()
    if schedule.paused:
        return Due(due=False, period=period, why="paused in its file")
    held = {each.period: each for each in ran}
    newest = max(held, default=None)
    if newest is not None and newest > (now + EASTMOST).date().isoformat():
        return Due(due=False, period=period, why=f"the clock says {now:%Y-%m-%d}, and {newest} was run before")
    if newest is not None and newest > period:
        period = newest  # run by an earlier rhythm or zone of the file, after the present one's latest moment
    before = held.get(period)
    if before is None or before.ended_at is None:
        return Due(due=True, period=period, why="")
    if before.outcome == "failed" and now - datetime.fromisoformat(before.ended_at) >= AGAIN:
        return Due(due=True, period=period, why="")
    return Due(due=False, period=period, why=f"{period} was run, next {following(schedule, now):%Y-%m-%d %H:%M %Z}")


def slot(schedule: Schedule, now: datetime) -> date:
    """The local day of the latest due moment at or before `now`."""
    local = now.astimezone(ZoneInfo(schedule.zone))
    day = local.date() if local.time() >= schedule.at else local.date() - timedelta(days=1)
    if schedule.every == "week":
        return day - timedelta(days=(day.weekday() - DAYS.index(schedule.on)) % 7)
    if schedule.every == "month":
        return day.replace(day=schedule.day) if day.day >= schedule.day else _month_before(day, schedule.day)
    return day


def following(schedule: Schedule, now: datetime) -> datetime:
    """The first due moment after `now`."""
    last = slot(schedule, now)
    if schedule.every == "day":
        day = last + timedelta(days=1)
    elif schedule.every == "week":
        day = last + timedelta(days=7)
    else:
        day = (last.replace(day=1) + timedelta(days=32)).replace(day=schedule.day)
    return datetime.combine(day, schedule.at, ZoneInfo(schedule.zone))


def _month_before(day: date, wanted: int) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=wanted)


def moment(at: str | None) -> datetime:
    """The time that is given, else now; in UTC. Raises `ValueError` with a sentence where it is none."""
    if at is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(at)
        given = (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)
        _ = given - YEAR, given + YEAR  # schedules look around it
    except (ValueError, OverflowError):
        raise ValueError(f"--at: {at!r} is not a time such as 2024-05-03 or 2024-05-03T02:00:00+02:00") from None
    return given
