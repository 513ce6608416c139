"""`telltale doctor`: what this machine and workspace have, what is wrong, and the next step for each."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from flows.commands import COMPLETE, FAILED, PARTIAL, refused
from flows.settings import Settings, SettingsError, read

NEEDED = ("prefect", "scrapy", "bs4", "textblob", "sqlalchemy", "great_expectations", "sklearn", "altair", "vl_convert")
LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: `well` is None where it is a remark, False where something must be done."""

    what: str
    well: bool | None
    says: str


def run(*, home: Path | None, as_json: bool, clean: bool = False) -> int:
    """Print a line a finding; 0 all well, 2 with remarks, 1 where something must be done."""
    try:
        settings = read(home)
    except SettingsError as error:
        return refused(str(error))
    findings = list(_findings(settings, clean=clean))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False))
    else:
        for each in findings:
            mark = {True: "ok  ", None: "note", False: "BAD "}[each.well]
            typer.echo(f"{mark}  {each.what:<12} {each.says}")
    states = {each.well for each in findings}
    return FAILED if False in states else PARTIAL if None in states else COMPLETE


def _findings(settings: Settings, *, clean: bool) -> Iterator[Finding]:
    yield Finding(what="python", well=sys.version_info[:2] >= (3, 11), says=sys.version.split()[0])
    yield _packages()
    yield _model()
    free = shutil.disk_usage(settings.home).free
    yield Finding(what="disk", well=free > LEAST_FREE_BYTES, says=f"{free / 2**30:.1f} GiB free at {settings.home}")
    yield _store(settings)
    yield from _leftovers(settings, clean=clean)
    yield from _purged(settings)


def _packages() -> Finding:
    missing = []
    for name in NEEDED:
        try:
            importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name} ({error})")
    if missing:
        return Finding(what="packages", well=False, says=f"cannot import {', '.join(missing)}; run make again")
    return Finding(what="packages", well=True, says=f"{len(NEEDED)} import")


def _model() -> Finding:
    from audits.analysis.assign import statements_of
    from audits.analysis.model import model_version

    read = statements_of(None, "Nobody answered the phone and I was on hold for an hour.")
    said = [score.gap for statement in read for score in statement.gaps]
    if "reachability" not in said:
        return Finding(
            what="model", well=False, says=f"{model_version()} reads a plain sentence as {said or 'nothing'}"
        )
    return Finding(what="model", well=True, says=model_version())


def _store(settings: Settings) -> Finding:
    from audits.store import StoreError, open_store

    try:
        with open_store(settings.store_url):
            return Finding(what="store", well=True, says="opens, and its schema is current")
    except StoreError as error:
        return Finding(what="store", well=False, says=str(error))


def _purged(settings: Settings) -> Iterator[Finding]:
    """Landings of which pages or words were purged or erased, each with the day: they cannot be read again in full."""
    for manifest in sorted(settings.landings.glob("*/*/*/manifest.json")):
        place = manifest.parent.relative_to(settings.home)
        try:
            problems = json.loads(manifest.read_text(encoding="utf-8")).get("problems", [])
        except (OSError, ValueError, AttributeError):
            says = f"{place}: its manifest cannot be read, and purge leaves its engagement alone: restore it, or delete"
            yield Finding(what="landing", well=False, says=f"{says} the folder and collect again")
            continue
        told = [each for each in problems if each.startswith(("pages purged on ", "text purged on ", "erased on "))]
        if told:
            yield Finding(what="purged", well=True, says=f"{place}: {'; '.join(told)}")


def _leftovers(settings: Settings, *, clean: bool) -> Iterator[Finding]:
    """What killed runs have left; with `clean`, what is safe to remove is removed and said so."""
    from flows.leftovers import found

    for each in found(settings):
        if clean and each.remove is not None:
            each.remove()
            yield Finding(what=each.what, well=True, says=f"{each.says}: removed")
        else:
            yield Finding(what=each.what, well=None, says=each.says)
