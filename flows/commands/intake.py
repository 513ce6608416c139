"""`telltale intake`: files that were handed in for a listing have landed, been checked, and what is new is stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audits.engagement import EngagementError, Listing
from audits.engagement.register import may_store
from flows.commands import COMPLETE, FAILED, PARTIAL, fetch_time, refused
from flows.console import speak, stage
from flows.mirror import MirrorError, mirrored, told
from flows.plan import Plan, planned
from flows.settings import SettingsError, quiet_prefect

if TYPE_CHECKING:
    from audits.report.cover import SourceLine
    from spiders.intake.saved import Progress
    from spiders.items import Landing

_EXPORTS = (".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".ndjson")
_EXITS = {"complete": COMPLETE, "empty": COMPLETE, "partial": PARTIAL}


def run(
    engagement: Path,
    files: list[Path],
    *,
    listing: str,
    fetched_at: str | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Land, check and store; 0 complete, 2 partial or held, 1 nothing that could be used."""
    from audits.store import StoreError, open_store
    from spiders.intake.errors import IntakeError
    from spiders.landing import LandingError

    speak(quiet=as_json)
    try:
        plan = planned(engagement, home=home)
        one = _named(plan, listing)
        when = fetch_time(fetched_at)
        quiet_prefect(plan.settings)
        from flows.admit import taken_in

        mirrored(plan.settings, plan.name)
        with stage("read") as said:
            landing = _landed(plan, one, files, when, said.progress)
            said.counted = f"{landing.reviews:,} reviews, {landing.rejects:,} in the rejects"
        with open_store(plan.settings.store_url) as store:
            store.declare(plan.engagement)
            line, taken = taken_in(plan, store, one, landing)
        told(plan.settings, plan.name)
    except (
        EngagementError, SettingsError, MirrorError, IntakeError, LandingError, StoreError, LookupError, OSError,
    ) as error:  # fmt: skip
        return refused(_sentence(error))
    return _told(landing, line, taken.new, taken.edited, as_json=as_json)


def _sentence(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error)


def _named(plan: Plan, name: str) -> Listing:
    """The listing, where the source register lets it be read."""
    known = [each.name for each in plan.engagement.listings]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        meant = f"did you mean {near[0]!r}?" if near else f"the engagement has {', '.join(known)}."
        raise LookupError(f"There is no listing {name!r}: {meant}")
    if reason := plan.refused.get(name):
        raise LookupError(reason)
    one = plan.engagement.listing(name)
    if not may_store(plan.engagement, one):
        told = "name the files in the engagement (files) and run telltale audit, which reads them in memory"
        raise LookupError(f"The source register says that reviews of {name} may not be stored: {told}.")
    return one


def _landed(plan: Plan, one: Listing, files: list[Path], when: str | None, progress: Progress) -> Landing:
    """An export is read by the listing's columns; anything else is saved pages of its site."""
    from flows.files import captured, exported
    from flows.mappings import Mappings

    missing = [str(each) for each in files if not each.exists()]
    if missing:
        raise LookupError(f"There is no file {', '.join(missing)}.")
    if one.way == "export" and (folders := [str(each) for each in files if each.is_dir()]):
        raise LookupError(f"{folders[0]} is a folder: name the exports in it.")
    if one.way == "export" or all(each.suffix.lower() in _EXPORTS for each in files):
        return exported(plan, one, Mappings(), files=files, progress=progress)
    return captured(plan, one, Mappings(), files=files, fetched_at=when, progress=progress)


def _told(landing: Landing, line: SourceLine, new: int, edited: int, *, as_json: bool) -> int:
    code = FAILED if line.verdict not in _EXITS else PARTIAL if line.held else _EXITS[line.verdict]
    if as_json:
        told = {"verdict": line.verdict, "reason": line.reason, "held": line.held, "new": new, "edited": edited}
        typer.echo(json.dumps(asdict(landing) | told, ensure_ascii=False))
        return code
    for problem in landing.problems:
        typer.echo(f"  {problem}", err=True)
    held = ", held" if line.held else ""
    typer.echo(f"{line.verdict}{held} ({line.scope}): {line.reason} {new:,} new, {edited:,} edited in the store.")
    return code
