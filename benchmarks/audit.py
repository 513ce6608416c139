"""Time whole audits of public sets: `python -m benchmarks.audit REVIEWS_DIR [--new PART] [--only NAME] [--out DIR]`.

Every engagement file of docs/examples is audited by the `telltale` command in a fresh workspace, its `files_from`
replaced by a folder of REVIEWS_DIR: a first run, and a last one with nothing new. With `--new` the first run lacks the
first rows of every file, that part of them, and a run between has them all: the sets have the newest on top. Printed:
wall time, of it the stage `analyse`, processor time, the peak memory of the largest process, reviews, leaks, and what
the report says first.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "docs" / "examples"
FILES_FROM = re.compile(r'^files_from = "/path/to/([^"]+)"', re.MULTILINE)
ANALYSED = re.compile(r"^analyse\s.*\((\d+\.\d) s\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the command: its exit code, its outcome as JSON, and what it cost."""

    code: int
    outcome: dict[str, Any]
    said: str
    seconds: float
    analyse: float | None
    processor: float
    peak_mb: float


def main() -> None:
    """Print a line a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--out", type=Path, help="keep the workspaces here")
    parser.add_argument("--new", type=float, default=0.0, help="part of each file that the first run lacks, as 0.01")
    parser.add_argument("--only", default="", help="examples whose name contains this")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    costs = f"{'wall s':>9}{'analyse s':>11}{'cpu s':>8}{'peak MB':>9}"
    print(f"{'engagement':28}{'run':>7}{'exit':>6}{costs}{'reviews':>9}{'leaks':>7}")
    with tempfile.TemporaryDirectory(prefix="telltale-benchmark-") as scratch:
        for example in sorted(EXAMPLES.glob("*.toml")):
            if options.only not in example.stem:
                continue
            place = (options.out or Path(scratch)).absolute() / example.stem
            _audited(example, options.reviews.absolute(), place, options.new)


def _audited(example: Path, reviews: Path, home: Path, new: float) -> None:
    """Audit one example again and again and print how that went."""
    given = home / "given" if new else reviews
    if new:
        _copied(example, reviews, given, without=new)
    file = filled(example, given, home)
    if file is None:
        print(f"{example.stem:28}   its set is not in {reviews}: benchmarks/README.md says where to get it")
        return
    runs = {"first": command(file, home)}
    if new:
        _copied(example, reviews, given)
        runs[f"+{new:.0%}"] = command(file, home)
    runs["last"] = command(file, home)
    *_, made, last = runs.values()
    value = report(made)
    for name, run in runs.items():
        found = report(run)
        leaks = len(found.get("leaks", [])) + len(found.get("minor", []))
        analyse = "–" if run.analyse is None else f"{run.analyse:.1f}"
        print(
            f"{example.stem:28}{name:>7}{run.code:6}{run.seconds:9.1f}{analyse:>11}{run.processor:8.1f}{run.peak_mb:9.0f}"
            f"{run.outcome.get('reviews', '–'):>9}{leaks:7}"
        )
    if last.outcome.get("fresh", True):
        print("   the last run was not recognised as one with nothing new")
    print(f"   {value['first_page']['headline']}" if value else f"   {made.said.strip()}")


def _copied(example: Path, reviews: Path, given: Path, *, without: float = 0.0) -> None:
    """The CSV files of the example's set again in its place under `given`, without that part of their top rows."""
    named = FILES_FROM.search(example.read_text(encoding="utf-8"))
    if named is None or not (reviews / named[1]).is_dir():
        return
    (given / named[1]).mkdir(parents=True, exist_ok=True)
    for source in (reviews / named[1]).glob("*.csv"):
        target = given / named[1] / source.name
        with source.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows[int(len(rows) * without) :]])


def filled(example: Path, reviews: Path, home: Path) -> Path | None:
    """The example with the folder of its set in it, written into the workspace; None where the set is not there."""
    text = example.read_text(encoding="utf-8")
    named = FILES_FROM.search(text)
    folder = reviews / named[1] if named else reviews
    if not folder.is_dir():
        return None
    home.mkdir(parents=True, exist_ok=True)
    file = home / example.name
    file.write_text(FILES_FROM.sub(lambda _: f"files_from = {json.dumps(str(folder))}", text), encoding="utf-8")
    return file


def command(file: Path, home: Path) -> Run:
    """Run the command and measure it and the processes it started, through a parent that has no other children."""
    program = (
        "import json, resource, subprocess, sys\n"
        "ran = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([ran.returncode, ran.stdout, ran.stderr, used.ru_utime + used.ru_stime, used.ru_maxrss]))"
    )
    asked = [sys.executable, "-m", "flows.cli", "audit", str(file), "--out", str(home), "--json"]
    began = time.perf_counter()
    measured = subprocess.run(
        [sys.executable, "-c", program, *asked], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    seconds = time.perf_counter() - began
    code, said, errors, processor, peak = json.loads(measured.stdout)
    analysed = ANALYSED.search(errors)
    return Run(
        code=code,
        outcome=json.loads(said) if said.strip() else {},
        said=errors,
        seconds=seconds,
        analyse=float(analysed[1]) if analysed else None,
        processor=processor,
        peak_mb=peak / 1024,
    )


def report(run: Run) -> dict[str, Any]:
    """The report.json of a run; empty where nothing was published."""
    if not run.outcome.get("report"):
        return {}
    found: dict[str, Any] = json.loads(Path(str(run.outcome["report"])).with_name("report.json").read_text("utf-8"))
    return found


if __name__ == "__main__":
    main()
