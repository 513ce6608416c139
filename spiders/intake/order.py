"""Which of day and month comes first in a column, proved by the file itself or asked for, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAYS = range(1, 32)
_SOME = 2
"""Of each kind, from which it is hardly chance that days of 12 and below are dates and those above are text."""
_DIGITS = re.compile(r"^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\b")


@dataclass(slots=True)
class Order:
    """What the dates of one column say about their order, gathered row by row."""

    numeric: int = 0
    day_first: int | None = None
    """The line that proves it, where the year stands last: a first number above 12."""
    month_first: int | None = None
    undecided: int | None = None
    year_last: int | None = None
    """A line that cannot begin with its year, as "25-03-01" may."""
    whole: int = 0
    """Dates that begin with a year of four digits, as the date cells of a workbook are read."""
    whole_high: bool = False

    def see(self, text: str, line: int) -> None:
        """One cell."""
        found = _DIGITS.match(text)
        if found is None:
            return
        first, second, third = (int(each) for each in found.groups())
        if len(found[1]) > 2:
            self.whole += 1
            self.whole_high |= third > 12
            return
        self.numeric += 1
        to_come = first in _DAYS[_this_year() % 100 :]
        if len(found[1]) == 1 or len(found[3]) == 4 or third not in _DAYS or to_come:
            self.year_last = self.year_last or line
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
        if self.day_first is not None and self.year_first:
            return None
        if self.day_first is not None:
            return "DMY", f"line {self.day_first} has a day above 12 in the first place, and no line contradicts it"
        return "MDY", f"line {self.month_first} has a day above 12 in the second place, and no line contradicts it"

    @property
    def contradictory(self) -> bool:
        """Whether one column holds both orders."""
        return self.day_first is not None and self.month_first is not None

    @property
    def half_converted(self) -> bool:
        """Whether a spreadsheet of another country's made dates, day and month swapped, of those that it could.

        It could where the day is 12 or below; it left the others as the text that they were.
        """
        left = self.numeric if self.undecided is None and not self.contradictory else 0
        return min(self.whole, left) >= _SOME and not self.whole_high

    @property
    def year_first(self) -> bool:
        """Whether every date in digits may begin with its year."""
        return self.year_last is None


def _this_year() -> int:
    # A year that is still to come is no review's.
    return date.today().year
