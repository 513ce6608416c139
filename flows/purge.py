"""Every engagement of the workspace holds only what it still may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow

from audits.engagement import EngagementError, missing
from audits.store import open_store
from flows.console import log
from flows.mirror import MirrorError
from flows.plan import Plan, planned, today
from flows.retention import Purged, held, purged
from flows.settings import Settings, read
from flows.sweep import adopted
from spiders.landing import LandingError

OWN = "engagement.toml"
"""A restored engagement's file, in a folder of the engagement's name with the exports that it reads."""


@flow(name="purge")
def purge(home: str | None = None, on: str | None = None) -> list[dict[str, Any]]:
    """Purge each engagement under `<workspace>/engagements`, as of today or of `on` (ISO)."""
    adopted()
    return [
        asdict(each) for each in everything(Path(home) if home else None, date.fromisoformat(on) if on else today())
    ]


def everything(home: Path | None, on: date) -> list[Purged]:
    """What was purged of each engagement; one whose file, mirror or landing cannot be used is named and left alone."""
    settings = read(home)
    found: dict[str, list[Plan]] = {}
    done = []
    for file in _files(settings):
        try:
            plan = planned(file, home=settings.home, exports=False)
            found.setdefault(plan.name, []).append(plan)
        except EngagementError as error:
            done.append(_left(_named(file), f"{file.relative_to(settings.engagements)} was left alone: {error}"))
    done += [_purged(name, plans, on) for name, plans in found.items()]
    done += _fileless(settings, {each.engagement for each in done})
    return sorted(done, key=lambda each: each.engagement)


def _files(settings: Settings) -> list[Path]:
    """Every engagement file of the workspace; what the nightly flow goes through comes first."""
    return [*sorted(settings.engagements.glob("*.toml")), *sorted(settings.engagements.glob(f"*/{OWN}"))]


def _named(file: Path) -> str:
    return file.parent.name if file.name == OWN else file.stem


def _purged(name: str, plans: Sequence[Plan], on: date) -> Purged:
    """One engagement, once, by its first file, unless another one that names it bears a legal hold."""
    plan = next((each for each in plans if held(each, on) is not None), plans[0])
    try:
        with open_store(plan.settings.store_url) as store:
            done = purged(plan, store, on)
    except (MirrorError, LandingError) as error:
        return _left(name, f"{name} was left alone: {error}")
    unseen = tuple(str(each) for each in missing(plan.engagement))
    for each in unseen:
        log.error(f"purge     {name}: what is held was looked at, its own file was not: {each}")
    return replace(done, unseen=unseen)


def _fileless(settings: Settings, known: set[str]) -> Iterator[Purged]:
    """Engagements that are held, and of which no file says how long; in a shared store others may have the file."""
    names: set[str] = set()
    if not settings.shares_store:
        with open_store(settings.store_url) as store:
            names |= set(store.engagements())
    names |= {each.name for each in settings.landings.glob("*") if each.is_dir() and any(each.iterdir())}
    for name in sorted(names - known):
        place = settings.engagements / name / OWN
        yield _left(
            name, f"{name} was left alone: it has no engagement file here. Copy it, and its exports, to {place}"
        )


def _left(name: str, why: str) -> Purged:
    log.error(f"purge     {why}")
    return Purged(engagement=name, held=why, failed=True)
