"""A run knows, before any work, which engagement it audits, where its workspace is and what it may not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from audits.engagement import Engagement, Listing, load, refusals
from flows.settings import Settings, read
from spiders.privacy import engagement_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run of one engagement. `refused` maps a listing to the reason why it is not read."""

    settings: Settings
    engagement: Engagement
    refused: Mapping[str, str]
    full: bool
    refit: bool

    @property
    def name(self) -> str:
        """The engagement's slug: the first part of every key and folder."""
        return self.engagement.engagement

    @property
    def key(self) -> bytes:
        """The engagement's own key, derived from the master key; never written anywhere."""
        return engagement_key(self.settings.master_key, self.name)

    @property
    def listings(self) -> tuple[Listing, ...]:
        """What may be read."""
        return tuple(each for each in self.engagement.listings if each.name not in self.refused)


def planned(engagement: Path, *, home: Path | None, full: bool = False, refit: bool = False) -> Plan:
    """The plan of a run; raises `EngagementError` or `SettingsError` before anything is touched."""
    file = load(engagement)
    # Permission is a matter of today, whatever date the audit speaks of: the one place where a run reads the clock.
    reasons = refusals(file, today())
    return Plan(settings=read(home), engagement=file, refused=reasons, full=full, refit=refit)


def today() -> date:
    """The date in UTC."""
    return datetime.now(UTC).date()
