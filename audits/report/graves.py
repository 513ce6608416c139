"""What the first page says of grave cases: how many, of what kinds, the newest, and how many stand unanswered."""

from __future__ import annotations

from audits.analysis.values import NotObservable
from audits.catalogue import gettext
from audits.report.model import Piece
from audits.report.pieces import pieces
from audits.report.told import Moments
from audits.report.words import because, count, day, inside, listed, plural


def graves(moments: Moments | NotObservable) -> tuple[Piece, ...]:
    """The sentence in pieces; why there is none where cases cannot be read."""
    if isinstance(moments, NotObservable):
        return (Piece(text=because(moments)),)
    held = round(moments.cases.value)
    if not held:
        return pieces(gettext("No grave case was read in the reviews we hold."))
    first = moments.newest[0]
    told: dict[str, str | Piece] = {
        "cases": Piece(text=plural(held, "%(n)s grave case", "%(n)s grave cases"), evidence=moments.cases.evidence),
        "day": day(first.posted_on, first.precision),
        "kinds": inside(listed(moments.kinds)),
    }
    if held == 1:
        return pieces(_alone(moments, dated=bool(first.posted_on)), **told)
    if isinstance(moments.unanswered, NotObservable):
        unseen = (
            gettext("%(cases)s reported (%(kinds)s), the newest of %(day)s. Whether they were answered cannot be seen.")
            if first.posted_on
            else gettext("%(cases)s reported (%(kinds)s). Whether they were answered cannot be seen.")
        )
        return pieces(unseen, **told)
    silent = gettext("%(n)s without a public reply", n=count(round(moments.unanswered.value)))
    open_ = (
        gettext("%(cases)s reported (%(kinds)s), the newest of %(day)s; %(silent)s.")
        if first.posted_on
        else gettext("%(cases)s reported (%(kinds)s); %(silent)s.")
    )
    return pieces(open_, silent=Piece(text=silent, evidence=moments.unanswered.evidence), **told)


def _alone(moments: Moments, *, dated: bool) -> str:
    """The sentence on a single case, which is no newest and nothing that "they" are."""
    if isinstance(moments.unanswered, NotObservable):
        return (
            gettext("%(cases)s reported (%(kinds)s), of %(day)s. Whether it was answered cannot be seen.")
            if dated
            else gettext("%(cases)s reported (%(kinds)s). Whether it was answered cannot be seen.")
        )
    if moments.unanswered.value:
        return (
            gettext("%(cases)s reported (%(kinds)s), of %(day)s; it has no public reply.")
            if dated
            else gettext("%(cases)s reported (%(kinds)s); it has no public reply.")
        )
    return (
        gettext("%(cases)s reported (%(kinds)s), of %(day)s; it has a public reply.")
        if dated
        else gettext("%(cases)s reported (%(kinds)s); it has a public reply.")
    )
