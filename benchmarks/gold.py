"""The gold set of the project's own frame: `python -m benchmarks.gold REVIEWS_DIR WHAT`.

`draw` draws the statements where that was not done, prints how many there are, and writes their texts for a labeller to
the file --sample, outside the project. `agree` prints how far two labellings that were made without sight of
each other agree. `score` prints the model against the agreed labels, on the dev part; the test part is for the end.
`calibrate` prints how far confidence lies from the share of right answers on what people read, the dev part and the
audits that were read; with --write it keeps the number that makes it honest. `surely` prints, of the same statements,
how precise those are that an audit would show by themselves; with --write it keeps the weights that choose them.
`elsewhere` prints how precision and recall of each gap differ from trade to trade; with --write it keeps that.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from audits.analysis.gaps import frame
from audits.analysis.model import model_version
from benchmarks import gold_agree, gold_draw, gold_elsewhere, gold_parts, gold_score, gold_sure, gold_surely
from benchmarks.gold_sets import reviews

FOLDER = Path(__file__).parent / "gold"
STATEMENTS, FIRST, SECOND, AGREED = (FOLDER / f"{name}.tsv" for name in ("statements", "first", "second", "agreed"))


def main() -> None:
    """Do one of the six."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("what", choices=("draw", "agree", "score", "calibrate", "surely", "elsewhere"))
    parser.add_argument("--sample", type=Path, help="draw: write the texts here")
    parser.add_argument("--part", choices=("dev", "test"), default="dev", help="score: which businesses")
    parser.add_argument("--write", action="store_true", help="calibrate, surely, elsewhere: keep it in the package")
    options = parser.parse_args()
    if options.what == "draw":
        draw(options.reviews, options.sample)
    elif options.what == "agree":
        agree()
    elif options.what == "score":
        score(options.reviews, options.part)
    elif options.what == "calibrate":
        calibrate(options.reviews, options.write)
    elif options.what == "surely":
        surely(options.reviews, options.write)
    else:
        elsewhere(options.reviews, options.write)


def draw(folder: Path, sample: Path | None) -> None:
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


def agree() -> None:
    """Print agreement and kappa, over everything and by gap, and how disputes were resolved."""
    slugs = frame().slugs
    first, second, final = (gold_agree.read(path, slugs) for path in (FIRST, SECOND, AGREED))
    print(f"{'':26}{'n':>6}{'same':>9}{'kappa':>8}")
    print(*gold_agree.agreement(first, second, slugs), "", sep="\n")
    print(*gold_agree.resolved(first, second, final, gold_agree.whys(AGREED)), sep="\n")


def score(folder: Path, part: str) -> None:
    """Print the model against the agreed labels of one part."""
    print(f"model {model_version()}, {part} part")
    print(*gold_score.score(_readings(folder, part), frame().slugs), sep="\n")


def calibrate(folder: Path, keep: bool) -> None:
    """Print calibration by trade, as claimed, fitted, and fitted without the trade."""
    found = gold_sure.answers(_readings(folder, "dev"))
    print(*gold_sure.calibrated(found), sep="\n")
    if keep:
        gold_sure.write(found)


def surely(folder: Path, keep: bool) -> None:
    """Print how precise statements are that are shown by themselves, by the old rule and by the weights."""
    found = gold_surely.answers(_readings(folder, "dev"))
    print(*gold_surely.measured(found), sep="\n")
    if keep:
        gold_surely.write(found)


def elsewhere(folder: Path, keep: bool) -> None:
    """Print how precision and recall of each gap differ from trade to trade, and how large gaps' parts are."""
    gold, slugs = _readings(folder, "dev"), frame().slugs
    parts, businesses = gold_parts.parts(folder)
    told = gold_elsewhere.Told(
        precision=gold_elsewhere.precision(gold, slugs),
        recall=gold_elsewhere.recall(gold, slugs, gold_parts.labelled(folder)),
        parts=parts,
        businesses=businesses,
    )
    print(*gold_elsewhere.measured(told, slugs), sep="\n")
    if keep:
        gold_elsewhere.write(told, slugs)


def _readings(folder: Path, part: str) -> list[gold_score.Read]:
    kept = [one for one in gold_draw.read(STATEMENTS) if one.part == part]
    return gold_score.readings(kept, reviews(folder), gold_agree.read(AGREED, frame().slugs))


if __name__ == "__main__":
    main()
