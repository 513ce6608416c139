"""A nightly run over engagements that have nothing to do: half are not due, half wait for an export."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from audits.store import open_store
from flows.exports import fingerprint
from flows.plan import planned
from flows.schedule import due
from flows.settings import read
from tests.flows.engagements import engagement
from tests.flows.test_nightly import at

NIGHT = "2024-02-06T02:15"
ROOT = Path(__file__).resolve().parents[1]


def idle(number: int, home: Path) -> str:
    """Seconds of the whole command with the Prefect server it starts, and how the engagements stood."""
    settings = read(home)
    names = [f"e{each:03}" for each in range(number)]
    for name in names:
        _engagement(home / "engagements", name)
    with open_store(settings.store_url) as store:
        for index, name in enumerate(names):
            plan = planned(home / "engagements" / f"{name}.toml", home=home)
            store.declare(plan.engagement)
            period = due(plan.engagement.schedule, [], at(NIGHT)).period if index % 2 else "2024-01-20"
            store.ledger.claim(name, period, at=f"{period}T02:15:00+00:00", process="p", alive=lambda _: False)
            done = {"fingerprint": fingerprint(plan, store)}
            store.ledger.conclude(name, period, at=f"{period}T03:00:00+00:00", outcome="complete", detail=done)
    began, before = time.perf_counter(), os.times()
    asked = [sys.executable, "-m", "flows.cli", "nightly", "--out", str(home), "--at", NIGHT]
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=True)
    stood = ran.stdout.count(": not due: "), ran.stdout.count(": waiting: ")
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    took = f"{time.perf_counter() - began:.1f} s wall, {worked:.1f} s processor"
    return f"{took} ({stood[0]} not due, {stood[1]} waiting for an export)"


def _engagement(folder: Path, name: str) -> None:
    file = engagement(folder / f"{name}-files", reviews=500)
    text = file.read_text(encoding="utf-8").replace('"corner-cafe"', f'"{name}"')
    (folder / f"{name}.toml").write_text(
        text.replace("[business]", f'files_from = "{name}-files"\n[business]', 1), encoding="utf-8"
    )
    file.unlink()
