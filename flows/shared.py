"""A listing that two engagements share is fetched once a night: the second reads the pages that the first one landed.

Only pages cross over, as they were fetched, with their own time and digest; each engagement seals, checks and stores
them for itself, under its own key and its own entry in the source register.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from audits.engagement import Listing
from flows.pending import SAME_SITTING
from flows.plan import Plan
from spiders.items import Landing
from spiders.landing import MANIFEST, PAGES


def noted(plan: Plan, listing: Listing, landing: Landing, now: datetime) -> None:
    """Leave word of a crawl that got pages, for who asks for the same address tonight."""
    if landing.verdict.name not in ("complete", "partial") or not landing.pages_fetched or not listing.url:
        return
    note = _note(plan, listing)
    note.parent.mkdir(parents=True, exist_ok=True)
    told = {"engagement": plan.name, "listing": listing.name, "path": landing.path, "at": now.isoformat()}
    part = note.with_suffix(f".{plan.name}.part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(note)


def fetched_tonight(plan: Plan, listing: Listing, now: datetime) -> Path | None:
    """The landing of another engagement that fetched this listing's address within the same sitting, if it is here."""
    with suppress(OSError, ValueError, KeyError):
        told = json.loads(_note(plan, listing).read_text(encoding="utf-8"))
        path: Path = plan.settings.home / told["path"]
        age = (now - datetime.fromisoformat(told["at"])).total_seconds()
        recent = 0 <= age < SAME_SITTING.total_seconds()
        if told["engagement"] != plan.name and recent and all((path / each).is_file() for each in (MANIFEST, PAGES)):
            return path
    return None


def _note(plan: Plan, listing: Listing) -> Path:
    name = sha256(f"{listing.site}\n{listing.url}".encode()).hexdigest()
    return plan.settings.home / "locks" / f"{name}.fetched.json"
