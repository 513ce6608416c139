"""What an engagement may read has landed: one subprocess a crawled listing, one task a listing, each with a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from audits.engagement import Listing
from audits.engagement.register import may_store
from audits.store import open_store
from audits.store.store import Store
from flows.console import Stage, log, stage
from flows.counted import counted, only_counted
from flows.crawling import CollectError, crawled
from flows.files import captured, exported
from flows.forecast import forecasts, told
from flows.hosts import Hosts, hosts_of
from flows.mappings import Mappings
from flows.mirror import mirrored
from flows.mirror import told as sent
from flows.plan import Plan, planned
from flows.settings import secret
from flows.sweep import untagged
from flows.whole import whole
from spiders.items import Landing
from spiders.landing import LandingError, read_landing

AT_ONCE = 4
"""Listings collected side by side; a crawl mostly waits, an export mostly computes."""
runner: Any = ThreadPoolTaskRunner(max_workers=AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a collecting run brought home, and listing → why for those that broke or were refused."""

    landings: tuple[Landing, ...]
    failed: Mapping[str, str]
    refused: Mapping[str, str]


@flow(name="collect", flow_run_name="collect", task_runner=runner)
@untagged()
def collect(engagement: str, home: str | None = None, full: bool = False) -> Collected:
    """Land every listing of the engagement file that may be read; nothing is checked, stored or analysed."""
    plan = planned(Path(engagement), home=Path(home) if home else None, full=full)
    mirrored(plan.settings, plan.name)
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        with stage("collect") as said:
            landings, failed = collected(plan, store, said)
            for landing in landings:
                store.save_run(landing)  # an audit records a run with what its gate says of it
            said.counted = f"{len(landings)} of {len(plan.engagement.listings)} listings"
    sent(plan.settings, plan.name)
    return Collected(landings=landings, failed=failed, refused=dict(plan.refused))


def collected(plan: Plan, store: Store, stage: Stage) -> tuple[tuple[Landing, ...], dict[str, str]]:
    """The landings of all listings that may be read, in the file's order, and listing → why for those that failed."""
    for line in told(forecasts(plan, store), night_seconds=plan.settings.night_seconds):
        log.info(f"{'plan':<9} {line}")
    mappings, hosts = Mappings(), hosts_of(plan.settings)
    futures = {
        each.name: land.submit(whole(plan), whole(store), whole(mappings), whole(hosts), each.name)
        for each in plan.listings
    }
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
def land(plan: Plan, store: Store, mappings: Mappings, hosts: Hosts, listing: str) -> Landing:
    """One listing's landing; a broken process is tried once more, a refusal of the site is a verdict and is not."""
    one = plan.engagement.listing(listing)
    if only_counted(plan, one):
        return counted(plan, store, one, lambda there: _landed(there, store, mappings, hosts, one))
    return _landed(plan, store, mappings, hosts, one)


def _landed(plan: Plan, store: Store, mappings: Mappings, hosts: Hosts, one: Listing) -> Landing:
    if one.way == "export":
        return exported(plan, one, mappings)
    if one.way == "capture":
        return captured(plan, one, mappings)
    if one.way == "api":
        return _asked(plan, one)
    return crawled(plan, store, one, hosts)


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


def verified(plan: Plan, landing: Landing) -> Landing:
    """The landing as it lies on disk, its files checked against their digests; raises `LandingError`."""
    return read_landing(plan.settings.home / landing.path)


__all__ = ["CollectError", "Collected", "LandingError", "collect", "collected", "land", "verified"]
