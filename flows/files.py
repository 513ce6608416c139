"""What was handed in for a listing has landed (export, capture); the same files read in the same way stay landed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from audits.engagement import Listing
from audits.engagement.register import may_store
from flows.mappings import Mappings
from flows.plan import Plan
from spiders.intake.capture import digest, land_capture
from spiders.intake.export import PARSER_VERSION, land_export
from spiders.intake.saved import Progress, moment
from spiders.items import Landing
from spiders.landing import MANIFEST, read_landing
from spiders.privacy import REDACTOR_VERSION
from spiders.sites import site as named_site


def exported(
    plan: Plan,
    listing: Listing,
    mappings: Mappings,
    *,
    files: Sequence[Path] | None = None,
    progress: Progress | None = None,
) -> Landing:
    """The landing of an export; files that were read in the very same way before are not read again."""
    as_of = plan.engagement.as_of
    asked: dict[str, Any] = {
        "files": files or plan.engagement.files_of(listing),
        "business": listing.business,
        "site": listing.site,
        "columns": listing.columns,
        "where": listing.where,
        "location": listing.location,
        "date_order": listing.date_order,
        "scale": listing.scale,
        "sheet": listing.sheet,
        "channel": listing.channel or (listing.site if listing.columns.get("rating") == "none" else None),
        "as_of": as_of.isoformat() if as_of else None,
    }
    out = _place(plan, listing, _reading(asked))
    if (out / MANIFEST).exists():
        return read_landing(out, verify=False)  # verified where it is taken in
    return land_export(
        **asked,
        engagement=plan.name,
        listing=listing.name,
        key=plan.key,
        out=out,
        storage=may_store(plan.engagement, listing),
        workspace=plan.settings.home,
        progress=progress,
        shown=mappings.show,
    )


def captured(
    plan: Plan,
    listing: Listing,
    mappings: Mappings,
    *,
    files: Sequence[Path] | None = None,
    fetched_at: str | None = None,
    progress: Progress | None = None,
) -> Landing:
    """The landing of saved pages; the same bytes are not read again, until their parser is a better one."""
    given = files or plan.engagement.files_of(listing)
    when = fetched_at or (moment(listing.fetched_at.isoformat()) if listing.fetched_at else None)
    wanted = listing.where.get("business")
    version = named_site(listing.site).parser_version
    named = digest(given, [listing.site, listing.business, listing.location, when, wanted, version])
    out = _place(plan, listing, named[:16])
    if (out / MANIFEST).exists():
        return read_landing(out, verify=False)
    return land_capture(
        files=given,
        engagement=plan.name,
        listing=listing.name,
        business=listing.business,
        site=listing.site,
        key=plan.key,
        out=out,
        location=listing.location,
        fetched_at=when,
        wanted=wanted,
        storage=may_store(plan.engagement, listing),
        workspace=plan.settings.home,
        progress=progress,
        shown=mappings.say,
    )


def _place(plan: Plan, listing: Listing, name: str) -> Path:
    return plan.settings.landings / plan.name / listing.name / name


def _reading(asked: Mapping[str, Any]) -> str:
    """A name for this reading of these bytes: another file, mapping or reader gets another one."""
    digests = []
    for file in asked["files"]:
        with file.open("rb") as body:
            digests.append(file_digest(body, "sha256").hexdigest())
    parts = [digests, PARSER_VERSION, REDACTOR_VERSION, {**asked, "files": [file.name for file in asked["files"]]}]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
