"""What a file is taken to be, shown before anything lands: columns, scale, date order, and what proves each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from spiders.dates import dated
from spiders.intake.columns import Columns, columns, number
from spiders.intake.errors import IntakeError
from spiders.intake.order import Order
from spiders.intake.scales import ASK, Marks, Scales, declared, first_high_day, scales
from spiders.intake.table import Row, Table, table

DATES = ("posted", "experienced", "updated", "reply_posted")
_OUT_OF = re.compile(r"(?:/|out\s+of|von|sur|de|su|van)\s*(\d{1,3})\s*\D*$", re.I)
_NAMED = 12
"""Columns that are not used, as far as they are named on the screen; a survey has sixty of them."""
_FORM, _STRAY = 0.9, 0.005
"""A form that changed on a day: a column filled in at least this share of the rows from then on, and before it in no
more than a stray few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How one file will be read. `columns` maps fields to columns; each entry of `how` says what proves it."""

    file: str
    sha256: str
    rows: int
    encoding: str
    delimiter: str
    columns: Columns
    scales: Scales | None
    date_orders: Mapping[str, str | None]
    how: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The proposal as JSON values, as it is kept in the landing."""
        return asdict(self)

    def __str__(self) -> str:
        """One line a fact, for the person who is asked whether the file is understood."""
        held = self.columns
        lines = [
            f"{self.file}: {self.rows} rows, {self.encoding} ({self.how['encoding']})"
            + (f", separated by {self.delimiter!r}" if self.delimiter else "")
        ]
        lines += [f"  {name:<12} {column!r}: {held.how[name]}" for name, column in held.fields.items()]
        lines += [f"  {'sub-rating':<12} {column!r} as {name}" for name, column in held.subratings.items()]
        lines += [f"  {'attribute':<12} {column!r} as {name}" for name, column in held.attributes.items()]
        lines += [f"  {'scale':<12} {self.how['scale']}"] if self.scales else []
        lines += [f"  {'date order':<12} {name}: {self.how[name]}" for name in self.date_orders]
        more = f" and {len(held.unused) - _NAMED} more" if len(held.unused) > _NAMED else ""
        lines += [f"  {'not used':<12} {', '.join(held.unused[:_NAMED])}{more}"] if held.unused else []
        return "\n".join(lines)


def propose(
    path: Path, *, given: Mapping[str, str] | None = None, date_order: str | None = None, scale: float | None = None
) -> Proposal:
    """How a file would be read; raises `IntakeError` where the file does not tell and the engagement does not say.

    `given` maps fields to columns, `date_order` is YMD, DMY or MDY, `scale` the highest mark that can be given.
    """
    return read(table(path), given=given, date_order=date_order, scale=scale)


def read(
    held: Table, *, given: Mapping[str, str] | None = None, date_order: str | None = None, scale: float | None = None
) -> Proposal:
    """`propose` for a table that is open already."""
    found = columns(held, given)
    places = {name: held.header.index(column) for name, column in found.fields.items()}
    orders = {name: Order() for name in DATES if name in places}
    counted, own, rows = Marks(), Counter[float](), 0
    for row in held.rows():
        rows += 1
        if row.problem is None:
            _look(row, places, orders, counted, own)
    proofs = {name: _order(held, found.fields[name], name, order, date_order) for name, order in orders.items()}
    date_orders = {name: order for name, (order, _) in proofs.items()}
    marks = _scale(held, places, date_orders, counted, own, scale) if "rating" in places else None
    how = {name: told for name, (_, told) in proofs.items()} | {"encoding": held.encoding.how}
    return Proposal(
        file=held.path.name,
        sha256=held.encoding.digest,
        rows=rows,
        encoding=held.encoding.name,
        delimiter=held.delimiter,
        columns=found,
        scales=marks,
        date_orders=date_orders,
        how=how | ({"scale": f"{marks.scale}: {marks.how}"} if marks else {}),
    )


def _look(
    row: Row, places: Mapping[str, int], orders: Mapping[str, Order], counted: Marks, own: Counter[float]
) -> None:
    for name, order in orders.items():
        order.see(row.cells[places[name]], row.line)
    if "rating" in places:
        text = row.cells[places["rating"]].strip()
        value = number(text)
        if value is not None:
            counted.see(value, None)
            own[own_scale(text)] += 1


def own_scale(text: str) -> float:
    """The highest mark that a rating names itself: 10 of "8/10", 100 of "80%", 5 of "★★★★☆"; 0 where it names none."""
    if found := _OUT_OF.search(text):
        return float(found[1])
    if text.endswith("%"):
        return 100.0
    return float(len(text)) if set(text) & {"☆", "✩"} else 0.0


def _order(held: Table, column: str, name: str, order: Order, asked: str | None) -> tuple[str | None, str]:
    if order.half_converted:
        # An order that is given is no help: what was swapped begins with its year and would be read as it stands.
        raise _swapped(held, column, order)
    if asked is not None:
        return asked, "given in the engagement file"
    proof = order.proof()
    if proof is not None:
        return proof
    if name != "posted":
        # A second date is worth having, not worth stopping for.
        return None, "day and month cannot be told apart; these dates are kept as text"
    if order.contradictory:
        reason = f"line {order.day_first} has the day first and line {order.month_first} the month"
    elif order.day_first is not None:
        reason = "dates in this file may begin with their day or with their year"
    else:
        reason = "no date in this file has a day above 12, so day and month cannot be told apart"
    line = order.undecided or order.month_first or order.day_first
    step = 'Say it in the listing: date_order = "DMY" (or "MDY"' + (', or "YMD")' if order.year_first else ")")
    raise IntakeError(held.path, reason, line=line, column=column, next_step=step)


def _swapped(held: Table, column: str, order: Order) -> IntakeError:
    reason = (
        f"a spreadsheet seems to have swapped day and month: {order.whole} cells are dates, none with a day above 12, "
        f"and {order.numeric} were left as text, each with a day above 12"
    )
    step = (
        "Hand in the export as it was before a spreadsheet opened it, or correct the column until every cell is a date"
    )
    return IntakeError(held.path, reason, line=order.day_first or order.month_first, column=column, next_step=step)


def _scale(
    held: Table,
    places: Mapping[str, int],
    orders: Mapping[str, str | None],
    counted: Marks,
    own: Counter[float],
    asked: float | None,
) -> Scales:
    if asked is not None:
        return declared(asked, counted)
    if len(own) == 1 and (top := next(iter(own))):
        return Scales(scale=f"{0 if top > 10 or counted.values[0.0] else 1}-{top:g}", how=f"each says out of {top:g}")
    high = max(counted.values, default=0.0)
    if 5 < high <= 10 and "posted" in places:
        counted = _by_day(held, places, orders["posted"])
    first = first_high_day(counted)
    changed = [first] if first is not None and _form_changed(held, places, orders["posted"], first) else []
    found = scales(counted, changed_form=changed)
    if isinstance(found, str):
        raise IntakeError(held.path, found, column=held.header[places["rating"]], next_step=ASK)
    return found


def _by_day(held: Table, places: Mapping[str, int], order: str | None) -> Marks:
    marks = Marks()
    for row in held.rows():
        if row.problem is None and (value := number(row.cells[places["rating"]].strip())) is not None:
            marks.see(value, dated(row.cells[places["posted"]], order=order)[0].on)
    return marks


def _form_changed(held: Table, places: Mapping[str, int], order: str | None, first: str) -> bool:
    """Whether some column is empty in the rows before that day and filled in nearly all from it on."""
    before, since, rows, earlier = Counter[int](), Counter[int](), 0, 0
    for row in held.rows():
        day = None if row.problem else dated(row.cells[places["posted"]], order=order)[0].on
        if day is None:
            continue
        rows += day >= first
        earlier += day < first
        (since if day >= first else before).update(at for at, cell in enumerate(row.cells) if cell.strip())
    return any(before[at] <= _STRAY * earlier and count >= _FORM * rows for at, count in since.items())
