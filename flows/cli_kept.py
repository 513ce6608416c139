"""The commands about what is held: whose it is, how long it stays, and what was set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import EngagementFile, Json, Out

app = typer.Typer()


@app.command()
def forget(
    engagement: EngagementFile,
    name: Annotated[str | None, typer.Option("--name", help="The name the person writes under.")] = None,
    review: Annotated[
        str | None, typer.Option("--review", help="A review: its address, its id on the site, or its key.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the log; no name.")] = "request of the person",
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who does it, for the log.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Erase a person from store, pages and publications, and keep them from coming back."""
    from flows.commands.persons import forget as run

    raise typer.Exit(run(engagement, name=name, review=review, reason=reason, who=who, home=out, as_json=as_json))


@app.command("export-person")
def export_person(
    engagement: EngagementFile,
    name: Annotated[str | None, typer.Option("--name", help="The name the person writes under.")] = None,
    review: Annotated[
        str | None, typer.Option("--review", help="A review: its address, its id on the site, or its key.")
    ] = None,
    out: Out = None,
) -> None:
    """Print all that is held of a person, as JSON."""
    from flows.commands.persons import export_person as run

    raise typer.Exit(run(engagement, name=name, review=review, home=out))


@app.command()
def purge(out: Out = None, as_json: Json = False) -> None:
    """Delete what may no longer be kept: pages and words past their time, unless a legal hold keeps them."""
    from flows.commands.purge import run

    raise typer.Exit(run(home=out, as_json=as_json))


@app.command("rotate-key")
def rotate_key(
    out: Out = None,
    lost: Annotated[bool, typer.Option("--lost", help="The old key is lost: begin anew under TELLTALE_KEY.")] = False,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who does it, for the log.")] = None,
) -> None:
    """Keep every engagement of the workspace under a new master key; nobody becomes another reviewer."""
    from flows.commands.rotate import run

    raise typer.Exit(run(home=out, lost=lost, who=who))


@app.command()
def quarantine(
    engagement: EngagementFile,
    out: Out = None,
    release: Annotated[str | None, typer.Option("--release", metavar="ID", help="Let this row through.")] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides it.")] = None,
    why: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="And why.")] = None,
    as_json: Json = False,
) -> None:
    """List the rows that the checks set aside, or let one of them through, with a trace."""
    from flows.commands.quarantine import run

    raise typer.Exit(run(engagement, home=out, released=release, who=who, why=why, as_json=as_json))


@app.command()
def archive(
    engagement: Annotated[Path | None, typer.Argument(metavar="[ENGAGEMENT]", help="The engagement file.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write all of it into this one file.")] = None,
    restore: Annotated[
        Path | None, typer.Option("--restore", metavar="FILE", help="Read such a file back, into another workspace.")
    ] = None,
    out: Out = None,
) -> None:
    """Put an engagement whole into one file, or restore it from one."""
    from flows.commands.archive import run

    raise typer.Exit(run(engagement, to=to, restored=restore, home=out))
