"""How fast, and in how much memory, a million rows of an export land: `python -m benchmarks.collect_export`."""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from spiders.intake.export import land_export

TEXTS = (
    "Nobody answered the telephone although we rang three times about {}.",
    "The staff were kind from the first minute, and {} was ready when they said it would be.",
    "A charge that nobody had named before was added to the bill for {}, and it took a month to have it back.",
    "We waited an hour for {}. When it came it was cold, and the manager only shrugged and walked away.",
)
ABOUT = ("the repair", "our room", "the policy", "a new boiler", "my mother's order", "the second visit")


def written(path: Path, rows: int) -> Path:
    """An export of invented reviews, each with an author, a date and a text of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "date", "rating", "title", "text", "author", "branch"])
        for at in range(rows):
            text = f"{TEXTS[at % 4].format(ABOUT[at % 6])} That was visit {at}."
            posted = date(2024, 6, 1) - timedelta(days=at % 900)
            out.writerow([f"r{at}", posted, 1 + at % 5, f"Visit {at}", text, f"Person {at % 200_000}", f"B{at % 40}"])
    return path


def main(rows: int) -> None:
    """Print rows, seconds, rows a second, and the peak of memory."""
    with tempfile.TemporaryDirectory() as scratch:
        file = written(Path(scratch) / "export.csv", rows)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        heard: list[int] = []
        began = time.perf_counter()
        landing = land_export(
            files=[file],
            engagement="bench",
            listing="own",
            business="Bench & Co",
            site="own",
            key=bytes(32),
            out=Path(scratch) / "landing",
            progress=lambda done, _: heard.append(done),
        )
        took = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{landing.reviews:,} of {rows:,} rows landed ({file.name}): {took:.1f} s, {rows / took:,.0f} rows/s")
    print(f"peak memory {peak:.0f} MB ({before:.0f} MB before), progress heard {len(heard):,} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
