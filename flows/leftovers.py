"""What killed runs have left in a workspace: named, and removed where nothing can still be using it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audits.store import StoreError, open_store
from flows.counted import abandoned
from flows.settings import Settings
from flows.sweep import gone

OLD_SECONDS = 24 * 3600
"""No run lasts a day: what has not been touched for so long belongs to none that lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """One thing that was left. `remove` is None where something else takes care of it, which `says` then names."""

    what: str
    says: str
    remove: Callable[[], None] | None


def found(settings: Settings, *, now: float | None = None) -> Iterator[Leftover]:
    """Every leftover of a workspace: what is half written, staged or on no record, scratch folders, stale runs."""
    moment = time.time() if now is None else now
    yield from _landings(settings, moment)
    yield from _publications(settings, moment)
    yield from _staged(settings)
    yield from _unrecorded(settings, moment)
    yield from _scratch(moment)
    for folder in abandoned():
        says = f"{folder} holds reviews that may not be stored: the run that counted them was killed"
        yield Leftover(what="unstored", says=says, remove=partial(shutil.rmtree, folder, ignore_errors=True))
    yield from _runs(settings)


def _landings(settings: Settings, now: float) -> Iterator[Leftover]:
    for folder in sorted(settings.landings.glob("*/*/*")):
        if folder.is_dir() and not (folder / "manifest.json").exists():
            says = f"{folder.relative_to(settings.home)} was not finished and is never read"
            yield _folder("landing", folder, says, now)


def _publications(settings: Settings, now: float) -> Iterator[Leftover]:
    for path in sorted(settings.publications.glob("*/.staging-*")):
        yield _folder("publication", path, f"{path.relative_to(settings.home)} was never moved into place", now)


def _staged(settings: Settings) -> Iterator[Leftover]:
    try:
        with open_store(settings.store_url) as store:
            waiting = store.unchecked()
    except StoreError:
        return  # doctor says so in a line of its own
    for engagement, landing, rows in waiting:

        def forget(engagement: str = engagement, landing: str = landing) -> None:
            with open_store(settings.store_url) as store:
                store.forget_staged(engagement, landing)

        says = f"{rows:,} rows of landing {landing} of {engagement} were staged and never checked"
        yield Leftover(what="staged", says=says, remove=forget)


def _unrecorded(settings: Settings, now: float) -> Iterator[Leftover]:
    """Whole landings and publications that no row knows: nothing that goes by the store ever comes to them."""
    found = (*settings.landings.glob("*/*/*/manifest.json"), *settings.publications.glob("*/*/manifest.json"))
    try:
        with open_store(settings.store_url) as store:
            known = store.places()
    except StoreError:
        return
    for folder in sorted(each.parent for each in found):
        place = folder.relative_to(settings.home).as_posix()
        if place not in known and _untouched(folder, now):
            says = (
                f"{place} is on no record, and purge and verify pass it over: audit its engagement again, or delete it"
            )
            yield Leftover(what="unrecorded", says=says, remove=None)


def _scratch(now: float) -> Iterator[Leftover]:
    for folder in sorted(Path(tempfile.gettempdir()).glob("telltale-*")):
        if (folder / "job.json").exists() and _untouched(folder, now):
            yield _folder("scratch", folder, f"{folder} is the order of a crawl that has ended", now)


def _runs(settings: Settings) -> Iterator[Leftover]:
    """Runs that the workspace's own run history believes to be going on, of processes that are gone."""
    history = settings.prefect_home / "prefect.db"
    if not history.is_file():
        return
    try:
        with closing(sqlite3.connect(f"file:{history}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "SELECT name, tags FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING') ORDER BY created"
            ).fetchall()
    except sqlite3.Error:
        return  # another version's history, or none yet
    for name, tags in rows:
        if any(gone(tag) for tag in json.loads(tags or "[]")):
            says = f"{name} is on record as running, and its process is gone: the next audit marks it crashed"
            yield Leftover(what="run", says=says, remove=None)


def _folder(what: str, path: Path, says: str, now: float) -> Leftover:
    def remove() -> None:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    if _untouched(path, now):
        return Leftover(what=what, says=f"{says}; telltale doctor --clean deletes it", remove=remove)
    return Leftover(what=what, says=f"{says}; it is less than a day old, so a run may be writing it", remove=None)


def _untouched(path: Path, now: float) -> bool:
    touched = [path.lstat().st_mtime, *(each.lstat().st_mtime for each in path.rglob("*"))]
    return now - max(touched) > OLD_SECONDS
