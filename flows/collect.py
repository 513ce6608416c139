"""What an engagement may read has landed: one subprocess a crawled listing, one task a listing, each with a verdict."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from audits.engagement import Listing
from audits.engagement.register import may_store
from audits.store.store import Store
from flows.console import Stage
from flows.files import captured, exported
from flows.mappings import Mappings
from flows.plan import Plan
from flows.settings import secret
from flows.whole import whole
from spiders.items import Landing
from spiders.landing import LandingError, from_manifest, read_landing

AT_ONCE = 4
"""Listings collected side by side; a crawl mostly waits, an export mostly computes."""
runner: Any = ThreadPoolTaskRunner(max_workers=AT_ONCE)


class CollectError(RuntimeError):
    """A listing's process broke before anything landed."""


def collected(plan: Plan, store: Store, stage: Stage) -> tuple[tuple[Landing, ...], dict[str, str]]:
    """The landings of all listings that may be read, in the file's order, and listing → why for those that failed."""
    mappings = Mappings()
    futures = {each.name: land.submit(whole(plan), whole(store), whole(mappings), each.name) for each in plan.listings}
    landings: list[Landing] = []
    failed: dict[str, str] = {}
    for done, (name, future) in enumerate(futures.items(), start=1):
        result = future.result(raise_on_failure=False)
        if isinstance(result, Landing):
            landings.append(result)
        else:
            failed[name] = str(result)
        stage.progress(done, len(futures))
    return tuple(landings), failed


def _broke(_task: Any, _run: Any, state: Any) -> bool:
    """Only a broken process is tried again: a file that cannot be read will not be readable in two seconds."""
    return isinstance(state.result(raise_on_failure=False), CollectError)


@task(
    name="collect",
    task_run_name="collect-{listing}",
    retries=1,
    retry_delay_seconds=2,
    retry_condition_fn=_broke,
    cache_policy=NO_CACHE,
)
def land(plan: Plan, store: Store, mappings: Mappings, listing: str) -> Landing:
    """One listing's landing; a broken process is tried once more, a refusal of the site is a verdict and is not."""
    one = plan.engagement.listing(listing)
    if one.way == "export":
        return exported(plan, one, mappings)
    if one.way == "capture":
        return captured(plan, one, mappings)
    if one.way == "api":
        return _asked(plan, one)
    return _crawled(plan, store, one)


def _asked(plan: Plan, listing: Listing) -> Landing:
    """What the site's official API gives with the client's own key."""
    from spiders.intake.api.land import land_api
    from spiders.intake.api.protocols import APIS

    began = datetime.now(UTC)
    return land_api(
        engagement=plan.name,
        listing=listing.name,
        business=listing.business,
        site=listing.site,
        address=str(listing.address),
        key=plan.key,
        secret=secret(APIS[listing.site].key_name),
        out=plan.settings.landings / plan.name / listing.name / began.strftime("%Y%m%dT%H%M%S%fZ"),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        location=listing.location,
        base=listing.url if listing.local else None,
        storage=may_store(plan.engagement, listing),
        workspace=plan.settings.home,
    )


def _crawled(plan: Plan, store: Store, listing: Listing) -> Landing:
    began = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    out = plan.settings.landings / plan.name / listing.name / began
    with tempfile.TemporaryDirectory(prefix="telltale-") as scratch:
        known = Path(scratch) / "known-ids"
        known.write_text("\n".join(sorted(store.known_ids(plan.name, listing.name))), encoding="utf-8")
        job = Path(scratch) / "job.json"
        job.write_text(json.dumps(_job(plan, listing, out, known)), encoding="utf-8")
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "spiders.crawl", str(job)],
            input=plan.key.hex() + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode != 0:
        raise CollectError(f"{listing.name}: the crawl broke: {ran.stderr.strip().splitlines()[-1:] or ran.returncode}")
    return from_manifest(json.loads(ran.stdout))


def _job(plan: Plan, listing: Listing, out: Path, known: Path) -> dict[str, Any]:
    return {
        "engagement": plan.name,
        "listing": listing.name,
        "site": listing.site,
        "url": listing.url,
        "business": listing.business,
        "location": listing.location,
        "local": listing.local,
        "full": plan.full or listing.full,
        "known_ids_file": str(known),
        "out": str(out),
        "workspace": str(plan.settings.home),
        "contact": plan.settings.contact,
    }


def verified(plan: Plan, landing: Landing) -> Landing:
    """The landing as it lies on disk, its files checked against their digests; raises `LandingError`."""
    return read_landing(plan.settings.home / landing.path)


__all__ = ["CollectError", "LandingError", "collected", "land", "verified"]
