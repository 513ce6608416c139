"""The audits of an engagement stand side by side as each was printed, and what moved between two is told in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COLUMNS = 6
"""Audits side by side; the older ones are in the index."""
_REVISION = re.compile(r"\.r\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A row of the comparison: what stands there in each audit, None where it was not printed."""

    name: str
    cells: tuple[tuple[str, str] | None, ...]
    """Words, and the place in that audit's report."""


def audit(line: Mapping[str, Any]) -> str:
    """The audit's name without the number of its revision."""
    return _REVISION.sub("", str(line["audit"]))


def newest_first(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every publication, newest first, with what changed since the audit before it."""
    ordered = sorted(lines, key=lambda line: (audit(line), len(str(line["audit"])), str(line["audit"])))
    found: list[dict[str, Any]] = []
    for at, line in enumerate(ordered):
        before = next((one for one in reversed(ordered[:at]) if audit(one) != audit(line)), None)
        revised = at > 0 and audit(ordered[at - 1]) == audit(line)
        told = ["The same audit, published again."] if revised else changed(before, line)
        found.append({**line, "changed": told})
    return found[::-1]


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
    """What moved between two audits, as both were printed: only what lies outside the printed ranges."""
    if before is None:
        return ["The first audit here."]
    if "leaks" not in before or "leaks" not in after:
        return ["Not observable because one of the two audits was published without its figures."]
    old, new = ({one["gap"]: one for one in side["leaks"]} for side in (before, after))
    told = [
        f"{one['title']}: {way}, {one['share']} against {old[gap]['share']}."
        for gap, one in new.items()
        if gap in old and (way := _moved(old[gap], one))
    ]
    told = told or ["No leak moved beyond its printed range."]
    for said, here, there in (("Now on the first page", new, old), ("No longer on the first page", old, new)):
        names = [one["title"] for gap, one in here.items() if one["first"] and not there.get(gap, {}).get("first")]
        told += [f"{said}: {'; '.join(names).lower()}."] if names else []
    if before.get("rating") and after.get("rating"):
        told.append(f"Rating: {after['rating']}, {before['rating']} before.")
    return told


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if None in (old["low"], old["high"], new["low"], new["high"]):
        return ""
    return "higher" if new["low"] > old["high"] else "lower" if new["high"] < old["low"] else ""


def side_by_side(lines: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Compared]]:
    """The newest publication of each audit, newest first, and the rows under them."""
    newest: dict[str, Mapping[str, Any]] = {}
    for line in lines:
        newest.setdefault(audit(line), line)
    shown = list(newest.values())[:COLUMNS]
    rows = [
        Compared(name=name, cells=tuple((str(line[key]), "") if line.get(key) else None for line in shown))
        for name, key in _FACTS
    ]
    titles = {one["gap"]: one["title"] for line in reversed(shown) for one in line.get("leaks", [])}
    held = [{one["gap"]: one for one in line.get("leaks", [])} for line in shown]
    order = [one["gap"] for line in shown for one in line.get("leaks", [])]
    for gap in dict.fromkeys(order):
        cells = tuple((one[gap]["share"], f"leak-{gap}") if gap in one else None for one in held)
        rows.append(Compared(name=titles[gap], cells=cells))
    return shown, rows


_FACTS = (
    ("State", "state"),
    ("Period", "period"),
    ("Verdict", "verdict"),
    ("Reviews we hold", "reviews"),
    ("Rating in them", "rating"),
    ("Evidence", "grade"),
)
