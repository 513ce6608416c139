"""Which column holds what: given by the engagement, recognised by its name, or by its values; each with how."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from spiders.intake.daylike import like_dates
from spiders.intake.errors import IntakeError
from spiders.intake.names import FIELDS, NO_GROUP, PERSONAL, SUBRATING, plain
from spiders.intake.table import Table
from spiders.parse import rating

SAMPLE_ROWS = 3000
_PROSE = 25
"""Mean characters above which a column is prose and not a label."""
_TELLING = 10
"""Rows a business from which it is no chance that all its reviewers give the same mark."""
YES, NO = (
    frozenset(["1", "true", "yes", "y", "ja", "oui", "si", "sí", "sim", "👍", "up", "positive"]),
    frozenset(["0", "false", "no", "n", "nein", "non", "não", "👎", "down", "negative"]),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a sample of a column's values looks like."""

    name: str
    filled: int
    distinct: int
    mean_length: float
    numbers: float
    """Share of filled cells that are numbers or ratings as sites write them."""
    highest: float
    dates: float
    addresses: float
    flags: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Field → column, with how each was recognised; sub-ratings and attributes by their own names."""

    fields: Mapping[str, str]
    how: Mapping[str, str]
    subratings: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def columns(table: Table, given: Mapping[str, str] | None = None) -> Columns:
    """Recognise the columns of a table; raises `IntakeError` where text or rating cannot be found."""
    sample = [row.cells for row in islice((row for row in table.rows() if row.problem is None), SAMPLE_ROWS)]
    seen = {name: _looked(name, [cells[at] for cells in sample]) for at, name in enumerate(table.header)}
    fields, how = _given(table, given or {})
    starless = _none(table, "rating", (given or {}).get("rating", ""))
    _by_name(seen, fields, how, without=("rating", "recommended") if starless else ())
    _by_values(table, seen, fields, how, starless=starless)
    _required(table, fields, starless=starless)
    taken = set(fields.values())
    subratings = _subratings({name: each for name, each in seen.items() if name not in taken})
    if business := fields.get("business"):
        firm, place = table.header.index(business), table.header.index
        subratings = {short: name for short, name in subratings.items() if not _fixed(place(name), firm, sample)}
    taken |= set(subratings.values())
    rest = {name: each for name, each in seen.items() if name not in taken}
    attributes = {plain(name).replace(" ", "_"): name for name, each in rest.items() if _is_segment(each, len(sample))}
    unused = tuple(name for name in rest if name not in attributes.values())
    return Columns(fields=fields, how=how, subratings=subratings, attributes=attributes, unused=unused)


def _looked(name: str, cells: list[str]) -> Column:
    filled = [each.strip() for each in cells if each.strip()]
    count = max(1, len(filled))
    numbers = [value for value in map(number, filled) if value is not None]
    return Column(
        name=name,
        filled=len(filled),
        distinct=len(set(filled)),
        mean_length=sum(map(len, filled)) / count,
        numbers=len(numbers) / count,
        highest=max(numbers, default=0.0),
        dates=like_dates(filled),
        addresses=sum(each.startswith(("http://", "https://")) for each in filled) / count,
        flags=sum(each.casefold() in YES or each.casefold() in NO for each in filled) / count,
    )


@lru_cache(maxsize=4096)
def number(text: str) -> float | None:
    """The number in a rating cell such as "4", "4,5", "4/5", "5 stars", "80%" or "★★★★☆", whatever its scale."""
    try:
        return float(text)
    except ValueError:
        pass
    for scale in ("0-5", "0-10", "0-100"):
        value, problem = rating(text, scale)
        if value is not None and problem is None:
            return round((value - 1) / 4 * float(scale[2:]), 6)
    return None


def _given(table: Table, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    given = {name: column for name, column in given.items() if not _none(table, name, column)}
    for name, column in given.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"fields are {', '.join(FIELDS)}."
            raise IntakeError(table.path, f"there is no field {name!r} to map a column to", next_step=meant)
        known_column(table, column)
    return dict(given), dict.fromkeys(given, "given in the engagement file")


def _none(table: Table, name: str, column: str) -> bool:
    """Whether the listing says that there are no stars: `rating = "none"` where no column is called so."""
    return name == "rating" and column.casefold() == "none" and column not in table.header


def known_column(table: Table, column: str) -> int:
    """The place of a column; raises `IntakeError` with a suggestion."""
    if column in table.header:
        return table.header.index(column)
    near = get_close_matches(column, table.header, n=1)
    meant = f"Did you mean {near[0]!r}?" if near else f"The columns are: {', '.join(table.header)}."
    raise IntakeError(
        table.path, "the header has no such column", column=column, line=table.header_line, next_step=meant
    )


def _by_name(
    seen: Mapping[str, Column], fields: dict[str, str], how: dict[str, str], *, without: tuple[str, ...]
) -> None:
    """The first name of each list that the header has, where the values agree with what the name says."""
    plains = {name: plain(name) for name in seen}
    for wanted, listed in FIELDS.items():
        if wanted in fields or wanted in without:
            continue
        for known in listed:
            found = next((n for n, p in plains.items() if p == known and n not in fields.values()), None)
            if found is not None and _agrees(wanted, seen[found]):
                fields[wanted], how[wanted] = found, "recognised by its name"
                break


def _agrees(wanted: str, column: Column) -> bool:
    if column.filled == 0:
        return wanted not in ("text", "rating")
    if wanted == "rating":
        return column.numbers > 0.5 or column.flags > 0.9
    if wanted in ("posted", "experienced", "updated", "reply_posted"):
        return column.dates > 0.5
    if wanted in ("verified", "invited", "recommended"):
        return column.flags > 0.9
    if wanted == "url":
        return column.addresses > 0.5
    if wanted == "id":
        # A product's or a customer's id repeats; taken for the review's it would drop what shares it.
        return column.distinct >= 0.95 * column.filled
    return column.numbers < 0.9 if wanted in ("text", "title", "author", "location") else True


def _by_values(
    table: Table, seen: Mapping[str, Column], fields: dict[str, str], how: dict[str, str], *, starless: bool
) -> None:
    free = {name: each for name, each in seen.items() if name not in fields.values() and each.filled}
    if "text" not in fields:
        prose = [
            each for each in free.values() if each.mean_length >= _PROSE and each.dates < 0.5 and not each.addresses
        ]
        if prose:
            best = max(prose, key=lambda each: each.mean_length)
            fields["text"], how["text"] = best.name, f"the longest prose, {best.mean_length:.0f} characters on average"
    if "rating" not in fields and "recommended" not in fields and not starless:
        marks = [each for name, each in free.items() if _is_mark(each) and name not in fields.values()]
        if len(marks) > 1:
            listed = ", ".join(repr(each.name) for each in marks)
            raise IntakeError(
                table.path,
                f"several columns could be the rating: {listed}",
                next_step='Say which in the listing, for example columns = { rating = "…" }, or rating = "none"',
            )
        for each in marks:
            fields["rating"], how["rating"] = each.name, f"its values are marks up to {each.highest:g}"
    if "posted" not in fields:
        days = [each for name, each in free.items() if each.dates > 0.9 and name not in fields.values()]
        if len(days) == 1:
            fields["posted"], how["posted"] = days[0].name, "its values are dates"


def _is_mark(column: Column) -> bool:
    return column.numbers > 0.95 and 2 <= column.distinct <= 101 and column.highest in (5, 10, 100)


def _required(table: Table, fields: Mapping[str, str], *, starless: bool) -> None:
    wanted = {"text": "the text of the review"} | ({} if starless else {"rating": "the rating"})
    for name, meaning in wanted.items():
        if name not in fields and not (name == "rating" and "recommended" in fields):
            raise IntakeError(
                table.path,
                f"no column is recognised as {meaning}; the columns are: {', '.join(table.header)}",
                line=table.header_line,
                next_step=f'Say which in the listing, for example columns = {{ {name} = "…" }}',
            )


def _subratings(free: Mapping[str, Column]) -> dict[str, str]:
    """Columns of marks that are named as one: "comfort_rating", "Food score"."""
    found: dict[str, str] = {}
    for name, column in free.items():
        bare = plain(name)
        if column.numbers > 0.95 and column.highest <= 10 and column.distinct > 1 and SUBRATING.search(bare):
            short = re.sub(r"\b(rating|score|stars|bewertung|note)\b", "", bare).strip()
            found[(short or bare).replace(" ", "_")] = name
    return found


def _fixed(at: int, business: int, sample: Sequence[list[str]]) -> bool:
    """Whether the mark in a column is the same in every row of a business: the site's of it, and no reviewer's."""
    given = [(cells[business].strip(), cells[at].strip()) for cells in sample if cells[at].strip()]
    firms = len({firm for firm, _ in given})
    return len(set(given)) == firms and len(given) >= _TELLING * firms


def _is_segment(column: Column, rows: int) -> bool:
    """A label that splits the reviews into groups, and that can name nobody."""
    name = plain(column.name)
    if (
        NO_GROUP.search(name)
        or PERSONAL.search(name)
        or name in FIELDS["url"]
        or column.addresses
        or column.dates > 0.5
        or column.numbers > 0.5
    ):
        return False
    return 2 <= column.distinct <= min(300, rows // 3) and column.mean_length <= 40
