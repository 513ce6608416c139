"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="The workspace. Default: TELLTALE_HOME, else telltale-workspace."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]
EngagementFile = Annotated[Path, typer.Argument(metavar="ENGAGEMENT", help="The engagement file (engagement.toml).")]
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who says it. Default: the account's name.")]
