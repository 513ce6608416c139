"""The commands that keep many engagements fresh: nightly, status, alerts."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import Json, Out, Who

app = typer.Typer()

At = Annotated[str | None, typer.Option("--at", metavar="TIME", help="The time (ISO) to hold schedules against.")]


@app.command()
def nightly(out: Out = None, at: At = None, as_json: Json = False) -> None:
    """Audit every engagement of the workspace that is due, once for its period."""
    from flows.commands.operate import nightly as run

    raise typer.Exit(run(home=out, at=at, as_json=as_json))


@app.command()
def status(out: Out = None, at: At = None, as_json: Json = False) -> None:
    """Show what needs you (with the command), what waits on the client, and what is fine."""
    from flows.commands.operate import status as run

    raise typer.Exit(run(home=out, at=at, as_json=as_json))


@app.command()
def alerts(
    out: Out = None,
    of: Annotated[str | None, typer.Option("--of", metavar="ENGAGEMENT", help="Of one engagement.")] = None,
    ack: Annotated[str | None, typer.Option("--ack", metavar="ID", help="Acknowledge this one.")] = None,
    who: Who = None,
    everything: Annotated[bool, typer.Option("--all", help="Ended and acknowledged ones too.")] = False,
    as_json: Json = False,
) -> None:
    """List the open alerts, or acknowledge one."""
    from flows.commands.operate import alerts as run

    raise typer.Exit(run(home=out, of=of, ack=ack, who=who, everything=everything, as_json=as_json))
