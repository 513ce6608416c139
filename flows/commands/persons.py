"""`telltale forget` and `telltale export-person`: what a person may ask for, with a line in the audit log."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

from audits.engagement import EngagementError
from flows.commands import COMPLETE, FAILED, PARTIAL, refused
from flows.plan import planned
from flows.settings import SettingsError


def forget(
    engagement: Path,
    *,
    name: str | None,
    review: str | None,
    reason: str,
    who: str | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Erase a person; 0 when nothing is left anywhere, 2 when copies that we cannot reach are listed."""
    from audits.store import StoreError, open_store
    from flows.erase import forgotten, person, today
    from flows.mirror import MirrorError
    from flows.retention import held

    if (name is None) == (review is None):
        return refused("Say whom: either --name NAME or --review ADDRESS.")
    try:
        plan = planned(engagement, home=home, exports=False)
        with open_store(plan.settings.store_url) as store:
            if (hold := held(plan, on := date.fromisoformat(today()))) is not None:
                store.log(plan.name, "kept", at=on.isoformat(), who=who, detail={"hold": True})
                return refused(f"Nothing was erased: {hold}. The request waits until the hold ends; answer the person.")
            done = forgotten(plan, store, person(plan, store, name=name, review=review, reason=reason), by=who)
    except MirrorError as error:
        return refused(f"Nothing was erased: {error}.")
    except (EngagementError, SettingsError, StoreError, LookupError) as error:
        return refused(str(error.args[0]) if isinstance(error, LookupError) else str(error))
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False))
        return PARTIAL if done.files or done.sent_to else COMPLETE
    typer.echo(
        f"Erased: {done.reviews} reviews ({done.rows} rows), {done.mentions} mentions, {done.pages} stored pages."
    )
    for audit in done.reissued:
        typer.echo(f"Re-issued without the quotes: {audit}")
    for audit in done.withdrawn:
        typer.echo(f"Withdrawn, since it could not be rendered again: {audit}")
    for file in done.files:
        typer.echo(f"Holds it, or is gone or cannot be read to tell, and is yours to change: {file}")
    for mailbox in done.sent_to:
        typer.echo(f"Was sent a copy: {mailbox}")
    return PARTIAL if done.files or done.sent_to else COMPLETE


def export_person(engagement: Path, *, name: str | None, review: str | None, home: Path | None) -> int:
    """Print all that is held of a person as JSON; 0, or 1 where nothing is."""
    from audits.store import StoreError, open_store
    from flows.erase import person, today

    if (name is None) == (review is None):
        return refused("Say whom: either --name NAME or --review ADDRESS.")
    try:
        plan = planned(engagement, home=home, exports=False)
        with open_store(plan.settings.store_url) as store:
            who = person(plan, store, name=name, review=review, reason="access")
            held = store.held_of(plan.name, who.stones)
            digests = [stone.digest for stone in who.stones]
            store.log(plan.name, "exported-person", at=today(), detail={"digests": digests})
    except (EngagementError, SettingsError, StoreError) as error:
        return refused(str(error))
    except LookupError as error:
        return refused(str(error.args[0]))
    typer.echo(json.dumps({"engagement": plan.name, "digests": digests, "held": held}, ensure_ascii=False, indent=1))
    return COMPLETE if held else FAILED
