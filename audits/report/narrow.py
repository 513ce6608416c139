"""The same charts for a telephone: names above the marks instead of beside them, so that no label needs to shrink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import wrap
from typing import Any

from audits.catalogue import gettext
from audits.report import overtime, plots
from audits.report.look import ACCENT, INK, MUTED
from audits.report.model import MapPoint, Pareto
from audits.report.parts import Row
from audits.report.words import with_span

WIDTH = 306
"""With what an axis takes beside it no wider than the text of a page of 360 px."""
LETTERS = 44
"""Of a name that fit on a line of 12 px in that width, mostly."""
LINE, MARK, HEAD, BUBBLE = 16, 22, 30, 700
"""Heights of a line of text, of the marks below it and of a heading, and the area of the largest circle."""

monthly = partial(overtime.monthly, size=overtime.NARROW)
rating = partial(overtime.rating, size=overtime.NARROW)


def leak_map(points: Sequence[MapPoint], stages: Mapping[str, str]) -> Any:
    """Stages one below the other, under each its gaps as bubbles: area, colour and mark as on the wide map."""
    alt = plots.altair()
    heaviest = max(point.weight for point in points) or 1.0
    rows, heads, at = [], [], 0
    for stage in stages:
        here = sorted((point for point in points if point.stage == stage), key=lambda point: point.row)
        if here:
            heads.append({"x": 0, "y": at + HEAD / 2, "label": stages[stage]})
            at += HEAD
        for point in here:
            lines = [*wrap(point.title, LETTERS - 6), plots.weighed(point)]
            tall = LINE * len(lines) + 10
            bubble = plots.bubble(point, heaviest, BUBBLE)
            rows.append({**bubble, "x": 18, "tx": 42, "y": at + tall / 2, "label": "\n".join(lines)})
            at += tall
    return plots.mapped(alt, rows, heads, width=WIDTH, height=at, top=0)


def pareto(given: Pareto) -> Any:
    """A bar from nought with its interval under its name, its stars and the running share of the whole."""
    alt = plots.altair()
    rows = [plots.barred(bar) for bar in given.bars]
    height = _stacked(rows, "label")
    furthest = max(row["at"] for row in rows)
    scale = alt.Scale(domain=[min(0.0, *(row["low"] or 0 for row in rows)), furthest])
    axis = alt.Axis(title=gettext("Stars missing to five"), tickCount=4, grid=False)
    y = _downwards(alt, height)
    base = alt.Chart(alt.Data(values=rows))
    bars = base.mark_bar(orient="horizontal", stroke=ACCENT, strokeWidth=1, size=10).encode(
        y=y, x=alt.X("stars:Q", scale=scale, axis=axis), x2=alt.datum(0), fill=alt.Fill("fill:N", scale=None)
    )
    known = alt.Chart(alt.Data(values=[row for row in rows if row["low"] is not None]))
    ranges = known.mark_rule(color=INK, strokeWidth=1.3).encode(y=y, x=alt.X("low:Q", scale=scale), x2="high:Q")
    return (bars + ranges + _written(alt, rows, height)).properties(width=WIDTH, height=height)


def contrast(rows: Sequence[Row]) -> Any:
    """A dot and its interval under each name and its figures; ours in the accent colour."""
    alt = plots.altair()
    data = [{**plots.dotted(row), "text": with_span(row.share)} for row in rows]
    height = _stacked(data, "name")
    scale = alt.Scale(domain=[0, max([1.0, *(row["high"] for row in data)])])
    axis = alt.Axis(title=gettext("in 100 reviews we hold, with 95% range"), tickCount=4, grid=False)
    y, ink = _downwards(alt, height), alt.Color("ink:N", scale=None)
    base = alt.Chart(alt.Data(values=data))
    ranges = base.mark_rule(strokeWidth=2).encode(y=y, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=ink)
    dots = base.mark_point(filled=True, size=85, opacity=1).encode(y=y, x=alt.X("v:Q", scale=scale), color=ink)
    return (ranges + dots + _written(alt, data, height)).properties(width=WIDTH, height=height)


def _stacked(rows: Sequence[dict[str, Any]], name: str) -> int:
    """Gives each row its lines of text and the heights of text and mark; returns the height of all."""
    top = 0
    for row in rows:
        named = wrap(row[name], LETTERS)
        row |= {"named": "\n".join(named), "named_y": top, "told_y": top + LINE * len(named)}
        row["y"] = row["told_y"] + LINE + MARK / 2 - 3
        top = row["told_y"] + LINE + MARK
    return top


def _downwards(alt: Any, height: int, of: str = "y") -> Any:
    return alt.Y(f"{of}:Q", scale=alt.Scale(domain=[height, 0]), axis=None)


def _written(alt: Any, rows: Sequence[dict[str, Any]], height: int) -> Any:
    """Name and figures of each row, from the left edge."""
    base = alt.Chart(alt.Data(values=rows))
    names = base.mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE, fontSize=12.5, color=INK)
    told = base.mark_text(align="left", baseline="top", fontSize=12, color=MUTED)
    return names.encode(x=alt.value(0), y=_downwards(alt, height, "named_y"), text="named:N") + told.encode(
        x=alt.value(0), y=_downwards(alt, height, "told_y"), text="text:N"
    )
