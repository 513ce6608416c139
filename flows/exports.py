"""Whether an engagement is fed by files alone, whether they are those read before, and when more are due."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import file_digest, sha256

from audits.engagement import Engagement, digest
from audits.store.store import Store
from flows.plan import Plan
from flows.version import software


def fed_by_files(engagement: Engagement) -> bool:
    """Whether every listing is an export or a capture: then nothing is new until somebody hands something in."""
    return all(each.way in ("export", "capture") for each in engagement.listings)


def fingerprint(plan: Plan, store: Store) -> str:
    """What an audit of files depends on: the file, its exports, the software, and what was done by hand since."""
    file = plan.engagement
    read = []
    for listing in file.listings:
        for path in file.files_of(listing):
            inside = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
            for each in inside:
                with each.open("rb") as body:
                    read.append([listing.name, each.name, file_digest(body, "sha256").hexdigest()])
    by_hand = [store.lines_logged(plan.name), len(store.corrections(plan.name))]
    parts = [digest(file), software(), sorted(plan.refused), read, *by_hand]
    return sha256(json.dumps(parts).encode()).hexdigest()


def export_due(engagement: Engagement) -> date | None:
    """The day on which the client's next export is due; None where the file does not say when the last was made."""
    made = engagement.as_of
    return made + timedelta(days=engagement.schedule.exports_days) if made else None
