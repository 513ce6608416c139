"""Every engagement of the workspace holds only what it still may."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow

from audits.engagement import EngagementError
from audits.store import open_store
from flows.console import log
from flows.mirror import MirrorError
from flows.plan import planned, today
from flows.retention import Purged, purged
from flows.settings import read
from flows.sweep import adopted
from spiders.landing import LandingError


@flow(name="purge")
def purge(home: str | None = None, on: str | None = None) -> list[dict[str, Any]]:
    """Purge each engagement under `<workspace>/engagements`, as of today or of `on` (ISO)."""
    adopted()
    return [
        asdict(each) for each in everything(Path(home) if home else None, date.fromisoformat(on) if on else today())
    ]


def everything(home: Path | None, on: date) -> list[Purged]:
    """What was purged of each engagement; one whose file, mirror or landing cannot be read is named and left alone."""
    settings = read(home)
    done = []
    for file in sorted(settings.engagements.glob("*.toml")):
        try:
            plan = planned(file, home=settings.home)
            with open_store(settings.store_url) as store:
                done.append(purged(plan, store, on))
        except (EngagementError, MirrorError, LandingError) as error:
            log.error(f"purge     {file.name} was left alone: {error}")
            done.append(Purged(engagement=file.stem, held=f"{file.name} was left alone: {error}", failed=True))
    return done
