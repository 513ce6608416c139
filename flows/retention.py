"""What an engagement may no longer keep is gone, and the log says what went; a legal hold keeps everything."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from audits.store.store import Store
from flows.erase import republished
from flows.mirror import mirrored, told
from flows.plan import Plan
from spiders.erasure import purge_pages, purge_text
from spiders.items import Landing
from spiders.landing import MANIFEST, read_landing

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What one purge did to an engagement, in counts; `held` is why nothing was done: a hold, or that it `failed`."""

    engagement: str
    pages: int = 0
    texts: int = 0
    reviews: int = 0
    reissued: tuple[str, ...] = ()
    undated: int = 0
    """Landings that nobody knows the day of collecting of: they are kept, and counted."""
    unseen: tuple[str, ...] = ()
    """Files that the engagement names and that are not there: whatever is in them is out of reach."""
    held: str | None = None
    failed: bool = False


def purged(plan: Plan, store: Store, on: date) -> Purged:
    """Purge one engagement as of a day; raises `MirrorError` where what lies on the target alone cannot be had."""
    keep = plan.engagement.retention
    if (hold := held(plan, on)) is not None:
        store.log(plan.name, "kept", at=on.isoformat(), detail={"hold": True})
        return Purged(engagement=plan.name, held=hold)
    mirrored(plan.settings, plan.name)
    no_pages, no_text = on - timedelta(days=keep.pages_days), months_before(on, keep.text_months)
    pages = texts = undated = 0
    for manifest in sorted((plan.settings.landings / plan.name).glob(f"*/*/{MANIFEST}")):
        landing = read_landing(manifest.parent, verify=False)
        collected = _collected(landing)
        if collected is None:
            undated += 1
            continue
        pages += collected < no_pages and purge_pages(manifest.parent, on=on.isoformat()) is not None
        texts += collected < no_text and purge_text(manifest.parent, on=on.isoformat()) is not None
    old = store.purge_text(plan.name, no_text.isoformat())
    reissued, withdrawn = republished(plan, store, old, [], None) if old else ([], [])
    done = Purged(
        engagement=plan.name,
        pages=pages,
        texts=texts,
        reviews=len(old),
        reissued=(*reissued, *withdrawn),
        undated=undated,
    )
    if pages or texts or old:
        told(plan.settings, plan.name)
        store.log(plan.name, "purged", at=on.isoformat(), detail=asdict(done))
    return done


def held(plan: Plan, on: date) -> str | None:
    """The legal hold that keeps everything on that day, in words; None where there is none."""
    hold = plan.engagement.retention.hold
    if hold is None or (hold.until is not None and hold.until < on):
        return None
    until = f" until {hold.until}" if hold.until else ""
    return f"legal hold{until}: {hold.reason}"


def months_before(day: date, months: int) -> date:
    """The day that many months earlier, or the last of its month where there is none."""
    year, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _collected(landing: Landing) -> date | None:
    return date.fromisoformat(landing.as_of[:10]) if landing.as_of else None
