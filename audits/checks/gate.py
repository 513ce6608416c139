"""The value that CHECK hands to the store: a verdict that was only ever lowered, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spiders.items import Verdict, VerdictName

RANK: dict[VerdictName, int] = {"complete": 0, "partial": 1, "empty": 2, "drifted": 3, "blocked": 4, "failed": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What may pass. `results` are (expectation, success, observed number); `quarantined` are (row, reason).

    A row is the number of a staged review, from 0. `sentences` say in words what failed or was set aside; neither they
    nor the results ever hold text of a review.
    """

    verdict: Verdict
    results: tuple[tuple[str, bool, float | None], ...] = ()
    quarantined: tuple[tuple[int, str], ...] = ()
    sentences: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """Whether a person must look before anything is taken in."""
        return self.verdict.held


def lowered(verdict: Verdict, to: VerdictName, reason: str) -> Verdict:
    """The worse of the two verdicts; the reason of the worse one stands."""
    if RANK[to] <= RANK[verdict.name]:
        return verdict
    return replace(verdict, name=to, reason=reason)


def held(verdict: Verdict, reason: str) -> Verdict:
    """The same verdict, held for a person, with the reason added."""
    return replace(verdict, held=True, reason=f"{verdict.reason} {reason}".strip())


def let_through(gate: Gate, why: str) -> Gate:
    """The same gate, no longer held, with the reason for that added; rows that were set aside stay so."""
    verdict = replace(gate.verdict, held=False, reason=f"{gate.verdict.reason} {why}")
    return replace(gate, verdict=verdict, sentences=(*gate.sentences, why))
