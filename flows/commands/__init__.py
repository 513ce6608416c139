"""One module a command: what it reads, what it prints, and its exit code."""

from __future__ import annotations

import typer

COMPLETE, PARTIAL, FAILED = 0, 2, 1


def refused(reason: str) -> int:
    """Say on standard error why nothing was done; the exit code for it."""
    typer.echo(reason, err=True)
    return FAILED


def fetch_time(given: str | None) -> str | None:
    """What `--fetched-at` says, in UTC; raises `LookupError` where it is no time."""
    from spiders.intake.saved import moment

    when = moment(given) if given else None
    if given and when is None:
        raise LookupError(f"--fetched-at: {given!r} is not a time such as 2024-05-03 or 2024-05-03T14:00:00+02:00")
    return when
