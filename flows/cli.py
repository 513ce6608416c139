"""The `telltale` command: names, options and exit codes; the work is in `flows.commands`, imported when called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="telltale",
    help="Audits a business's public reviews and says which operational process is leaking, on evidence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="The workspace. Default: TELLTALE_HOME, else telltale-workspace."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for a program.")]
EngagementFile = Annotated[Path, typer.Argument(metavar="ENGAGEMENT", help="The engagement file (engagement.toml).")]


@app.command()
def demo(out: Out = None, as_json: Json = False) -> None:
    """Serve the sandbox rating site on loopback, crawl it, audit it, and print where the report lies."""
    from flows.commands.demo import run

    raise typer.Exit(run(home=out, as_json=as_json))


@app.command()
def audit(
    engagement: EngagementFile,
    out: Out = None,
    full: Annotated[bool, typer.Option("--full", help="Read every page again instead of what is new.")] = False,
    refit: Annotated[bool, typer.Option("--refit", help="Fit the themes anew, not from the last ones.")] = False,
    as_json: Json = False,
) -> None:
    """Collect, check, store, analyse, report and publish one engagement."""
    from flows.commands.run import audited

    raise typer.Exit(audited(engagement, home=out, full=full, refit=refit, as_json=as_json))


@app.command()
def intake(
    engagement: EngagementFile,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Exports or captures; a folder of saved pages.")],
    listing: Annotated[str, typer.Option("--listing", metavar="NAME", help="The listing the reviews are of.")],
    fetched_at: Annotated[
        str | None, typer.Option("--fetched-at", metavar="TIME", help="When pages were saved, where they do not say.")
    ] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Read files that were handed in for a listing, show how, check them, and add what is new to the store."""
    from flows.commands.intake import run

    raise typer.Exit(run(engagement, files, listing=listing, fetched_at=fetched_at, home=out, as_json=as_json))


@app.command()
def collect(
    engagement: EngagementFile,
    out: Out = None,
    full: Annotated[bool, typer.Option("--full", help="Read every page again instead of what is new.")] = False,
    as_json: Json = False,
) -> None:
    """Only collect: a plan before it starts, then a verdict for each listing."""
    from flows.commands.collect import run

    raise typer.Exit(run(engagement, home=out, full=full, as_json=as_json))


@app.command()
def replay(
    engagement: EngagementFile,
    listing: Annotated[str | None, typer.Option("--listing", metavar="NAME", help="Only this listing.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print changed texts (redacted).")] = False,
    store: Annotated[bool, typer.Option("--store", help="Check and take in the new reading.")] = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Parse the stored pages again with today's parser and print what changes; no network."""
    from flows.commands.replay import run

    raise typer.Exit(run(engagement, home=out, listing=listing, show=show, keep=store, as_json=as_json))


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Saved pages or bodies of one site.")],
    site: Annotated[
        str,
        typer.Option("--site", metavar="SITE", help="Whose parser reads them; auto: recognise it."),
    ] = "auto",
    url: Annotated[str, typer.Option("--url", help="The address the page was saved from.")] = "",
    fetched_at: Annotated[
        str | None, typer.Option("--fetched-at", metavar="TIME", help="When it was fetched (ISO), for relative dates.")
    ] = None,
    show_author: Annotated[bool, typer.Option("--show-author", help="Print the reviewer's name as well.")] = False,
) -> None:
    """Print the reviews of saved pages, one JSON object a line; no store, no network."""
    from flows.commands.parse import run

    raise typer.Exit(run(files=files, site=site, url=url, fetched_at=fetched_at, show_author=show_author))


@app.command()
def gaps(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Text, CSV or JSONL; - reads text from stdin.")],
    column: Annotated[str | None, typer.Option("--column", metavar="NAME", help="Which column has the text.")] = None,
) -> None:
    """Print the statements of a file with complaint, gap and confidence, one JSON object a line."""
    from flows.commands.gaps import run

    raise typer.Exit(run(file=file, column=column))


@app.command()
def sites(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One site: all that is known of it.")] = None,
    as_json: Json = False,
) -> None:
    """List the sites that can be read with the ways in that each allows, or say all that is known of one."""
    from flows.commands.sites import run

    raise typer.Exit(run(as_json=as_json, name=name))


@app.command()
def doctor(
    out: Out = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Remove what killed runs have left, where that is safe.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check this machine and workspace, and name what is wrong with the next step."""
    from flows.commands.doctor import run

    raise typer.Exit(run(home=out, as_json=as_json, clean=clean))


@app.command()
def forget(
    engagement: EngagementFile,
    name: Annotated[str | None, typer.Option("--name", help="The name the person writes under.")] = None,
    review: Annotated[
        str | None, typer.Option("--review", help="A review: its address, its id on the site, or its key.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the log; no name.")] = "request of the person",
    who: Annotated[str | None, typer.Option("--by", help="Who does it, for the log.")] = None,
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


Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who says it. Default: the account's name.")]


@app.command()
def correct(
    engagement: EngagementFile,
    review: Annotated[str | None, typer.Argument(metavar="REVIEW", help="The review's id, from the annex.")] = None,
    words: Annotated[str | None, typer.Option("--words", help="Words that stand in one statement of it only.")] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="A gap's slug (twice for two), or praise, neutral, vague, …")
    ] = None,
    theme: Annotated[str | None, typer.Option("--theme", metavar="ID", help="A theme to name, instead.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The theme's name.")] = None,
    who: Who = None,
    listing: Annotated[bool, typer.Option("--list", help="List what was corrected; orphans are marked.")] = False,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write all of it as JSONL.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Set the label of a statement or the name of a theme; it is kept, and wins over the model."""
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
def evaluate(engagement: EngagementFile, out: Out = None, as_json: Json = False) -> None:
    """Say how well the model reads this engagement, by what people labelled of it."""
    from flows.commands.evaluate import run

    raise typer.Exit(run(engagement=engagement, home=out, as_json=as_json))


@app.command()
def quarantine(
    engagement: EngagementFile,
    out: Out = None,
    release: Annotated[str | None, typer.Option("--release", metavar="ID", help="Let this row through.")] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides it.")] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="And why.")] = None,
    as_json: Json = False,
) -> None:
    """List the rows that the checks set aside, or let one of them through, with a trace."""
    from flows.commands.quarantine import run

    raise typer.Exit(run(engagement, home=out, released=release, who=who, why=why, as_json=as_json))


def main() -> None:
    """Entry point: an error is a sentence and exit code 1, an interruption says what is safe; never a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("\nInterrupted. Nothing is half-written; start the same command again to go on.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
