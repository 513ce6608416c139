"""`telltale verify`: a publication's files against their hashes, and its numbers against the store."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from flows.commands import COMPLETE, FAILED, PARTIAL, refused
from flows.settings import SettingsError, read


def run(*, folder: Path, home: Path | None, as_json: bool) -> int:
    """Print a line a check; 0 all well, 2 with remarks, 1 where something differs."""
    from audits.store import StoreError, open_store
    from audits.verify import verified

    place = folder.resolve()
    if not (place / "report.json").is_file():
        return refused(f"{folder}: no publication lies here (there is no report.json). Name the folder of an audit.")
    try:
        settings = read(home or _workspace(place))
        with open_store(settings.store_url) as store:
            name = place.parent.name
            checks = verified(place, store.publications(name), store, name)
    except (SettingsError, StoreError) as error:
        return refused(str(error))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in checks], ensure_ascii=False))
    else:
        for each in checks:
            typer.echo(f"{ {True: 'ok  ', None: 'note', False: 'BAD '}[each.well] }  {each.what:<16} {each.says}")
    states = {each.well for each in checks}
    return FAILED if False in states else PARTIAL if None in states else COMPLETE


def _workspace(place: Path) -> Path:
    """<workspace>/publications/<engagement>/<audit>."""
    return place.parents[2]
