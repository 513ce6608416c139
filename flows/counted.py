"""A listing whose reviews may not be stored was read in memory: its counts are kept as an aggregate, and no word."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from audits.analysis.aggregate import counts
from audits.analysis.model import model_version
from audits.engagement import Listing
from audits.engagement.register import may_store
from audits.store.identity import identified
from audits.store.ingest import READABLE
from audits.store.store import Store
from flows.erase import again
from flows.override import overridden
from flows.plan import Plan, today
from spiders.intake.api.protocols import APIS
from spiders.items import Landing, Review
from spiders.landing import read_landing, read_reviews
from spiders.sites import all_sites

PREFIX = "telltale-unstored-"
MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory; our folder in it is readable by us alone
AGGREGATE = "aggregate"
"""The verdict of a listing that was read well and of which only counts may be kept."""


def only_counted(plan: Plan, listing: Listing) -> bool:
    """Whether the source register, or the terms of the site's API, forbid to store what the listing's reviews say."""
    terms = listing.way != "api" or APIS[listing.site].storage
    return not (terms and may_store(plan.engagement, listing))


def counted(plan: Plan, store: Store, listing: Listing, land: Callable[[Plan], Landing]) -> Landing:
    """Land the listing in memory, count what its reviews say, and let go of it; the landing without its files."""
    with _in_memory(plan) as there:
        landing = again(there, store, land(there))
        landing = read_landing(there.settings.home / landing.path)
        rows = identified(plan.name, listing.name, read_reviews(there.settings.home / landing.path))
        landing, kept = _let_through(plan, listing, landing, rows)
        if landing.verdict.name in READABLE and not landing.verdict.held:
            model = model_version()
            store.save_aggregate(plan.name, listing.name, counts(kept), as_of=landing.as_of, model=model)
            line = {"listing": listing.name, "landing": landing.id, "reviews": len(kept)}
            store.log(plan.name, "counted", at=today().isoformat(), detail=line)
    return replace(landing, storage=False, path="", files={})


@contextmanager
def _in_memory(plan: Plan) -> Iterator[Plan]:
    """The plan in a workspace that lies in memory and is gone afterwards."""
    for left in abandoned():
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=_memory()) as folder:
        yield replace(plan, settings=replace(plan.settings, home=Path(folder)))


def abandoned() -> list[Path]:
    """What a run left in memory that was killed while it counted."""
    found = sorted(_memory().glob(f"{PREFIX}*"))
    return [each for each in found if not Path(f"/proc/{each.name.removeprefix(PREFIX).partition('-')[0]}").exists()]


def _memory() -> Path:
    return MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def _let_through(
    plan: Plan, listing: Listing, landing: Landing, rows: Sequence[Review]
) -> tuple[Landing, list[Review]]:
    """The landing with the verdict that the checks leave it, and the reviews that they do not set aside."""
    from audits.checks import check

    always = all_sites()[listing.site].always_present if listing.way != "export" else ()
    checked = check(landing, rows, always_present=always, by=today())
    gate = overridden(plan.engagement, listing.name, checked, today())
    aside = {row for row, _ in gate.quarantined}
    return replace(landing, verdict=gate.verdict), [each for row, each in enumerate(rows) if row not in aside]
