"""`telltale archive`: an engagement in one file, and back out of it in another workspace."""

from __future__ import annotations

from pathlib import Path

import typer

from audits.engagement import EngagementError
from audits.store import StoreError, open_store
from flows.archive import archive
from flows.commands import COMPLETE, PARTIAL, refused
from flows.mirror import MirrorError, mirrored
from flows.plan import planned
from flows.restore import RestoreError, restore
from flows.settings import SettingsError, read


def run(engagement: Path | None, *, to: Path | None, restored: Path | None, home: Path | None) -> int:
    """Write the file, or read one back; the exit code."""
    if (engagement is None) != (to is None) or (to is None) == (restored is None):
        return refused("Say telltale archive ENGAGEMENT --to FILE, or telltale archive --restore FILE --out DIR.")
    if to is not None and to.is_dir():
        return refused(f"--to {to} is a folder: name a file in it, such as {to / 'engagement.zip'}.")
    try:
        if engagement is not None and to is not None:
            return _written(engagement, to, home)
        assert restored is not None
        return _read(restored, home)
    except (EngagementError, SettingsError, MirrorError, StoreError, RestoreError) as error:
        return refused(str(error))
    except OSError as error:
        return refused(f"{error.filename or to or restored}: {error.strerror or error}.")


def _written(engagement: Path, to: Path, home: Path | None) -> int:
    plan = planned(engagement, home=home)
    mirrored(plan.settings, plan.name)
    with open_store(plan.settings.store_url) as store:
        made = archive(plan, store, engagement, to)
    typer.echo(f"{to}: {len(made.files):,} files of {plan.name}, {to.stat().st_size / 2**20:.1f} MiB.")
    typer.echo("The key is not in it. Without it the same reviewer gets another author_key: hand it over apart.")
    return _left(made.left)


def _read(archived: Path, home: Path | None) -> int:
    settings = read(home)
    with open_store(settings.store_url) as store:
        found = restore(archived, settings, store)
    typer.echo(f"{found.engagement}: {found.rows:,} rows. Its file: {found.file}")
    code = _left(found.left)
    if not found.same_key:
        typer.echo(
            "This workspace has another key, so the same reviewer would get another author_key. Set TELLTALE_KEY to "
            "the key of the workspace it came from (or put that key into the file `key`) before anything is collected."
        )
        return PARTIAL
    return code


def _left(names: list[str] | tuple[str, ...]) -> int:
    if names:
        typer.echo(f"Not in it, because they lie elsewhere: {', '.join(sorted(set(names)))}.")
        return PARTIAL
    return COMPLETE
