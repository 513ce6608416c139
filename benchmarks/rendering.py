"""How long a report of many reviews takes in all its forms: `python -m benchmarks.rendering REPORT.json [REVIEWS]`.

The report of a real audit (the demo's will do) is grown to so many reviews: every evidence set grows with them.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from audits.report.forms import render_all
from audits.report.kept import Form, pieces
from audits.report.model import Report
from audits.report.reread import reread

REVIEWS, SECONDS, MAIN = 100_000, 60.0, 3_000_000


def grown(report: Report, reviews: int) -> Report:
    """The same report with at least so many reviews: each stands for several, under ids of their own."""
    times = -(-reviews // len(report.reviews))
    keys = {one.key: [f"{number:04x}{one.key[4:]}" for number in range(times)] for one in report.reviews}
    lines = [replace(one, key=key) for one in report.reviews for key in keys[one.key]]
    sets = [
        replace(held, reviews=tuple(sorted(key for one in held.reviews for key in keys.get(one, [one]))))
        for held in report.evidence
    ]
    return replace(report, reviews=tuple(sorted(lines, key=lambda one: one.key)), evidence=tuple(sets))


def processor() -> float:
    """Seconds of processor time of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def rendered(report: Report) -> tuple[Mapping[str, Form], float, float]:
    """All forms, seconds on the clock, seconds of processor time."""
    clock, before = time.monotonic(), processor()
    forms = render_all(report)
    return forms, time.monotonic() - clock, processor() - before


def main(path: Path, reviews: int) -> int:
    """0 where all forms were made in time and the main page is small enough."""
    report = grown(reread(json.loads(path.read_text(encoding="utf-8"))), reviews)
    forms, wall, cpu = rendered(report)
    ids = sum(len(held.reviews) for held in report.evidence)
    print(f"{len(report.reviews):,} reviews, {ids:,} ids in {len(report.evidence)} sets")
    size = {name: sum(map(len, pieces(body))) for name, body in forms.items()}
    for name, count in sorted(size.items()):
        print(f"  {name:16} {count / 1e6:8.2f} MB")
    print(f"{wall:.1f} s by the clock, {cpu:.1f} s of processor time (limit {SECONDS:.0f} s)")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory {most:,.0f} MiB; report.html {size['report.html'] / 1e6:.2f} MB of {MAIN / 1e6:.0f}")
    return int(wall > SECONDS or size["report.html"] > MAIN)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else REVIEWS))
