"""A flow run from the command line: the Prefect API is up meanwhile, and every failure is a sentence."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from audits.engagement import EngagementError
from flows.commands import FAILED, refused
from flows.console import speak
from flows.plan import planned
from flows.room import OWN, no_room
from flows.server import ServerError, prefect_api
from flows.settings import Settings, SettingsError, read


def audited(engagement: Path, *, home: Path | None, full: bool, refit: bool, as_json: bool) -> int:
    """Run the audit flow of one engagement file and print how it ended; the exit code."""
    speak(quiet=as_json)
    try:
        settings = read(home)
        planned(engagement, home=home)  # refused here, before a server is started for it
        with prefect_api(settings) as ready:
            from audits.checks import loaded
            from flows.audit import audit
            from flows.sweep import owned

            loaded()
            ready()
            with owned():
                state = audit(str(engagement), home=str(settings.home), full=full, refit=refit, return_state=True)
            if not state.is_completed():
                return broken(state.result(raise_on_failure=False), settings)
            outcome = state.result()
    except (EngagementError, SettingsError, ServerError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps(asdict(outcome), ensure_ascii=False))
        return outcome.exit_code
    for sentence in (*outcome.says, *outcome.evidence):
        typer.echo(f"  {sentence}")
    if not outcome.fresh:
        typer.echo("Nothing is new since the last audit; its report stands.")
    typer.echo(f"{outcome.name}: {outcome.reviews:,} reviews of the period. The report: {outcome.report}")
    return outcome.exit_code


SAID = 200
"""Characters of an error that is not ours which are printed."""


def broken(error: object, settings: Settings) -> int:
    """What went wrong, in the words of the stage that said it; a bug of ours says its kind and where to look."""
    told = str(error) or type(error).__name__
    if type(error).__module__.split(".")[0] in OWN:
        return refused(told)
    if (full := no_room(settings, error)) is not None:
        return refused(full)
    first = told.splitlines()[0]  # of another's making, and whatever it was given may stand in it
    cut = first if len(first) <= SAID else f"{first[:SAID]}…"
    return refused(f"The run failed: {type(error).__name__}: {cut}")


__all__ = ["FAILED", "audited", "broken"]
