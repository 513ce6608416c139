"""One module a command: what it reads, what it prints, and its exit code."""

from __future__ import annotations

import typer

COMPLETE, PARTIAL, FAILED = 0, 2, 1


def refused(reason: str) -> int:
    """Say on standard error why nothing was done; the exit code for it."""
    typer.echo(reason, err=True)
    return FAILED
