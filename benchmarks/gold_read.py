"""Read what an audit assigned: `python -m benchmarks.gold_read [ENGAGEMENT WORKSPACE FILE]`.

With three paths, 200 of the gaps that the last audit of a workspace gave to statements of the audited business, drawn
at random with a fixed seed, are written with their texts to FILE, outside the project. Where FILE is one of the
readings that are kept (`gold/read_*.tsv`: places and verdicts, no text), the model as it is now reads its places
again, and what it says of them takes the place of what it said before; the verdicts stay. Without paths they are
counted, and how many of the answers that are given now are right.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from audits.analysis.assign import assign
from audits.analysis.complaints import THRESHOLD
from audits.analysis.confidence import claimed
from audits.analysis.resemblance import resemblance, vectored
from audits.analysis.values import Statement
from audits.store import open_store
from audits.store.records import StoredReview
from benchmarks.gold_draw import SEED, digest

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
PLACE = ("id", "review", "field", "start", "end")
THEN = ("gaps", "sure", "verdict", "instead")
"""What was read by a person: the gaps that were given then, what the scores claimed, and what it is."""
NOW = ("now", "confidence", "complaint", "alike")
"""What the model says now: the gaps, nothing where it gives none, and what its scores claim. What makes that honest is
found from these rows (`gold_sure`), as is what a statement must be to be shown by itself (`gold_surely`); `alike` is
its resemblance to what was written for its gap."""
KEPT = (*PLACE, *THEN, *NOW)
COLUMNS = (*PLACE, "gaps", "sure", "stars", "before", "statement", "after")


def main() -> None:
    """Draw for one workspace, or count what was read."""
    if len(sys.argv) == 1:
        print(*counted({path.stem.removeprefix("read_"): verdicts(path) for path in files()}), sep="\n")
        return
    from flows.commands.said import said

    engagement, workspace, file = map(Path, sys.argv[1:4])
    if file.resolve() in [each.resolve() for each in files()]:
        print(again(engagement, workspace, file))
        return
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


def again(engagement: Path, workspace: Path, file: Path) -> str:
    """Let the model as it is read the places of a reading again; the sentence to print."""
    from flows.plan import planned
    from flows.readings import own_reviews

    rows = verdicts(file)
    plan = planned(engagement, home=workspace)
    with open_store(plan.settings.store_url) as store:
        held = own_reviews(store, plan.name, plan.engagement.business.name)
    places = {row["review"] for row in rows}
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in assign([review for review in held if review.key in places]):
        said[one.review, one.field].append(one)
    told = [row | _now(_nearest(row, said[row["review"], row["field"]])) for row in rows]
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, KEPT, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        table.writeheader()
        table.writerows(told)
    return f"{file.name}: {sum(bool(row['now']) for row in told)} of {len(told)} are given a gap"


def _nearest(row: Mapping[str, str], statements: Sequence[Statement]) -> Statement | None:
    """The statement that covers most of the place."""
    start, end = int(row["start"]), int(row["end"])
    return max(statements, key=lambda one: min(one.end, end) - max(one.start, start), default=None)


def _now(one: Statement | None) -> dict[str, str]:
    if one is None or one.complaint < THRESHOLD or not one.gaps:
        return dict.fromkeys(NOW, "")
    alike = float(resemblance([vectored([one])[0].vector], one.gaps[0].gap)[0])
    numbers = f"{claimed(one.gaps[0].confidence):.3f}", f"{one.complaint:.3f}", f"{alike:.3f}"
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
                yield TRADES[path.stem.removeprefix("read_")], row


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
