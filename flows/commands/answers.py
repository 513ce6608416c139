"""`telltale answers`: what the client said of each finding is read from the sheet and kept, or listed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from audits.catalogue import speaking
from audits.engagement import EngagementError, load
from audits.store import StoreError, open_store
from audits.store.records import StoredAnswer
from audits.store.store import Store
from flows.answerbook import read as answers_of
from flows.commands import COMPLETE, PARTIAL, refused
from flows.filled import WorkbookError
from flows.labelling import now, whoever
from flows.settings import SettingsError, read


def run(*, engagement: Path, home: Path | None, back: Path | None, who: str | None, as_json: bool) -> int:
    """Take a sheet in, or list what is kept; the exit code."""
    try:
        file = load(engagement, exports=False)
        name = file.engagement
        with open_store(read(home).store_url) as store:
            if back is None:
                return _listed(store.answers(name), as_json=as_json)
            with speaking(file.language):
                return _taken_in(store, name, back, whoever(who))
    except (EngagementError, SettingsError, StoreError, WorkbookError) as error:
        return refused(str(error))


def _taken_in(store: Store, name: str, back: Path, who: str) -> int:
    found = list(answers_of(back, _reports(store, name), who=who, at=now()))
    kept = [each for each in found if isinstance(each, StoredAnswer)]
    wrong = [each for each in found if isinstance(each, str)]
    store.save_answers(name, kept)
    store.log(name, "answered", who=who, detail={"answers": len(kept)})
    typer.echo(f"{len(kept)} answers kept, by {who}. The next audit shows them; what was fixed it measures.")
    for line in wrong:
        typer.echo(f"{back}: {line}", err=True)
    return PARTIAL if wrong else COMPLETE


def _reports(store: Store, name: str) -> set[str]:
    """What the reports of an engagement call themselves; one that was issued again bears its own digest."""
    issued = store.publications(name)
    return {each.audit for each in issued} | {f"{each.audit[:10]}-{each.report_digest[:8]}" for each in issued}


def _listed(found: list[StoredAnswer], *, as_json: bool) -> int:
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
        return COMPLETE
    for each in found:
        on = f" on {each.fixed_on}" if each.fixed_on else ""
        typer.echo(f"{each.audit}  {each.gap}  {each.says}{on}  by {each.who}")
    typer.echo(f"{len(found)} answers.")
    return COMPLETE
