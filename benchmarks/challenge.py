"""Score what the project wrote beforehand: `python -m benchmarks.challenge`; figures by turn of phrase and by reading.

`data/challenge.tsv` asks whether a statement complains where words mislead: irony, negation, comparison, hypotheticals,
quoted speech, praise of the fixed, and plain ones beside them. `data/readings.tsv` asks what else is read: severity,
factor, journey stage, who leaves, warns or recommends, grave cases, recovery, care, how often and where they asked.
`data/harm.tsv` asks whether harm that a firm did is read as grave, and harm that it did not do, or nobody did, is not.
They were frozen by their sha256 before the model was tuned, the last before its score was first seen; no statement of
them is in the bank.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from audits.analysis.assign import assign_texts
from audits.analysis.factors import factor
from audits.analysis.model import model_version
from audits.analysis.stages import stage
from audits.analysis.values import Statement

DATA = Path(__file__).parent / "data"
OUTLOOK = ("leaving", "warning", "recommends")
GRAVEST = 3


def table(name: str) -> list[dict[str, str]]:
    """The rows of one frozen set."""
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def main() -> None:
    """Print the tables."""
    print(f"model {model_version()}")
    challenge(table("challenge"))
    readings(table("readings"))
    harm(table("harm"))


def read(rows: Iterable[dict[str, str]]) -> list[list[Statement]]:
    """The statements of each row, text alone."""
    return assign_texts([(None, row["text"], None) for row in rows])


def complains(statements: Iterable[Statement]) -> bool:
    """Whether any of the statements is a complaint."""
    return any(one.outside not in ("praise", "neutral") for one in statements)


def challenge(rows: list[dict[str, str]]) -> None:
    """Precision, recall and F1 of complaints, and the share read right, by turn of phrase."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, statements in zip(rows, read(rows), strict=True):
        said, true = complains(statements), row["expected"] == "complaint"
        for name in (row["turn"], "all"):
            counts[name].update(n=1, said=said, true=true, both=said and true, right=said == true)
    print(f"\n{'turn of phrase':16}{'n':>5}{'right':>8}{'prec':>8}{'recall':>8}{'F1':>8}")
    for name, count in sorted(counts.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        precision, recall = count["both"] / max(count["said"], 1), count["both"] / count["true"]
        f1 = 2 * count["both"] / (count["said"] + count["true"])
        print(f"{name:16}{count['n']:5}{count['right'] / count['n']:8.3f}{precision:8.3f}{recall:8.3f}{f1:8.3f}")


def readings(rows: list[dict[str, str]]) -> None:
    """The share read right of each reading, beside the best constant answer and the mean over expected values."""
    by_reading: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row, statements in zip(rows, read(rows), strict=True):
        says = READINGS[row["reading"]](row, statements)
        by_reading[row["reading"]].append((row["expected"], row["expected"] in says))
    print(f"\n{'reading':16}{'n':>5}{'right':>8}{'mean':>8}{'constant':>10}")
    for name, found in by_reading.items():
        each = defaultdict(list)
        for expected, right in found:
            each[expected].append(right)
        mean = sum(sum(one) / len(one) for one in each.values()) / len(each)
        constant = max(len(one) for one in each.values()) / len(found)
        print(f"{name:16}{len(found):5}{sum(right for _, right in found) / len(found):8.3f}{mean:8.3f}{constant:10.3f}")


def harm(rows: list[dict[str, str]]) -> None:
    """Precision and recall of grave statements, by their words alone and in a review of one star."""
    print(f"\n{'harm':16}{'n':>5}{'prec':>8}{'recall':>8}")
    for name, stars in (("words alone", None), ("one star", 1.0)):
        told = [is_grave(each) for each in assign_texts([(None, row["text"], stars) for row in rows])]
        true = [row["expected"] == "grave" for row in rows]
        both = sum(one and other for one, other in zip(told, true, strict=True))
        print(f"{name:16}{len(rows):5}{both / max(sum(told), 1):8.3f}{both / sum(true):8.3f}")


def is_grave(statements: Iterable[Statement]) -> bool:
    """Whether any of the statements is a complaint of the gravest kind."""
    return any(one.severity == GRAVEST for one in statements)


def _flags(statements: Iterable[Statement], wanted: Callable[[str], bool]) -> set[str]:
    """The flags of a kind; where there is none, that there is none."""
    return {flag for one in statements for flag in one.flags if wanted(flag)} or {"none"}


def _grave(statements: list[Statement]) -> set[str]:
    found = _flags(statements, lambda flag: flag in ("grave", "handled"))
    return {"handled"} if "handled" in found else found


READINGS: dict[str, Callable[[dict[str, str], list[Statement]], set[str]]] = {
    "severity": lambda row, statements: {str(max(one.severity for one in statements))},
    "factor": lambda row, statements: {factor(row["text"], row["gap"]).name},
    "stage": lambda row, statements: {stage(row["text"], row["gap"])},
    "outlook": lambda row, statements: _flags(statements, lambda flag: flag in OUTLOOK),
    "grave": lambda row, statements: _grave(statements),
    "recovery": lambda row, statements: {"yes" if any("recovery" in one.flags for one in statements) else "no"},
    "care": lambda row, statements: _flags(statements, lambda flag: flag.startswith(("care:", "lack:"))),
    "contact": lambda row, statements: _flags(
        statements, lambda flag: flag in ("handoff", "repeat-contact") or flag.startswith("channel:")
    ),
}
"""What each reading says of a row, as a set that the expected value should be in."""


if __name__ == "__main__":
    main()
