"""`telltale quarantine`: the rows set aside, each with its reason; one of them let out, with who did it and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer

from audits.engagement import EngagementError, load
from audits.store import StoreError, open_store
from flows.commands import COMPLETE, refused
from flows.settings import SettingsError, read


def run(
    engagement: Path, *, home: Path | None, released: str | None, who: str | None, why: str | None, as_json: bool
) -> int:
    """List the rows, or release one; no word of a review is printed."""
    if released and not (who and why):
        return refused("To release a row say who decides it and why: --release ID --who NAME --reason TEXT.")
    try:
        name = load(engagement, exports=False).engagement
        with open_store(read(home).store_url) as store:
            if released:
                at = datetime.now(UTC).isoformat(timespec="seconds")
                row = store.release(name, released, who=str(who), why=str(why), at=at)
                typer.echo(f"{row.id} of {row.listing} is released. It counts from the next audit on.")
                return COMPLETE
            rows = store.set_aside(name)
    except (EngagementError, SettingsError, StoreError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return COMPLETE
    for row in rows:
        state = f"  released by {row.released_by}: {row.released_why}" if row.released_by else ""
        typer.echo(f"{row.id}  {row.listing}  row {row.row}  {row.reason}{state}")
    typer.echo(f"{len(rows):,} rows in quarantine.")
    return COMPLETE
