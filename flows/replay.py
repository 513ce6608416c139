"""Stored pages have been parsed again with today's parser, and what that changes is known; no network is used."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from audits.engagement import Listing
from audits.store import open_store
from flows.admit import taken_in
from flows.crawling import folder
from flows.mirror import mirrored, told
from flows.plan import Plan, planned
from flows.sweep import adopted, untagged
from flows.whole import whole
from spiders.items import Landing
from spiders.job import Job
from spiders.landing import MANIFEST, PAGES, LandingError, read_landing
from spiders.replay import Changes, changes
from spiders.replay import replay as read_again
from spiders.sites import all_sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What reading one listing's stored pages again gives, beside what was read then. `changed` holds redacted text."""

    listing: str
    landing: str
    pages: int
    reviews: tuple[int, int]
    parser: tuple[str, str]
    verdict: str
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    changed: Changes
    stored: bool = False


@flow(name="replay", flow_run_name="replay")
@untagged()
def replay(
    engagement: str, home: str | None = None, listing: str | None = None, store: bool = False
) -> tuple[Replayed, ...]:
    """Read the latest landing of each listing again (or of one); `store` checks and takes in the new reading."""
    adopted()
    plan = planned(Path(engagement), home=Path(home) if home else None)
    mirrored(plan.settings, plan.name)
    chosen = [each for each in plan.listings if listing in (None, each.name)]
    before = {each.name: found for each in chosen if (found := _latest(plan, each)) is not None}
    done = tuple(_replayed(whole(plan), each, before[each.name], keep=store) for each in chosen if each.name in before)
    if store:
        told(plan.settings, plan.name)
    return done


def _latest(plan: Plan, listing: Listing) -> tuple[Path, Landing] | None:
    """The latest landing of a listing whose pages are kept, that is not itself a replay."""
    found = []
    for path in sorted(folder(plan, listing).glob(f"*/{MANIFEST}")):
        if not (path.parent / PAGES).is_file() or path.parent.name.startswith("replay-"):
            continue
        landing = read_landing(path.parent, verify=False)
        if landing.way in ("crawl", "capture") and not listing.where and landing.site in all_sites():
            found.append((landing.as_of or "", path.parent, landing))
    return max(found)[1:] if found else None


@task(name="replay", task_run_name="replay", cache_policy=NO_CACHE)
def _replayed(plan: Plan, listing: Listing, found: tuple[Path, Landing], *, keep: bool) -> Replayed:
    path, before = found
    before = read_landing(path)  # refuses pages that are not what was written
    parser = all_sites()[before.site].parser_version
    place: Any = nullcontext(folder(plan, listing)) if keep else tempfile.TemporaryDirectory(prefix="telltale-")
    with place as where:
        out = Path(where) / f"replay-{path.name}-{parser}"
        landing = _read_again(plan, listing, before, path, out, workspace=plan.settings.home if keep else Path(where))
        appeared, gone, changed = changes(path, out)
        if keep:
            _store(plan, listing, landing)
    return Replayed(
        listing=listing.name,
        landing=before.path,
        pages=landing.pages_fetched,
        reviews=(before.reviews, landing.reviews),
        parser=(before.parser_version, parser),
        verdict=landing.verdict.name,
        appeared=tuple(appeared),
        gone=tuple(gone),
        changed=changed,
        stored=keep,
    )


def _read_again(plan: Plan, listing: Listing, before: Landing, path: Path, out: Path, *, workspace: Path) -> Landing:
    if (out / MANIFEST).exists():
        return read_landing(out)  # the very same reading was made before
    job = Job(
        engagement=plan.name,
        listing=listing.name,
        site=before.site,
        url=listing.url or "",
        business=listing.business,
        out=out,
        contact=plan.settings.contact,
        location=listing.location,
        local=listing.local,
        full=before.verdict.scope != "incremental",
        workspace=workspace,
    )
    return read_again(job, plan.key, before, path)


def _store(plan: Plan, listing: Listing, landing: Landing) -> None:
    with open_store(plan.settings.store_url) as store:
        store.declare(plan.engagement)
        _, taken = taken_in(plan, store, listing, landing)
        detail: Mapping[str, Any] = {
            "listing": listing.name, "landing": landing.id, "parser": landing.parser_version,
            "new": taken.new, "edited": taken.edited,
        }  # fmt: skip
        store.log(plan.name, "replayed", detail=detail)


__all__ = ["LandingError", "Replayed", "replay"]
