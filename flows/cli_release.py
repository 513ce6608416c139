"""The commands with which a person releases, recalls, verifies and shows what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import EngagementFile, Json, Out, Who

app = typer.Typer()

AuditName = Annotated[
    str | None, typer.Option("--audit", metavar="AUDIT", help="Which audit. Default: the newest in that state.")
]


@app.command()
def approve(
    engagement: EngagementFile,
    out: Out = None,
    audit_name: AuditName = None,
    who: Who = None,
    workbook: Annotated[
        Path | None, typer.Option("--workbook", metavar="FILE", help="Write the statements to check into a workbook.")
    ] = None,
    back: Annotated[
        Path | None, typer.Option("--read", metavar="FILE", help="Read the filled-in workbook, then approve.")
    ] = None,
    without_check: Annotated[
        bool, typer.Option("--without-check", help="Approve unchecked; the report says that nobody checked.")
    ] = False,
) -> None:
    """Release a draft after 30 random statements of each leak on its first page were checked by a person."""
    from flows.commands.approve import approve as run

    raise typer.Exit(
        run(
            engagement=engagement,
            home=out,
            audit=audit_name,
            who=who,
            workbook=workbook,
            back=back,
            without_check=without_check,
        )
    )


@app.command()
def withdraw(
    engagement: EngagementFile,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is recalled; the report says it.")],
    out: Out = None,
    audit_name: AuditName = None,
    who: Who = None,
) -> None:
    """Recall an approved report: a revision says so, and who was sent a copy is listed."""
    from flows.commands.approve import withdraw as run

    raise typer.Exit(run(engagement=engagement, home=out, audit=audit_name, who=who, reason=reason))


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a publication.")],
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Check a publication's hashes and count its numbers again in the store."""
    from flows.commands.verify import run

    raise typer.Exit(run(folder=folder, home=out, as_json=as_json))


@app.command()
def serve(
    out: Out = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
) -> None:
    """Show the publications of a workspace on loopback."""
    from flows.commands.serve import run

    raise typer.Exit(run(home=out, port=port))
