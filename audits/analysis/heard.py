"""What reviews say, as far as it is measured: statements whole where they are quoted, else what they add up to.

A competitor's words are in no report: of its reviews it counts which gaps they hold. Statements are taken one after
the other, so that a million of them are never held at once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from audits.analysis.complaints import THRESHOLD
from audits.analysis.values import Statement

OUTSIDE = ("vague", "outside-control", "other-business")
NOT_COMPLAINTS = ("praise", "neutral")

Hits = tuple[tuple[int, int, float], ...]
"""(column of the gap, gravest severity, surest confidence), by column."""


class Sum(NamedTuple):
    """What the statements of one review add up to; `outside` has a bit for each of OUTSIDE, the first the lowest."""

    complains: bool = False
    outside: int = 0
    hits: Hits = ()


READ = Sum()
"""A review that was read and complains of nothing."""


class Unquoted(NamedTuple):
    """A review whose words are shown to nobody; of each statement its complaint probability, what it is outside the
    frame, its severity, and its gaps with their confidence."""

    review: str
    model: str
    said: Sequence[Sequence[Any]]


Said = Statement | list[Statement] | Unquoted
"""A statement, all statements of one review in order as one model read them, or what a review counts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard: `sums` of every review that was read, `statements` of those whose words may be shown."""

    gaps: tuple[str, ...]
    threshold: float
    sums: Mapping[str, Sum]
    statements: Mapping[str, tuple[Statement, ...]]
    models: tuple[str, ...]
    whole: Container[str] | None = None

    def keeps(self, review: str) -> bool:
        """Whether the statements of this review are kept, if it has any."""
        return self.whole is None or review in self.whole

    def of(self, review: str) -> tuple[Statement, ...]:
        """The statements of a review, in order of field and offset."""
        return self.statements.get(review, ())


def heard(
    statements: Iterable[Said],
    *,
    gaps: Sequence[str],
    threshold: float = THRESHOLD,
    whole: Container[str] | None = None,
) -> Heard:
    """Take what was said in any order; the statements of the reviews in `whole` are kept (None: of all)."""
    column = {gap: at for at, gap in enumerate(gaps)}
    sums: dict[str, Sum] = {}
    kept: dict[str, list[Statement]] = {}
    models: set[str] = set()
    piecemeal: set[str] = set()
    for each in statements:
        if isinstance(each, Unquoted):
            review, model, said = each
            bad = [one for one in said if one[0] >= threshold and one[1] not in NOT_COMPLAINTS]
        else:
            own = each if isinstance(each, list) else [each]
            if not own:
                continue
            review, model = own[0].review, own[0].model
            bad = [(0, one.outside, one.severity, one.gaps) for one in own if is_complaint(one, threshold)]
            if whole is None or review in whole:
                if review in kept or own is not each:
                    piecemeal.add(review)
                kept.setdefault(review, []).extend(own)
        models.add(model)
        found = sums.get(review, READ)
        for _, outside, severity, given in bad:
            found = _added(found, outside, severity, given, column)
        sums[review] = found
    return Heard(
        gaps=tuple(gaps),
        threshold=threshold,
        sums=sums,
        statements={key: _ordered(own) if key in piecemeal else tuple(own) for key, own in kept.items()},
        models=tuple(sorted(models - {""})),
        whole=whole,
    )


def is_complaint(statement: Statement, threshold: float) -> bool:
    """A failing of this business or an unnamed one: praise and neutral statements never are, whatever the score."""
    return statement.complaint >= threshold and statement.outside not in NOT_COMPLAINTS


def _added(
    before: Sum, outside: str | None, severity: int, gaps: Sequence[tuple[str, float]], column: Mapping[str, int]
) -> Sum:
    """With one complaint more: a review counts once a gap, with its gravest severity and surest confidence."""
    if len(gaps) == 1 and not before.hits:
        ((gap, confidence),) = gaps
        return Sum(True, before.outside, ((column[gap], severity, confidence),))
    if not gaps:  # a complaint on which the model abstained without a reason names no process either
        kind = OUTSIDE.index(outside) if outside in OUTSIDE else 0
        return Sum(True, before.outside | 1 << kind, before.hits)
    hits = {at: (grave, sure) for at, grave, sure in before.hits}
    for gap, confidence in gaps:
        at = column[gap]
        grave, sure = hits.get(at, (0, 0.0))
        hits[at] = max(grave, severity), max(sure, confidence)
    return Sum(True, before.outside, tuple((at, *hits[at]) for at in sorted(hits)))


def _ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda one: (one.field != "title", one.start, one.end, one.text)))
