"""One text for one engagement, the same on every machine, and the period that its audit covers."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from audits.engagement.schema import Engagement

MONTHS = 24
"""The audit period where the file gives none: two years, so that each season is seen twice."""

NOT_AUDITED: Mapping[str, Any] = {"files_from": True, "schedule": True, "alerts": True, "publishing": {"drafts": True}}


def canonical(engagement: Engagement) -> str:
    """The engagement as JSON with sorted keys, without what is not audited: where files lie, when a
    run is due, who is told of it, and which forms a draft has.
    """
    plain = engagement.model_dump(mode="json", exclude=dict(NOT_AUDITED))
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(engagement: Engagement) -> str:
    """SHA-256 of the canonical text, in hex."""
    return sha256(canonical(engagement).encode()).hexdigest()


def audit_period(engagement: Engagement, as_of: date) -> tuple[date, date]:
    """First and last day of the audit period, both included: as written, else the 24 months up to `as_of`."""
    end = engagement.period.end or engagement.as_of or as_of
    start = engagement.period.start or _months_before(end, MONTHS) + timedelta(days=1)
    return min(start, end), end


def _months_before(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
