"""The audits of an engagement stand side by side as each was printed, and what moved between two is told in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audits.catalogue import SOURCE, gettext, languages, marked
from audits.report.terms import told
from audits.report.words import inside

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
        told = [gettext("The same audit, published again.")] if revised else changed(before, line)
        found.append({**line, "changed": told})
    return found[::-1]


def newest_language(lines: Sequence[Mapping[str, Any]]) -> str:
    """The language of the newest audit, in which the pages over all of them are written; English where it is gone."""
    newest = max(lines, key=lambda line: str(line["audit"]), default={})
    told = str(newest.get("language") or SOURCE)
    return told if told in languages() else SOURCE


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
    """What moved between two audits, as both were printed: only what lies outside the printed ranges."""
    if before is None:
        return [gettext("The first audit here.")]
    if "leaks" not in before or "leaks" not in after:
        return [gettext("Not observable because one of the two audits was published without its figures.")]
    old, new = ({one["gap"]: one for one in side["leaks"]} for side in (before, after))
    told = [way for gap, one in new.items() if gap in old and (way := _moved(old[gap], one))]
    told = told or [gettext("No leak moved beyond its printed range.")]
    if names := _led(new, old):
        told.append(gettext("Now on the first page: %(leaks)s.", leaks=names))
    if names := _led(old, new):
        told.append(gettext("No longer on the first page: %(leaks)s.", leaks=names))
    if before.get("rating") and after.get("rating"):
        told.append(gettext("Rating: %(now)s, %(before)s before.", now=after["rating"], before=before["rating"]))
    return told


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if None in (old["low"], old["high"], new["low"], new["high"]):
        return ""
    words = {"leak": new["title"], "now": new["share"], "before": old["share"]}
    if new["low"] > old["high"]:
        return gettext("%(leak)s: higher, %(now)s against %(before)s.", **words)
    return gettext("%(leak)s: lower, %(now)s against %(before)s.", **words) if new["high"] < old["low"] else ""


def _led(here: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    """The leaks of the first page here that are none there."""
    names = [one["title"] for gap, one in here.items() if one["first"] and not there.get(gap, {}).get("first")]
    return inside("; ".join(names))


def side_by_side(lines: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Compared]]:
    """The newest publication of each audit, newest first, and the rows under them."""
    newest: dict[str, Mapping[str, Any]] = {}
    for line in lines:
        newest.setdefault(audit(line), line)
    shown = list(newest.values())[:COLUMNS]
    rows = [
        Compared(name=gettext(name), cells=tuple((_fact(key, line), "") if line.get(key) else None for line in shown))
        for name, key in _FACTS
    ]
    titles = {one["gap"]: one["title"] for line in reversed(shown) for one in line.get("leaks", [])}
    held = [{one["gap"]: one for one in line.get("leaks", [])} for line in shown]
    order = [one["gap"] for line in shown for one in line.get("leaks", [])]
    for gap in dict.fromkeys(order):
        cells = tuple((one[gap]["share"], f"leak-{gap}") if gap in one else None for one in held)
        rows.append(Compared(name=titles[gap], cells=cells))
    return shown, rows


def _fact(key: str, line: Mapping[str, Any]) -> str:
    return told(line[key]) if key == "state" else str(line[key])


_FACTS = (
    (marked("State"), "state"),
    (marked("Period"), "period"),
    (marked("Verdict"), "verdict"),
    (marked("Reviews we hold"), "reviews"),
    (marked("Rating in them"), "rating"),
    (marked("Evidence"), "grade"),
)
