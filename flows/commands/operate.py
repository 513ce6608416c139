"""`telltale nightly`, `status` and `alerts`: what is due is run once, and the morning says what needs a person."""

from __future__ import annotations

import getpass
import json
import shlex
import textwrap
from dataclasses import asdict, replace
from pathlib import Path

import typer

from audits.store import StoreError, open_store
from flows.commands import COMPLETE, PARTIAL, refused
from flows.console import speak
from flows.schedule import moment
from flows.server import ServerError, prefect_api
from flows.settings import Settings, SettingsError, quiet_prefect, read

WIDTH = 120


def nightly(*, home: Path | None, at: str | None, as_json: bool) -> int:
    """Run what is due; 0, or 2 where an engagement failed, was held or refused."""
    speak(quiet=as_json)
    try:
        settings = read(home)
        moment(at)  # refused here, before a server is started for it
        with prefect_api(settings) as ready:
            from audits.checks import loaded
            from flows.nightly import nightly as flow
            from flows.sweep import owned

            loaded()
            ready()
            with owned():
                ended = flow(home=str(settings.home), at=at)
    except (SettingsError, ServerError, StoreError, ValueError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps(ended, ensure_ascii=False))
    return PARTIAL if {"failed", "held", "refused"} & set(ended.values()) else COMPLETE


def status(*, home: Path | None, at: str | None, as_json: bool) -> int:
    """Print the morning screen; 0, or 2 where something needs a person."""
    try:
        settings, now = read(home), moment(at)
        if not any(settings.engagements.glob("*.toml")):
            return _nothing_followed(settings, as_json)
        quiet_prefect(settings)
        from flows.morning import GROUPS, Line, morning

        with open_store(settings.store_url) as store:
            lines = morning(settings, store, now)
    except (SettingsError, StoreError, ValueError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False))
    else:
        groups: dict[str, list[Line]] = {name: [line for line in lines if line.group == name] for name in GROUPS}
        typer.echo("\n".join(_screen(groups)))
    return PARTIAL if any(line.group == "needs you" for line in lines) else COMPLETE


def _nothing_followed(settings: Settings, as_json: bool) -> int:
    """Say that no engagement file lies here, and which audits do that were run from a file elsewhere."""
    if as_json:
        typer.echo("[]")
        return COMPLETE
    typer.echo(f"No engagement file in {settings.engagements}.")
    if names := sorted(each.name for each in settings.publications.glob("[!.]*") if each.is_dir()):
        typer.echo(
            f"Audited here from a file elsewhere: {', '.join(names)}. `status` and `nightly` follow the files in that "
            f"folder: telltale init … --to {shlex.quote(str(settings.engagements / names[0]))}.toml"
        )
    return COMPLETE


def _screen(groups: dict[str, list]) -> list[str]:  # type: ignore[type-arg]  # of Line, which is imported when called
    shown: list[str] = []
    for name, lines in groups.items():
        if not lines:
            continue
        shown.append(f"{name} ({len(lines)})")
        if name == "fine":
            names = ", ".join(line.engagement for line in lines)
            shown += textwrap.wrap(names, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
            continue
        for line in lines:
            shown.append(textwrap.shorten(f"  {line.engagement}: {line.reason}", WIDTH, placeholder=" …"))
            shown[-1] = f"  {shown[-1].strip()}"
            shown += [f"    {line.command}"] if line.command else []
    return shown


def alerts(
    *, home: Path | None, of: str | None, ack: str | None, who: str | None, everything: bool, as_json: bool
) -> int:
    """List open alerts, or acknowledge one; 1 where there is none of that id."""
    try:
        settings = read(home)
        return _acknowledged(settings, ack, who) if ack is not None else _listed(settings, of, everything, as_json)
    except (SettingsError, StoreError) as error:
        return refused(str(error))


def _listed(settings: Settings, of: str | None, everything: bool, as_json: bool) -> int:
    with open_store(settings.store_url) as store:
        known = sorted({*store.engagements(), *store.ledger.alerted()})
        if of is not None and of not in known:
            here = ", ".join(known) or "none yet"
            return refused(f"--of {of!r}: the store holds nothing of such an engagement. Those it holds: {here}.")
        found = [
            {"engagement": name, **asdict(alert)}
            for name in store.ledger.alerted()
            if of in (None, name)
            for alert in store.ledger.alerts(name)
            if everything or (alert.ended_at is None and alert.acknowledged_at is None)
        ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return COMPLETE
    for row in found:
        state = (
            "ended" if row["ended_at"] else f"seen by {row['acknowledged_by']}" if row["acknowledged_at"] else "open"
        )
        typer.echo(
            f"{row['id']}  {row['raised_at'][:10]}  {state:<8} {row['engagement']}: {row['kind']}: {row['says']}"
        )
    if not found:
        typer.echo("No open alert.")
    return COMPLETE


def _acknowledged(settings: Settings, ack: str, who: str | None) -> int:
    from flows.schedule import moment

    by, at = who or getpass.getuser(), moment(None).isoformat()
    with open_store(settings.store_url) as store:
        held = [(name, each) for name in store.ledger.alerted() for each in store.ledger.alerts(name) if each.id == ack]
        for name, alert in held:  # several where an earlier version gave one id to two engagements
            store.ledger.save_alerts(name, [replace(alert, acknowledged_at=at, acknowledged_by=by)])
            store.log(name, "acknowledged", at=at, who=by, detail={"alert": ack, "kind": alert.kind})
            typer.echo(f"{ack} ({alert.kind} of {name}) is acknowledged by {by}.")
    if held:
        return COMPLETE
    return refused(f"There is no alert {ack}: telltale alerts lists those that are open.")
