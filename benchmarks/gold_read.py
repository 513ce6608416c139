"""Read what an audit assigned: `python -m benchmarks.gold_read [REVIEWS_DIR | ENGAGEMENT WORKSPACE FILE]`.

With three paths, 200 of the gaps that the last audit of a workspace gave to statements of the audited business, drawn
at random with a fixed seed, are written with their texts to FILE, outside the project. With the folder of the public
sets, the model as it is now reads the places again of the readings that are kept (`gold/read_*.tsv`: places and
verdicts, no text), and what it says of them takes the place of what it said before; the verdicts stay. Without paths
they are counted, and how many of the answers that are given now are right.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from audits.analysis.assign import assign_texts
from audits.analysis.complaints import THRESHOLD
from audits.analysis.confidence import claimed
from audits.analysis.self_training import learnt_texts
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from benchmarks.gold_draw import SEED, digest
from benchmarks.gold_sets import READERS, Review
from spiders.parse import clean
from spiders.privacy import redact

FOLDER = Path(__file__).parent / "gold"
COUNT = 200
TRADES = {
    "airline": "twitter_us_airline",
    "hospital": "nhs_pxtextmining",
    "hotel": "tripadvisor_hotels_owner_replies",
    "insurer": "trustpilot_pet_insurance",
}
"""Audit that was read → the set of the gold set that is of the same trade."""
VERDICTS = ("right", "partly", "wrong-gap", "no-complaint")
"""All gaps right; one of two; a complaint of another gap or of none; nothing complained of."""
PLACE = ("id", "row", "field", "start", "end")
"""Where a statement stands: the file of its set and the row there, counted from 0 ("Tweets.csv:7"), and the offsets in
what an audit makes of the text. Of 68 places the row is lost: no model reads them again."""
STARRED = ("hotel", "insurer")
"""The audits whose reviews came with stars."""
THEN = ("gaps", "sure", "verdict", "instead")
"""What was read by a person: the gaps that were given then, what the scores claimed, and what it is."""
NOW = ("now", "confidence", "complaint")
"""What the model says now: the gaps, nothing where it gives none, and what its scores claim. What makes that honest is
found from these rows (`gold_sure`), as is what a statement must be to be shown by itself (`gold_surely`)."""
KEPT = (*PLACE, *THEN, *NOW)
COLUMNS = ("id", "review", *PLACE[2:], "gaps", "sure", "stars", "before", "statement", "after")


def main() -> None:
    """Draw for one workspace, or count what was read."""
    if len(sys.argv) == 1:
        print(*counted({trade_of(path): verdicts(path) for path in files()}), sep="\n")
        return
    if len(sys.argv) == 2:
        for path in files():
            print(again(Path(sys.argv[1]), path), flush=True)
        return
    from flows.commands.said import said

    engagement, workspace, file = map(Path, sys.argv[1:4])
    with said(engagement, workspace) as here:
        rows = assigned(here.statements, here.reviews)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines("\t".join(row) + "\n" for row in (COLUMNS, *rows))
    print(f"{len(rows)} assignments in {file}")


def assigned(
    statements: Sequence[Statement], reviews: Mapping[str, StoredReview], count: int = COUNT
) -> list[tuple[str, ...]]:
    """So many complaints with a gap, at random, each between its neighbours; a row of COLUMNS."""
    own: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        own[one.review, one.field].append(one)
    given = [one for one in statements if one.complaint >= THRESHOLD and one.gaps]
    given.sort(key=lambda one: (one.review, one.field, one.start))
    drawn = random.Random(SEED).sample(given, min(count, len(given)))
    return [_row(one, own[one.review, one.field], reviews[one.review]) for one in drawn]


def _row(one: Statement, beside: Sequence[Statement], review: StoredReview) -> tuple[str, ...]:
    at = beside.index(one)
    texts = [each.text for each in (*beside[max(0, at - 1) : at], one, *beside[at + 1 : at + 2])]
    before, after = texts[0] if at else "", texts[-1] if at + 1 < len(beside) else ""
    kept = (
        digest(one.review, one.field, one.start, one.end), one.review, one.field, str(one.start), str(one.end),
        " ".join(gap.gap for gap in one.gaps), f"{claimed(one.gaps[0].confidence):.2f}",
    )  # fmt: skip
    stars = "" if review.rating is None else f"{review.rating:g}"
    return (*kept, stars, *(" ".join(each.split()) for each in (before, one.text, after)))


def again(folder: Path, file: Path) -> str:
    """Let the model as it is read the places of a reading again; the sentence to print."""
    rows, trade = verdicts(file), trade_of(file)
    places = {row["row"] for row in rows}
    held = {f"{each.file}:{each.row}": each for each in READERS[TRADES[trade]](folder / TRADES[trade])}
    known = sorted(places & set(held))
    own = learnt_texts(_told(each, trade in STARRED) for each in held.values())
    said = dict(zip(known, assign_texts([_told(held[at], trade in STARRED) for at in known], own=own), strict=True))
    told = [row | _now(_nearest(row, said.get(row["row"], ()))) for row in rows]
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, KEPT, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        table.writeheader()
        table.writerows(told)
    found = sum(row["row"] in said for row in rows)
    return f"{file.name}: {sum(bool(row['now']) for row in told)} of {found} places found are given a gap"


def _told(review: Review, starred: bool) -> tuple[str | None, str | None, float | None]:
    """Title, text and stars as an audit has them."""
    title, text = (redact(whole) if (whole := clean(part)) else None for part in (review.title, review.text))
    return title, text, review.stars if starred else None


def _nearest(row: Mapping[str, str], statements: Iterable[Statement]) -> Statement | None:
    """The statement that covers most of the place."""
    start, end = int(row["start"]), int(row["end"])
    own = [one for one in statements if one.field == row["field"]]
    return max(own, key=lambda one: min(one.end, end) - max(one.start, start), default=None)


def _now(one: Statement | None) -> dict[str, str]:
    if one is None or one.complaint < THRESHOLD or not one.gaps:
        return dict.fromkeys(NOW, "")
    numbers = f"{claimed(one.gaps[0].confidence):.3f}", f"{one.complaint:.3f}"
    return dict(zip(NOW, (" ".join(gap.gap for gap in one.gaps), *numbers), strict=True))


def accepted(row: Mapping[str, str]) -> set[str]:
    """The gaps that are right of a place, or fair: of two that were given, the one that was found right."""
    given, instead = row["gaps"].split(), set(row["instead"].split())
    if row["verdict"] == "right":
        return set(given)
    if row["verdict"] == "partly":
        fair = len(given) == 1 or not instead or given[0] in instead
        return instead | ({given[0]} if fair else set())
    return instead - {"other", "none"}


def right_of(row: Mapping[str, str]) -> bool:
    """Whether the first gap that is given now is right."""
    return row["now"].split()[0] in accepted(row)


def trade_of(path: Path) -> str:
    """The trade that a reading is of."""
    return path.stem.removeprefix("read_")


def files() -> list[Path]:
    """The readings that are kept."""
    return sorted(FOLDER.glob("read_*.tsv"))


def verdicts(path: Path) -> list[dict[str, str]]:
    """The rows of one reading: KEPT, `verdict` and `instead`, what it is; an unknown verdict is a `ValueError`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{path.name}: {row['id']}: {row['verdict']!r} is no verdict")
    return rows


def given_now() -> Iterator[tuple[str, dict[str, str]]]:
    """(trade, row) of every place that is given a gap now."""
    for path in files():
        for row in verdicts(path):
            if row["now"]:
                yield TRADES[trade_of(path)], row


def counted(read: Mapping[str, Sequence[Mapping[str, str]]]) -> list[str]:
    """Lines to print: verdicts by reading and by confidence, and which gap is most often given for which."""
    lines = [f"{'':12}{'read':>6}" + "".join(f"{verdict:>14}" for verdict in VERDICTS) + f"{'right + partly':>16}"]
    everything = [row for rows in read.values() for row in rows]
    bands = {
        "sure .7 up": [row for row in everything if float(row["sure"]) >= 0.7],
        "below .5": [row for row in everything if float(row["sure"]) < 0.5],
    }
    for name, rows in {**read, "all": everything, **bands}.items():
        count = Counter(row["verdict"] for row in rows)
        good = (count["right"] + count["partly"]) / max(len(rows), 1)
        lines.append(
            f"{name:12}{len(rows):6}" + "".join(f"{count[verdict]:14}" for verdict in VERDICTS) + f"{good:16.2f}"
        )
    lines += ["", f"{'':12}{'given now':>12}{'right':>8}"]
    for name, rows in {**read, "all": everything}.items():
        now = [right_of(row) for row in rows if row["now"]]
        lines.append(f"{name:12}{len(now):12}{sum(now) / max(len(now), 1):8.2f}")
    wrong = Counter((row["gaps"].split()[0], row["instead"]) for row in everything if row["verdict"] == "wrong-gap")
    lines += ["", *(f"{count:4}  {gap} for {instead}" for (gap, instead), count in wrong.most_common(12) if count > 1)]
    return lines


if __name__ == "__main__":
    main()
