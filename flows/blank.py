"""A new workspace's history of runs begins as a copy of an empty one that this environment keeps.

Prefect builds its schema by some hundred migrations, which takes longer than crawling the sandbox; what they end in is
the same for one version of Prefect. `python -m flows.blank` lets Prefect build it once, when the environment is made;
where that was not done, Prefect builds it in each workspace.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from flows.settings import Settings, read, secret

HISTORY = "prefect.db"


def blank() -> Path:
    """Where the empty database of the installed version of Prefect lies, if it was built."""
    return Path(sys.prefix) / "var" / "telltale" / f"prefect-{version('prefect')}.db"


def begun(settings: Settings) -> None:
    """Give a workspace without a history the empty one; a database that is named elsewhere is Prefect's own matter."""
    history = settings.prefect_home / HISTORY
    if history.exists() or not blank().is_file() or secret("PREFECT_API_DATABASE_CONNECTION_URL"):
        return
    part = history.with_suffix(".part")
    shutil.copyfile(blank(), part)
    part.replace(history)


def built() -> Path:
    """Let Prefect migrate a database in a folder of its own, and keep it."""
    from flows.server import prefect_api

    kept = blank()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        settings = replace(read(Path(scratch)), api_url=None)
        with prefect_api(settings) as ready:
            ready()
        part = kept.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(settings.prefect_home / HISTORY)) as made, closing(sqlite3.connect(part)) as copy:
            made.backup(copy)
        part.replace(kept)
    return kept


if __name__ == "__main__":
    built()
