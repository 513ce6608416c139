"""Which of day and month comes first in a column, proved by the file itself or asked for, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DIGITS = re.compile(r"^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\b")


@dataclass(slots=True)
class Order:
    """What the dates of one column say about their order, gathered row by row."""

    numeric: int = 0
    day_first: int | None = None
    """The line that proves it: a first number above 12."""
    month_first: int | None = None
    undecided: int | None = None
    firsts: set[int] = field(default_factory=set)

    def see(self, text: str, line: int) -> None:
        """One cell."""
        found = _DIGITS.match(text)
        if found is None or len(found[1]) > 2:
            return
        self.numeric += 1
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            self.day_first = self.day_first or line
        elif second > 12 >= first:
            self.month_first = self.month_first or line
        else:
            self.undecided = self.undecided or line

    def proof(self) -> tuple[str | None, str] | None:
        """Order and how it is proved; (None, …) where the column needs none; None where the file does not tell."""
        if not self.numeric:
            return None, "dates say their order themselves"
        if self.contradictory or (self.day_first is None and self.month_first is None):
            return None
        if self.day_first is not None:
            return "DMY", f"line {self.day_first} has a day above 12 in the first place, and no line contradicts it"
        return "MDY", f"line {self.month_first} has a day above 12 in the second place, and no line contradicts it"

    @property
    def contradictory(self) -> bool:
        """Whether one column holds both orders."""
        return self.day_first is not None and self.month_first is not None
