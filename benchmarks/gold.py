"""The gold set of the project's own frame: `python -m benchmarks.gold REVIEWS_DIR draw | agree | score`.

`draw` draws the statements, where that was not done, and writes their texts for a labeller to the file --sample;
`agree` prints how far two labellers who did not see each other's labels agree; `score` the model against the people.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from benchmarks import gold_draw
from benchmarks.gold_sets import reviews

FOLDER = Path(__file__).parent / "gold"
STATEMENTS = FOLDER / "statements.tsv"


def main() -> None:
    """Do one of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("what", choices=("draw", "agree", "score"))
    parser.add_argument("--sample", type=Path, help="draw: write the texts here, outside the project")
    options = parser.parse_args()
    drawn(options.reviews, options.sample)


def drawn(folder: Path, sample: Path | None) -> None:
    """Draw unless it was done; print the statements by set and part."""
    if not STATEMENTS.exists():
        gold_draw.write(STATEMENTS, gold_draw.draw(reviews(folder)))
    kept = gold_draw.read(STATEMENTS)
    for (name, part), count in sorted(Counter((one.set, one.part) for one in kept).items()):
        print(f"{name:36}{part:6}{count:5}")
    if sample:
        rows = gold_draw.sample(kept, reviews(folder))
        lines = ["\t".join(("id", "set", "stars", "before", "statement", "after")), *("\t".join(row) for row in rows)]
        sample.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
