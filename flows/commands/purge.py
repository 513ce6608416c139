"""`telltale purge`: what was deleted of each engagement, and what a hold keeps."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from flows.commands import COMPLETE, PARTIAL, refused
from flows.settings import SettingsError


def run(*, home: Path | None, as_json: bool) -> int:
    """Purge the workspace; 0, 2 where an engagement was left alone or a file of it is gone, or 1 with a sentence."""
    from audits.store import StoreError
    from flows.plan import today
    from flows.purge import everything

    try:
        done = everything(home, today())
    except (SettingsError, StoreError) as error:
        return refused(str(error))
    code = PARTIAL if any(each.failed or each.unseen for each in done) else COMPLETE
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in done], ensure_ascii=False))
        return code
    if not done:
        typer.echo("No engagement file in the workspace's engagements folder: nothing was purged.")
    for each in (one for one in done if not one.failed):  # those were told on standard error
        counted = f"pages of {each.pages} landings, words of {each.texts} landings and {each.reviews} reviews"
        typer.echo(f"{each.engagement}: {each.held or counted}")
        if each.undated:
            typer.echo(f"{each.engagement}: {each.undated} landings without a day of collecting were kept")
    return code
