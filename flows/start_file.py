"""A file of reviews has been looked through and shown; what it does not tell has been given or asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

from flows.asking import Asking, UnansweredError
from flows.seen import Seen, seen
from spiders.intake.errors import IntakeError

_COLUMN = re.compile(r"columns = \{ (\w+) =")
_ORDER = re.compile(r'"([DMY]{3})"')
_QUESTIONS = 8
"""Text, rating, scale and date order: more than that no file leaves open. Each may be answered wrongly once."""


class Keys(TypedDict):
    """The keys of a listing that say how its file is read."""

    columns: dict[str, str]
    date_order: str | None
    scale: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What was said of how a file is read."""

    columns: dict[str, str]
    date_order: str | None = None
    scale: float | None = None

    def said(self) -> Keys:
        """As keys of a listing."""
        return Keys(columns=self.columns, date_order=self.date_order, scale=self.scale)


def look(file: Path, known: How, asking: Asking, say: Callable[[str], None]) -> tuple[Seen, How]:
    """The file as it will be read, and what had to be said for it; raises `IntakeError` or `UnansweredError`."""
    answered = [known]
    for _ in range(_QUESTIONS):
        known = answered[-1]
        try:
            found = seen(file, **known.said())
        except IntakeError as asked:
            more = _answered(asked, known, asking) if asking.person else None
            if more is None and len(answered) > 1:  # the last answer is no good: it is asked for again
                say(f"  {asked}")
                answered.pop()
                continue
            if more is None:
                raise IntakeError(
                    file, asked.reason, line=asked.line, column=asked.column, next_step=_option(asked)
                ) from None
            answered.append(more)
        else:
            say(str(found.proposal))
            return found, known
    raise UnansweredError(f"{file.name} is not understood; docs/engagement.md shows how to say how it is read.")


def _answered(asked: IntakeError, known: How, asking: Asking) -> How | None:
    """What the person says to what the file does not tell; None where no answer would help."""
    if orders := _orders(asked):
        first = f"{_about(asked)}. Which comes first in its dates"
        return replace(known, date_order=asking.one_of(first, "--date-order", orders, given=None))
    if "scale" in asked.next_step:
        best = f"{_about(asked)}. Which is the best rating that can be given"
        return replace(known, scale=float(asking.one_of(best, "--scale", ("5", "10", "100"), given=None)))
    if found := _COLUMN.search(asked.next_step):
        starless = " (none: these reviews have no stars)" if found[1] == "rating" else ""
        column = asking.text(f"{_about(asked)}. Which column is the {found[1]}{starless}", "--column", given=None)
        return replace(known, columns=known.columns | {found[1]: column})
    return None


def _orders(asked: IntakeError) -> list[str]:
    """The orders of day, month and year that the question is between."""
    return _ORDER.findall(asked.next_step)


def _about(asked: IntakeError) -> str:
    """The reason as the beginning of a question, with the column that it is about."""
    return f"Column {asked.column!r}: {asked.reason}" if asked.column else asked.reason


def _option(asked: IntakeError) -> str:
    """The next step in terms of this command."""
    if orders := _orders(asked):
        return f"Say it with --date-order {orders[0]} (or {' or '.join(orders[1:])})"
    if "scale" in asked.next_step:
        return "Say it with --scale 5 (or 10, or 100)"
    if found := _COLUMN.search(asked.next_step):
        starless = ", or --column rating=none" if found[1] == "rating" else ""
        return f"Say which with --column {found[1]}=NAME{starless}"
    return asked.next_step
