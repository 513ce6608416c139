"""The commands with which people say what a statement is, and how well the model reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import EngagementFile, Json, Out, Who

app = typer.Typer()


@app.command()
def correct(
    engagement: EngagementFile,
    review: Annotated[str | None, typer.Argument(metavar="REVIEW", help="The review's id, from the annex.")] = None,
    words: Annotated[
        str | None, typer.Option("--words", help="Words of one statement of it only, or all of its words.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="A gap's slug (twice for two), or praise, neutral, vague, …")
    ] = None,
    theme: Annotated[str | None, typer.Option("--theme", metavar="ID", help="A theme to name, instead.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The theme's name.")] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back what was last said of the statement, or the theme's name.")
    ] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why it is taken back, for the log.")] = None,
    who: Who = None,
    listing: Annotated[
        bool, typer.Option("--list", help="List what was corrected; orphans and what was withdrawn are marked.")
    ] = False,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write all of it as JSONL.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Set the label of a statement or the name of a theme, which wins over the model, or take it back."""
    from flows.commands.correct import run

    raise typer.Exit(
        run(
            engagement=engagement,
            home=out,
            review=review,
            words=words,
            labels=label or [],
            theme=theme,
            name=name,
            undo=undo,
            reason=reason,
            who=who,
            listing=listing,
            export=export,
            as_json=as_json,
        )
    )


@app.command()
def label(
    engagement: EngagementFile,
    sample: Annotated[int, typer.Option("--sample", metavar="N", min=1, help="How many statements.")] = 300,
    workbook: Annotated[
        Path | None, typer.Option("--workbook", metavar="FILE", help="Write them to a workbook to be filled in.")
    ] = None,
    back: Annotated[Path | None, typer.Option("--read", metavar="FILE", help="Take a filled-in workbook in.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Those that somebody else has labelled.")] = False,
    who: Who = None,
    out: Out = None,
) -> None:
    """Label random and doubtful statements, by keyboard or in a workbook that comes back."""
    from flows.commands.label import run

    raise typer.Exit(
        run(engagement=engagement, home=out, sample=sample, workbook=workbook, back=back, again=again, who=who)
    )


@app.command()
def answers(
    engagement: EngagementFile,
    back: Annotated[
        Path | None, typer.Option("--read", metavar="FILE", help="The filled-in answers.xlsx of a report.")
    ] = None,
    who: Who = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Take the client's answers to findings in, or list them; what was fixed on a day the next audit measures."""
    from flows.commands.answers import run

    raise typer.Exit(run(engagement=engagement, home=out, back=back, who=who, as_json=as_json))


@app.command()
def evaluate(engagement: EngagementFile, out: Out = None, as_json: Json = False) -> None:
    """Say how well the model reads this engagement, by what people labelled of it."""
    from flows.commands.evaluate import run

    raise typer.Exit(run(engagement=engagement, home=out, as_json=as_json))
