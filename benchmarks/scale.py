"""What size costs: `python -m benchmarks.scale [10000 100000 …] [--idle 200] [--out DIR]`.

Each size is an engagement of four hotels fed by exports of sandbox text, read four times in a fresh workspace: an audit
of all of it; then a night (`telltale nightly`) with 1% more reviews handed in alone, as a crawl brings them, which
reports only where something material changed; then an audit with another 1% in an export that holds everything again;
then an audit with nothing new. Printed a stage: wall seconds, seconds of processor time (which a machine that others
use does not stretch) and the peak memory of the process with its children. Start-up is what no stage took, rendering is
the stage `report`. Last comes what the workspace weighs.
`--idle` times a nightly run over engagements of which none has anything to do.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.scale_idle import idle
from benchmarks.scale_watch import tree
from spiders.sandbox import businesses
from spiders.sandbox.compose import composed
from spiders.sandbox.truth import TrueReview

ROOT = Path(__file__).resolve().parents[1]
HOTELS = [plan for plan in businesses.PLANS if plan.industry == businesses.VELLMOOR.industry]
COLUMNS = ("id", "date", "rating", "title", "text", "author", "location", "reply", "reply_date")
STAGE = re.compile(r"^(collect|check|analyse|report|publish)\s.*\((\d+\.\d) s\)$")
MORE = 0.01
NIGHT = "2026-07-01T02:15"
ENGAGEMENTS = "engagements"


@dataclass(slots=True, kw_only=True)
class Cost:
    """What one run took."""

    seconds: float = 0.0
    processor: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)
    """Stage → seconds of processor time when it was last seen, since the process began."""
    outcome: str = ""


def main() -> None:
    """Print a table a size, and the idle night."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--idle", type=int, default=0)
    parser.add_argument("--out", type=Path, help="keep the workspaces here")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="telltale-scale-") as scratch:
        place = (options.out or Path(scratch)).absolute()
        for size in options.sizes:
            _measured(size, place / str(size))
        if options.idle:
            print(f"{options.idle} idle engagements: {idle(options.idle, place / 'idle')}", flush=True)


def _measured(size: int, home: Path) -> None:
    began = time.perf_counter()
    more = int(size * MORE)
    made = reviews(size + 2 * more)
    file = written(home, made, until=size)
    print(f"\n{size:,} reviews (made in {time.perf_counter() - began:.0f} s)", flush=True)
    audit = ["audit", str(file), "--out", str(home)]
    first = run(audit)
    shown("full", first, home)
    _exports(home, made, range(size, size + more))
    night = run(["nightly", "--out", str(home), "--at", NIGHT])
    shown(f"a night with {MORE:.0%} new, alone", night, home, of=first)
    _exports(home, made, range(size + 2 * more))
    shown(f"{MORE:.0%} new, with all of it", run(audit), home, of=first)
    shown("nothing new", run(audit), home, of=first)


def reviews(size: int) -> list[tuple[str, TrueReview]]:
    """(business, review) of as many sandbox seeds as it takes, newest last, so that what is cut off is the newest."""
    made: list[tuple[str, TrueReview]] = []
    for seed in _seeds():
        for plan in HOTELS:
            made += [(plan.name, review) for review in composed(plan, seed, set()) if review.text]
        if len(made) >= size:
            break
    numbered = list(enumerate(made[:size]))
    return [each for _, each in sorted(numbered, key=lambda pair: (pair[1][1].posted_on, pair[0]))]


def _seeds() -> Iterator[int]:
    return count(1)


def written(home: Path, made: list[tuple[str, TrueReview]], *, until: int) -> Path:
    """The engagement file and an export a hotel, of so many reviews."""
    (home / ENGAGEMENTS).mkdir(parents=True, exist_ok=True)
    _exports(home, made, range(until))
    own, *others = HOTELS
    parts = [f'engagement = "scale"\nas_of = {businesses.LAST_DAY}\n']
    parts.append(f'[business]\nname = "{own.name}"\nindustry = "{own.industry}"\n')
    parts += [f'[[competitors]]\nname = "{plan.name}"\n' for plan in others]
    parts += [
        f'[[listings]]\nname = "{plan.slug}"\nbusiness = "{plan.name}"\nsite = "exports"\nway = "export"\n'
        f'files = ["{plan.slug}.csv"]\ndate_order = "YMD"\nscale = 5\n'
        for plan in HOTELS
    ]
    parts.append('[[sources]]\nsite = "exports"\nbasis = "client export"\nchecked = 2026-06-30\nstorage = true\n')
    file = home / ENGAGEMENTS / "scale.toml"
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _exports(home: Path, made: list[tuple[str, TrueReview]], numbers: range) -> None:
    for plan in HOTELS:
        with (home / ENGAGEMENTS / f"{plan.slug}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for number in numbers:
                business, each = made[number]
                if business == plan.name:
                    reply = (each.reply.text, each.reply.posted_on) if each.reply else ("", "")
                    row = (each.posted_on, each.rating, each.title or "", each.text, f"{each.author} {number}")
                    table.writerow((f"r{number}", *row, each.location or "", *reply))


def run(command: Sequence[str]) -> Cost:
    """One command, watched from outside: its stage lines as they come, and its memory meanwhile."""
    cost, now = Cost(), ["collect"]
    began, before = time.perf_counter(), os.times()
    asked = [sys.executable, "-m", "flows.cli", *command]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT) as audit:
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(audit.pid, cost, now, ended))
        watcher.start()
        assert audit.stdout is not None
        for line in audit.stdout:
            if found := STAGE.match(line.rstrip()):
                cost.stages[found[1]] = float(found[2])
                now[0] = {"collect": "check", "check": "analyse", "analyse": "report", "report": "publish"}.get(
                    found[1], "end"
                )
            cost.outcome = line.strip()
        ended.set()
        watcher.join()
    cost.seconds = time.perf_counter() - began
    after = os.times()
    cost.processor = after.children_user + after.children_system - before.children_user - before.children_system
    return cost


def _watch(process: int, cost: Cost, now: list[str], ended: threading.Event) -> None:
    while not ended.wait(0.5):  # to add up the memory of a large process takes time itself
        memory, worked = tree(process)
        cost.peaks[now[0]] = max(cost.peaks.get(now[0], 0.0), memory)
        cost.worked[now[0]] = max(cost.worked.get(now[0], 0.0), worked)


def shown(name: str, cost: Cost, home: Path, of: Cost | None = None) -> None:
    """The table of one run."""
    part = f", {cost.seconds / of.seconds:.0%} of the full run" if of else ""
    peak = max(cost.peaks.values(), default=0.0)
    print(f"  {name}: {cost.seconds:.1f} s wall, {cost.processor:.1f} s processor, peak {peak:,.0f} MB{part}")
    worked = 0.0
    for stage, seconds in cost.stages.items():
        until = cost.worked.get(stage, worked)
        used, worked = until - worked, until
        print(
            f"    {stage:<9}{seconds:8.1f} s wall {used:8.1f} s processor  peak {cost.peaks.get(stage, 0.0):6,.0f} MB"
        )
    print(f"    start-up {cost.seconds - sum(cost.stages.values()):8.1f} s wall (its processor time is in collect)")
    weights = {each: _weight(home / each) for each in ("store.db", "landings", "publications")}
    print("    " + ", ".join(f"{each} {weight / 1e6:,.1f} MB" for each, weight in weights.items()))
    print(f"    {cost.outcome}", flush=True)


def _weight(place: Path) -> int:
    files = [place] if place.is_file() else [each for each in place.rglob("*") if each.is_file()]
    return sum(each.lstat().st_size for each in files if not each.is_symlink())


if __name__ == "__main__":
    main()
