"""How far two labellings of the gold set agree, over all and gap by gap, and how their disputes were resolved."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

NONE, OTHER = "none", "other"
"""No complaint; and a complaint that no gap takes: vague, outside the firm's control, or of another business."""

Labels = Mapping[str, tuple[str, ...]]
"""Statement → its gaps, the main one first, or one of NONE and OTHER."""


def read(path: Path, known: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The labels of a file; a label that the frame does not know is a `ValueError`."""
    found = {row["id"]: tuple(filter(None, (row["gap1"], row["gap2"]))) for row in _rows(path)}
    for one, labels in found.items():
        strange = set(labels) - {*known, NONE, OTHER}
        if strange or not labels or (len(labels) > 1 and {NONE, OTHER} & set(labels)):
            raise ValueError(f"{path.name}: {one}: {' '.join(labels) or 'nothing'} is no label")
    return found


def whys(path: Path) -> dict[str, str]:
    """Statement → the rule by which its dispute was resolved."""
    return {row["id"]: row["why"] for row in _rows(path) if row["why"]}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Cohen's kappa (1960); None where neither ever says anything but one thing."""
    same = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if chance == 1 else (same - chance) / (1 - chance)


def disputes(first: Labels, second: Labels) -> list[str]:
    """Statements whose main label differs."""
    return [one for one in first if first[one][0] != second[one][0]]


def agreement(first: Labels, second: Labels, gaps: Sequence[str]) -> list[str]:
    """Lines to print: over the main labels, over who complains, and of each gap that either gave, main or second."""
    pairs = [(first[one], second[one]) for one in first]
    main = [(a[0], b[0]) for a, b in pairs]
    complain = [(a[0] != NONE, b[0] != NONE) for a, b in pairs]
    both = [(a[0], b[0]) for a, b in pairs if {a[0], b[0]}.isdisjoint((NONE, OTHER))]
    shared = sum(bool(set(a) & set(b)) for a, b in pairs)
    lines = [
        f"{len(pairs)} statements, {len(disputes(first, second))} disputes; {shared / len(pairs):.3f} share a label",
        _line("main label", len(main), main),
        _line("complaint or not", sum(a or b for a, b in complain), complain),
        _line("gap, where both give one", len(both), both),
    ]
    for gap in (*gaps, OTHER):
        given = [(gap in a, gap in b) for a, b in pairs]
        if any(map(any, given)):
            lines.append(_line(gap, sum(map(any, given)), given))
    return lines


def _line(name: str, count: int, pairs: Sequence[tuple[object, object]]) -> str:
    """`count` is how many statements one or both gave the label."""
    same = sum(one == other for one, other in pairs) / len(pairs)
    sure = kappa(pairs)
    return f"{name:26}{count:6}{same:9.3f}{'–' if sure is None else f'{sure:.2f}':>8}"


def resolved(first: Labels, second: Labels, final: Labels, why: Mapping[str, str]) -> list[str]:
    """Lines to print: whose label the disputes went to, and the rules that were needed more than once."""
    open_ = [one for one in disputes(first, second) if one not in why]
    won = Counter(
        "the first"
        if final[one][0] == first[one][0]
        else "the second"
        if final[one][0] == second[one][0]
        else "a third"
        for one in why
    )
    lines = [f"resolved for {name}: {count}" for name, count in sorted(won.items())] + [f"open: {len(open_)}"]
    return lines + [f"{count:4}  {rule}" for rule, count in Counter(why.values()).most_common() if count > 1]
