"""Prove the findings by simulation: `python -m benchmarks.findings [--draws 1000] [--seeds 200] [--reviews DIR]`.

Intervals are drawn against a population whose truth is known: the sandbox's reviews (their statements as they are, and
through the assigner), an invented business, and with DIR real reviews of a public set as the assigner reads them. Then
planted rises, audits in which nothing changed, a process that was mended, and a campaign of invitations. Printed: how
often the audit is right, with volumes and effect sizes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.findings_changes import invitations, mended
from benchmarks.findings_coverage import coverage, invented, labelled, sandbox
from benchmarks.findings_trends import noticed, rises, stillness


def main() -> None:
    """Print a line for each proof."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--reviews", type=Path, help="a folder of public sets, for real reviews and the airlines")
    options = parser.parse_args()
    made, labels = sandbox()
    populations = {"invented": invented()} | made
    if options.reviews:
        from benchmarks.findings_real import hotels

        populations["hotel reviews as read"] = hotels(options.reviews)
    for name, (truth, seen) in populations.items():
        timed(f"coverage, {name}", partial(coverage, truth, seen, options.draws))
    truth, read = made["sandbox through the assigner"]
    timed("coverage, sandbox with misreading as elsewhere", lambda: coverage(truth, read, options.draws, widened=True))
    timed("coverage, sandbox with labels", lambda: labelled(truth, read, labels, options.draws))
    timed("a rise from 4 to 12 in 100 at 200 a month", lambda: rises(options.seeds))
    timed("smaller rises and volumes", lambda: noticed(options.seeds))
    timed("nothing changed", lambda: stillness(options.seeds))
    timed("a process mended, or not", lambda: mended(options.draws))
    timed("a campaign of invitations", lambda: invitations(options.seeds))
    if options.reviews:
        from benchmarks.findings_real import airlines

        timed("airlines: ranking of reasons", lambda: airlines(options.reviews))


def timed(name: str, proof: Callable[[], Sequence[str]]) -> None:
    """Print what a proof says, and how long it took."""
    began = time.perf_counter()
    lines = proof()
    print(f"{name} ({time.perf_counter() - began:.0f} s)")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    main()
