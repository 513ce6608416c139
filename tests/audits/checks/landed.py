"""Landings to check, good unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from audits.checks import Gate, check
from audits.store.records import PastRun
from spiders.items import Landing, Review, Verdict
from tests.audits.store.conftest import landing, review


def good(number: int = 40) -> list[Review]:
    return [review(f"r{each}") for each in range(number)]


def came(rows: Sequence[Review], **changed: object) -> Landing:
    return landing(**({"reviews": len(rows)} | changed))  # type: ignore[arg-type]  # fields vary by test


def checked(
    rows: Sequence[Review], history: Sequence[PastRun] = (), *, always: Sequence[str] = (), **changed: object
) -> Gate:
    return check(came(rows, **changed), rows, history, always_present=always)


def runs(*sizes: int, scope: str = "full", **filled: float) -> list[PastRun]:
    return [
        PastRun(landing=f"p{n}", as_of=f"2024-01-{n + 1:02}", scope=scope, reviews=size, filled=filled)
        for n, size in enumerate(sizes)
    ]


def ended(name: str, scope: str = "full") -> Verdict:
    return Verdict(name=name, scope=scope, reason="As it came.")  # type: ignore[arg-type]  # names vary by test


def result(gate: Gate, name: str) -> tuple[bool, float | None]:
    return next((success, observed) for each, success, observed in gate.results if each == name)
