"""A run knows, before any work, which engagement it audits, where its workspace is and what it may not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from audits.analysis.gaps import frame
from audits.engagement import Engagement, EngagementError, Listing, Problem, load, refusals
from flows.keys import key_of
from flows.settings import Settings, read
from spiders.intake.api.protocols import APIS
from spiders.sites import all_sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run of one engagement. `refused` maps a listing to the reason why it is not read."""

    settings: Settings
    engagement: Engagement
    refused: Mapping[str, str]
    full: bool
    refit: bool
    key: bytes = field(repr=False)
    """The engagement's own key."""

    @property
    def name(self) -> str:
        """The engagement's slug: the first part of every key and folder."""
        return self.engagement.engagement

    @property
    def listings(self) -> tuple[Listing, ...]:
        """What may be read."""
        return tuple(each for each in self.engagement.listings if each.name not in self.refused)


def planned(
    engagement: Path, *, home: Path | None, full: bool = False, refit: bool = False, exports: bool = True
) -> Plan:
    """The plan of a run; raises `EngagementError` or `SettingsError` before anything is touched.

    Without `exports` the files that the engagement names may be missing.
    """
    file = load(engagement, exports=exports)
    _known(file, engagement)
    if exports and file.as_of and file.as_of > today() + timedelta(days=1):  # a day begins earlier elsewhere
        raise EngagementError(
            engagement, [Problem(key="as_of", reason=f"{file.as_of} is still to come: it is the day of the exports")]
        )
    # Permission is a matter of today, whatever date the audit speaks of: the one place where a run reads the clock.
    reasons, settings = refusals(file, today()), read(home)
    key = key_of(settings, file.engagement)
    return Plan(settings=settings, engagement=file, refused=reasons, full=full, refit=refit, key=key)


def _known(file: Engagement, path: Path) -> None:
    """Refuse a crawl of a site that nobody can read, and a gap that the frame does not have."""
    problems = list[Problem]()
    # To know every site is to import every parser: a morning of engagements that are fed by exports needs none of them.
    known = all_sites() if any(each.way != "export" for each in file.listings) else {}
    for listing in file.listings:
        if listing.way != "export" and listing.site not in known:
            key, read = f"listings[{listing.name}].site", {"crawl": "crawled"}.get(listing.way, "read")
            problems.append(_unknown(key, listing.site, known, f"no site of that name can be {read} (telltale sites)"))
        if listing.way == "api" and listing.site not in APIS:
            key = f"listings[{listing.name}].way"
            problems.append(_unknown(key, listing.site, APIS, "no official API of that site can be asked"))
    named = [(f"kpi.{gap}", gap) for gap in file.kpi]
    named += [("targets.gap", target.gap) for target in file.targets if target.gap]
    named += [("interventions.gap", each.gap) for each in file.interventions if each.gap]
    slugs = frame().slugs
    problems += [
        _unknown(key, gap, slugs, "no gap of the frame has that name") for key, gap in named if gap not in slugs
    ]
    if problems:
        raise EngagementError(path, problems)


def _unknown(key: str, given: str, known: Iterable[str], reason: str) -> Problem:
    near = get_close_matches(given, list(known), n=1)
    return Problem(key=key, reason=f"{given!r}: {reason}", suggestion=near[0] if near else None)


def today() -> date:
    """The date in UTC."""
    return datetime.now(UTC).date()
