"""A row as a review: every cell through the same readings that pages go through, every doubt kept as a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spiders.dates import dated
from spiders.intake.columns import NO, YES, number
from spiders.intake.proposal import Proposal
from spiders.intake.scales import Scales
from spiders.intake.table import Row
from spiders.items import Dated, Reply, Review
from spiders.parse import clean, rating, shown

_UNSAID = frozenset((
    "did not answer", "didn't answer", "not answered", "no answer", "no response", "no comment", "no comments", "n/a",
    "na", "not applicable", "no text",
))  # fmt: skip
"""What survey tools write where a person wrote nothing: read as words it would complain of nobody answering."""
_NO_ID = frozenset(("", "n/a", "na", "nan", "none", "null", "nil", "undefined", "unknown", "not available", "missing"))
"""What stands in an id's cell where there is none, without the marks and noughts at its ends: "-", "0", "#N/A"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the rows of one file become reviews."""

    proposal: Proposal
    places: Mapping[str, int]
    site: str
    business: str
    location: str | None
    as_of: str | None
    channel: str | None = None
    """Another voice than a rating site's: a survey, a network; kept as an attribute of each review."""

    def review(self, row: Row) -> tuple[Review | None, list[str]]:
        """The review and its problems, or None and why the row is none."""
        if row.problem is not None:
            return None, [row.problem]
        problems: list[str] = []
        dates = {name: self._date(row, name, problems) for name in ("posted", "experienced", "updated")}
        stars, raw, scale = self._rating(row, dates["posted"], problems)
        title, text = clean(self._cell(row, "title")), _written(self._cell(row, "text"))
        recommended = _flag(self._cell(row, "recommended"))
        if text is None and title is None and raw is None and recommended is None:
            return None, ["has neither text nor rating"]
        review = Review(
            site=self.site,
            id=_id(self._cell(row, "id")),
            url=_address(self._cell(row, "url")),
            rating=stars,
            rating_raw=raw,
            rating_scale=scale,
            recommended=recommended,
            title=title,
            text=text,
            author=clean(self._cell(row, "author")),
            posted=dates["posted"],
            experienced=dates["experienced"],
            updated=dates["updated"],
            location=clean(self._cell(row, "location")) or self.location,
            business=self.business,
            language=clean(self._cell(row, "language")),
            verified=_flag(self._cell(row, "verified")),
            invited=_flag(self._cell(row, "invited")),
            subratings=self._subratings(row),
            attributes=self._attributes(row),
            reply=self._reply(row, problems),
            source=f"{self.proposal.sha256}#{row.number}",
        )
        return review, problems

    def _cell(self, row: Row, name: str) -> str | None:
        return row.cells[self.places[name]].strip() or None if name in self.places else None

    def _date(self, row: Row, name: str, problems: list[str]) -> Dated:
        cell = self._cell(row, name)
        found, problem = _dated(cell, self.proposal.date_orders.get(name), self.as_of) if cell else (Dated(), None)
        if problem:
            problems.append(f"{name}: {problem}")
        return found

    def _rating(self, row: Row, posted: Dated, problems: list[str]) -> tuple[float | None, str | None, str | None]:
        raw, scales = self._cell(row, "rating"), self.proposal.scales
        if raw is None or scales is None:
            return None, None, None
        scale = _scale(scales, raw, posted.on)
        if scale is None:
            problems.append(f"rating {shown(raw)} stands where the scale changes, so its scale is not proved")
            return None, raw[:24], None
        value, problem = rating(raw, scale)
        if problem:
            problems.append(problem)
        return value, raw[:24], scale

    def _subratings(self, row: Row) -> dict[str, float]:
        held = self.proposal.columns.subratings
        given = {name: number(row.cells[self.places[column]].strip()) for name, column in held.items()}
        return {name: value for name, value in given.items() if value is not None}

    def _attributes(self, row: Row) -> dict[str, str]:
        held = self.proposal.columns.attributes
        given = {name: clean(row.cells[self.places[column]]) for name, column in held.items()}
        told = {name: value for name, value in given.items() if value is not None}
        return told | ({"channel": self.channel} if self.channel else {})

    def _reply(self, row: Row, problems: list[str]) -> Reply | None:
        text = clean(self._cell(row, "reply"))
        return Reply(text=text, posted=self._date(row, "reply_posted", problems)) if text else None


def places(proposal: Proposal, header: tuple[str, ...]) -> dict[str, int]:
    """Where each field, sub-rating and attribute stands; the latter two by their column's name."""
    held = proposal.columns
    fields = {name: header.index(column) for name, column in held.fields.items()}
    others = [*held.subratings.values(), *held.attributes.values()]
    return {column: header.index(column) for column in others} | fields


def _scale(scales: Scales, raw: str, day: str | None) -> str | None:
    """Where the scale is in doubt a value above 5 still tells it."""
    scale = scales.on(day)
    value = number(raw)
    return scales.second if scale is None and value is not None and value > 5 else scale


@lru_cache(maxsize=8192)
def _dated(cell: str, order: str | None, as_of: str | None) -> tuple[Dated, str | None]:
    return dated(cell, order=order, fetched_at=as_of, later=True)


def _id(cell: str | None) -> str | None:
    """The review's id; None where the cell says that it has none, or many reviews would be one."""
    called = clean(cell)
    return None if called is None or called.casefold().strip(" 0.-–—_#?/()[]<>") in _NO_ID else called


def _written(cell: str | None) -> str | None:
    """The text that a person wrote; None where the cell says that nobody did."""
    text = clean(cell)
    return None if text is None or text.casefold().replace("’", "'").strip(" .-–[]()") in _UNSAID else text


def _flag(cell: str | None) -> bool | None:
    word = (cell or "").casefold()
    return True if word in YES else False if word in NO else None


def _address(cell: str | None) -> str | None:
    return cell if cell and cell.startswith(("https://", "http://")) and " " not in cell else None
