"""Which rows of a file belong to the listing: those that the engagement's `where` selects, or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from spiders.intake.columns import known_column
from spiders.intake.errors import IntakeError
from spiders.intake.proposal import Proposal
from spiders.intake.table import Row, Table

_REMEMBERED = 5000
"""Values of a filter's column kept to suggest one from."""


@dataclass(slots=True, kw_only=True)
class Selection:
    """Place → wanted value (case makes no difference), and what the other rows say there."""

    table: Table
    where: Mapping[str, str]
    wanted: dict[int, str]
    taken: int = 0
    skipped: int = 0
    others: Counter[str] = field(default_factory=Counter)

    def takes(self, row: Row) -> bool:
        """Whether the row is of this listing. A row that does not fit the header cannot be told from one that is."""
        for at, value in self.wanted.items() if row.problem is None else ():
            cell = row.cells[at].strip()
            if cell.casefold() != value:
                self.skipped += 1
                if len(self.others) < _REMEMBERED:
                    self.others[cell] += 1
                return False
        self.taken += row.problem is None
        return True

    def refusal(self) -> IntakeError:
        """The sentence for a filter that selects nothing."""
        asked = ", ".join(f"{column} = {value!r}" for column, value in self.where.items())
        near = get_close_matches(next(iter(self.where.values()), ""), self.others, n=1, cutoff=0.4)
        known = near or [value for value, _ in self.others.most_common(3)]
        meant = f"Did you mean {' or '.join(map(repr, known))}?"
        return IntakeError(self.table.path, f"no row has {asked}", next_step=meant)


def selection(table: Table, proposal: Proposal, where: Mapping[str, str], business: str) -> Selection:
    """The rows that `where` selects; raises `IntakeError` where a file of many businesses comes without one."""
    wanted = {known_column(table, column): value.strip().casefold() for column, value in where.items()}
    column = proposal.columns.fields.get("business")
    if not wanted and column is not None:
        _one_business(table, column, business)
    return Selection(table=table, where=where, wanted=wanted)


def _one_business(table: Table, column: str, business: str) -> None:
    at = table.header.index(column)
    named = Counter(row.cells[at].strip() for row in table.rows() if row.problem is None)
    if len(named) < 2:
        return
    near = get_close_matches(business, named, n=1, cutoff=0.3) or [named.most_common(1)[0][0]]
    raise IntakeError(
        table.path,
        f"the file holds {len(named)} businesses in this column, and the listing is of one",
        column=column,
        next_step=f'Select its rows in the listing: where = {{ {column} = "{near[0]}" }}',
    )
