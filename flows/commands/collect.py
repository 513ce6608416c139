"""`telltale collect`: what may be read has landed, with a verdict for each listing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from audits.engagement import EngagementError
from flows.commands import COMPLETE, FAILED, PARTIAL, refused
from flows.commands.run import broken
from flows.console import speak
from flows.plan import planned
from flows.server import ServerError, prefect_api
from flows.settings import SettingsError, read

if TYPE_CHECKING:
    from flows.collect import Collected

Row = dict[str, object]
WHOLE = ("complete", "empty")


def run(engagement: Path, *, home: Path | None, full: bool, as_json: bool) -> int:
    """Run the collect flow of one engagement file and print how each listing ended; the exit code."""
    speak(quiet=as_json)
    try:
        settings = read(home)
        planned(engagement, home=home)  # refused here, before a server is started for it
        with prefect_api(settings) as ready:
            from flows.collect import collect
            from flows.sweep import owned

            ready()
            with owned():
                state = collect(str(engagement), home=str(settings.home), full=full, return_state=True)
            if not state.is_completed():
                return broken(state.result(raise_on_failure=False), settings)
            rows = _rows(state.result())
    except (EngagementError, SettingsError, ServerError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps({"listings": rows}, ensure_ascii=False))
    else:
        for row in rows:
            typer.echo(f"{row['listing']}: {row['verdict']} ({row['scope'] or 'nothing read'}): {row['reason']}")
    return _exit_code([str(row["verdict"]) for row in rows])


def _rows(found: Collected) -> list[Row]:
    landed: list[Row] = [
        {
            "listing": landing.listing,
            "verdict": landing.verdict.name,
            "scope": landing.verdict.scope,
            "reason": landing.verdict.reason,
            "reviews": landing.reviews,
            "pages": landing.pages_fetched,
            "declared": landing.declared_total,
            "landing": landing.path,
        }
        for landing in found.landings
    ]
    not_landed: list[Row] = [
        {"listing": name, "verdict": verdict, "scope": None, "reason": reason}
        for verdict, reasons in (("failed", found.failed), ("refused", found.refused))
        for name, reason in reasons.items()
    ]
    return landed + not_landed


def _exit_code(verdicts: Sequence[str]) -> int:
    """0 where every listing is whole, 1 where none could be read, 2 between."""
    if all(each in WHOLE for each in verdicts):
        return COMPLETE
    return PARTIAL if any(each in (*WHOLE, "partial") for each in verdicts) else FAILED
