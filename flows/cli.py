"""The `telltale` command: names, options and exit codes; the work is in `flows.commands`, imported when called."""

from __future__ import annotations

import atexit
import gc
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows import cli_kept, cli_labels, cli_operate, cli_release
from flows.options import EngagementFile, Json, Out

INTERRUPTED = 130
"""What a shell calls a program that Ctrl-C has ended."""

app = typer.Typer(
    name="telltale",
    help="Audits a business's public reviews and says which operational process is leaking, on evidence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def demo(out: Out = None, as_json: Json = False) -> None:
    """Serve the sandbox rating site on loopback, crawl it, audit it, and print where the report lies."""
    from flows.commands.demo import run

    raise typer.Exit(run(home=out, as_json=as_json))


@app.command()
def init(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[FILE|URL]…", help="Reviews, or their page.")] = None,
    given: Annotated[
        list[str] | None, typer.Option("--from", metavar="FILE|URL", help="The same, as an option.")
    ] = None,
    business: Annotated[str | None, typer.Option("--business", help="Whose reviews are audited.")] = None,
    industry: Annotated[str | None, typer.Option("--industry", help="Its trade, in your own words.")] = None,
    basis: Annotated[str | None, typer.Option("--basis", help="On which basis the reviews may be read.")] = None,
    competitor: Annotated[
        list[str] | None,
        typer.Option("--competitor", metavar="NAME[=FILE]", help="A competitor in the same file, or with its own."),
    ] = None,
    site: Annotated[str | None, typer.Option("--site", help="Short name of the site the reviews are from.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="When the export was made.")] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=COLUMN", help="Which column holds what.")
    ] = None,
    date_order: Annotated[str | None, typer.Option("--date-order", help="DMY, MDY or YMD.")] = None,
    scale: Annotated[float | None, typer.Option("--scale", help="The best rating that can be given.")] = None,
    address: Annotated[str | None, typer.Option("--address", help="What the site's API calls the business.")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Where to write; default: beside it.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take every proposal; ask nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Write a first engagement file: from a file of reviews or an address, shown as it will be read."""
    from flows.commands.init import run

    raise typer.Exit(
        run(
            sources=[*(sources or []), *(given or [])],
            business=business,
            industry=industry,
            basis=basis,
            competitors=competitor or [],
            site=site,
            as_of=as_of,
            columns=column or [],
            date_order=date_order,
            scale=scale,
            address=address,
            to=to,
            yes=yes,
            force=force,
            as_json=as_json,
        )
    )


@app.command()
def audit(
    engagement: EngagementFile,
    out: Out = None,
    full: Annotated[bool, typer.Option("--full", help="Read every page again instead of what is new.")] = False,
    refit: Annotated[bool, typer.Option("--refit", help="Fit themes anew; learn labels and what is usual.")] = False,
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
    alone: Annotated[
        bool, typer.Option("--alone", help="Read each text by itself, whatever is usual in the file.")
    ] = False,
) -> None:
    """Print the statements of a file with complaint, gap and confidence, one JSON object a line."""
    from flows.commands.gaps import run

    raise typer.Exit(run(file=file, column=column, alone=alone))


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


for room in (cli_labels, cli_kept, cli_release, cli_operate):
    app.add_typer(room.app)  # without a name: its commands are this one's


def main() -> None:
    """Entry point: an error is a sentence and exit code 1, an interruption says what is safe; never a traceback."""
    atexit.register(gc.freeze)  # the last to run: a million values are let go of without a look for cycles among them
    try:
        app()
    except SystemExit as ended:
        if ended.code != INTERRUPTED:  # Typer itself makes this of Ctrl-C, and says nothing
            raise
        _interrupted()
    except KeyboardInterrupt:
        _interrupted()


def _interrupted() -> NoReturn:
    typer.echo("\nInterrupted. Nothing is half-written; start the same command again to go on.", err=True)
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
