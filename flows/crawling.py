"""One listing crawled by a process of its own: what it is asked to do, and the landing that it left."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from audits.engagement import Listing
from audits.store.records import PastRun
from audits.store.store import Store
from flows.hosts import Hosts
from flows.limits import alone_on_server
from flows.pending import Start, start
from flows.plan import Plan
from flows.shared import fetched_tonight, noted
from spiders import reasons
from spiders.guard import host_of
from spiders.items import Landing
from spiders.landing import from_manifest
from spiders.settings import AT_ONCE_LOCAL

PASSES = ("full", "capped")
"""Scopes of a run that has read all that the site shows."""


class CollectError(RuntimeError):
    """A listing's process broke before anything landed."""


def crawled(plan: Plan, store: Store, listing: Listing, hosts: Hosts) -> Landing:
    """The landing of a crawl; waits until nobody else asks the listing's host. Raises `CollectError`."""
    host = host_of(listing.url or "")
    shared = bool(plan.settings.api_url) and not listing.local
    with (
        alone_on_server(host) if shared else nullcontext(),
        nullcontext(None) if listing.local else hosts.alone(host) as lock,
    ):
        begun = start(folder(plan, listing), datetime.now(UTC), anew=plan.full)
        history = store.history(plan.name, listing.name)
        seconds = plan.settings.night_seconds if listing.local else hosts.left(host)
        asked = _job(plan, listing, begun, history, seconds)
        alone = plan.full or begun.resume or begun.killed
        lent = None if alone else fetched_tonight(plan, listing, _now())
        asked["shared"] = str(lent) if lent else None
        landing, pause = _ran(plan, asked, sorted(store.known_ids(plan.name, listing.name)), lock)
        hosts.keep(host, pause)
    if lent is None:  # lent on and on, pages would grow old
        noted(plan, listing, landing, _now())
    return landing


def _now() -> datetime:
    return datetime.now(UTC)


def folder(plan: Plan, listing: Listing) -> Path:
    """Where the landings of a listing lie."""
    return plan.settings.landings / plan.name / listing.name


def full_pass_due(plan: Plan, listing: Listing, history: list[PastRun], today: date) -> bool:
    """Whether everything is to be read: asked for, never done, or done longer ago than the engagement's rhythm."""
    if plan.full or listing.full:
        return True
    passes = [run.as_of[:10] for run in history if run.scope in PASSES and run.as_of]
    if not passes:
        return True
    return today - date.fromisoformat(max(passes)) >= timedelta(days=plan.engagement.full_pass_days)


def _job(plan: Plan, listing: Listing, begun: Start, history: list[PastRun], seconds: float) -> dict[str, Any]:
    full = begun.resume or full_pass_due(plan, listing, history, datetime.now(UTC).date())
    return {
        "engagement": plan.name,
        "listing": listing.name,
        "site": listing.site,
        "url": listing.url,
        "business": listing.business,
        "location": listing.location,
        "local": listing.local,
        "full": full,
        "out": str(begun.out),
        "previous": str(begun.previous) if begun.previous else None,
        "resume": begun.resume,
        "reread_top": begun.reread_top,
        "filled_before": dict(history[-1].filled) if history else {},
        "at_once": AT_ONCE_LOCAL if listing.local and full else 1,
        "limits": {"run_seconds": seconds},
        "workspace": str(plan.settings.home),
        "contact": plan.settings.contact,
    }


def _ran(plan: Plan, asked: dict[str, Any], known_ids: list[str], lock: int | None) -> tuple[Landing, float]:
    with tempfile.TemporaryDirectory(prefix="telltale-") as scratch:
        known, job = Path(scratch) / "known-ids", Path(scratch) / "job.json"
        known.write_text("\n".join(known_ids), encoding="utf-8")
        job.write_text(json.dumps(asked | {"known_ids_file": str(known)}), encoding="utf-8")
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "spiders.crawl", str(job)],
            input=plan.key.hex() + "\n",
            capture_output=True,
            text=True,
            check=False,
            # The lock outlives this process where the crawl does.
            pass_fds=() if lock is None else (lock,),
        )
    if ran.returncode != 0:
        told = ran.stderr.strip().splitlines()[-1:] or ran.returncode
        raise CollectError(reasons.CRAWL_BROKE(listing=asked["listing"], what=told))
    told = json.loads(ran.stdout)
    return from_manifest(told["landing"]), float(told["crawl_delay"])
