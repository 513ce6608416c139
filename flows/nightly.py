"""Every engagement that is due has been audited once for its period; one that failed did not stop the others."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, tags

from audits.store import StoreError, open_store
from audits.store.store import Store
from flows.alerting import raised
from flows.audit import audit
from flows.console import log
from flows.exports import fed_by_files, fingerprint
from flows.limits import one_a_host
from flows.outcome import Outcome
from flows.schedule import moment
from flows.settings import Settings, read
from flows.sweep import adopted, gone, process_tag
from flows.tonight import Turn, turns

SKIPPED = "skipped"
alone = audit.with_options(retries=0)
"""What a deployment says of retries is for the night as a whole: a failed engagement has its next period, or night."""


@flow(name="nightly", flow_run_name="nightly")
def nightly(home: str | None = None, at: str | None = None) -> dict[str, str]:
    """Audit what is due among the engagement files under `<workspace>/engagements`; engagement → how it went.

    `at` (ISO) is the time that the schedules are held against, for a start that comes late; else now.
    """
    adopted()
    settings, now = read(Path(home) if home else None), moment(at)
    with open_store(settings.store_url) as store:
        tonight = turns(settings, store, now)
        if not tonight:
            log.info(f"nightly   no engagement file in {settings.engagements}")
        one_a_host(settings, [turn.plan for turn in tonight if turn.plan and turn.standing == "due"])
        return {turn.name: _taken(turn, settings, store, now) for turn in tonight}


def _taken(turn: Turn, settings: Settings, store: Store, now: datetime) -> str:
    """Run one engagement if it is due and nobody else has its period; whatever breaks stays with it."""
    try:
        if turn.standing != "due":
            log.info(f"nightly   {turn.name}: {turn.standing}: {turn.says}")
            return "failed" if turn.standing == "broken" else turn.standing
        return _run(turn, settings, store, now)
    except (StoreError, OSError) as wrong:
        log.error(f"nightly   {turn.name}: failed: {wrong}")
        return "failed"


def _run(turn: Turn, settings: Settings, store: Store, now: datetime) -> str:
    ledger, began = store.ledger, now.isoformat()
    tag, before = process_tag(os.getpid()), ledger.ran(turn.name)
    claimed = ledger.claim(turn.name, turn.period, at=began, process=tag, alive=lambda other: not gone(other))
    if claimed is None:
        log.info(f"nightly   {turn.name}: skipped: {turn.period} is being run, or was run, by another start")
        return SKIPPED
    if before and before[-1].outcome in (None, "failed"):
        _cleared(turn.name, store)
    with tags(tag):
        state = alone(str(turn.file), home=str(settings.home), if_material=True, return_state=True)
    # The run's own state and log have the cause; a name and a kind are all that may stand here.
    outcome: Outcome | None = state.result() if state.is_completed() else None
    detail: dict[str, object] = {"says": list(outcome.says)} if outcome else {}
    if outcome and outcome.audit:
        detail |= {"audit": outcome.audit, "fresh": outcome.fresh}
    if outcome and outcome.spared:
        detail["spared"] = outcome.spared
    if outcome and turn.plan and fed_by_files(turn.plan.engagement):
        detail["fingerprint"] = fingerprint(turn.plan, store)
    name = outcome.name if outcome else "failed"
    if turn.plan:
        detail["alerts"] = len(raised(turn.plan, store, now))
    ledger.conclude(turn.name, turn.period, at=_ended(now), outcome=name, detail=detail)
    log.info(f"nightly   {turn.name}: {name}: {_told(outcome)}")
    return name


def _told(outcome: Outcome | None) -> str:
    if outcome is None:
        return "the run's own log has the cause"
    if outcome.spared:
        return f"{outcome.spared} ({outcome.audit})"
    return "a new draft" if outcome.fresh and outcome.audit else "nothing is new"


def _cleared(engagement: str, store: Store) -> None:
    """What a run that was killed or failed had staged and never checked is gone, or each would add to it."""
    for name, landing, _ in store.unchecked():
        if name == engagement:
            store.forget_staged(name, landing)


def _ended(now: datetime) -> str:
    """The time now, or the one that the schedules were held against where that is later."""
    return max(datetime.now(UTC), now).isoformat()
