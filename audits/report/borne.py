"""How sure a leak may be called on the evidence it stands on: the light of the evidence, and what it bears at most."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import NotObservable, Sureness
from audits.catalogue import gettext, marked
from audits.report.cover import SourceLine
from audits.report.told import Light
from audits.report.words import percent

_GRADES = {
    "A": marked("nothing to hold against it"),
    "B": marked("with a reserve"),
    "C": marked("with serious reserves"),
    "D": marked("not to be built on"),
}
_ORDER: tuple[Sureness, ...] = ("low", "medium", "high")
_BEARS = {"C": 1, "D": 0}
"""The most that can be built on evidence of a grade, as a place in the order."""


def light(ours: Sequence[SourceLine]) -> Light | NotObservable:
    """The letter under which most of the reviews of the audited business lie."""
    read = [source for source in ours if source.assessed and source.grade]
    if not read:
        return NotObservable(reason=gettext("no listing has a grade"))
    held: dict[str, int] = {}
    for source in read:
        held[source.grade or ""] = held.get(source.grade or "", 0) + source.reviews
    grade = max(sorted(held), key=lambda letter: held[letter])
    part = percent(held[grade] / max(1, sum(held.values())))
    says = gettext(_GRADES[grade])
    under = gettext("%(says)s (%(part)s of the reviews)", says=says, part=part)
    return Light(grade=grade, says=f"{says if len(held) == 1 else under}.")


def borne(level: Sureness, ours: Sequence[SourceLine]) -> tuple[Sureness, str]:
    """How sure: one lower where a source was not read whole, no more than the evidence bears; and why it is less."""
    at, why = _ORDER.index(level), []
    if at and not all(source.assessed and source.verdict == "complete" for source in ours):
        at -= 1
        why.append(gettext("One step lower, for not every source was read whole."))
    found = light(ours)
    if not isinstance(found, NotObservable) and (most := _BEARS.get(found.grade, at)) < at:
        at = most
        why.append(gettext("Evidence of grade %(grade)s bears no more.", grade=found.grade))
    return _ORDER[at], " ".join(why)
